"""One number: the sum that makes it, each term traced to its weight and to where its factor came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm_course.cells.equations import Equation, Part
from lstm_course.drawing.elements import CODE, LABEL, NOTE, SMALL, STRONG, Drawing
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.live import Clock, Date, Live, Numbers, Span, bar, read, width_of, write_live
from lstm_course.drawing.inside.player_data import player_data
from lstm_course.drawing.inside.series import Written, write, write_exactly
from lstm_course.drawing.inside.terms import Sum, Summand, sum_of
from lstm_course.drawing.inside.trace import quiet
from lstm_course.drawing.inside.view import (
    NARROW,
    InsideView,
    clock_line,
    heading,
    unit_chips,
    where,
    wrap_stage,
)

ROW, NARROW_ROW = 42.0, 62.0


@quiet
def number_view(chosen: Chosen, width: float) -> InsideView:
    """Draw the arithmetic of the chosen quantity of one unit at one timestep.

    Args:
        chosen: the place and the quantity.
        width: pixels there are.
    """
    parts = sum_of(chosen)
    equation = next(found for found in chosen.equations if found.symbol == chosen.quantity)
    numbers = Numbers.at(chosen, _series(parts, chosen))
    shown = equation.plain.partition(" = ")[0]
    title = f"{shown} of {where(chosen)} = {numbers.text(Live('total'))}"
    page = Drawing(width)
    y = heading(page, f"{shown} of unit {chosen.unit}: one number, taken apart", equation.sentence, "number")
    y = clock_line(page, chosen, y)
    y = unit_chips(page, chosen, y, "number")
    page.text(0, y + 14, CODE.shorten(equation.plain, width), CODE)
    y = _table(page, chosen, parts, numbers, y + 26)
    y = _total(page, chosen, parts, numbers, y)
    y = _next(page, chosen, numbers, y + 8)
    page.height = y + 4
    return InsideView(
        wrap_stage(page, chosen, title), title, _outline(chosen, parts, numbers), _data(chosen, numbers)
    )


def _series(parts: Sum, chosen: Chosen) -> Mapping[str, Written]:
    series: dict[str, Written] = {"total": parts.total}
    for k, summand in enumerate(parts.shown):
        series |= {f"left.{k}": summand.left, f"product.{k}": summand.product}
        if summand.right is not None:
            series[f"right.{k}"] = summand.right
        if summand.source == "x" and chosen.origin is not None and chosen.is_first_layer:
            series[f"original.{k}"] = write_exactly(
                chosen.origin.originals[list(chosen.trace.order), summand.index]
            )
    if parts.rest is not None:
        series["rest"] = parts.rest
    for equation in (*_uses(chosen), *_sources(chosen)):
        series[f"use.{equation.symbol}"] = write(chosen.trace.quantity(equation.symbol)[:, chosen.unit])
    return series


def _table(page: Drawing, chosen: Chosen, parts: Sum, numbers: Numbers, y: float) -> float:
    narrow = page.width < NARROW
    for k, summand in enumerate(parts.shown):
        row = Drawing(page.width, (NARROW_ROW if narrow else ROW) - 5)
        row.rect(0, 0, page.width, row.height, fill="card", radius=6)
        _fill_row(row, chosen, summand, k, numbers, narrow)
        choice = _leads_to(chosen, summand)
        page.place(row, 0, y, hot=bool(choice), data=choice or None,
                   label=f"{summand.term.label}: where it came from" if choice else "")  # fmt: skip
        y += row.height + 5
    if parts.rest is not None:
        row = Drawing(page.width, 30)
        row.rect(0, 0, page.width, 30, fill="card", radius=6)
        text = f"+ {parts.num_rest} smaller terms"
        row.text(10, 19, NOTE.shorten(text, page.width - 150), NOTE, "muted")
        write_live(row, page.width - 10, 19, [Live("rest")], numbers, CODE, "end")
        page.place(row, 0, y)
        y += 35
    return y


def _fill_row(row: Drawing, chosen: Chosen, summand: Summand, k: int, numbers: Numbers, narrow: bool) -> None:
    term = summand.term
    colour = {"x": "features", "h_prev": "units", "reset_h": "units"}.get(summand.source, "ink")
    right = row.width - 10
    spans: list[Any] = [Live(f"left.{k}", colour=colour)]
    if summand.right is not None:
        spans += [" · ", Live(f"right.{k}", "bracketed")]
    elif term.right is None:
        spans = [f"{term.right_name}(", *spans, ")"]
    write_live(row, 10, 33 if narrow else 29, spans, numbers, CODE)
    row.text(10, 15, CODE.shorten(term.label, row.width - 120 if narrow else 240), CODE, "muted")
    write_live(row, right, 15 if narrow else 22, [Live(f"product.{k}", bold=True)], numbers, CODE, "end")
    if narrow:
        _trace(row, chosen, summand, k, numbers, 10, 50, row.width - 20)
    else:
        bar(row, row.width - 240, 13, 150, f"product.{k}", numbers, signed=True)
        _trace(row, chosen, summand, k, numbers, 266, 22, row.width - 266 - 256)


def _trace(
    row: Drawing, chosen: Chosen, summand: Summand, k: int, numbers: Numbers, x: float, y: float, room: float
) -> None:
    """Say where the left factor came from, down to the row of the table."""
    spans = _origin(chosen, summand, k)
    if width_of(spans, numbers, SMALL) > room:
        spans = [SMALL.shorten("".join(span for span in spans if isinstance(span, str)), room)]
    write_live(row, x, y, spans, numbers, SMALL)


def _origin(chosen: Chosen, summand: Summand, k: int) -> list[Span]:
    if summand.source == "":
        return ["a learned constant, the same at each timestep"]
    if summand.source == "x":
        return _input_origin(chosen, summand.index, k)
    if summand.source.endswith("_prev"):
        name, back = summand.source.removesuffix("_prev"), _towards_start(chosen)
        return [f"{name} of unit {summand.index} at t = ", Clock(back),
                "" if chosen.position else ", before the first step"]  # fmt: skip
    return [f"{summand.source} of unit {summand.index}, same timestep"]


def _towards_start(chosen: Chosen) -> int:
    return 1 if chosen.trace.order[0] > chosen.trace.order[-1] else -1


def _input_origin(chosen: Chosen, feature: int, k: int) -> list[Span]:
    if not chosen.is_first_layer:
        return [f"output {feature} of the layer below at t = ", Clock(0)]
    if chosen.origin is None:
        return [f"feature {feature} of the window, scaled"]
    origin = chosen.origin
    row = int(origin.rows[chosen.timestep, feature])
    steady = bool((np.diff(origin.rows[:, feature]) == 1).all())
    place: list[Span] = (
        ["row ", Clock(row - chosen.timestep)] if steady else ["row of the sequence, or padding"]
    )
    date: list[Span] = (
        [", ", Date()] if origin.dates[chosen.timestep] and feature == len(origin.names) - 1 else []
    )
    offset, scale = float(origin.offset[feature]), float(origin.scale[feature])
    value: list[Span] = [Live(f"original.{k}", "plain")]
    if (offset, scale) != (0.0, 1.0):
        value = ["(", *value, f" {'+' if offset < 0 else '−'} {_exact(abs(offset))}) / {_exact(scale)}"]
    return [f"{origin.names[feature]}, ", *place, *date, ": ", *value]


def _exact(value: float) -> str:
    """Write a number so that the arithmetic beside it comes out."""
    return f"{value:.6g}".replace("-", "−")


def _leads_to(chosen: Chosen, summand: Summand) -> dict[str, object]:
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


def _total(page: Drawing, chosen: Chosen, parts: Sum, numbers: Numbers, y: float) -> float:
    page.path(f"M0 {y + 2:.1f}h{page.width:.1f}", stroke="ink", thick=1.2)
    name = f"{chosen.quantity}[{chosen.unit}]"
    is_sum = len(parts.shown) > 1 or parts.rest is not None
    page.text(10, y + 22, f"{name}, the sum" if is_sum else name, STRONG)
    write_live(page, page.width - 10, y + 22, [Live("total", bold=True)], numbers, CODE, "end")
    return y + 34


def _next(page: Drawing, chosen: Chosen, numbers: Numbers, y: float) -> float:
    """Say what the number is made from and what is done with it next; each line leads there."""
    for head, equations in (("is made from", _sources(chosen)), ("goes into", _uses(chosen))):
        if not equations:
            continue
        page.text(0, y + 12, f"{chosen.quantity} {head}", LABEL)
        y += 20
        for equation in equations:
            y = _line(page, equation, numbers, y)
        y += 8
    return y


def _line(page: Drawing, equation: Equation, numbers: Numbers, y: float) -> float:
    row = Drawing(page.width, 28)
    row.rect(0, 0, page.width, 28, fill="raised", stroke="line", radius=6)
    result = Live(f"use.{equation.symbol}", bold=True)
    room = page.width - 20 - width_of([" = ", result], numbers, CODE)
    write_live(row, 10, 18, [CODE.shorten(equation.plain, room), " = ", result], numbers, CODE)
    page.place(row, 0, y, hot=True, label=f"{equation.plain}: show its arithmetic",
               data={"quantity": equation.symbol, "depth": "number", "why": equation.sentence})  # fmt: skip
    return y + 33


def _sources(chosen: Chosen) -> list[Equation]:
    """Find the equations of the same timestep that the number is made from: the way down to the rows."""
    own = next(equation for equation in chosen.equations if equation.symbol == chosen.quantity)
    return [
        equation
        for equation in chosen.equations
        if equation.symbol != chosen.quantity and any(_names(part, equation.symbol) for part in own.parts)
    ]


def _uses(chosen: Chosen) -> list[Equation]:
    """Find the equations that the number enters; a state enters all of the next timestep, which is said elsewhere."""
    return [
        equation
        for equation in chosen.equations
        if any(_names(part, chosen.quantity) for part in equation.parts)
    ]


def _names(part: Part, quantity: str) -> bool:
    return quantity in (getattr(part, name, None) for name in ("source", "left", "right"))


def _outline(chosen: Chosen, parts: Sum, numbers: Numbers) -> str:
    lines = [f"{chosen.quantity} of {where(chosen)}: {numbers.text(Live('total'))}."]
    for k, summand in enumerate(parts.shown):
        where_from = read(_origin(chosen, summand, k), numbers)
        lines.append(f"{summand.term.label} = {numbers.text(Live(f'product.{k}'))}, from {where_from}.")
    if parts.rest is not None:
        lines.append(f"{parts.num_rest} smaller terms: {numbers.text(Live('rest'))}.")
    return "\n".join(lines)


def _data(chosen: Chosen, numbers: Numbers) -> dict[str, object]:
    return player_data(chosen, "number", numbers.series)
