"""Texts and parts that the player in the browser keeps up to date, drawn with the numbers of one timestep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lstm_course.drawing.elements import VALUE, Drawing, Mark, TextBox, TextStyle
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.series import Written

NUM_LEVELS = 4


@dataclass(frozen=True)
class Live:
    """A number in a text that follows the timestep."""

    name: str  # name of a series, or of a state with "_prev"
    form: str = "signed"  # how it is written, as in `Written.text`
    colour: str = "ink"  # name of its colour
    bold: bool = False  # whether it stands out


@dataclass(frozen=True)
class Clock:
    """The timestep itself in a text, or the row that goes with it."""

    first: int  # what is written at timestep 0


@dataclass(frozen=True)
class Date:
    """The date of the timestep's row in a text."""


@dataclass(frozen=True)
class AtStart:
    """Words in a text that are seen at the first step alone."""

    words: str  # what is written


Span = str | tuple[str, str] | Live | Clock | Date | AtStart
"""A piece of text: as it is, with the name of a colour, or something that follows the timestep."""


@dataclass(frozen=True)
class Numbers:
    """All series of one unit, and the timestep that is drawn."""

    series: Mapping[str, Written]  # by name
    position: int  # timestep in the order of processing
    timestep: int = 0  # the same in the order of the input
    timesteps: int = 1  # how many there are
    date: str = ""  # of the timestep's row

    @classmethod
    def of(cls, chosen: Chosen) -> Numbers:
        """Collect the series of a chosen unit."""
        return cls.at(chosen, chosen.series)

    @classmethod
    def at(cls, chosen: Chosen, series: Mapping[str, Written]) -> Numbers:
        """Put series to the chosen timestep."""
        dates = chosen.origin.dates if chosen.origin is not None and chosen.is_first_layer else ()
        date = dates[chosen.timestep] if dates else ""
        return cls(series, chosen.position, chosen.timestep, chosen.timesteps, date)

    def _find(self, name: str) -> tuple[Written, int]:
        if name in self.series:
            return self.series[name], self.position
        return self.series[name.removesuffix("_prev")], self.position - 1

    def text(self, live: Live) -> str:
        """Write a number as it is at the timestep."""
        series, index = self._find(live.name)
        return series.text(index, live.form)

    def value(self, name: str) -> float:
        """Give a number as it is shown at the timestep."""
        series, index = self._find(name)
        return series.value(index)

    def widest(self, live: Live) -> str:
        """Write the number where it takes the most room."""
        return self._find(live.name)[0].widest(live.form)

    def limit(self, name: str) -> float:
        """Give the greatest size that a number has at any timestep, 1 at least."""
        return max(1.0, self._find(name)[0].largest())


def width_of(spans: Sequence[Span], numbers: Numbers, style: TextStyle) -> float:
    """Give the room that a line needs at whatever timestep."""
    return style.width("".join(_widest(span, numbers) for span in spans))


def write_live(
    drawing: Drawing,
    x: float,
    y: float,
    spans: Sequence[Span],
    numbers: Numbers,
    style: TextStyle = VALUE,
    anchor: str = "start",
) -> float:
    """Write one line whose numbers follow the timestep, and give the room it needs."""
    width = width_of(spans, numbers, style)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    whole = read(spans, numbers)
    drawing.boxes.own.append(TextBox(left, y - 0.78 * style.size, width, 0.98 * style.size, whole))
    classes = [f"lc-{style.name}", *([f"lc-{anchor}"] if anchor != "start" else [])]
    if len(spans) == 1 and isinstance(spans[0], Live):
        live = spans[0]
        content, data = escape(numbers.text(live), quote=False), _live_data(live)
        classes += _look(live)
    else:
        content, data = "".join(_piece(span, numbers) for span in spans), ""
    start = f'text x="{x:.1f}" y="{y:.1f}" class="{" ".join(classes)}"{data}'
    drawing.elements.append(Mark(f"<{start}>{content}</text>"))
    return width


def bar(
    drawing: Drawing, x: float, y: float, width: float, name: str, numbers: Numbers, *, signed: bool
) -> None:
    """Draw a bar from zero for a number that follows the timestep; `signed` puts zero in the middle."""
    limit = numbers.limit(name)
    zero, scale = (x + width / 2, width / 2 / limit) if signed else (x, width / limit)
    value = numbers.value(name)
    length = min(abs(value) * scale, width)
    drawing.rect(x, y, width, 9, fill="line", radius=2, strength=0.35)
    drawing.rect(
        zero - length if value < 0 else zero, y, length, 9,
        classes=["lc-bar", *(["lc-below"] if value < 0 else [])],
        data={"bar": name, "zero": round(zero, 1), "scale": round(scale, 3), "most": round(width, 1)},
    )  # fmt: skip
    if signed:
        drawing.path(f"M{zero:.1f} {y - 2:.1f}v13", stroke="muted", thick=1)


def level_class(value: float, limit: float = 1.0) -> str:
    """Name the colour class of a value, from lc-level--4 (most negative) to lc-level-4.

    >>> level_class(-1.0), level_class(0.1), level_class(3.0, limit=6.0)
    ('lc-level--4', 'lc-level-0', 'lc-level-2')
    """
    share = max(-1.0, min(1.0, value / limit if limit else 0.0))
    return f"lc-level-{round(share * NUM_LEVELS)}"


def read(spans: Sequence[Span], numbers: Numbers) -> str:
    """Give a line as it reads at the timestep."""
    return "".join(_now(span, numbers) for span in spans)


def _now(span: Span, numbers: Numbers) -> str:
    match span:
        case Live():
            return numbers.text(span)
        case Clock(first=first):
            return str(numbers.timestep + first)
        case Date():
            return numbers.date
        case AtStart(words=words):
            return "" if numbers.position else words
        case str():
            return span
        case (text, _):
            return text


def _widest(span: Span, numbers: Numbers) -> str:
    match span:
        case Live():
            return numbers.widest(span)
        case Clock(first=first):
            return str(numbers.timesteps + first)
        case AtStart(words=words):
            return words
        case _:
            return _now(span, numbers)


def _piece(span: Span, numbers: Numbers) -> str:
    text, attributes = escape(_now(span, numbers), quote=False), ""
    match span:
        case Live():
            look = " ".join(_look(span))
            attributes = (f' class="{look}"' if look else "") + _live_data(span)
        case Clock(first=first):
            attributes = f' data-show-time="{first}"'
        case Date():
            attributes = ' data-show-date=""'
        case AtStart(words=words):
            text, attributes = escape(words, quote=False), ' class="lc-when-reset"'
        case (_, colour) if colour != "ink":
            attributes = f' class="lc-c-{colour}"'
    return f"<tspan{attributes}>{text}</tspan>"


def _look(live: Live) -> list[str]:
    return [*([f"lc-c-{live.colour}"] if live.colour != "ink" else []), *(["lc-bold"] if live.bold else [])]


def _live_data(live: Live) -> str:
    form = f' data-form="{live.form}"' if live.form != "signed" else ""
    return f' data-show="{live.name}"{form}'
