"""The entry of `streamlit run lessons`: a server that reads the course while the browser is still opening."""

import streamlit as st

from lstm_course.view import opening

app = st.App(opening.PAGE, lifespan=opening.lifespan)
