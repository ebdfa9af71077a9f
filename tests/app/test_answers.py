"""An answer of an earlier session is explained again, in the experiment that it was given for."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_course.authoring import Experiment
from lstm_course.codec import to_json
from lstm_course.view.memory import progress


@pytest.fixture
def record():
    def write(answer, experiment, question="count"):
        progress().answer("windows", question, answer, "wrong", None, experiment)

    yield write
    progress().reset("windows")


def draw(step: int) -> None:
    """Draw a step of the lesson on windows."""
    import streamlit as st

    from lstm_course.view.pages import lesson

    st.query_params["step"] = str(step)
    lesson.show("windows")


def drawn(step: int = 2) -> AppTest:
    return AppTest.from_function(draw, args=(step,), default_timeout=60).run()


def said() -> str:
    return " ".join(warning.value for warning in drawn().warning)


def test_the_reply_is_that_of_the_experiment_of_then(record):
    record("92", to_json(Experiment(timesteps=10)))
    assert said().endswith("there must still be a row for its label. 101 − 10 − 1 + 1 = 91.")


@pytest.mark.parametrize(("timesteps", "notes"), [(10, 1), (12, 0)])
def test_a_question_about_another_experiment_says_so(record, timesteps, notes):
    record("50", to_json(Experiment(timesteps=timesteps)))  # the page has 12 timesteps
    assert (
        len([each for each in drawn().caption if "the experiment that you had then" in each.value]) == notes
    )


@pytest.mark.parametrize(
    ("answer", "experiment"),
    [
        ("92", None), ("92", "{"), ("92", to_json(Experiment(dataset="mine.csv"))),
        ("91", to_json(Experiment(timesteps=10))),
    ],
    ids=["none", "garbled", "own rows", "judged otherwise by now"],
)  # fmt: skip
def test_without_it_the_verdict_stays(record, answer, experiment):
    record(answer, experiment)
    assert said() == f"You said **{answer}**. That was wrong for the experiment that you had then."


def test_the_right_answer_of_a_choice_can_be_opened(record):
    record("half", to_json(Experiment(timesteps=10)), "what-batch-changes")
    (opened,) = [each for each in drawn(step=3).expander if each.label == "The right answer"]
    assert opened.markdown[0].value.startswith(
        "**It stays as it is.** Batches cut the samples axis while training"
    )
