"""From a Drawing to SVG text."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import svg

from lstm_course.drawing.elements import STRENGTHS, Drawing
from lstm_course.drawing.palette import COLOURS, Theme, css, resolve, theme_rules
from lstm_course.drawing.textstyle import style_rules

_FONTS = re.compile(r"(system-ui|ui-monospace,Menlo,Consolas),")


def to_svg(drawing: Drawing, label: str, theme: Theme = "auto") -> str:
    """Write a drawing as one SVG element that follows the theme of its page.

    Args:
        drawing: what to write.
        label: what a screen reader says of it.
        theme: "auto" follows the reader's system; "light" and "dark" are fixed. Print is always light.
    """
    return _root(drawing, label, f"lc-{theme}", rules()).as_str()


def to_plain_svg(drawing: Drawing, label: str, dark: bool = False) -> str:
    """Write a drawing with fixed colours and fonts on paper, for programs that know no custom properties."""
    fixed = _FONTS.sub("", resolve(colour_rules(), dark))
    paper = Drawing(drawing.width + 32, drawing.height + 32)
    paper.rect(0, 0, paper.width, paper.height, fill="paper")
    paper.place(drawing, 16, 16)
    return _root(paper, label, "lc-fixed", fixed).as_str()


def _root(drawing: Drawing, label: str, theme: str, style: str) -> svg.SVG:
    width, height = round(drawing.width), round(drawing.height)
    return svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        width=width,
        height=height,
        class_=["lc-diagram", theme],
        elements=[svg.Style(text=style), *drawing.elements],
        extra={"fill": "none", "role": "group", "aria-label": escape(label)},
    )


@cache
def rules() -> str:
    """Write all CSS rules of a diagram; they are the same for every diagram."""
    return theme_rules() + colour_rules() + _LIVE


@cache
def colour_rules() -> str:
    """Write the rules of texts, fillings and strokes."""
    each = (
        f".lc-diagram .lc-c-{name},.lc-f-{name}{{fill:{css(name)}}}.lc-s-{name}{{stroke:{css(name)}}}"
        for name in COLOURS
    )
    strengths = (f".lc-o{step}{{fill-opacity:{step / STRENGTHS:g}}}" for step in range(STRENGTHS))
    dots = ".lc-dots{stroke-linecap:round;stroke-width:3}.lc-way{display:none}"
    return f".lc-diagram text{{fill:{css('ink')}}}{style_rules()}{''.join((*each, *strengths))}{dots}"


_LIVE = f".lc-hot{{cursor:pointer}}.lc-hot:focus-visible{{outline:2px solid {css('ink')};outline-offset:2px}}"
