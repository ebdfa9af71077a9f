"""The cell's equations, each with the numbers of one unit at one timestep below it."""

from __future__ import annotations

from lstm_course.cells.activations import get
from lstm_course.cells.equations import Applied, Bias, Equation, Part, Product, Weighted
from lstm_course.drawing.elements import CODE, VALUE, Drawing, TextStyle
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.live import Live, Numbers, Span, width_of, write_live
from lstm_course.drawing.inside.series import part_name, write

ROW = 44
NUMBERS = TextStyle("code", 11.5, mono=True)


def equations_panel(chosen: Chosen, numbers: Numbers, width: float) -> Drawing:
    """Draw the equations one below the other; each leads to the arithmetic of its quantity.

    Args:
        chosen: the cell, the unit and the timestep.
        numbers: the unit's series.
        width: pixels to the right edge.
    """
    panel = Drawing(width)
    for equation in chosen.equations:
        row = Drawing(width, ROW - 4)
        is_chosen = equation.symbol == chosen.quantity
        row.rect(0, 0, width, ROW - 5, fill="raised" if is_chosen else "card", stroke="units" if is_chosen else "",
                 radius=6, thick=1.5)  # fmt: skip
        _write(row, equation, chosen, numbers)
        panel.place(
            row, 0, panel.height, hot=True, label=f"{equation.plain}. {equation.sentence} Show its arithmetic.",
            data={"quantity": equation.symbol, "depth": "number", "why": equation.sentence},
        )  # fmt: skip
        panel.height += ROW
    return panel


def _write(row: Drawing, equation: Equation, chosen: Chosen, numbers: Numbers) -> None:
    room, result = row.width - 20, Live(equation.symbol, bold=True)
    spans: list[Span] = ["= ", *_spans(equation, chosen)]
    for style in (NUMBERS, VALUE):
        if width_of([*spans, " = ", result], numbers, style) <= room:
            row.text(10, 16, CODE.shorten(equation.plain, room), CODE)
            write_live(row, 10, 32, [*spans, " = ", result], numbers, style)
            return
    apart = width_of([result], numbers, NUMBERS)
    row.text(10, 16, CODE.shorten(equation.plain, room - apart - 8), CODE)
    write_live(row, row.width - 10, 16, [result], numbers, NUMBERS, "end")
    write_live(row, 10, 32, spans, numbers, VALUE)


def _spans(equation: Equation, chosen: Chosen) -> list[Span]:
    spans: list[Span] = []
    is_sum = any(isinstance(part, Weighted | Bias) for part in equation.parts)
    for index, part in enumerate(equation.parts):
        plus: list[Span] = [" + " if isinstance(part, Product) else " "] if index else []
        spans += [*plus, *_part(part, equation, index, chosen, is_sum)]
    return spans


def _part(part: Part, equation: Equation, index: int, chosen: Chosen, is_sum: bool) -> list[Span]:
    match part:
        case Weighted(source=source):
            return [Live(part_name(equation.symbol, index), colour="features" if source == "x" else "units")]
        case Bias():
            return [(bias_text(part, chosen), "muted")]
        case Product():
            left: list[Span] = (
                ["(1 − ", Live(part.left, "plain"), ")"] if part.one_minus else [Live(part.left, "plain")]
            )
            return [*left, " · ", Live(part.right, "bracketed")]
        case Applied():
            symbol = get(chosen.trace.arguments[part.argument]).symbol
            return [f"{symbol}(", Live(part.source), ")"] if symbol else [Live(part.source)]


def bias_text(part: Bias, chosen: Chosen) -> str:
    """Write the bias of the chosen unit, signed."""
    gate = chosen.cell.split_gates(chosen.trace.weights)[part.gate]
    vector = gate.recurrent_bias if part.recurrent else gate.bias
    return write([0.0 if vector is None else vector[chosen.unit]]).text(0)
