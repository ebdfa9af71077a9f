"""A link to what this server does not have leads to a page that works, and says what is missing."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lstm_course.codec import to_query
from lstm_course.experiment import Experiment


def draw() -> None:
    import pandas as pd
    import streamlit as st

    from lstm_course.data import Series
    from lstm_course.view import state, upload
    from lstm_course.view.pages import playground

    if "load" in st.session_state:
        series = Series("mine.csv", pd.DataFrame({"a": range(60), "b": range(60)}))
        state.session().load(series)
        state.session().change(upload.experiment_on(series))
    playground.show()
    st.text(state.session().problem)
    st.text(f"{state.session().exp.dataset} {state.session().exp.timesteps} {state.session().exp.features}")


def test_the_experiment_on_a_file_of_ones_own_waits_for_the_file() -> None:
    app = AppTest.from_function(draw, default_timeout=60)
    app.query_params.update(to_query(Experiment(dataset="mine.csv", timesteps=7, features=("b",))))
    app.run()
    assert not app.error
    assert "'mine.csv'" in app.text[0].value
    assert app.text[1].value == "air_passengers 7 ()"
    app.session_state["load"] = True
    app.run()
    assert app.text[1].value == "mine.csv 7 ('b',)"
