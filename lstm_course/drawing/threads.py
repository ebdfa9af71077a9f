"""Threads: each axis as a line that runs from shape to shape, forks where one becomes two, and ends where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.drawing.elements import SMALL, Drawing, path_through
from lstm_course.drawing.layout import slots
from lstm_course.drawing.palette import axis_colour
from lstm_course.shapes import Tensor


@dataclass(frozen=True)
class Thread:
    """One axis on its way from one shape to the next."""

    start: float | None  # slot below; None where the axis is new
    stop: float | None  # slot above; None where it ends
    below: str  # name of the axis below
    above: str  # name of the axis above


def threads(below: Tensor, above: Tensor, *, rearranged: bool = True) -> tuple[Thread, ...]:
    """Follow each axis from one shape to the next.

    The rows of a table become two axes, samples and timesteps; a layer that joins or parts axes does so at
    the last slot.

    Args:
        below: the shape that enters.
        above: the shape that leaves.
        rearranged: whether the numbers stay the same, so that axes may be joined or parted.

    >>> rows = Tensor((144, 1), ("rows", "features"))
    >>> samples = Tensor((89, 12, 1), ("samples", "timesteps", "features"))
    >>> [(thread.start, thread.stop) for thread in threads(rows, samples)]
    [(0.0, 0.0), (0.0, 1.0), (2.0, 2.0)]
    """
    low, high = (
        dict(zip(slots(below), below.axes, strict=True)),
        dict(zip(slots(above), above.axes, strict=True)),
    )
    if low.get(0) == "rows" and high.get(2) == "horizon":  # the labels' horizon is cut out of the rows
        low = {0: "rows"}
    moved = _moved(low, high)
    found = [Thread(slot, moved.get(slot, slot), low[slot], high[moved.get(slot, slot)])
             for slot in low if slot in high or slot in moved]  # fmt: skip
    found += [Thread(None, slot, "", high[slot]) for slot in moved if slot in high]
    for slot in high.keys() - low.keys() - set(moved.values()):
        source = _source(low, below, above, rearranged=rearranged)
        found.append(Thread(source, slot, low.get(source, "") if source is not None else "", high[slot]))
    for slot in low.keys() - high.keys() - moved.keys():
        target = max(high) if high and rearranged and below.size == above.size else None
        found.append(Thread(slot, target, low[slot], high.get(target, "") if target is not None else ""))
    return tuple(
        sorted(found, key=lambda thread: (thread.start is None, thread.start or 0, thread.stop or 0))
    )


def _moved(low: dict[float, str], high: dict[float, str]) -> dict[float, float]:
    """Find the axes that keep their name and change their slot, each for one slot that nothing comes straight up to."""
    moved: dict[float, float] = {}
    for slot, name in low.items():
        free = high.keys() - low.keys() - set(moved.values())
        places = [other for other in free if name == high[other] != high.get(slot)]
        if places:
            moved[slot] = min(places)
    return moved


def _source(low: dict[float, str], below: Tensor, above: Tensor, *, rearranged: bool) -> float | None:
    if low.get(0) == "rows":
        return 0.0
    return max(low) if rearranged and below.size == above.size and max(low) > 0 else None


def draw_thread(
    drawing: Drawing,
    thread: Thread,
    x_of: dict[float, float],
    low: float,
    border: float,
    high: float,
    *,
    said: bool,
    turn: float,
) -> None:
    """Draw one thread.

    Args:
        drawing: the page.
        thread: the axis.
        x_of: where the slots are.
        low: height at which it leaves the shape below.
        border: lower edge of the upper card, where a layer changes it.
        high: height at which it reaches the shape above.
        said: whether there is room to write that it ends.
        turn: height at which it turns aside, between the two cards.
    """
    colour_below, colour_above = axis_colour(thread.below), axis_colour(thread.above)
    if thread.start is None:
        x = x_of[thread.stop or 0]
        start = min(border - 6, high + 26)
        drawing.circle(x, start, 3.4, fill=colour_above)
        drawing.line([(x, start), (x, high)], colour_above, thick=2, data={"axis": thread.above})
        return
    x = x_of[thread.start]
    if thread.stop is None:
        stop = max(border - 16, high + 18)
        drawing.line([(x, low), (x, stop)], colour_below, thick=2, data={"axis": thread.below})
        drawing.path(path_through([(x - 8, stop), (x + 8, stop)]), stroke=colour_below, thick=2.6)
        if said:
            drawing.text(x, stop - 7, "ends here", SMALL, colour_below, "middle")
        return
    above = x_of[thread.stop]
    if above == x:
        change = border if thread.below != thread.above else high
        drawing.line([(x, low), (x, change)], colour_below, thick=2, data={"axis": thread.below})
        if change != high:
            drawing.line([(x, change), (x, high)], colour_above, thick=2, data={"axis": thread.above})
        return
    way = [(x, low), (x, turn), (above, turn), (above, high)]
    drawing.line(way, colour_above, thick=2, data={"axis": thread.above})
