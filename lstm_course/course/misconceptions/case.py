"""A misconception, and the case in which a learner may have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lstm_course.course.quantities import Quantity, layer_at
from lstm_course.layers import Recurrent, recurrent_of
from lstm_course.shapes import LayerShape, Prediction, Tensor

Given: TypeAlias = tuple[int, ...] | int


@dataclass(frozen=True)
class Case:
    """What was asked, of which experiment, and what is right."""

    prediction: Prediction  # what the rules say
    quantity: Quantity  # what was asked for
    right: Tensor | int  # the right answer

    @property
    def tensor(self) -> Tensor:
        """The right shape; without axes where a number is asked for."""
        return self.right if isinstance(self.right, Tensor) else Tensor((), ())

    @property
    def number(self) -> int:
        """The right number; 0 where a shape is asked for."""
        return 0 if isinstance(self.right, Tensor) else self.right

    @property
    def layer(self) -> LayerShape | None:
        """The layer that the question is about."""
        return layer_at(self.prediction, self.quantity.stage)

    @property
    def recurrent(self) -> Recurrent | None:
        """The recurrent layer that the question is about, also inside Bidirectional."""
        return recurrent_of(self.layer.layer) if self.layer else None

    @property
    def samples(self) -> int:
        """Samples of the part that is asked about."""
        return self.prediction.facts.part(self.quantity.part).num_samples

    @property
    def rows(self) -> int:
        """Rows of the part that is asked about."""
        return self.prediction.facts.part(self.quantity.part).num_rows

    @property
    def figures(self) -> Mapping[str, int]:
        """Numbers that the question gives beside those of the experiment."""
        return self.quantity.figures

    def with_axis(self, axis: str, size: int) -> Given | None:
        """The right shape with another size of one axis; None where it has no such axis."""
        if axis not in self.tensor.axes:
            return None
        position = self.tensor.axes.index(axis)
        return (*self.tensor.shape[:position], size, *self.tensor.shape[position + 1 :])

    def without_axis(self, axis: str) -> Given | None:
        """The right shape without one axis; None where it has no such axis."""
        if axis not in self.tensor.axes:
            return None
        position = self.tensor.axes.index(axis)
        return (*self.tensor.shape[:position], *self.tensor.shape[position + 1 :])


@dataclass(frozen=True)
class Misconception:
    """One way to be wrong for a reason."""

    id: str  # its name
    title: str  # what somebody who has it believes
    about: tuple[str, ...]  # kinds of quantity for which it shows
    answer: Callable[[Case], Given | None]  # what somebody who has it answers; None where it does not show
    sentence: str  # what to tell them, with placeholders, {given} and {right} among them
