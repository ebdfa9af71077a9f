"""One number: the sum that makes it, each term traced to its weight and to where its factor came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_course.cells.equations import Equation, Part
from lstm_course.drawing.elements import CODE, LABEL, NOTE, SMALL, STRONG, Drawing
from lstm_course.drawing.inside.came_from import came_from, input_series, leads_to
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.live import Live, Numbers, bar, read, width_of, write_live
from lstm_course.drawing.inside.player_data import player_data
from lstm_course.drawing.inside.series import Written, write
from lstm_course.drawing.inside.symbols import in_symbols
from lstm_course.drawing.inside.terms import Sum, Summand, sum_of
from lstm_course.drawing.inside.trace import quiet
from lstm_course.drawing.inside.view import (
    InsideView,
    clock_line,
    heading,
    mask_note,
    unit_chips,
    where,
    wrap_stage,
)

ROW, NARROW_ROW = 42.0, 62.0
ROOMY = 900
"""Width in pixels from which a term, where it came from and its bar stand on one line."""
WITH_BARS = 500
"""Width in pixels from which each term has a bar."""


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
    y = mask_note(page, chosen, y)
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
        series |= input_series(chosen, summand, k)
    if parts.rest is not None:
        series["rest"] = parts.rest
    for equation in (*_uses(chosen), *_sources(chosen)):
        series[f"use.{equation.symbol}"] = write(chosen.trace.quantity(equation.symbol)[:, chosen.unit])
    return series


def _table(page: Drawing, chosen: Chosen, parts: Sum, numbers: Numbers, y: float) -> float:
    narrow = page.width < ROOMY
    for k, summand in enumerate(parts.shown):
        row = Drawing(page.width, (NARROW_ROW if narrow else ROW) - 5)
        row.rect(0, 0, page.width, row.height, fill="card", radius=6)
        _fill_row(row, chosen, summand, k, numbers, narrow)
        choice = leads_to(chosen, summand)
        said = f"{in_symbols(summand.term.label)}: where it came from" if choice else ""
        page.place(row, 0, y, hot=bool(choice), data=choice or None, label=said, classes=["lc-when-counted"])
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
    row.text(10, 15, CODE.shorten(in_symbols(term.label), row.width - 120 if narrow else 240), CODE, "muted")
    write_live(row, right, 15 if narrow else 22, [Live(f"product.{k}", bold=True)], numbers, CODE, "end")
    if narrow:
        write_live(row, 10, 50, came_from(chosen, summand, k, numbers, row.width - 20), numbers, SMALL)
        if row.width >= WITH_BARS:
            bar(row, row.width - 160, 26, 150, f"product.{k}", numbers, signed=True)
    else:
        bar(row, row.width - 240, 13, 150, f"product.{k}", numbers, signed=True)
        spans = came_from(chosen, summand, k, numbers, row.width - 266 - 256)
        write_live(row, 266, 22, spans, numbers, SMALL)


def _total(page: Drawing, chosen: Chosen, parts: Sum, numbers: Numbers, y: float) -> float:
    page.path(f"M0 {y + 2:.1f}h{page.width:.1f}", stroke="ink", thick=1.2)
    name = f"{in_symbols(chosen.quantity)}[{chosen.unit}]"
    is_sum = len(parts.shown) > 1 or parts.rest is not None
    page.text(10, y + 22, f"{name}, the sum" if is_sum else name, STRONG)
    write_live(page, page.width - 10, y + 22, [Live("total", bold=True)], numbers, CODE, "end")
    return y + 34


def _next(page: Drawing, chosen: Chosen, numbers: Numbers, y: float) -> float:
    """Say what the number is made from and what is done with it next; each line leads there."""
    for head, equations in (("is made from", _sources(chosen)), ("goes into", _uses(chosen))):
        if not equations:
            continue
        page.text(0, y + 12, f"{in_symbols(chosen.quantity)} {head}", LABEL)
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
    lines = [f"{in_symbols(chosen.quantity)} of {where(chosen)}: {numbers.text(Live('total'))}."]
    for k, summand in enumerate(parts.shown):
        where_from = read(came_from(chosen, summand, k, numbers, float("inf")), numbers)
        lines.append(
            f"{in_symbols(summand.term.label)} = {numbers.text(Live(f'product.{k}'))}, from {where_from}."
        )
    if parts.rest is not None:
        lines.append(f"{parts.num_rest} smaller terms: {numbers.text(Live('rest'))}.")
    return "\n".join(lines)


def _data(chosen: Chosen, numbers: Numbers) -> dict[str, object]:
    return player_data(chosen, "number", numbers.series)
