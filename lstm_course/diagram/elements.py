"""A drawing that knows where its texts are: small helpers over the `svg` package.

A Drawing collects SVG elements and, beside them, the box of every text, so that layout and tests need no
browser. Drawings are placed into drawings. No element has an id, so any number of them can share a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import svg

from lstm_course.diagram.palette import axis_colour, css
from lstm_course.diagram.textwidth import MONO, SANS, shorten, text_width, wrap

Point = tuple[float, float]
Data = Mapping[str, object]


@dataclass(frozen=True)
class TextStyle:
    """One kind of text; its name is its CSS class."""

    name: str  # CSS class without the prefix lc-
    size: float  # font size in pixels
    bold: bool = False  # whether it is set in bold
    mono: bool = False  # whether all characters have one width

    def width(self, text: str) -> float:
        """Give the width of one line in pixels."""
        return text_width(text, self.size, self.bold, self.mono)

    def shorten(self, text: str, width: float) -> str:
        """Cut a text to a width."""
        return shorten(text, width, self.size, self.bold, self.mono)

    def wrap(self, text: str, width: float, max_lines: int = 0) -> tuple[str, ...]:
        """Break a text into lines."""
        return wrap(text, width, self.size, self.bold, self.mono, max_lines)

    @property
    def line(self) -> float:
        """Distance of two lines in pixels."""
        return round(self.size * 1.36, 1)


HEADLINE = TextStyle("headline", 20, bold=True)
TITLE = TextStyle("title", 15, bold=True)
STRONG = TextStyle("strong", 12, bold=True)
NOTE = TextStyle("note", 12)
SMALL = TextStyle("small", 11)
LABEL = TextStyle("label", 11, bold=True)
CODE = TextStyle("code", 11, mono=True)
SHAPE = TextStyle("shape", 17, bold=True, mono=True)
SHAPE_SMALL = TextStyle("shape-small", 13, bold=True, mono=True)
VALUE = TextStyle("value", 10, mono=True)
STYLES = (HEADLINE, TITLE, STRONG, NOTE, SMALL, LABEL, CODE, SHAPE, SHAPE_SMALL, VALUE)


@dataclass(frozen=True)
class TextBox:
    """Where one text is, in the coordinates of its drawing."""

    x: float  # left edge
    y: float  # top edge
    width: float  # pixels to the right
    height: float  # pixels down
    text: str  # the text itself

    def moved(self, x: float, y: float) -> TextBox:
        """Give the box in the coordinates of a drawing that this one was placed in."""
        return TextBox(self.x + x, self.y + y, self.width, self.height, self.text)

    def overlaps(self, other: TextBox, slack: float = 0.5) -> bool:
        """Say whether two texts lie on each other by more than `slack` pixels both ways."""
        return (
            min(self.x + self.width, other.x + other.width) - max(self.x, other.x) > slack
            and min(self.y + self.height, other.y + other.height) - max(self.y, other.y) > slack
        )


@dataclass
class Drawing:
    """SVG elements on an area of known size, with the boxes of all texts."""

    width: float  # pixels
    height: float = 0  # pixels
    elements: list[svg.Element] = field(default_factory=list)  # in the order of drawing
    boxes: list[TextBox] = field(default_factory=list)  # one for each text

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
        self.boxes.append(TextBox(left, y - 0.78 * style.size, width, 0.98 * style.size, text))
        classes = [f"lc-{style.name}", *([f"lc-{anchor}"] if anchor != "start" else []), *_fill(colour)]
        self.elements.append(
            svg.Text(x=_n(x), y=_n(y), text=escape(text, quote=False), class_=classes, data=_data(data))
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
        self.boxes.append(TextBox(left, y - 0.78 * style.size, width, 0.98 * style.size, whole))
        parts: list[svg.Element] = [
            svg.TSpan(text=escape(text, quote=False), class_=_fill(colour) or None) for text, colour in spans
        ]
        classes = [f"lc-{style.name}", *([f"lc-{anchor}"] if anchor != "start" else [])]
        self.elements.append(svg.Text(x=_n(x), y=_n(y), elements=parts, class_=classes, data=_data(data)))
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
        self.elements.append(
            svg.Rect(
                x=_n(x), y=_n(y), width=_n(width), height=_n(height), rx=_n(radius) if radius else None,
                fill=css(fill) if fill != "none" else "none", stroke=css(stroke) if stroke else None,
                stroke_width=thick if stroke and thick != 1 else None, stroke_dasharray=[4, 3] if dashed else None,
                fill_opacity=strength, data=_data(data), class_=list(classes) or None,
            )
        )  # fmt: skip

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
        self.elements.append(
            svg.Circle(
                cx=_n(x), cy=_n(y), r=_n(radius), fill=css(fill) if fill != "none" else "none",
                stroke=css(stroke) if stroke else None, stroke_width=thick if stroke and thick != 1 else None,
                fill_opacity=strength, data=_data(data),
            )
        )  # fmt: skip

    def path(
        self,
        commands: str,
        *,
        stroke: str = "wire",
        fill: str = "none",
        thick: float = 1.3,
        dashed: bool = False,
        data: Data | None = None,
        classes: Sequence[str] = (),
    ) -> None:
        """Draw a path given in the language of SVG's `d` attribute."""
        self.elements.append(
            svg.Path(
                d=commands, fill=css(fill) if fill != "none" else "none",  # type: ignore[arg-type]
                stroke=css(stroke) if stroke else None, stroke_width=thick if stroke else None,
                stroke_dasharray=[4, 3] if dashed else None, data=_data(data), class_=list(classes) or None,
            )
        )  # fmt: skip

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
        self.line(points, colour, thick=thick, dashed=dashed, data=data)
        self.path(_head(points[-2], points[-1], head), stroke=colour, thick=thick, data=data)

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
        extra = {"role": "button" if hot else role} if hot or role else {}
        if label:
            extra["aria-label"] = escape(label)
        self.elements.append(
            svg.G(
                elements=list(other.elements),
                transform=[svg.Translate(_n(x), _n(y))] if x or y else None,
                class_=[*classes, *(["lc-hot"] if hot else [])] or None,
                tabindex=0 if hot else None,
                data=_data(data),
                extra=extra or None,
            )
        )
        self.boxes.extend(box.moved(x, y) for box in other.boxes)

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
            f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}"
            + "".join(
                f"M{_n(x - 3 * (not across))} {_n(y - 3 * across)}{tick}6" for x, y in ((x1, y1), (x2, y2))
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


def path_through(points: Sequence[Point]) -> str:
    """Write the path through points.

    >>> path_through([(0, 0), (1.26, 2)])
    'M0 0L1.3 2'
    """
    first, *rest = points
    return f"M{_n(first[0])} {_n(first[1])}" + "".join(f"L{_n(x)} {_n(y)}" for x, y in rest)


def style_rules() -> str:
    """Write the CSS rules of all text styles; colours are rules of the palette."""
    rules = [
        f".lc-{style.name}{{font:{600 if style.bold else 400} {style.size}px {MONO if style.mono else SANS};"
        "white-space:pre}"
        for style in STYLES
    ]
    return "".join([*rules, ".lc-middle{text-anchor:middle}.lc-end{text-anchor:end}"])


def value_fill(value: float, largest: float = 1.0) -> tuple[str, float]:
    """Give the colour and its strength for a value: hue is the sign, strength the size.

    >>> value_fill(-0.5)
    ('negative', 0.39)
    """
    share = min(abs(value) / largest, 1.0) if largest else 0.0
    return "positive" if value >= 0 else "negative", round(0.04 + 0.7 * share, 2)


def number(value: float) -> str:
    """Write a value in at most five characters, its sign always there.

    >>> number(0.4912), number(-12.3), number(1234.5)
    ('+0.49', '−12', '+1.2k')
    """
    sign, size = "−" if value < 0 else "+", abs(value)
    if size < 9.995:
        return f"{sign}{size:.2f}"
    if size < 999.5:
        return f"{sign}{size:.0f}"
    return f"{sign}{plain(size)}"


def plain(value: float) -> str:
    """Write a value of any size in at most six characters, as people would.

    >>> plain(112.0), plain(0.125), plain(1234567), plain(7)
    ('112', '0.125', '1.2M', '7')
    """
    size, sign = abs(value), "−" if value < 0 else ""
    for least, divisor, unit, digits in (
        (1e9, 1e9, "G", 1),
        (1e6, 1e6, "M", 1),
        (1e4, 1e3, "k", 0),
        (1e3, 1e3, "k", 1),
    ):
        if size >= least:
            return f"{sign}{size / divisor:.{digits}f}{unit}"
    return f"{sign}{size:.0f}" if size >= 100 or size == int(size) else f"{sign}{size:.3g}"


def _head(before: Point, tip: Point, size: float) -> str:
    (x0, y0), (x1, y1) = before, tip
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    ux, uy = (x1 - x0) / length * size, (y1 - y0) / length * size
    left = (x1 - ux * 1.3 + uy, y1 - uy * 1.3 - ux)
    right = (x1 - ux * 1.3 - uy, y1 - uy * 1.3 + ux)
    return path_through([left, tip, right])


def _fill(colour: str) -> list[str]:
    return [] if colour == "ink" else [f"lc-c-{colour}"]


def _data(data: Data | None) -> dict[str, str] | None:
    return {name: escape(str(value)) for name, value in data.items()} if data else None


def _n(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
