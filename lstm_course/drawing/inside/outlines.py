"""The inside views in words and numbers, for a screen reader."""

from __future__ import annotations

from lstm_course.drawing.inside.chosen import Chosen, time_label
from lstm_course.drawing.inside.live import Live, Numbers


def cell_outline(chosen: Chosen, numbers: Numbers) -> str:
    """Say what happens in the cell, line by line, each with its number."""
    reader = f", {chosen.reader}" if chosen.reader else ""
    lines = [
        f"Inside the {chosen.cell.name} cell{reader}: unit {chosen.unit} at {time_label(chosen.timestep)}."
    ]
    for state in chosen.cell.states:
        lines.append(f"{state} from the timestep before: {numbers.text(Live(f'{state}_prev'))}.")
    for equation in chosen.equations:
        lines.append(f"{equation.plain} = {numbers.text(Live(equation.symbol))}. {equation.sentence}")
    return "\n".join(lines)
