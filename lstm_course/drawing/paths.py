"""Paths in the language of SVG's `d` attribute, in few characters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Point = tuple[float, float]
"""Pixels to the right and down."""


def path_through(points: Sequence[Point]) -> str:
    """Write the path through points.

    >>> path_through([(0, 0), (1.26, 2), (1.26, 9)])
    'M0 0L1.3 2V9'
    """
    (x, y), *rest = points
    path = f"M{pixels(x)} {pixels(y)}"
    for right, down in rest:
        if right == x:
            path += f"V{pixels(down)}"
        else:
            path += f"H{pixels(right)}" if down == y else f"L{pixels(right)} {pixels(down)}"
        x, y = right, down
    return path


def arrow_head(before: Point, tip: Point, size: float) -> str:
    """Write the two strokes of an arrow's head at the end of a line."""
    (x0, y0), (x1, y1) = before, tip
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    ux, uy = (x1 - x0) / length * size, (y1 - y0) / length * size
    left = (x1 - ux * 1.3 + uy, y1 - uy * 1.3 - ux)
    right = (x1 - ux * 1.3 - uy, y1 - uy * 1.3 + ux)
    (x, y), (dx, dy), (ex, ey) = left, (x1 - left[0], y1 - left[1]), (right[0] - x1, right[1] - y1)
    return f"M{pixels(x)} {pixels(y)}l{pixels(dx)} {pixels(dy)} {pixels(ex)} {pixels(ey)}".replace(" -", "-")


@lru_cache(maxsize=8192)  # the same places come again in every drawing
def pixels(value: float) -> str:
    """Write a number of pixels, to a tenth.

    >>> pixels(12.0), pixels(0.26)
    ('12', '0.3')
    """
    if value == int(value):
        return str(int(value))
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
