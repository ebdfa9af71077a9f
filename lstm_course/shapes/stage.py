"""Stage: one step on the way from the rows to the loss, with its shape, axis by axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_course.layers import Layer
from lstm_course.shapes.tensor import Tensor

Lane = Literal["input", "labels", "both"]


@dataclass(frozen=True)
class Weight:
    """One weight array of a layer."""

    name: str  # as Keras calls it: kernel, recurrent_kernel, bias
    shape: tuple[int, ...]  # its shape


@dataclass(frozen=True)
class LayerShape:
    """What one Keras layer does to the shape that enters it."""

    position: int  # place in the network, from 0 at the bottom; the head goes on counting
    layer: Layer  # the layer as the Experiment holds it
    input: Tensor  # what enters
    output: Tensor  # what leaves upwards
    states: tuple[Tensor, ...]  # the last states, where return_state lets them leave too
    weights: tuple[Weight, ...]  # the weight arrays, in the order of Keras's get_weights
    parameters: int  # numbers that training changes
    shape_formula: str  # how the shape comes about, with this experiment's numbers
    parameter_formula: str  # how the number of parameters comes about; empty where there are none
    masked: bool = False  # whether a mask arrives with the input
    passes_mask: bool = False  # whether the mask leaves with the output

    @property
    def keras_name(self) -> str:
        """Class name in Keras."""
        return self.layer.keras_name


@dataclass(frozen=True)
class Stage:
    """One stage of the diagram.

    `shape` and `axes` are those of what leaves the stage upwards in its lane. A stage that belongs to both
    lanes has the labels' shape in `label`.
    """

    id: str  # what lessons focus and findings point at
    title: str  # its name on the diagram
    lane: Lane  # what goes in, what it should say, or both
    tensor: Tensor  # what leaves the stage upwards
    formula: str  # how the shape comes about, with the numbers filled in
    sentence: str  # what happens here
    label: Tensor | None = None  # the labels at this stage, where it belongs to both lanes
    layers: tuple[LayerShape, ...] = ()  # the Keras layers of the stage, from the bottom up
    facts: tuple[tuple[str, str], ...] = ()  # further figures, each with its name
    parameter_formula: str = ""  # how the number of parameters comes about

    @property
    def shape(self) -> tuple[int, ...]:
        """Size of each axis of what leaves the stage."""
        return self.tensor.shape

    @property
    def axes(self) -> tuple[str, ...]:
        """Name of each axis of what leaves the stage."""
        return self.tensor.axes

    @property
    def parameters(self) -> int:
        """Numbers of the stage that training changes."""
        return sum(layer.parameters for layer in self.layers)
