"""The parts of an exported program, each belonging to some stages of the diagram."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.data import Sequences, Series, facts_of, load_dataset
from lstm_course.data.facts import Facts
from lstm_course.experiment import Experiment
from lstm_course.shapes import Prediction, predict, require_runnable


@dataclass(frozen=True)
class Section:
    """One part of the program, such as the windows."""

    title: str  # what it does, in a few words
    stages: tuple[str, ...]  # ids of the stages it belongs to; "recurrent-layer" stands for all of them
    text: str  # why it is done, in a sentence or two
    code: str  # the lines of Python


@dataclass(frozen=True, eq=False)
class Material:
    """What is known when a program is written."""

    exp: Experiment  # the experiment
    source: Series | Sequences  # its data, before cleaning
    facts: Facts  # the figures of its rows
    prediction: Prediction  # its shapes

    @property
    def features(self) -> list[str]:
        """Columns that go in."""
        return list(self.facts.features)

    @property
    def targets(self) -> list[str]:
        """Columns to forecast."""
        return list(self.facts.targets)

    @property
    def same_columns(self) -> bool:
        """Whether what goes in is what is forecast."""
        return self.features == self.targets

    @property
    def parts(self) -> list[str]:
        """Parts that hold samples: always "train", perhaps "validation" and "test"."""
        return [part.name for part in self.facts.parts if part.num_samples]

    def num_samples(self, part: str) -> int:
        """Samples of a part."""
        return self.facts.part(part).num_samples


def material_of(exp: Experiment, series: Series | Sequences | None = None) -> Material:
    """Gather what a program is written from.

    Raises:
        ProblemError: when the experiment cannot run; the text says what to change.
    """
    facts = facts_of(exp, series)
    prediction = predict(exp, facts)
    require_runnable(prediction)
    return Material(
        exp, series if series is not None else load_dataset(exp.dataset, exp.group), facts, prediction
    )
