"""Rules for what only the inside views draw; they travel with the SVG, so that it is whole without the player."""

from __future__ import annotations

from lstm_course.drawing.inside.live import NUM_LEVELS
from lstm_course.drawing.palette import css

FAINTEST, STRONGEST = 0.05, 0.8


def inside_rules() -> str:
    """Write the CSS rules of bars, of fields of values and of numbers that stand out."""
    levels = "".join(_level(level) for level in range(-NUM_LEVELS, NUM_LEVELS + 1))
    return (
        f".lc-bar{{fill:{css('positive')}}}.lc-bar.lc-below{{fill:{css('negative')}}}"
        f".lc-bold{{font-weight:700}}.lc-playhead{{fill:none;stroke:{css('timesteps')};stroke-width:2}}"
        f".lc-field{{fill:none;shape-rendering:crispEdges}}.lc-heat{{fill:transparent}}"
        f".lc-minus{{stroke:{css('ink')};stroke-opacity:.45;stroke-width:.1}}"
        ".lc-when-reset,.lc-when-skipped{visibility:hidden}"
        ".lc-reset .lc-when-reset,.lc-skipped .lc-when-skipped{visibility:visible}"
        f".lc-skipped .lc-when-counted,.lc-skipped .lc-flow{{opacity:.45}}{levels}"
    )


def _level(level: int) -> str:
    name = css("positive" if level >= 0 else "negative")
    strength = strength_of(level)
    return (
        f".lc-level-{level}{{fill:{name};fill-opacity:{strength}}}"
        f".lc-run-{level}{{stroke:{name};stroke-opacity:{strength}}}"
    )


def strength_of(level: int) -> float:
    """Give the opacity of a level of colour.

    >>> strength_of(0), strength_of(-4)
    (0.05, 0.8)
    """
    return round(FAINTEST + (STRONGEST - FAINTEST) * abs(level) / NUM_LEVELS, 2)
