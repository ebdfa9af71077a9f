"""A drawing that knows where its texts are: small helpers over the `svg` package.

A Drawing collects SVG elements and, beside them, the box of every text, so that layout and tests need no
browser. Drawings are placed into drawings. No element has an id, so any number of them can share a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import ClassVar

import svg

from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.paths import Point, arrow_head, path_through, pixels
from lstm_course.drawing.textstyle import (
    CODE,
    HEADLINE,
    LABEL,
    NOTE,
    SHAPE,
    SHAPE_SMALL,
    SMALL,
    STRONG,
    TITLE,
    VALUE,
    Boxes,
    TextBox,
    TextStyle,
)
from lstm_course.drawing.values import number, plain, value_fill

__all__ = [
    "CODE",
    "HEADLINE",
    "LABEL",
    "NOTE",
    "SHAPE",
    "SHAPE_SMALL",
    "SMALL",
    "STRONG",
    "TITLE",
    "VALUE",
    "Data",
    "Drawing",
    "Mark",
    "Point",
    "TextBox",
    "TextStyle",
    "number",
    "path_through",
    "plain",
    "value_fill",
]

Data = Mapping[str, object]
STRENGTHS = 20
"""Steps from 0 to 1 that the strength of a filling can take; each is a CSS class."""


class Mark(svg.Element):
    """One element that is written already: a diagram has hundreds, and `svg.Element` takes its time with each."""

    element_name: ClassVar[str] = "mark"

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def as_str(self) -> str:
        """Give the element as it was written."""
        return self.markup


@dataclass
class Drawing:
    """SVG elements on an area of known size, with the boxes of all texts."""

    width: float  # pixels
    height: float = 0  # pixels
    elements: list[svg.Element] = field(default_factory=list)  # in the order of drawing
    boxes: Boxes = field(default_factory=Boxes)  # one for each text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: TextStyle = NOTE,
        colour: str = "ink",
        anchor: str = "start",
        data: Data | None = None,
    ) -> float:
        """Write one line with its baseline at `y`, and give its width."""
        width = style.width(text)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self.boxes.own.append(TextBox(left, y - 0.78 * style.size, width, 0.98 * style.size, text))
        content = escape(text, quote=False)
        self._add(
            f'text x="{pixels(x)}" y="{pixels(y)}"',
            _text_classes(style, anchor, colour),
            data,
            content,
            "text",
        )
        return width

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        style: TextStyle = NOTE,
        colour: str = "ink",
        anchor: str = "start",
    ) -> float:
        """Write lines from baseline `y` down, and give the baseline after the last one."""
        for line in lines:
            self.text(x, y, line, style, colour, anchor)
            y += style.line
        return y

    def spans(
        self,
        x: float,
        y: float,
        spans: Sequence[tuple[str, str]],
        style: TextStyle = NOTE,
        anchor: str = "start",
        data: Data | None = None,
    ) -> float:
        """Write one line of parts, each (text, colour), and give its width."""
        whole = "".join(text for text, _ in spans)
        width = style.width(whole)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self.boxes.own.append(TextBox(left, y - 0.78 * style.size, width, 0.98 * style.size, whole))
        colours = [colour for _, colour in spans]
        usual = max(colours, key=colours.count)
        content = "".join(_span(text, "" if colour == usual else colour) for text, colour in spans)
        self._add(
            f'text x="{pixels(x)}" y="{pixels(y)}"',
            _text_classes(style, anchor, usual),
            data,
            content,
            "text",
        )
        return width

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "",
        radius: float = 0,
        thick: float = 1,
        dashed: bool = False,
        strength: float | None = None,
        data: Data | None = None,
        classes: Sequence[str] = (),
    ) -> None:
        """Draw a box; `strength` is the opacity of its filling, from 0 to 1."""
        corner = (f' x="{pixels(x)}"' if x else "") + (f' y="{pixels(y)}"' if y else "")
        start = f'rect{corner} width="{pixels(width)}" height="{pixels(height)}"'
        if radius:
            start += f' rx="{pixels(radius)}"'
        self._add(
            start + _strokes(stroke, thick, dashed), (*classes, *_colours(fill, stroke, strength)), data
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        stroke: str = "",
        strength: float | None = None,
        thick: float = 1,
        data: Data | None = None,
    ) -> None:
        """Draw a circle around (x, y)."""
        start = f'circle cx="{pixels(x)}" cy="{pixels(y)}" r="{pixels(radius)}"'
        self._add(start + _strokes(stroke, thick, False), _colours(fill, stroke, strength), data)

    def path(
        self,
        commands: str,
        *,
        stroke: str = "wire",
        fill: str = "none",
        thick: float = 1.3,
        dashed: bool = False,
        strength: float | None = None,
        data: Data | None = None,
        classes: Sequence[str] = (),
    ) -> None:
        """Draw a path given in the language of SVG's `d` attribute."""
        start = f'path d="{commands}"' + _strokes(stroke, thick, dashed)
        self._add(start, (*classes, *_colours(fill, stroke, strength)), data)

    def line(
        self,
        points: Sequence[Point],
        colour: str = "wire",
        *,
        thick: float = 1.3,
        dashed: bool = False,
        data: Data | None = None,
    ) -> None:
        """Draw a line through points."""
        self.path(path_through(points), stroke=colour, thick=thick, dashed=dashed, data=data)

    def arrow(
        self,
        points: Sequence[Point],
        colour: str = "wire",
        *,
        thick: float = 1.3,
        dashed: bool = False,
        head: float = 4,
        data: Data | None = None,
    ) -> None:
        """Draw a line through points with a head at its end."""
        self.arrows([points], colour, thick=thick, dashed=dashed, head=head, data=data)

    def arrows(
        self,
        ways: Iterable[Sequence[Point]],
        colour: str = "wire",
        *,
        thick: float = 1.3,
        dashed: bool = False,
        head: float = 4,
        data: Data | None = None,
    ) -> None:
        """Draw many arrows as one element, or two: the heads of dashed ones are whole."""
        drawn = list(ways)
        lines = [path_through(way) for way in drawn]
        heads = [arrow_head(way[-2], way[-1], head) for way in drawn]
        if dashed:
            self.path("".join(lines), stroke=colour, thick=thick, dashed=True, data=data)
            self.path("".join(heads), stroke=colour, thick=thick, data=data)
        elif drawn:
            both = zip(lines, heads, strict=True)
            self.path("".join(line + end for line, end in both), stroke=colour, thick=thick, data=data)

    def place(
        self,
        other: Drawing,
        x: float,
        y: float,
        *,
        classes: Sequence[str] = (),
        data: Data | None = None,
        role: str = "",
        label: str = "",
        hot: bool = False,
    ) -> None:
        """Put another drawing with its corner at (x, y), as a group.

        Args:
            other: the drawing; it is not copied.
            x: left edge.
            y: top edge.
            classes: CSS classes of the group.
            data: the group's data- attributes.
            role: ARIA role; a hot group is a button.
            label: what a screen reader says of the group.
            hot: whether it can be clicked and reached by keyboard.
        """
        start = "g" + (f' transform="translate({pixels(x)} {pixels(y)})"' if x or y else "")
        if hot:
            start += ' tabindex="0"'
        if hot or role:
            start += f' role="{"button" if hot else role}"'
        if label:
            start += f' aria-label="{escape(label)}"'
        content = "".join([element.as_str() for element in other.elements])
        self._add(start, (*classes, *(["lc-hot"] if hot else [])), data, content, "g")
        self.boxes.placed.append((other.boxes, x, y))

    def _add(
        self,
        start: str,
        classes: Iterable[str] = (),
        data: Data | None = None,
        content: str = "",
        name: str = "",
    ) -> None:
        joined = " ".join(classes)
        if joined:
            start += f' class="{joined}"'
        if data:
            for key, value in data.items():
                start += f' data-{key}="{value if type(value) is int else escape(str(value))}"'
        self.elements.append(Mark(f"<{start}>{content}</{name}>" if name else f"<{start}/>"))

    def chip(self, x: float, y: float, text: str, colour: str, paper: str, style: TextStyle = LABEL) -> float:
        """Draw a small label with round ends, its top at `y`, and give its width."""
        width = style.width(text) + 16
        self.rect(x, y, width, 20, fill=paper, stroke=colour, radius=10)
        self.text(x + 8, y + 14, text, style, colour)
        return width

    def dimension(
        self, start: Point, stop: Point, text: str, axis: str, *, side: float = 1, style: TextStyle = LABEL
    ) -> None:
        """Draw a measure along an axis, as on a technical drawing, with its text beside the middle.

        Args:
            start: one end.
            stop: the other end; both on one horizontal or vertical line, or a slanted one.
            text: such as "12 timesteps".
            axis: name of the axis, which gives the colour.
            side: 1 writes below (or right of) the line, -1 above (or left of) it.
            style: kind of text.
        """
        colour, data = axis_colour(axis), {"axis": axis}
        (x1, y1), (x2, y2) = start, stop
        across = abs(x2 - x1) >= abs(y2 - y1)
        tick = "v" if across else "h"
        self.path(
            f"M{pixels(x1)} {pixels(y1)}L{pixels(x2)} {pixels(y2)}"
            + "".join(
                f"M{pixels(x - 3 * (not across))} {pixels(y - 3 * across)}{tick}6" for x, y in ((x1, y1), (x2, y2))
            ),
            stroke=colour, thick=1.4, data=data,
        )  # fmt: skip
        if not text:
            return
        if across:
            below = style.size + 3 if side > 0 else -6
            self.text((x1 + x2) / 2, max(y1, y2) + below if side > 0 else min(y1, y2) + below, text, style, colour,
                      "middle", data)  # fmt: skip
        else:
            self.text((x1 + x2) / 2 + 7 * side, (y1 + y2) / 2 + 4, text, style, colour,
                      "start" if side > 0 else "end", data)  # fmt: skip


def _span(text: str, colour: str) -> str:
    written = escape(text, quote=False)
    return f'<tspan class="lc-c-{colour}">{written}</tspan>' if colour else written


def _text_classes(style: TextStyle, anchor: str, colour: str) -> list[str]:
    classes = [f"lc-{style.name}"]
    if anchor != "start":
        classes.append(f"lc-{anchor}")
    if colour != "ink":
        classes.append(f"lc-c-{colour}")
    return classes


def _colours(fill: str, stroke: str, strength: float | None = None) -> list[str]:
    classes = [f"lc-f-{fill}"] if fill != "none" else []
    if strength is not None and fill != "none":
        classes.append(f"lc-o{round(strength * STRENGTHS)}")
    if stroke:
        classes.append(f"lc-s-{stroke}")
    return classes


def _strokes(stroke: str, thick: float, dashed: bool) -> str:
    written = f' stroke-width="{thick:g}"' if stroke and thick != 1 else ""
    if dashed:
        written += ' stroke-dasharray="4 3"'
    return written
