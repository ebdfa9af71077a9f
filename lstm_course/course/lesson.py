"""Lesson and Step: what a lesson is made of, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lstm_course.course.exercise import Exercise
from lstm_course.course.questions import Question
from lstm_course.data import Facts
from lstm_course.experiment import Experiment

Depth = Literal["whole", "layer", "cell", "number"]
Needs = Literal["series", "sequences", "any"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to read, to do and to see change."""

    id: str  # heading of its text in lesson.md
    title: str  # what it is about, in a few words
    focus: str = ""  # id of the stage that is lit; empty: the whole diagram
    depth: Depth = "whole"  # how deep the diagram is opened
    controls: tuple[str, ...] = ()  # controls that are offered, from CONTROLS
    views: tuple[str, ...] = ()  # charts and panels that are shown, from VIEWS
    questions: tuple[Question, ...] = ()  # asked before the views are shown
    try_this: str = ""  # the one thing to do, as a short imperative; may hold placeholders
    suggestion: Mapping[str, Any] = field(
        default_factory=dict, hash=False
    )  # changes to the Experiment, on demand
    text: str = ""  # prose with placeholders; filled in from lesson.md when the lesson is loaded
    after: str = (
        ""  # prose shown once the questions are answered: what stands below a line `---` in lesson.md
    )

    def set_up(self, exp: Experiment) -> Experiment:
        """Apply the suggestion to an experiment; where its own rows are classified, they stay so.

        Raises:
            ProblemError: when the two do not go together.
        """
        keeps_labels = exp.is_classification and "dataset" not in self.suggestion
        kept = {"labels", "loss"} if keeps_labels else set()
        return exp.change(**{name: value for name, value in self.suggestion.items() if name not in kept})


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One question, answered in a few steps."""

    slug: str  # name in links, such as "windows"
    number: int  # place in the course, from 0
    title: str  # its name
    question: str  # the one question that it answers
    minutes: int  # how long it takes, 10 to 25
    datasets: tuple[str, ...]  # data sets that it uses
    removes: tuple[str, ...]  # misconceptions that it removes, each as a learner would say it
    start: Experiment  # offered on demand; otherwise the learner's own experiment goes along
    steps: tuple[Step, ...]  # in order
    recall_questions: tuple[Question, ...]  # three or more that later lessons ask
    sources: tuple[str, ...]  # what its claims rest on
    exercises: tuple[Exercise, ...] = ()  # in order; empty in lesson 0 only
    summary: str = ""  # two or three sentences to keep, with placeholders
    needs: Needs = "any"  # kind of data that its text speaks of: series, sequences or any
    folder: Path | None = None  # where it was loaded from; filled in when it is loaded

    def step(self, step_id: str) -> Step:
        """Return a step by its id.

        Raises:
            KeyError: when there is none.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(
            f"Lesson {self.slug!r} has no step {step_id!r}; it has {', '.join(s.id for s in self.steps)}."
        )

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by its name.

        Raises:
            KeyError: when there is none.
        """
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = ", ".join(exercise.name for exercise in self.exercises) or "none"
        raise KeyError(f"Lesson {self.slug!r} has no exercise {name!r}; it has {known}.")


def why_unfit(lesson: Lesson, facts: Facts) -> str:
    """Say why a lesson's text does not fit the learner's data; empty where it does.

    A page shows this with the offer to start from the lesson's own experiment.
    """
    if lesson.needs == "any" or (lesson.needs == "sequences") == facts.is_sequences:
        return ""
    given = "sequences of unequal length" if facts.is_sequences else "one long series"
    wanted = "one long series" if facts.is_sequences else "sequences of unequal length"
    return f"This lesson speaks of {wanted}; your data are {given}. Start from this lesson's experiment."
