"""The kinds of text on a drawing, and where a text is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lstm_course.drawing.textwidth import MONO, SANS, shorten, text_width, wrap


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
class Boxes:
    """The boxes of all texts of a drawing; those of drawings placed in it are moved only when somebody looks."""

    own: list[TextBox] = field(default_factory=list)  # texts that were written on it
    placed: list[tuple[Boxes, float, float]] = field(
        default_factory=list
    )  # boxes of another one, and its corner

    def __iter__(self) -> Iterator[TextBox]:
        yield from self.own
        for other, x, y in self.placed:
            for box in other:
                yield box.moved(x, y)


def style_rules() -> str:
    """Write the CSS rules of all text styles; colours are rules of the palette."""
    rules = [
        f".lc-{style.name}{{font:{600 if style.bold else 400} {style.size}px {MONO if style.mono else SANS};"
        "white-space:pre}"
        for style in STYLES
    ]
    return "".join([*rules, ".lc-middle{text-anchor:middle}.lc-end{text-anchor:end}"])
