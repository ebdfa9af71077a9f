"""How the quantities of a cell are written in a picture: as in the equations, not as in the code."""

from __future__ import annotations

import re

SYMBOLS = {
    "h_prev": "hₜ₋₁", "c_prev": "cₜ₋₁", "c_tilde": "c̃", "h_tilde": "h̃", "c_activated": "c*", "recurrent_h": "u",
    "reset_h": "s",
}  # fmt: skip
"""Name of a quantity of the Step to what it is called in the equations, where the two differ."""
_NAMES = re.compile(rf"\b({'|'.join(SYMBOLS)})\b")


def in_symbols(text: str) -> str:
    """Write a text with the symbols of the equations.

    >>> in_symbols("(1 − z[0]) · h_tilde[0]"), in_symbols("f")
    ('(1 − z[0]) · h̃[0]', 'f')
    """
    return _NAMES.sub(lambda found: SYMBOLS[found[0]], text)
