"""The inside of an LSTM cell: the belt of c above, the gates that write on it below, h as what is shown of it."""

from __future__ import annotations

from lstm_course.drawing.inside.wiring import Wiring, plan

MIXED, OUT = 124, 164
GATES, SUMS = 216, 262


@plan("LSTM")
def draw(wiring: Wiring) -> None:
    """Draw the cell: forget and input gates on the belt, the output gate on what leaves."""
    f, i, c, o, h = wiring.columns(0, 0.25, 0.5, 0.75, 1)
    _belt(wiring, f, i, h)
    wiring.feed_h(o - 6)
    wiring.feed_x(o + 6)
    for x, symbol, gate in ((f, "z_f", "f"), (i, "z_i", "i"), (c, "z_c", "c_tilde"), (o, "z_o", "o")):
        wiring.wire([(x, SUMS - 12), (x, GATES + 13)])
        wiring.total(x, SUMS, symbol)
        wiring.activation(x, GATES, gate)
    _write(wiring, f, i, c)
    _show(wiring, o, h)
    wiring.loop()


def _belt(wiring: Wiring, f: float, i: float, h: float) -> None:
    wiring.wire([(0, wiring.belt), (f - 12, wiring.belt)], "units", thick=2.6, axis="units")
    wiring.wire([(f + 11, wiring.belt), (i - 12, wiring.belt)], "units", thick=2.6)
    wiring.wire([(i + 11, wiring.belt), (wiring.width, wiring.belt)], "units", thick=2.6)
    wiring.dot(h, wiring.belt, "units")
    wiring.port(23, wiring.belt - 22, "cₜ₋₁", "c_prev")
    wiring.starting(wiring.belt + 16)
    wiring.port(wiring.width - 23, wiring.belt - 22, "cₜ", "c")
    wiring.operation(f, wiring.belt, "×", "f ⊙ the old c: what is kept of the memory, unit by unit")
    wiring.operation(i, wiring.belt, "+", "what is kept, plus what is written: the new c")


def _write(wiring: Wiring, f: float, i: float, c: float) -> None:
    wiring.wire([(f, GATES - 12), (f, wiring.belt + 12)])
    wiring.wire([(i, GATES - 12), (i, MIXED + 12)])
    wiring.wire([(c, GATES - 12), (c, MIXED), (i + 12, MIXED)])
    wiring.wire([(i, MIXED - 11), (i, wiring.belt + 12)])
    wiring.operation(i, MIXED, "×", "i ⊙ c̃: how much of the candidate is written, unit by unit")


def _show(wiring: Wiring, o: float, h: float) -> None:
    wiring.wire([(h, wiring.belt), (h, MIXED - 13)], "units")
    wiring.activation(h, MIXED, "c_activated", value=False)
    wiring.wire([(h, MIXED + 12), (h, OUT - 12)])
    wiring.value(h - 5, MIXED + 25, "c_activated", "end")
    wiring.wire([(o, GATES - 12), (o, OUT), (h - 12, OUT)])
    wiring.wire([(h, OUT + 11), (h, wiring.h_rail), (wiring.width, wiring.h_rail)], "units", axis="units")
    wiring.operation(h, OUT, "×", "o ⊙ the squashed c: how much of the memory is shown, unit by unit")
    wiring.leave(wiring.h_rail, wiring.right - 10)
