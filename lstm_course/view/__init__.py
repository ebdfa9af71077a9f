"""What a learner sees: the only room that knows streamlit and altair."""
