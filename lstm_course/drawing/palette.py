"""Colours: one for each axis, the same everywhere, for light and dark pages and for print.

Every colour is a CSS custom property with the light value as its fallback, so that one SVG serves all themes.
Colour never carries meaning alone: beside each coloured number stands the name of its axis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

AXIS_COLOURS: Mapping[str, tuple[str, str]] = {
    "rows": ("#4b5768", "#b4bfce"),
    "samples": ("#5a43d6", "#aea1ff"),
    "batch": ("#5a43d6", "#aea1ff"),
    "timesteps": ("#0a7183", "#4fc6db"),
    "features": ("#945400", "#f0b457"),
    "units": ("#b1206a", "#ff8cc2"),
    "horizon": ("#2c761c", "#83d172"),
    "targets": ("#1c5fb4", "#80b9ff"),
    "classes": ("#ab3714", "#ff9f82"),
}
"""Axis name to (light, dark). samples and batch share one: a batch is some of the samples."""

COLOURS: Mapping[str, tuple[str, str]] = {
    **AXIS_COLOURS,
    "paper": ("#ffffff", "#10151d"),  # behind everything
    "card": ("#f7f8fb", "#181f2a"),  # behind a stage
    "raised": ("#ffffff", "#212a37"),  # behind a cell or a chip on a card
    "ink": ("#1b2230", "#eaeef5"),  # text
    "muted": ("#556072", "#a9b3c3"),  # notes
    "line": ("#c5ccd8", "#3d4858"),  # borders
    "wire": ("#67738a", "#8d99ad"),  # arrows
    "positive": ("#d96a14", "#ff9a4d"),  # values above 0
    "negative": ("#3a64dc", "#7d9dff"),  # values below 0
    "good": ("#1d6f2b", "#7fd38d"),  # it fits
    "good-paper": ("#e5f4e7", "#173222"),
    "bad": ("#b3231a", "#ff9d94"),  # it does not
    "bad-paper": ("#fdecea", "#3b1b1b"),
    "warn": ("#85540a", "#f2bd62"),  # it runs, and is wrong or worse than it need be
    "warn-paper": ("#fdf3dd", "#33280f"),
    "train": ("#e5ebfb", "#222f4f"),  # rows to learn from
    "validation": ("#fcefd2", "#43361b"),  # rows to choose by
    "test": ("#f4e1ed", "#43263a"),  # rows to judge by
}
"""Colour name to (light, dark)."""

_VARIABLE = re.compile(r"var\(--lc-([a-z-]+)(?:,\s*#[0-9a-f]{6})?\)")


def css(name: str) -> str:
    """Write a colour as a CSS value that follows the theme.

    >>> css("timesteps")
    'var(--lc-timesteps,#0a7183)'
    """
    return f"var(--lc-{name},{colour(name)})"


def colour(name: str, dark: bool = False) -> str:
    """Give a colour as #rrggbb.

    Raises:
        ValueError: when there is no colour of that name.

    >>> colour("timesteps"), colour("timesteps", dark=True)
    ('#0a7183', '#4fc6db')
    """
    if name not in COLOURS:
        raise ValueError(f"There is no colour {name!r}; use one of {', '.join(COLOURS)}.")
    return COLOURS[name][dark]


def axis_colour(axis: str) -> str:
    """Name the colour of an axis: its own, or that of text for an axis that has none.

    >>> axis_colour("units"), axis_colour("height")
    ('units', 'ink')
    """
    return axis if axis in AXIS_COLOURS else "ink"


def theme_rules() -> str:
    """Write the CSS rules that give every colour its value in each theme.

    A page in print is always light, and so is the paper behind it, whatever the page around it is.
    """
    light, dark = _properties(dark=False), _properties(dark=True)
    return (
        f".lc-diagram{{{light}}}.lc-dark{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{.lc-auto{{{dark}}}}}"
        f"@media print{{.lc-diagram{{{light}background:{colour('paper')}}}}}"
    )


def resolve(text: str, dark: bool = False) -> str:
    """Replace every custom property by its colour, for programs that do not know them.

    >>> resolve("fill:var(--lc-ink,#1b2230)", dark=True)
    'fill:#eaeef5'
    """
    return _VARIABLE.sub(lambda found: colour(found.group(1), dark), text)


def contrast(first: str, second: str) -> float:
    """Compute the contrast of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21

    Source: WCAG 2.2, "contrast ratio".
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(hex_colour: str) -> float:
    shares = (int(hex_colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _properties(dark: bool) -> str:
    return "".join(f"--lc-{name}:{pair[dark]};" for name, pair in COLOURS.items())
