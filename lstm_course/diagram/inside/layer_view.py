"""A recurrent layer, unrolled: the value of every unit at every timestep, what is handed on, what leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import svg

from lstm_course.diagram.elements import LABEL, NOTE, SMALL, Drawing, number
from lstm_course.diagram.inside.chosen import Chosen, time_label
from lstm_course.diagram.inside.clock import STARTS, start_kind
from lstm_course.diagram.inside.field import Field, draw_field, draw_times, fold, liveliest
from lstm_course.diagram.inside.player_data import player_data
from lstm_course.diagram.inside.view import NARROW, InsideView, clock_line, heading, unit_chips, wrap_stage
from lstm_course.layers import Bidirectional, Recurrent, recurrent_of

MOST_ROWS = 64
MOST_FEATURES = 8
GUTTER, NARROW_GUTTER = 62, 48
CELL_WIDTH = 30


@dataclass(frozen=True)
class Plot:
    """Where the timesteps lie."""

    left: float  # left edge
    width: float  # pixels of all timesteps
    columns: int  # columns
    per: int  # timesteps in one column
    chosen: Chosen  # what is looked at

    @property
    def across(self) -> float:
        """Width of one column."""
        return self.width / self.columns

    def centre(self, timestep: int) -> float:
        """Middle of the column of a timestep."""
        return self.left + self.across * (timestep // self.per + 0.5)


def layer_view(chosen: Chosen, width: float) -> InsideView:
    """Draw the chosen layer, unrolled over the window.

    Fields of more than 96 timesteps are folded (a column is a mean), of more than 64 units cut to those that change
    most; the view says so.

    Args:
        chosen: the layer, the timestep and the unit.
        width: pixels there are.
    """
    layer = _recurrent(chosen)
    title = f"{_name(chosen)}, unrolled over {chosen.timesteps} timesteps"
    page = Drawing(width)
    y = heading(page, title, _leaving_sentence(chosen, layer))
    y = clock_line(page, chosen, y)
    y = unit_chips(page, chosen, y, "cell")
    fields: list[Field] = []
    sides = list(enumerate(chosen.layer.traces))[::-1]  # the backward reader above, as in the whole
    y = _leave(page, chosen, layer, y)
    for direction, _ in sides:
        y = _reader(page, chosen, direction, layer, y, fields)
    y = _inputs(page, chosen, y, fields)
    page.height = page.lines(0, y + 14, [line for note in _notes(chosen, fields, layer) for line in NOTE.wrap(note, width)],
                             NOTE, "muted")  # fmt: skip
    return InsideView(wrap_stage(page, chosen, title), title, _outline(chosen, layer), _data(chosen, fields))


def _recurrent(chosen: Chosen) -> Recurrent:
    found = recurrent_of(chosen.layer.shape.layer)
    if found is None:
        raise ValueError(f"Got {chosen.layer.shape.layer.code}, expected a recurrent layer. Choose its stage.")
    return found


def _name(chosen: Chosen) -> str:
    both = "Bidirectional " if len(chosen.layer.traces) > 1 else ""
    return f"{both}{chosen.cell.name} of {chosen.units} units"


def _leaving_sentence(chosen: Chosen, layer: Recurrent) -> str:
    shape = " × ".join(f"{size} {axis}" for size, axis in
                       zip(chosen.layer.shape.output.shape[1:], chosen.layer.shape.output.axes[1:], strict=True))  # fmt: skip
    if layer.return_sequences:
        return f"return_sequences=True: h of every timestep leaves upwards, {shape} for each sample."
    last = "of the last step of each reader" if len(chosen.layer.traces) > 1 else "of the last step"
    return f"return_sequences=False: only h {last} leaves upwards, {shape} for each sample."


def _plot(page_width: float, chosen: Chosen) -> Plot:
    gutter = GUTTER if page_width >= NARROW else NARROW_GUTTER
    width = page_width - 2 * gutter
    columns, per = fold(np.zeros((chosen.timesteps, 1)), width)
    return Plot(gutter, width, columns.shape[1], per, chosen)


def _reader(page: Drawing, chosen: Chosen, direction: int, layer: Recurrent, y: float, fields: list[Field]) -> float:
    plot, trace = _plot(page.width, chosen), chosen.layer.traces[direction]
    both = len(chosen.layer.traces) > 1
    order = list(trace.order)
    hidden = trace.quantity(chosen.cell.states[0])[np.argsort(order)]  # (timesteps, units), in the order of the input
    most = MOST_ROWS if len(chosen.cell.states) * len(chosen.layer.traces) == 1 else MOST_ROWS // 2
    rows = liveliest(hidden, most, chosen.unit)
    height = float(max(6, min(22, 260 // len(rows))))
    for state in chosen.cell.states:
        values = trace.quantity(state)[np.argsort(order)][:, list(rows)]
        columns, per = fold(values, plot.width)
        name = f"{state} backward" if direction else state
        field = Field(name, state, columns, rows, per, chosen.timesteps, "units")
        fields.append(field)
        what = {"h": "h: what leaves each cell and goes to the next timestep", "c": "c: the memory, which stays inside"}
        reader = ("forward reader, ", "backward reader, ")[direction] if both else ""
        page.text(plot.left, y + 12, SMALL.shorten(f"{reader}{what[state]}", plot.width), SMALL, "muted")
        mine = chosen.unit if direction == chosen.direction else None
        part = Drawing(page.width)
        part.height = draw_field(part, field, plot.left, 0, plot.width, height, mine,
                                 f"{state} of {len(rows)} units over {chosen.timesteps} timesteps{', ' + reader if reader else ''}")  # fmt: skip
        _playhead(part, plot, -2, part.height + 4)
        page.place(part, 0, y + 18, data={"direction": "backward"} if direction else None)
        y += 18 + part.height + 8
    return _cells(page, plot, direction, layer, y)


def _cells(page: Drawing, plot: Plot, direction: int, layer: Recurrent, y: float) -> float:
    trace = plot.chosen.layer.traces[direction]
    backwards = trace.order[0] > trace.order[-1]
    sign = -1 if backwards else 1
    first, last = (plot.left + plot.width, plot.left) if backwards else (plot.left, plot.left + plot.width)
    middle = y + 17
    strip = Drawing(page.width)
    if plot.across >= CELL_WIDTH:
        _boxes(strip, plot, backwards, middle - y)
    else:
        strip.rect(plot.left + 8, 2, plot.width - 16, 30, fill="raised", stroke="units", radius=8, thick=1.4)
        arrow = "←" if backwards else "→"
        text = f"one {trace.cell} cell, the same weights, {plot.chosen.timesteps} times {arrow}"
        strip.text(plot.left + plot.width / 2, 21, SMALL.shorten(text, plot.width - 30), SMALL, anchor="middle")
    page.place(strip, 0, y, data={"direction": "backward"} if direction else None)
    names = ", ".join(plot.chosen.cell.states)
    start = {"zeros": f"{names} = 0", "handed": f"{names} handed over", "carried": f"{names} carried on"}[start_kind(plot.chosen.layer)]
    page.arrow([(first - sign * 26, middle), (first + sign * (2 if plot.across >= CELL_WIDTH else 6), middle)], "units")
    page.lines(first - sign * 4, middle + 18, SMALL.wrap(start, plot.left - 6), SMALL, "units",
               "start" if backwards else "end")  # fmt: skip
    if layer.return_state:
        page.arrow([(last - sign * 6, middle), (last + sign * 26, middle)], "units", dashed=True)
        leave = "leaves" if len(plot.chosen.cell.states) == 1 else "leave"
        page.lines(last + sign * 4, middle + 18, SMALL.wrap(f"{names} {leave} too", plot.left - 6), SMALL, "units",
                   "end" if backwards else "start")  # fmt: skip
    return y + 62


def _boxes(strip: Drawing, plot: Plot, backwards: bool, middle: float) -> None:
    wide = min(40.0, plot.across - 12)
    sign = -1 if backwards else 1
    for timestep in range(plot.columns):
        centre = plot.centre(timestep)
        box = Drawing(wide, 30)
        chosen = timestep == plot.chosen.timestep
        box.rect(-wide / 2, -15, wide, 30, fill="raised", stroke="ink" if chosen else "units", radius=6,
                 thick=2 if chosen else 1.2)  # fmt: skip
        box.text(0, 4, "cell", SMALL, "muted", anchor="middle") if wide >= 34 else box.circle(0, 0, 3, fill="units")
        strip.place(box, centre, middle, hot=True, classes=["lc-cell"], data={"timestep": timestep, "depth": "cell"},
                    label=f"the cell at {time_label(timestep)}: look inside")  # fmt: skip
        following = timestep + sign
        if 0 <= following < plot.columns:
            strip.arrow([(centre + sign * (wide / 2 + 1), middle), (plot.centre(following) - sign * (wide / 2 + 2), middle)],
                        "units", head=3, data={"timestep": timestep})  # fmt: skip


def _inputs(page: Drawing, chosen: Chosen, y: float, fields: list[Field]) -> float:
    plot, trace = _plot(page.width, chosen), chosen.layer.traces[0]
    inputs = trace.quantity("x")[np.argsort(trace.order)]  # (timesteps, features)
    few = tuple(range(min(inputs.shape[1], MOST_FEATURES)))
    columns, per = fold(inputs[:, : len(few)], plot.width)
    field = Field("x", "x", columns, few, per, chosen.timesteps, "features")
    fields.append(field)
    step = max(1, round(26 / plot.across))
    for column in range(0, plot.columns, step):
        centre = plot.left + plot.across * (column + 0.5)
        page.arrow([(centre, y), (centre, y - 18)], "features", head=3, data={"timesteps": _span(column, plot)})
    part = Drawing(page.width)
    part.height = draw_field(part, field, plot.left, 0, plot.width, 18.0, None, f"x over {chosen.timesteps} timesteps")
    _playhead(part, plot, -2, part.height + 4)
    page.place(part, 0, y + 2)
    y += 2 + part.height
    draw_times(page, field, plot.left, y + 15, plot.width)
    page.text(0, y - part.height / 2 + 4, "x", LABEL, "features")
    return y + 22


def _span(column: int, plot: Plot) -> str:
    first = column * plot.per
    return f"{first}..{min(first + plot.per, plot.chosen.timesteps) - 1}"


def _leave(page: Drawing, chosen: Chosen, layer: Recurrent, y: float) -> float:
    plot = _plot(page.width, chosen)
    foot = y + 36
    lasts = [trace.order[-1] for trace in chosen.layer.traces]
    if layer.return_sequences:
        step = max(1, round(16 / plot.across))
        for column in range(0, plot.columns, step):
            centre = plot.left + plot.across * (column + 0.5)
            page.arrow([(centre, foot), (centre, y + 16)], "units", head=3.5, data={"timesteps": _span(column, plot)})
        page.text(plot.left, y + 11, LABEL.shorten(f"every h leaves{_merge(chosen)}", plot.width), LABEL, "units")
        return foot + 2
    for last in dict.fromkeys(lasts):
        page.arrow([(plot.centre(last), foot), (plot.centre(last), y + 2)], "units", thick=2, data={"timestep": last})
    towards = "end" if plot.centre(lasts[-1]) > page.width / 2 else "start"
    beside = plot.centre(lasts[-1]) + (-12 if towards == "end" else 12)
    if len(lasts) > 1:
        towards, beside = "middle", plot.left + plot.width / 2
    text = LABEL.shorten(f"the last h leaves{_merge(chosen)}", plot.width - 30)
    page.text(beside, y + 14, text, LABEL, "units", anchor=towards)
    page.text(beside, y + 29, "every other h stays inside", SMALL, "muted", anchor=towards)
    return foot + 2


def _merge(chosen: Chosen) -> str:
    wrapped = chosen.layer.shape.layer
    return f", both readers joined: {wrapped.merge_mode}" if isinstance(wrapped, Bidirectional) else ""


def _playhead(part: Drawing, plot: Plot, top: float, height: float) -> None:
    """Frame the chosen timestep; the player moves the frame."""
    step = plot.across / plot.per
    part.elements.append(
        svg.Rect(
            x=round(plot.left, 1), y=round(top, 1), width=round(max(plot.across, 3.0), 1), height=round(height, 1), rx=3,
            class_=["lc-playhead"], transform=[svg.Translate(round(step * plot.chosen.timestep, 2), 0)],
            data={"playhead": "", "step": f"{step:.4f}"},
        )
    )  # fmt: skip


def _notes(chosen: Chosen, fields: list[Field], layer: Recurrent) -> list[str]:
    shown = fields[0]
    notes = [
        f"Orange is above 0, blue with a thin line is below 0; the strongest colour is {number(shown.limit).lstrip('+')} "
        f"for {shown.quantity}. Point at a value, or walk over it with the arrow keys, to read it.",
    ]
    if len(shown.rows) < chosen.units:
        notes.append(f"{len(shown.rows)} of {chosen.units} units are shown: those whose h changes most over this window.")
    if shown.per > 1:
        notes.append(f"{chosen.timesteps} timesteps are folded: each column is the mean of {shown.per} of them.")
    if layer.go_backwards:
        notes.append("go_backwards: the last timestep is read first; the outputs come in that order too.")
    if chosen.layer.mask is not None and not chosen.layer.mask.all():
        skipped = int((~chosen.layer.mask).sum())
        notes.append(f"The mask skips {skipped} timesteps: there h and c are carried along unchanged.")
    notes.append(STARTS[start_kind(chosen.layer)].capitalize() + ".")
    return notes


def _outline(chosen: Chosen, layer: Recurrent) -> str:
    lines = [f"{_name(chosen)}, over {chosen.timesteps} timesteps.", _leaving_sentence(chosen, layer)]
    for direction, trace in enumerate(chosen.layer.traces):
        reader = ("Forward reader: ", "Backward reader: ")[direction] if len(chosen.layer.traces) > 1 else ""
        for state in chosen.cell.states:
            values = trace.quantity(state)[:, chosen.unit]
            ends = f"{number(float(values[0]))} after the first step, {number(float(values[-1]))} after the last"
            lines.append(f"{reader}{state} of unit {chosen.unit}: {ends}, from {number(float(values.min()))} "
                         f"to {number(float(values.max()))} in between.")  # fmt: skip
    return "\n".join([*lines, STARTS[start_kind(chosen.layer)].capitalize() + "."])


def _data(chosen: Chosen, fields: list[Field]) -> dict[str, object]:
    data = player_data(chosen, "layer")
    shown = {*chosen.cell.states}
    return data | {
        "quantities": {name: packed for name, packed in data["quantities"].items() if name in shown},
        "heat": {field.name: field.data() for field in fields},
    }
