"""The parts of an unrolled layer: the columns of the timesteps, the cells, what enters, what leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import svg

from lstm_course.drawing.elements import LABEL, SMALL, Drawing
from lstm_course.drawing.inside.chosen import Chosen, time_label
from lstm_course.drawing.inside.clock import start_kind
from lstm_course.drawing.inside.field import fold
from lstm_course.drawing.inside.view import NARROW, fitting
from lstm_course.layers import Bidirectional, Recurrent

GUTTER, NARROW_GUTTER = 62, 48
CELL_WIDTH = 30
STARTED = {"zeros": "= 0", "handed": "handed over", "carried": "carried on", "first": "= 0"}


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


def plot_of(page_width: float, chosen: Chosen) -> Plot:
    """Lay the timesteps of the chosen layer across a page."""
    gutter = GUTTER if page_width >= NARROW else NARROW_GUTTER
    width = page_width - 2 * gutter
    columns, per = fold(np.zeros((chosen.timesteps, 1)), width)
    return Plot(gutter, width, columns.shape[1], per, chosen)


def draw_cells(page: Drawing, plot: Plot, direction: int, layer: Recurrent, y: float) -> float:
    """Draw the row of cells of one reader with the state that starts it, and give the height below it."""
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
        times = f"{plot.chosen.timesteps:,} times {arrow}"
        texts = (f"one {trace.cell} cell, the same weights, {times}", f"one {trace.cell} cell, {times}")
        text = fitting(SMALL, plot.width - 30, *texts)
        strip.text(plot.left + plot.width / 2, 21, text, SMALL, anchor="middle")
    both = len(plot.chosen.layer.traces) > 1
    page.place(strip, 0, y, data={"direction": ("forward", "backward")[direction]} if both else None)
    names = ", ".join(plot.chosen.cell.states)
    start = f"{names} {STARTED[start_kind(plot.chosen.layer)]}"
    starting = _two_lines(names, start, plot.left - 8)
    page.arrow(
        [(first - sign * 26, middle), (first + sign * (2 if plot.across >= CELL_WIDTH else 6), middle)],
        "units",
    )
    page.lines(first - sign * 4, middle + 18, starting, SMALL, "units",
               "start" if backwards else "end")  # fmt: skip
    leaving: tuple[str, ...] = ()
    if layer.return_state:
        page.arrow([(last - sign * 6, middle), (last + sign * 26, middle)], "units", dashed=True)
        leave = "leaves" if len(plot.chosen.cell.states) == 1 else "leave"
        leaving = SMALL.wrap(f"{names} {leave} too", plot.left - 6)
        page.lines(last + sign * 4, middle + 18, leaving, SMALL, "units", "end" if backwards else "start")
    return y + 66 + SMALL.line * max(len(leaving) - 2, len(starting) - 1, 0)


def _two_lines(names: str, whole: str, width: float) -> list[str]:
    """Keep the names of the states together where the whole does not fit on one line."""
    if SMALL.width(whole) <= width:
        return [whole]
    return [names, *SMALL.wrap(whole.removeprefix(names).strip(), width)]


def _boxes(strip: Drawing, plot: Plot, backwards: bool, middle: float) -> None:
    wide = min(40.0, plot.across - 12)
    sign, mask = -1 if backwards else 1, plot.chosen.layer.mask
    for timestep in range(plot.columns):
        centre = plot.centre(timestep)
        box = Drawing(wide, 30)
        chosen = timestep == plot.chosen.timestep
        box.rect(-wide / 2, -15, wide, 30, fill="raised", stroke="ink" if chosen else "units", radius=6,
                 thick=2 if chosen else 1.2, dashed=mask is not None and not mask[timestep])  # fmt: skip
        if wide >= 34:
            box.text(0, 4, "cell", SMALL, "muted", anchor="middle")
        else:
            box.circle(0, 0, 3, fill="units")
        strip.place(box, centre, middle, hot=True, classes=["lc-cell"], data={"timestep": timestep, "depth": "cell"},
                    label=f"the cell at {time_label(timestep)}: look inside")  # fmt: skip
        following = timestep + sign
        if 0 <= following < plot.columns:
            ends = (centre + sign * (wide / 2 + 1), plot.centre(following) - sign * (wide / 2 + 2))
            strip.arrow([(x, middle) for x in ends], "units", head=3, data={"timestep": timestep})


def span_of(column: int, plot: Plot) -> str:
    """Name the timesteps of one column for the player: "5..7"."""
    first = column * plot.per
    return f"{first}..{min(first + plot.per, plot.chosen.timesteps) - 1}"


def draw_leaving(page: Drawing, chosen: Chosen, layer: Recurrent, y: float) -> float:
    """Draw what leaves upwards, and give the height below it."""
    plot = plot_of(page.width, chosen)
    foot = y + 36
    lasts = [trace.order[-1] for trace in chosen.layer.traces]
    if layer.return_sequences:
        step = max(1, round(16 / plot.across))
        for column in range(0, plot.columns, step):
            centre = plot.left + plot.across * (column + 0.5)
            page.arrow(
                [(centre, foot), (centre, y + 16)],
                "units",
                head=3.5,
                data={"timesteps": span_of(column, plot)},
            )
        order = f", t = {chosen.trace.order[0]:,} first" if layer.go_backwards else ""
        page.text(plot.left, y + 11, _leaves(f"every h leaves{order}", chosen, plot.width), LABEL, "units")
        return foot + 2
    last = plot.centre(lasts[-1])  # of two readers that of the upper one, which reads backwards
    data = {"timestep": lasts[-1]} | ({"direction": "backward"} if len(lasts) > 1 else {})
    page.arrow([(last, foot), (last, y + 2)], "units", thick=2, data=data)
    towards = "end" if last > page.width / 2 else "start"
    beside = last + (-12 if towards == "end" else 12)
    text = _leaves("the last h leaves", chosen, page.width - beside - 20)
    page.text(beside, y + 14, text, LABEL, "units", anchor=towards)
    page.text(beside, y + 29, "every other h stays inside", SMALL, "muted", anchor=towards)
    return foot + 2


def draw_past(page: Drawing, plot: Plot, top: float, start: float) -> None:
    """Lead the last h of the forward reader past the backward one, which stands above it."""
    right, edge = plot.left + plot.width, page.width - 4
    page.arrow([(right, start), (edge, start), (edge, top + 2)], "units", thick=2,
               data={"timestep": plot.chosen.timesteps - 1, "direction": "forward"})  # fmt: skip


def _leaves(what: str, chosen: Chosen, width: float) -> str:
    wrapped = chosen.layer.shape.layer
    if not isinstance(wrapped, Bidirectional):
        return what
    mode = wrapped.merge_mode
    return fitting(LABEL, width, f"{what}, both readers joined: {mode}", f"{what}, joined: {mode}", what)


def draw_playhead(part: Drawing, plot: Plot, top: float, height: float) -> None:
    """Frame the chosen timestep; the player moves the frame."""
    timesteps = plot.chosen.timesteps
    room = plot.across / plot.per * timesteps
    wide = max(room / timesteps, 4.0)
    step = (room - wide) / max(timesteps - 1, 1)
    part.elements.append(
        svg.Rect(
            x=round(plot.left, 1), y=round(top, 1), width=round(wide, 1), height=round(height, 1),
            rx=3, class_=["lc-playhead"], transform=[svg.Translate(round(step * plot.chosen.timestep, 2), 0)],
            data={"playhead": "", "step": f"{step:.4f}"},
        )
    )  # fmt: skip
