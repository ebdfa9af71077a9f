"""The inside of one cell at one timestep: its wiring, its gates as bars, its equations with the numbers."""

from __future__ import annotations

from lstm_course.cells.equations import Applied
from lstm_course.drawing.elements import LABEL, NOTE, SMALL, Drawing
from lstm_course.drawing.inside import plans  # noqa: F401  # each registers its drawing
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.equations_panel import equations_panel
from lstm_course.drawing.inside.live import Live, Numbers, bar, write_live
from lstm_course.drawing.inside.outlines import cell_outline
from lstm_course.drawing.inside.player_data import player_data
from lstm_course.drawing.inside.symbols import in_symbols
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
from lstm_course.drawing.inside.wiring import PLANS, Wiring

MAX_WIRING = 720
TWO_COLUMNS = 820
GATE_NAMES = {
    "LSTM": {"i": "input gate", "f": "forget gate", "o": "output gate", "c_tilde": "candidate"},
    "GRU": {"z": "update gate", "r": "reset gate", "h_tilde": "candidate"},
}
"""What the quantities that are shown as bars are called."""


@quiet
def cell_view(chosen: Chosen, width: float) -> InsideView:
    """Draw the inside of the chosen cell.

    Args:
        chosen: the layer, the timestep and the unit.
        width: pixels there are; below 820 the parts stand one below the other.

    Raises:
        ValueError: there is no drawing for this kind of cell.
    """
    if chosen.cell.name not in PLANS:
        raise ValueError(
            f"Got the cell {chosen.cell.name}, expected one that has a drawing: {', '.join(PLANS)}. "
            "Add a file to `drawing/inside/plans`."
        )
    numbers = Numbers.of(chosen)
    title = f"Inside the {chosen.cell.name} cell: {where(chosen)}"
    page = Drawing(width)
    y = heading(page, _headline(chosen), _note(chosen), "cell")
    y = clock_line(page, chosen, y)
    y = mask_note(page, chosen, unit_chips(page, chosen, y, "cell"))
    narrow = width < TWO_COLUMNS
    left = width if narrow else min(MAX_WIRING, round(width * 0.56))
    picture = _wiring(chosen, numbers, left)
    page.place(picture, 0, y)
    bars = _bars(chosen, numbers, left)
    page.place(bars, 0, y + picture.height + 10)
    below = y + picture.height + 10 + bars.height
    equations = equations_panel(chosen, numbers, width if narrow else width - left - 24)
    start = below + 16 if narrow else y
    page.text(
        0 if narrow else left + 24, start + 12, f"Equations, with the numbers of unit {chosen.unit}", LABEL
    )
    page.place(equations, 0 if narrow else left + 24, start + 22, classes=["lc-when-counted"])
    page.height = max(below, start + 22 + equations.height) + 6
    return InsideView(
        wrap_stage(page, chosen, title), title, cell_outline(chosen, numbers), player_data(chosen, "cell")
    )


def _headline(chosen: Chosen) -> str:
    reader = f", {chosen.reader}" if chosen.reader else ""
    return f"Inside the {chosen.cell.name} cell{reader}: unit {chosen.unit} of 0 … {chosen.units - 1}"


def _note(chosen: Chosen) -> str:
    backwards = (
        "It reads from the end: ₜ₋₁ stands for the step read before, t + 1. "
        if chosen.reads_backwards
        else ""
    )
    times = f"The same cell and the same weights at each of the {chosen.timesteps:,} timesteps."
    if chosen.timesteps == 1:
        times, backwards = "One timestep, so the cell is used once.", ""
    return f"{times} {backwards}Choose a part to see its arithmetic."


def _wiring(chosen: Chosen, numbers: Numbers, width: float) -> Drawing:
    wiring = Wiring(chosen, numbers, width)
    PLANS[chosen.cell.name](wiring)
    return wiring.drawing


def _bars(chosen: Chosen, numbers: Numbers, width: float) -> Drawing:
    names = GATE_NAMES.get(chosen.cell.name, {})
    gates = [
        (equation.symbol, next(part for part in equation.parts if isinstance(part, Applied)))
        for equation in chosen.equations
        if equation.symbol in names
    ]
    rows = [(symbol, part.argument == "activation") for symbol, part in gates]
    rows += [(state, True) for state in reversed(chosen.cell.states)]
    panel = Drawing(width, 20 + 22 * len(rows))
    caption = f"Unit {chosen.unit}: a gate from 0 to 1, a state below or above 0"
    panel.text(0, 12, SMALL.shorten(caption, width), SMALL, "muted")
    label = 120
    for k, (symbol, signed) in enumerate(rows):
        y = 24 + 22 * k
        panel.text(0, y + 9, f"{in_symbols(symbol)}  {names.get(symbol, 'state')}", NOTE)
        bar(panel, label, y, width - label - 64, symbol, numbers, signed=signed)
        write_live(panel, width, y + 9, [Live(symbol)], numbers, anchor="end")
    return panel
