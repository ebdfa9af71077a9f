"""From a Drawing to SVG text."""

from __future__ import annotations

import re
from html import escape

import svg

from lstm_course.diagram.elements import Drawing, style_rules
from lstm_course.diagram.palette import AXIS_COLOURS, COLOURS, Theme, css, resolve, theme_rules

_FONTS = re.compile(r"(system-ui|ui-monospace,Menlo,Consolas),")
_TEXT_COLOURS = (*AXIS_COLOURS, "muted", "good", "bad", "warn")


def to_svg(drawing: Drawing, label: str, theme: Theme = "auto") -> str:
    """Write a drawing as one SVG element that follows the theme of its page.

    Args:
        drawing: what to write.
        label: what a screen reader says of it.
        theme: "auto" follows the reader's system; "light" and "dark" are fixed. Print is always light.
    """
    root = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, round(drawing.width), round(drawing.height)),
        width=round(drawing.width),
        height=round(drawing.height),
        class_=["lc-diagram", f"lc-{theme}"],
        elements=[svg.Style(text=rules()), *drawing.elements],
        extra={"role": "group", "aria-label": escape(label)},
    )
    return root.as_str()


def to_plain_svg(drawing: Drawing, label: str, dark: bool = False) -> str:
    """Write a drawing with fixed colours and fonts, for programs that know no custom properties."""
    text = resolve(to_svg(drawing, label, "light"), dark)
    fixed = re.sub(r"\.lc-diagram\{--lc.*?\}\}(?=\.lc-)", "", text, count=1, flags=re.DOTALL)
    return _FONTS.sub("", fixed)


def rules() -> str:
    """Write all CSS rules of a diagram; they are the same for every diagram."""
    fills = "".join(f".lc-c-{name}{{fill:{css(name)}}}" for name in _TEXT_COLOURS if name in COLOURS)
    return (
        theme_rules() + f".lc-diagram text{{fill:{css('ink')}}}" + style_rules() + fills.replace(".lc-c", ".lc-diagram .lc-c")
        + ".lc-hot{cursor:pointer}"
        f".lc-hot:focus-visible{{outline:2px solid {css('ink')};outline-offset:2px}}"
        f".lc-lit{{filter:drop-shadow(0 0 1.5px {css('ink')})}}"
    )
