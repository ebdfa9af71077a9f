"""A recurrent layer, unrolled: the value of every unit at every timestep, what is handed on, what leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lstm_course.cells.unroll import Trace
from lstm_course.drawing.elements import LABEL, NOTE, SMALL, Drawing
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.field import Field, draw_field, draw_legend, draw_times, fold, liveliest
from lstm_course.drawing.inside.layer_words import layer_name, layer_notes, layer_outline, leaving_sentence
from lstm_course.drawing.inside.player_data import player_data
from lstm_course.drawing.inside.trace import quiet
from lstm_course.drawing.inside.unrolled import (
    draw_cells,
    draw_leaving,
    draw_past,
    draw_playhead,
    plot_of,
    span_of,
)
from lstm_course.drawing.inside.view import InsideView, clock_line, fitting, heading, unit_chips, wrap_stage
from lstm_course.drawing.stages.picture import counted
from lstm_course.layers import Recurrent, recurrent_of

MOST_ROWS = 64
MOST_FEATURES = 8
READERS = ("forward", "backward")
_LEGEND = 166.0  # pixels that a legend takes
MEANINGS = {
    "h": "h: what leaves each cell and goes to the next timestep",
    "c": "c: the memory, which stays inside",
}
SHORT = {"h": "h: leaves each cell", "c": "c: the memory inside"}


@quiet
def layer_view(chosen: Chosen, width: float) -> InsideView:
    """Draw the chosen layer, unrolled over the window.

    Fields of more than 96 timesteps are folded (a column is a mean), of more than 64 units cut to those that change
    most; the view says so.

    Args:
        chosen: the layer, the timestep and the unit.
        width: pixels there are.
    """
    layer = _recurrent(chosen)
    title = f"{layer_name(chosen)}, unrolled over {counted(chosen.timesteps, 'timesteps')}"
    page = Drawing(width)
    y = heading(page, title, leaving_sentence(chosen, layer), "layer")
    y = clock_line(page, chosen, y)
    y = unit_chips(page, chosen, y, "cell")
    fields: list[Field] = []
    sides = list(enumerate(chosen.layer.traces))[::-1]  # the backward reader above, as in the whole
    top = y
    y = draw_leaving(page, chosen, layer, y)
    for direction, _ in sides:
        if len(sides) > 1 and not direction and not layer.return_sequences:
            draw_past(page, plot_of(page.width, chosen), top, y + 28)
        y = _reader(page, chosen, direction, layer, y, fields)
    y = _inputs(page, chosen, y, fields)
    notes = [line for note in layer_notes(chosen, fields, layer) for line in NOTE.wrap(note, width)]
    page.height = page.lines(0, y + 14, notes, NOTE, "muted")
    drawn = wrap_stage(page, chosen, title, with_reader=False)
    return InsideView(drawn, title, layer_outline(chosen, layer), _data(chosen, fields))


def _recurrent(chosen: Chosen) -> Recurrent:
    found = recurrent_of(chosen.layer.shape.layer)
    if found is None:
        raise ValueError(
            f"Got {chosen.layer.shape.layer.code}, expected a recurrent layer. Choose its stage."
        )
    return found


def _reader(
    page: Drawing, chosen: Chosen, direction: int, layer: Recurrent, y: float, fields: list[Field]
) -> float:
    plot, trace = plot_of(page.width, chosen), chosen.layer.traces[direction]
    both = len(chosen.layer.traces) > 1
    order = np.argsort(trace.order)  # back to the order of the input
    hidden = trace.quantity(chosen.cell.states[0])[order]  # (timesteps, units)
    most = MOST_ROWS if len(chosen.cell.states) * len(chosen.layer.traces) == 1 else MOST_ROWS // 2
    rows = liveliest(hidden, most, chosen.unit)
    height = float(max(6, min(22, 260 // len(rows))))
    for state in chosen.cell.states:
        values = _some_units(trace, state, rows)[order]  # (timesteps, rows)
        columns, per = fold(values, plot.width)
        name = f"{state} backward" if direction else state
        field = Field(name, state, columns, rows, per, chosen.timesteps, "units")
        fields.append(field)
        reader = f"{READERS[direction]} reader, " if both else ""
        long, brief = (f"{reader}{names.get(state, state)}" for names in (MEANINGS, SHORT))
        said = fitting(SMALL, plot.width - _LEGEND, long, brief, f"{reader}{state}")
        page.text(plot.left - 8, y + 12, "unit", SMALL, "units", "end", {"axis": "units"})
        page.text(plot.left, y + 12, said, SMALL, "muted")
        draw_legend(page, field, plot.left + plot.width, y + 12, plot.width - SMALL.width(said) - 12)
        mine = chosen.unit if direction == chosen.direction else None
        part = Drawing(page.width)
        label = f"{reader}{state} of {len(rows)} units over {chosen.timesteps} timesteps"
        part.height = draw_field(part, field, plot.left, 0, plot.width, height, mine, label)
        draw_playhead(part, plot, -2, part.height + 4)
        page.place(part, 0, y + 18, data={"direction": READERS[direction]} if both else None)
        y += 18 + part.height + 8
    return draw_cells(page, plot, direction, layer, y)


def _some_units(trace: Trace, name: str, units: tuple[int, ...]) -> NDArray[np.floating]:
    values = trace.quantity(name)
    return values if len(units) == trace.weights.units else values[:, list(units)]


def _inputs(page: Drawing, chosen: Chosen, y: float, fields: list[Field]) -> float:
    plot, trace = plot_of(page.width, chosen), chosen.layer.traces[0]
    inputs = trace.quantity("x")[np.argsort(trace.order)]  # (timesteps, features)
    few = tuple(range(min(inputs.shape[1], MOST_FEATURES)))
    columns, per = fold(inputs[:, : len(few)], plot.width)
    field = Field("x", "x", columns, few, per, chosen.timesteps, "features")
    fields.append(field)
    step = max(1, round(26 / plot.across))
    for column in range(0, plot.columns, step):
        centre = plot.left + plot.across * (column + 0.5)
        page.arrow(
            [(centre, y), (centre, y - 18)], "features", head=3, data={"timesteps": span_of(column, plot)}
        )
    part = Drawing(page.width)
    part.height = draw_field(
        part, field, plot.left, 0, plot.width, 18.0, None, f"x over {chosen.timesteps} timesteps"
    )
    draw_playhead(part, plot, -2, part.height + 4)
    page.place(part, 0, y + 2)
    y += 2 + part.height
    draw_times(page, field, plot.left, y + 15, plot.width)
    page.text(0, y - part.height / 2 + 4, "x", LABEL, "features")
    page.text(plot.left - 8, y - part.height - 4, "feature", SMALL, "features", "end", {"axis": "features"})
    return y + 22


def _data(chosen: Chosen, fields: list[Field]) -> dict[str, object]:
    return player_data(chosen, "layer", {}) | {"heat": {field.name: field.data() for field in fields}}
