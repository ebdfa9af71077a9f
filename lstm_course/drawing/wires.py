"""What runs between the cards: the threads of the axes, the labels' way up, the arrows of the data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lstm_course.drawing.card import SHAPE_HEIGHT, Slots
from lstm_course.drawing.elements import SMALL, Drawing, Point, path_through
from lstm_course.drawing.labels_lane import label_step
from lstm_course.drawing.layout import Frame, slots
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.placed import Placed, Row
from lstm_course.drawing.threads import draw_thread, threads
from lstm_course.layers import Flatten, Layer, Reshape, TimeDistributed
from lstm_course.shapes import Tensor

_SLOTS = {slot for rank in range(9) for slot in slots(Tensor((1,) * rank, ("axis",) * rank))}


def draw_wires(page: Drawing, rows: Sequence[Row], frame: Frame) -> None:
    """Draw everything that runs between the cards of a page."""
    for lower, upper in pairwise(row.main for row in rows):
        if upper.stage.reads is None or lower.stage.id in upper.stage.reads:
            connect(page, lower, upper, frame)
    draw_states(page, [row.main for row in rows])
    _labels(page, rows, frame)


def connect(page: Drawing, lower: Placed, upper: Placed, frame: Frame) -> None:
    """Draw the threads and the arrows from one card to the one above it."""
    _threads(page, lower, upper, frame)
    _arrows(page, lower, upper)


def draw_states(page: Drawing, cards: Sequence[Placed]) -> None:
    """Draw how the last states of one layer become the first of another: along the edge of the cards between."""
    for upper in cards:
        lower = next((card for card in cards if card.stage.id == upper.stage.starts_from), None)
        if lower is None:
            continue
        for place, (start, stop) in enumerate(zip(lower.state_exits, upper.state_enters, strict=False)):
            is_beside = lower.x + lower.width <= upper.x
            way = [(x, lower.y + y) for x, y in (start[:1] if is_beside else start)]
            end = (stop[0], upper.y + stop[1])
            edge = upper.x - 13 - 5 * place if is_beside else upper.x + 4 + 4 * place
            page.arrow([*way, (edge, way[-1][1]), (edge, end[1]), end], "units", dashed=True, head=3)


def _slot_places(x: float, step: float) -> dict[float, float]:
    places = Slots(3 * step + 8, step)
    return {slot: x + places.centre(slot) for slot in _SLOTS}


def _threads(page: Drawing, lower: Placed, upper: Placed, frame: Frame) -> None:
    below, above = lower.stage.tensor, upper.stage.tensor
    if below is None:
        return
    x_of = _slot_places(frame.main_x + frame.shape_x, frame.slot)
    start = lower.y + (frame.pad + 2 if frame.kind != "narrow" else 0)
    border = upper.y + upper.height
    if above is not None and upper.stage.kind != "loss":
        stop = upper.y + frame.pad + SHAPE_HEIGHT + 2 if frame.is_wide else border
        rearranged = any(_rearranges(layer) for layer in upper.stage.layers)
        said = frame.is_wide and below.rank <= 4  # beyond, the next axis is too near for words
        for thread in threads(below, above, rearranged=rearranged):
            draw_thread(page, thread, x_of, start, border, stop, said=said, turn=lower.y - 12)
        return
    for slot, axis in zip(slots(below), below.axes, strict=True):
        x, end = x_of[slot], border + (4 if above is not None else 12)
        page.line([(x, start), (x, end)], axis_colour(axis), thick=2, data={"axis": axis})
        if above is None:
            page.line([(x - 8, end), (x + 8, end)], "bad", thick=2.6)


def _rearranges(layer: Layer) -> bool:
    inner = layer.layer if isinstance(layer, TimeDistributed) else layer
    return isinstance(inner, Flatten | Reshape)


def _arrows(page: Drawing, lower: Placed, upper: Placed) -> None:
    if not lower.stage.is_reached:
        return
    bottom, top = lower.y - 2, upper.y + upper.height + 3
    if not upper.stage.is_reached:
        _stopped(page, lower.exits, bottom, top)
        return
    starts, stops = lower.exits, upper.enters
    if upper.stage.kind == "loss":
        stops = starts
    if len(starts) == len(stops) and all(abs(a - b) < 1 for a, b in zip(starts, stops, strict=True)):
        page.arrows(([(start, bottom), (start, top)] for start in starts), "wire", thick=1.6)
        return
    middle = (bottom + top) / 2
    across = [(min(*starts, *stops), middle), (max(*starts, *stops), middle)]
    lines = (*([(start, bottom), (start, middle)] for start in starts), across)
    page.path("".join(path_through(line) for line in lines), stroke="wire", thick=1.6)
    page.arrows(([(stop, middle), (stop, top)] for stop in stops), "wire", thick=1.6)


def _stopped(page: Drawing, starts: tuple[float, ...], bottom: float, top: float) -> None:
    for start in starts:
        page.line([(start, bottom), (start, top + 8)], "wire", thick=1.6)
        page.path(f"M{start - 5:.1f} {top + 3:.1f}l10 10m0 -10l-10 10", stroke="bad", thick=2)


def _labels(page: Drawing, rows: Sequence[Row], frame: Frame) -> None:
    sides = [row.side for row in rows if row.side is not None and row.side.stage.label is not None]
    x_of = _slot_places(frame.labels_x + frame.pad, label_step(frame))
    for lower, upper in pairwise(sides):
        if lower.stage.label is not None and upper.stage.label is not None:
            border = upper.y + upper.height
            for thread in threads(lower.stage.label, upper.stage.label):
                draw_thread(page, thread, x_of, lower.y, border, border, said=False, turn=lower.y - 12)
    first = next((row.side for row in rows if row.side is not None), None)
    if first is not None and rows[0].main.stage.kind == "rows":
        x = first.x + first.width / 2
        page.arrow([(x, rows[0].main.y - 2), (x, first.y + first.height + 3)], "wire", thick=1.6)
    if rows and rows[-1].main.stage.kind == "loss":
        _way_up(page, rows, sides, frame, x_of)


def _way_up(
    page: Drawing, rows: Sequence[Row], sides: Sequence[Placed], frame: Frame, x_of: dict[float, float]
) -> None:
    """Draw the labels' way from their batch past the network to the loss."""
    holders = ("batches", "input")
    last = next(
        (row.main for row in reversed(rows) if row.main.stage.kind in holders and row.main.stage.label), None
    )
    start = sides[-1] if frame.has_two_lanes and sides else last
    if start is None or start.stage.label is None:
        return
    loss = rows[-1].main
    label = start.stage.label
    for place, (slot, axis) in enumerate(zip(slots(label), label.axes, strict=True)):
        x = frame.width - 5 - 5 * place
        height = start.y + start.height - 30 + 5 * place
        turn = start.y - 8 - 4 * place
        way: list[Point] = [(start.x + start.width, height), (x, height)]
        if frame.has_two_lanes:
            way = [(x_of[slot], start.y), (x_of[slot], turn), (x, turn)]
        page.line(
            [*way, (x, loss.y + loss.height + 3)],
            axis_colour(axis),
            thick=1.6,
            dashed=True,
            data={"axis": axis},
        )
    network = next((row for row in rows if row.main.stage.kind == "input" and row.side is None), None)
    if network is not None and frame.has_two_lanes:
        text = "labels do not pass through the network: they wait for its output"
        page.lines(
            frame.labels_x + 4, network.main.y + 16, SMALL.wrap(text, frame.labels_width - 40), SMALL, "muted"
        )
