"""What is to be drawn, as values: the experiment's stages with its own rows, numbers and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_course.drawing.inside.trace import LayerTrace, NetworkTrace
from lstm_course.drawing.rows_view import RowsView, WindowView
from lstm_course.drawing.why import Why
from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional, Layer, Masking, recurrent_of
from lstm_course.shapes import Comparison, Finding, LayerShape, Prediction, Tensor
from lstm_course.shapes.output_checks import MISMATCHES

_COLUMNS_BYTES = 31_200  # of a diagram of 100 kB
_LEAST_COLUMNS = 5  # four timesteps and the fold

TOLD_AT_LOSS = tuple(code for code, *_ in MISMATCHES.values())
"""Codes of findings at the head that the loss explains, where output and labels meet."""

Kind = Literal[
    "rows", "scaling", "windows", "labels", "batches", "input", "recurrent", "between", "head", "loss"
]


@dataclass(frozen=True)
class Status:
    """What Keras says of a stage."""

    kind: Literal["predicted", "agrees", "differs"]  # not asked yet; the same; something else
    text: str  # to show
    detail: str = ""  # what Keras says instead

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return self.text if self.kind == "predicted" else "Keras"


@dataclass(frozen=True)
class SceneStage:
    """One stage, ready to be drawn."""

    id: str  # what lessons focus
    kind: Kind  # how it is drawn
    number: int  # place from the bottom, from 1; labels have that of the windows beside them
    title: str  # name
    code: tuple[str, ...]  # what Keras or the course is told
    tensor: Tensor | None = None  # what leaves upwards; None where the network does not reach
    label: Tensor | None = None  # the labels at this stage
    formula: str = ""  # how the shape comes about
    sentence: str = ""  # what happens here
    why: tuple[Why, ...] = ()  # what becomes of each axis
    layers: tuple[Layer, ...] = ()  # the layers that belong here
    shapes: tuple[LayerShape, ...] = ()  # their shapes, as far as they have one
    parameters: int = 0  # numbers that training changes
    parameter_formula: str = ""  # how they are counted
    findings: tuple[Finding, ...] = ()  # what is wrong here
    status: Status | None = None  # what Keras says; None for stages without Keras
    reads: tuple[str, ...] | None = None  # ids of the stages that it reads; None: the one under it
    takes: tuple[tuple[str, int], ...] = ()  # the same one by one: id, and which of its outputs, from 0
    starts_from: str = (
        ""  # id of the stage whose last state starts this one; empty: zeros, or the batch before
    )
    is_given_state: bool = False  # whether its first state comes from stages that it reads

    @property
    def is_reached(self) -> bool:
        """Whether the network gets as far as this."""
        return self.tensor is not None


@dataclass(frozen=True)
class Scene:
    """Everything that the drawers need."""

    title: str  # what it shows, in one line
    stages: tuple[SceneStage, ...]  # from the bottom up
    label: Tensor | None = None  # labels of one batch, where there are any
    comparison: Comparison | None = None  # how they meet the output; None without labels or output
    class_names: tuple[str, ...] = ()  # names of the classes that the output may name
    prediction: Prediction | None = None  # what the rules say; None for a model of unknown data
    rows: RowsView | None = None  # the table; None where there is no data
    window: WindowView | None = None  # the chosen window; None where there is none
    trace: NetworkTrace | None = None  # every number of the network for it; None without weights
    focus: str | None = None  # id of the stage that is lit
    timestep: int | None = None  # chosen timestep, from 0
    unit: int = 0  # chosen unit, from 0
    marked: frozenset[str] = frozenset()  # ids of the stages that differ from those of another scene
    marked_labels: frozenset[str] = frozenset()  # ids of the stages whose labels differ

    @property
    def known(self) -> Prediction:
        """What the rules say of the data, for the stages below the network.

        Raises:
            ValueError: when the scene shows a model without its data.
        """
        if self.prediction is None:
            raise ValueError(
                "This scene shows a model without its data, so it has no windows and no batches."
            )
        return self.prediction

    @property
    def exp(self) -> Experiment:
        """The experiment."""
        return self.known.exp

    @property
    def masks_padding(self) -> bool:
        """Whether Masking looks for the value of the padding; for a model without data, whether there is one."""
        masks = [layer for stage in self.stages for layer in stage.layers if isinstance(layer, Masking)]
        if self.prediction is None:
            return bool(masks)
        return any(mask.mask_value == self.exp.pad_value for mask in masks)

    def opens(self, stage: SceneStage) -> bool:
        """Tell whether one can look inside a stage: its numbers are known."""
        return self.trace is not None and any(layer.stage == stage.id for layer in self.trace.recurrent)

    def stage(self, stage_id: str) -> SceneStage | None:
        """Return a stage by its id."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def trace_of(self, position: int) -> LayerTrace | None:
        """Return the numbers of one layer, or None where they are not known."""
        if self.trace is None:
            return None
        return next((layer for layer in self.trace.layers if layer.shape.position == position), None)

    @property
    def num_columns(self) -> int:
        """Timesteps that are drawn at most: fewer where many layers would draw them again and again."""
        told = any(stage.findings for stage in self.stages)  # words take bytes too
        least = 3 if self._is_wide_elsewhere else _LEAST_COLUMNS - told
        return max(least, min(12, int(_COLUMNS_BYTES / max(self._column_bytes, 1))))

    @property
    def _is_wide_elsewhere(self) -> bool:
        """Whether several columns of data, or layers between the recurrent ones, take a large share of the bytes."""
        several = self.rows is not None and len(self.rows.lines) > 1
        return several or any(stage.kind == "between" for stage in self.stages)

    @property
    def num_units(self) -> int:
        """Units of a state that are drawn at most: fewer where even the fewest timesteps would be too many."""
        return 5 if 3 * self._column_bytes <= 1.3 * _COLUMNS_BYTES else 3

    @property
    def _column_bytes(self) -> int:
        shapes = (shape for stage in self.stages if stage.kind == "recurrent" for shape in stage.shapes)
        return sum(_column_bytes(shape.layer) for shape in shapes)

    @property
    def least_step(self) -> int:
        """Least distance of two timesteps: more where two readings of two states have wires between their boxes."""
        wide = (layer for stage in self.stages for layer in stage.layers if isinstance(layer, Bidirectional))
        return 50 if any(layer.layer.num_states > 1 for layer in wide) else 46

    @property
    def is_late(self) -> bool:
        """Whether the last timesteps say more than the first, which are padding."""
        return self.window is not None and bool(self.window.padded) and self.window.padded[0]


def _column_bytes(layer: Layer) -> int:
    """Estimate what one timestep of a layer takes in the SVG: its boxes, and the circles in them."""
    recurrent = recurrent_of(layer)
    if recurrent is None:
        return 0
    readings = 2 if isinstance(layer, Bidirectional) else 1
    return readings * (700 + 125 * min(recurrent.units, 5) * recurrent.num_states)
