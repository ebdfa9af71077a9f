"""An opened diagram stays open while Keras measures the next one."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_the_inside_stays_until_new_weights_come_but_not_for_a_network_that_cannot_run() -> None:
    def turn() -> None:
        import numpy as np
        import streamlit as st

        from lstm_course.drawing import diagram
        from lstm_course.experiment import Experiment
        from lstm_course.layers import LSTM
        from lstm_course.shapes import predict
        from lstm_course.view.diagram_part import _opened_last
        from lstm_course.view.session import Session

        exp = Experiment(timesteps=4, layers=(LSTM(2),))
        known = [np.zeros(shape) for shape in ((1, 8), (2, 8), (8,), (2, 1), (1,))]
        broken = exp.change(layers=(LSTM(2), LSTM(2)))
        st.session_state["opens"] = [
            _opened_last(Session(exp=each), predict(each), diagram(each, weights=weights)).opens
            for each, weights in ((exp, None), (exp, known), (exp.change(timesteps=5), None), (broken, None))
        ]

    app = AppTest.from_function(turn, default_timeout=60).run()
    assert not app.exception
    assert app.session_state["opens"] == [False, True, True, False]
