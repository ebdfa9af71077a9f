"""The paths of wires: along right angles, with rounded bends and leaps over other wires."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_course.drawing.paths import Point

BEND = 7
"""Radius of a bend in pixels, where there is room for it."""


def rounded(points: Sequence[Point], hop: Point | None = None) -> str:
    """Write a path along right angles with rounded bends and, if need be, one leap over another wire."""
    (x, y), *_ = points
    commands = [f"M{x:.1f} {y:.1f}"]
    for k, (x, y) in enumerate(points[1:], start=1):
        x0, y0 = points[k - 1]
        if hop is not None and _between(points[k - 1], (x, y), hop):
            commands.append(_leap(points[k - 1], (x, y), hop))
        if k == len(points) - 1:
            commands.append(f"L{x:.1f} {y:.1f}")
            continue
        x2, y2 = points[k + 1]
        bend = min(BEND, (abs(x - x0) + abs(y - y0)) / 2, (abs(x2 - x) + abs(y2 - y)) / 2)
        ax, ay = _toward((x, y), (x0, y0), bend)
        bx, by = _toward((x, y), (x2, y2), bend)
        commands.append(f"L{ax:.1f} {ay:.1f}Q{x:.1f} {y:.1f} {bx:.1f} {by:.1f}")
    return "".join(commands)


def _between(start: Point, stop: Point, hop: Point) -> bool:
    low_x, high_x = sorted((start[0], stop[0]))
    low_y, high_y = sorted((start[1], stop[1]))
    return low_x <= hop[0] <= high_x and low_y <= hop[1] <= high_y


def _leap(start: Point, stop: Point, hop: Point) -> str:
    ax, ay = _toward(hop, start, 5)
    bx, by = _toward(hop, stop, 5)
    return f"L{ax:.1f} {ay:.1f}A5 5 0 0 1 {bx:.1f} {by:.1f}"


def _toward(start: Point, stop: Point, distance: float) -> Point:
    length = abs(stop[0] - start[0]) + abs(stop[1] - start[1]) or 1.0
    share = distance / length
    return start[0] + (stop[0] - start[0]) * share, start[1] + (stop[1] - start[1]) * share


def arrow_tip(before: Point, end: Point) -> str:
    """Write the filled head of an arrow at the end of a wire."""
    ax, ay = _toward(end, before, 7)
    dx, dy = (0.0, 3.5) if abs(end[0] - before[0]) > abs(end[1] - before[1]) else (3.5, 0.0)
    return f"M{end[0]:.1f} {end[1]:.1f}L{ax + dx:.1f} {ay + dy:.1f}L{ax - dx:.1f} {ay - dy:.1f}z"
