"""A drill that is answered on its page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_course.course.drills import make_drill
from lstm_course.course.judging import judge
from lstm_course.course.questions import Choice
from lstm_course.view.memory import progress

PLACE = ("axis", 4, 1)


def draw() -> None:
    """Draw the page."""
    from lstm_course.view.pages import drills

    drills.show()


@pytest.fixture
def answered():
    """Answer a choice by the place of an option, and return the page."""
    drill = make_drill(*PLACE)
    assert isinstance(drill.question, Choice)
    right = judge(drill.question, drill.prediction, drill.question.options[0].key).right

    def answer(rightly: bool) -> AppTest:
        app = AppTest.from_function(draw, default_timeout=60)
        app.session_state["page/drill"] = PLACE
        app.run()
        chosen = next(option for option in drill.question.options if (option.key == right) is rightly)
        app.radio[0].set_value(chosen.key)
        app.button[0].click().run()
        assert not app.exception
        return app

    yield answer
    progress().reset()


def test_a_wrong_choice_can_open_the_right_one(answered) -> None:
    app = answered(rightly=False)
    (opened,) = app.expander
    assert opened.label == "The right answer"
    said, right = app.warning[0].value, opened.markdown[0].value
    assert right.startswith("**units.** ")
    assert said.split("**. ")[1] not in right  # it goes on where the reply has ended
    assert progress().entries("drills")[-1]["is_right"] == 0


def test_a_right_choice_has_nothing_to_open(answered) -> None:
    app = answered(rightly=True)
    assert not app.expander
    assert progress().entries("drills")[-1]["is_right"] == 1
