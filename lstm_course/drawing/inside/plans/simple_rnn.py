"""The inside of a SimpleRNN cell: one sum, one activation, and the whole state replaced."""

from __future__ import annotations

from lstm_course.drawing.inside.wiring import Wiring, plan

SUMS, GATES, OUT = 244, 186, 124


@plan("SimpleRNN")
def draw(wiring: Wiring) -> None:
    """Draw the cell: no gate, no belt."""
    middle, turn = wiring.left + 0.42 * wiring.inner, wiring.right - 46
    wiring.feed_h(middle - 6)
    wiring.feed_x(middle + 6)
    wiring.wire([(middle, SUMS - 12), (middle, GATES + 13)])
    wiring.total(middle, SUMS, "z_h")
    wiring.wire(
        [(middle, GATES - 12), (middle, OUT), (turn, OUT), (turn, wiring.h_rail), (wiring.width, wiring.h_rail)],
        "units", axis="units",
    )  # fmt: skip
    wiring.activation(middle, GATES, "h", value=False)
    wiring.leave(wiring.h_rail, wiring.right - 14)
    wiring.loop()
