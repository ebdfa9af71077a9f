"""What the learner looks at inside a layer: one window, one timestep, one unit, one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lstm_course.cells import CELLS, Cell
from lstm_course.cells.cell import Step
from lstm_course.cells.equations import Equation
from lstm_course.cells.unroll import Trace
from lstm_course.drawing.inside.origin import Origin
from lstm_course.drawing.inside.series import Written, written_series
from lstm_course.drawing.inside.trace import LayerTrace, NetworkTrace


@dataclass(frozen=True)
class Chosen:
    """One place inside the network. Made by `choose`, which keeps it within the network."""

    network: NetworkTrace  # every number for the window
    layer: LayerTrace  # the recurrent layer that is looked into
    timestep: int  # timestep of the layer's input, from 0
    unit: int  # unit of the layer, from 0; with Bidirectional, of one reader
    direction: int = 0  # 0: the layer, or its forward reader; 1: the backward reader
    quantity: str = "h"  # name of a quantity of the Step
    origin: Origin | None = None  # the rows behind the window; None: not known
    window: int | None = None  # number of the window; None: not known

    @property
    def trace(self) -> Trace:
        """The trace of the reader that is looked at."""
        return self.layer.traces[self.direction]

    @property
    def cell(self) -> Cell:
        """The kind of cell."""
        return CELLS[self.trace.cell]

    @property
    def timesteps(self) -> int:
        """Timesteps of the layer's input."""
        return len(self.trace.order)

    @property
    def reads_backwards(self) -> bool:
        """Whether the reader begins with the last timestep."""
        return self.trace.order[0] > self.trace.order[-1]

    @property
    def units(self) -> int:
        """Units of one reader."""
        return self.trace.weights.units

    @cached_property
    def position(self) -> int:
        """Place of the timestep in the order of processing."""
        return self.trace.order.index(self.timestep)

    @property
    def step(self) -> Step:
        """Every number of the timestep."""
        return self.trace.steps[self.position]

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """The cell's equations for its arguments."""
        return self.cell.equations_for(self.trace.weights.bias is not None, **self.trace.arguments)

    @cached_property
    def series(self) -> Mapping[str, Written]:
        """Every number of the unit over all timesteps, as it is shown."""
        return written_series(self.trace, self.unit, self.equations)

    @property
    def is_first_layer(self) -> bool:
        """Whether the layer's input is the window itself, so that it can be traced to rows."""
        below = [layer for layer in self.network.layers if layer.shape.position < self.layer.shape.position]
        return all(layer.shape.keras_name in ("Masking", "Dropout") for layer in below)

    @property
    def reader(self) -> str:
        """Name of the reader of a Bidirectional layer; empty for others."""
        return ("forward reader", "backward reader")[self.direction] if len(self.layer.traces) > 1 else ""


def choose(
    network: NetworkTrace,
    stage: str,
    timestep: int | None = None,
    unit: int = 0,
    quantity: str = "h",
    *,
    direction: int | str = 0,
    origin: Origin | None = None,
    window: int | None = None,
) -> Chosen:
    """Choose a place inside a recurrent layer; numbers beyond its ends become the last there is.

    Args:
        network: the trace of the network for one window.
        stage: id of the recurrent layer's stage.
        timestep: timestep of the layer's input, from 0; None: the last one that is processed.
        unit: unit, from 0.
        quantity: name of a quantity, such as "f" or "z_f"; one that the cell does not have becomes "h".
        direction: 1 or "backward" for the backward reader of a Bidirectional layer.
        origin: the rows behind the window.
        window: number of the window, to be shown.

    Raises:
        ValueError: the stage holds no recurrent layer.
    """
    layer = network.recurrent_of_stage(stage)
    reader = min(int(direction in (1, "backward")), len(layer.traces) - 1)
    trace = layer.traces[reader]
    last = trace.order[-1] if timestep is None else timestep
    computed = {equation.symbol for equation in CELLS[trace.cell].equations_for(True, **trace.arguments)}
    return Chosen(
        network=network,
        layer=layer,
        timestep=min(max(last, 0), len(trace.order) - 1),
        unit=min(max(unit, 0), trace.weights.units - 1),
        direction=reader,
        quantity=quantity if quantity in computed else trace_output(trace),
        origin=origin,
        window=window,
    )


def trace_output(trace: Trace) -> str:
    """Name the quantity that leaves the cell."""
    return CELLS[trace.cell].states[0]


def time_label(timestep: int) -> str:
    """Write a timestep as it is shown.

    >>> time_label(0)
    't = 0'
    """
    return f"t = {timestep:,}"
