"""Where a factor of a number came from, in words, and what leads there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_course.drawing.elements import SMALL
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.live import AtStart, Clock, Date, Live, Numbers, Span, width_of
from lstm_course.drawing.inside.origin import Origin
from lstm_course.drawing.inside.series import Written, write_exactly
from lstm_course.drawing.inside.symbols import in_symbols
from lstm_course.drawing.inside.terms import Summand

Ways = Sequence[list[Span]]
"""Ways of saying the same, the fullest first."""


def input_series(chosen: Chosen, summand: Summand, k: int) -> dict[str, Written]:
    """Collect what is said of an input over time: its value in the table, its row where padding breaks the count."""
    origin = chosen.origin
    if summand.source != "x" or origin is None or not chosen.is_first_layer:
        return {}
    order = list(chosen.trace.order)
    rows = origin.rows[order, summand.index]
    values = np.where(rows < 0, np.nan, origin.originals[order, summand.index])
    found = {f"original.{k}": write_exactly(values)}
    if not _is_steady(origin, summand.index):
        found[f"row.{k}"] = write_exactly(np.where(rows < 0, np.nan, rows))
    return found


def came_from(chosen: Chosen, summand: Summand, k: int, numbers: Numbers, room: float) -> list[Span]:
    """Say where the left factor of a term came from, as fully as there is room, down to the row of the table.

    Args:
        chosen: the number that is taken apart.
        summand: one of its terms.
        k: place of the term among those that are shown.
        numbers: the series, for the room that their numbers need.
        room: pixels there are.
    """
    ways = _ways(chosen, summand, k)
    fitting = next((way for way in ways if width_of(way, numbers, SMALL) <= room), None)
    if fitting is not None:
        return fitting
    name, *rest = ways[-1]  # the last way begins with what can be cut
    return [SMALL.shorten(str(name), room - width_of(rest, numbers, SMALL)), *rest]


def _ways(chosen: Chosen, summand: Summand, k: int) -> Ways:
    if summand.source == "":
        return (["a learned constant, the same at each timestep"], ["a learned constant"])
    if summand.source == "x":
        return _ways_of_input(chosen, summand.index, k)
    if summand.source.endswith("_prev"):
        name, back = summand.source.removesuffix("_prev"), _towards_start(chosen)
        place: list[Span] = [f"{name} of unit {summand.index} at t = ", Clock(back)]
        return ([*place, AtStart(", before the first step")], place)
    return ([f"{in_symbols(summand.source)} of unit {summand.index}, same timestep"],)


def _towards_start(chosen: Chosen) -> int:
    return 1 if chosen.reads_backwards else -1


def _ways_of_input(chosen: Chosen, feature: int, k: int) -> Ways:
    if not chosen.is_first_layer:
        return ([f"output {feature} of the layer below at t = ", Clock(0)],)
    origin = chosen.origin
    if origin is None:
        return ([f"feature {feature} of the window, scaled"],)
    name, place, value = origin.names[feature], _row(chosen, origin, feature, k), _value(origin, feature, k)
    is_dated = bool(origin.dates[chosen.timestep]) and bool(
        (origin.rows[:, feature] == origin.rows[:, -1]).all()
    )
    date: list[Span] = [", ", Date()] if is_dated else []
    return (
        [f"{name}, ", *place, *date, ": ", *value],
        [f"{name}, ", *place, ": ", *value],
        [name, ", ", *place, ": ", Live(f"original.{k}", "value")],
        [name, ", ", *place],
    )


def _is_steady(origin: Origin, feature: int) -> bool:
    return bool((np.diff(origin.rows[:, feature]) == 1).all())


def _row(chosen: Chosen, origin: Origin, feature: int, k: int) -> list[Span]:
    if not _is_steady(origin, feature):  # padding: the browser is told each row
        return [Live(f"row.{k}", "row")]
    return ["row ", Clock(int(origin.rows[chosen.timestep, feature]) - chosen.timestep)]


def _value(origin: Origin, feature: int, k: int) -> list[Span]:
    offset, scale = float(origin.offset[feature]), float(origin.scale[feature])
    value: list[Span] = [Live(f"original.{k}", "value")]
    if (offset, scale) == (0.0, 1.0):
        return value
    return ["(", *value, f" {'+' if offset < 0 else '−'} {_exact(abs(offset))}) / {_exact(scale)}"]


def _exact(value: float) -> str:
    """Write a number so that the arithmetic beside it comes out."""
    return f"{value:.6g}".replace("-", "−")


def leads_to(chosen: Chosen, summand: Summand) -> dict[str, object]:
    """Say what a term leads to: the choice that shows its left factor; nothing for a constant."""
    source = summand.source
    if source == "":
        return {}
    if source == "x":
        if chosen.is_first_layer:
            return {"stage": "raw-data", "depth": "whole"}
        below = _below(chosen)
        return {"stage": below, "depth": "cell", "unit": summand.index} if below else {}
    if source.endswith("_prev"):
        return {
            "depth": "number",
            "quantity": source.removesuffix("_prev"),
            "unit": summand.index,
            "before": "",
        }
    return {"depth": "number", "quantity": source, "unit": summand.index}


def _below(chosen: Chosen) -> str:
    lower = [
        layer for layer in chosen.network.recurrent if layer.shape.position < chosen.layer.shape.position
    ]
    return lower[-1].stage if lower else ""
