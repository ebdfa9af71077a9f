"""The inside of a GRU cell: one state on the belt, mixed from the old one and a candidate."""

from __future__ import annotations

from lstm_course.drawing.elements import SMALL
from lstm_course.drawing.inside.wiring import Wiring, plan

CARRY, MIXED = 112, 150
GATES, SUMS = 216, 262


@plan("GRU")
def draw(wiring: Wiring) -> None:
    """Draw the cell: the reset gate acts on the old state or, with reset_after, on what it says."""
    r, h, z, out = wiring.columns(0, 0.49, 0.8, 1, right=32)
    wiring.feed_x(z + 6)
    for x, symbol, gate in ((r, "z_r", "r"), (z, "z_z", "z")):
        wiring.wire([(x, SUMS - 12), (x, GATES + 13)])
        wiring.total(x, SUMS, symbol)
        wiring.activation(x, GATES, gate)
    (_reset_after if wiring.chosen.trace.arguments["reset_after"] else _reset_before)(wiring, r, h, out)
    wiring.wire([(h, SUMS - 12), (h, GATES + 13)])
    wiring.total(h, SUMS, "z_h", recurrent=False)
    wiring.activation(h, GATES, "h_tilde")
    _mix(wiring, h, z, out)
    wiring.loop(wiring.belt)


def _reset_after(wiring: Wiring, r: float, h: float, out: float) -> None:
    u = r + 0.19 * (out - r)
    between = (u + h) / 2
    wiring.total(u, SUMS, "recurrent_h", value=False)
    wiring.value(u, SUMS - 32, "recurrent_h", "middle")
    wiring.wire([(u + 12, SUMS), (between - 12, SUMS)])
    wiring.wire([(r, GATES - 12), (r, GATES - 52), (between, GATES - 52), (between, SUMS - 12)])
    wiring.wire([(between + 11, SUMS), (h - 13, SUMS)])
    wiring.operation(
        between, SUMS, "×", "r ⊙ what the old state says: the reset gate acts after the product with U"
    )


def _reset_before(wiring: Wiring, r: float, h: float, out: float) -> None:
    s = r + 0.27 * (out - r)
    wiring.dot(s, wiring.h_rail, "units")
    wiring.wire([(s, wiring.h_rail), (s, SUMS + 12)], "units")
    wiring.wire([(r, GATES - 12), (r, GATES - 52), (s, GATES - 52), (s, SUMS - 12)])
    wiring.wire([(s + 11, SUMS), (h - 13, SUMS)])
    wiring.drawing.text((s + h) / 2, SUMS + 22, "U_h", SMALL, "units", "middle")
    wiring.operation(s, SUMS, "×", "r ⊙ the old h: the reset gate acts before the product with U")


def _mix(wiring: Wiring, h: float, z: float, out: float) -> None:
    wiring.wire([(0, wiring.belt), (z - 12, wiring.belt)], "units", thick=2.6, axis="units")
    wiring.wire([(z + 11, wiring.belt), (out - 12, wiring.belt)], "units", thick=2.6)
    wiring.wire([(out + 11, wiring.belt), (wiring.width, wiring.belt)], "units", thick=2.6)
    split = wiring.left + 10
    wiring.dot(split, wiring.belt, "units")
    wiring.wire([(split, wiring.belt), (split, wiring.h_rail), (z - 6, wiring.h_rail)], "units", arrow=False)
    wiring.wire([(z, GATES - 12), (z, wiring.belt + 12)])
    wiring.dot(z, MIXED)
    wiring.wire([(z, MIXED), ((h + z) / 2 + 12, MIXED)])
    wiring.wire([((h + z) / 2 - 11, MIXED), (h + 12, MIXED)])
    wiring.wire([(h, GATES - 12), (h, MIXED + 12)])
    wiring.wire([(h, MIXED - 11), (h, CARRY), (out, CARRY), (out, wiring.belt + 12)], hop=(z, CARRY))
    wiring.operation(h, MIXED, "×", "(1 − z) ⊙ h̃: what is taken from the candidate")
    wiring.operation((h + z) / 2, MIXED, "1−", "what the update gate does not keep is free for the candidate")
    wiring.operation(z, wiring.belt, "×", "z ⊙ the old h: what is kept of the state")
    wiring.operation(out, wiring.belt, "+", "what is kept, plus what is new: the next h")
    wiring.port(23, wiring.belt - 22, "hₜ₋₁", "h_prev")
    wiring.starting(wiring.belt + 16)
    wiring.leave(wiring.belt, wiring.right - 10)
