"""The wiring of a cell: rails, sums, gates and wires. Every cell is drawn with these parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import svg

from lstm_course.cells.equations import Applied, Bias, Equation, Weighted
from lstm_course.drawing.elements import LABEL, NOTE, SMALL, STRONG, VALUE, Drawing, Point, TextBox
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.live import Live, Numbers, write_live
from lstm_course.drawing.inside.wire_paths import arrow_tip, rounded

Plan = Callable[["Wiring"], None]
"""A function that draws the inside of one kind of cell."""

PLANS: dict[str, Plan] = {}
"""The drawing of each cell by the name of its Keras layer. A new cell registers itself here."""

MARGIN = 46
ROOMY = 500
"""Width in pixels from which the names of the gates are written out."""
ROLES = {
    "i": ("input", "input"), "f": ("forget", "forget"), "o": ("output", "output"), "c_tilde": ("candidate", "new"),
    "z": ("update", "update"), "r": ("reset", "reset"), "h_tilde": ("candidate", "new"),
}  # fmt: skip
"""What each gate is called beside its box, written out and short."""


def plan(name: str) -> Callable[[Plan], Plan]:
    """Register the drawing of a cell under the name of its Keras layer."""

    def register(draw: Plan) -> Plan:
        PLANS[name] = draw
        return draw

    return register


@dataclass
class Wiring:
    """A cell's drawing as it grows; x runs from the left edge of the cell's box to its right edge."""

    chosen: Chosen  # what is looked at
    numbers: Numbers  # its numbers
    width: float  # of the whole drawing, the ports included
    height: float = 414  # of the whole drawing
    drawing: Drawing = field(init=False)  # what has been drawn
    top: float = 40  # upper edge of the cell's box
    h_rail: float = 314  # height of the rail of the last h
    x_rail: float = 344  # height of the rail of the input
    belt: float = 72  # height of the belt that runs above the gates

    def __post_init__(self) -> None:
        """Draw the cell's box."""
        self.drawing = Drawing(self.width, self.height)
        self.drawing.rect(
            MARGIN,
            self.top,
            self.inner,
            self.bottom - self.top,
            fill="raised",
            stroke="line",
            radius=14,
            thick=1.5,
        )

    @property
    def inner(self) -> float:
        """Width of the cell's box."""
        return self.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Lower edge of the cell's box."""
        return self.x_rail + 20

    @property
    def left(self) -> float:
        """Left edge of the cell's box."""
        return MARGIN

    @property
    def right(self) -> float:
        """Right edge of the cell's box."""
        return self.width - MARGIN

    def columns(self, *shares: float, left: float = 44, right: float = 38) -> list[float]:
        """Place columns on the box, shares from 0 (`left` pixels from its edge) to 1 (`right` pixels from its edge)."""
        first, last = self.left + left, self.right - right
        return [first + (last - first) * share for share in shares]

    def wire(
        self,
        points: Sequence[Point],
        colour: str = "wire",
        *,
        arrow: bool = True,
        hop: Point | None = None,
        thick: float = 1.6,
        axis: str = "",
    ) -> None:
        """Draw a wire along right angles with rounded bends; `hop` is where it leaps over another one."""
        data = {"axis": axis} if axis else None
        self.drawing.path(rounded(points, hop), stroke=colour, thick=thick, classes=["lc-flow"], data=data)
        if arrow:
            self.drawing.path(
                arrow_tip(points[-2], points[-1]), stroke=colour, fill=colour, thick=1, data=data
            )

    def dot(self, x: float, y: float, colour: str = "wire") -> None:
        """Mark where wires are joined; wires that cross without a dot do not touch."""
        self.drawing.circle(x, y, 3, fill=colour)

    def operation(self, x: float, y: float, sign: str, meaning: str) -> None:
        """Draw an operation, unit by unit: ×, + or 1−."""
        part = Drawing(24, 24)
        part.circle(0, 0, 11, fill="raised", stroke="ink", thick=1.4)
        part.text(0, 5 if sign != "1−" else 4, sign, LABEL if sign == "1−" else STRONG, anchor="middle")
        self.drawing.place(part, x, y, data={"why": meaning}, role="img", label=meaning)

    def total(self, x: float, y: float, symbol: str, *, recurrent: bool = True, value: bool = True) -> None:
        """Draw the sum Σ of a quantity with the wires that feed it, its weights' names and its bias."""
        equation = self.equation(symbol)
        sources = {part.source: part for part in equation.parts if isinstance(part, Weighted)}
        if "x" in sources:
            gate = sources["x"].gate
            self.dot(x + 6, self.x_rail, "features")
            self.wire([(x + 6, self.x_rail), (x + 6, y + 12)], "features", hop=(x + 6, self.h_rail))
            self.drawing.text(x + 10, self.x_rail - 10, f"W_{gate}", SMALL, "features")
        if "h_prev" in sources and recurrent:
            gate = sources["h_prev"].gate
            self.dot(x - 6, self.h_rail, "units")
            self.wire([(x - 6, self.h_rail), (x - 6, y + 12)], "units")
            self.drawing.text(x - 10, self.h_rail - 4, f"U_{gate}", SMALL, "units", anchor="end")
        for k, part in enumerate(part for part in equation.parts if isinstance(part, Bias)):
            self.drawing.text(x + 11, y + 25 + 11 * k, "+b′" if part.recurrent else "+b", SMALL, "muted")
        self.node(x, y, symbol, "Σ", 24, radius=12)
        if value:
            self.value(x + 4, y - 20, symbol)

    def activation(self, x: float, y: float, symbol: str, *, value: bool = True) -> None:
        """Draw the box of an activation; its value stands beside the wire above."""
        applied = next(part for part in self.equation(symbol).parts if isinstance(part, Applied))
        name = str(self.chosen.trace.arguments[applied.argument])
        sign = {"sigmoid": "σ", "linear": "id", "hard_sigmoid": "hσ"}.get(name, name)
        self.node(
            x, y, symbol, sign if len(sign) <= 5 else f"{sign[:4]}…", 30 if len(sign) < 3 else 40, radius=5
        )
        if value:
            self.value(x + 5, y - 19, symbol)
        names = ROLES.get(symbol, ())
        if value and names:
            self.drawing.text(x + 5, y - 32, names[self.width < ROOMY], SMALL, "muted")

    def node(self, x: float, y: float, symbol: str, sign: str, width: float, radius: float) -> None:
        """Draw a part that computes a quantity and leads to its arithmetic."""
        equation = self.equation(symbol)
        part = Drawing(width, 26)
        chosen = symbol == self.chosen.quantity
        part.rect(
            -width / 2,
            -12,
            width,
            24,
            fill="card",
            stroke="units" if chosen else "ink",
            radius=radius,
            thick=1.5,
        )
        part.text(0, 4.5, sign, STRONG if len(sign) < 3 else NOTE, anchor="middle")
        self.drawing.place(
            part, x, y, hot=True, label=f"{equation.plain}. {equation.sentence} Show its arithmetic.",
            data={"quantity": symbol, "depth": "number", "why": f"{equation.plain}   {equation.sentence}"},
        )  # fmt: skip

    def value(self, x: float, y: float, name: str, anchor: str = "start") -> None:
        """Write a number that follows the timestep."""
        write_live(self.drawing, x, y, [Live(name)], self.numbers, VALUE, anchor)

    def port(self, x: float, y: float, symbol: str, name: str, *, anchor: str = "middle") -> None:
        """Name what enters or leaves, with its number below."""
        self.drawing.text(x, y, symbol, STRONG, "features" if symbol == "xₜ" else "units", anchor=anchor)
        if name in self.numbers.series or name.endswith("_prev"):
            self.value(x, y + 13, name, anchor)

    def starting(self, y: float) -> None:
        """Say that a state is the first one; seen only at the first timestep."""
        self.drawing.elements.append(
            svg.Text(x=20, y=y, text="start", class_=["lc-small", "lc-middle", "lc-c-units", "lc-when-reset"])
        )
        self.drawing.boxes.own.append(TextBox(3, y - 9, 34, 11, "start"))

    def loop(self, height: float | None = None) -> None:
        """Lead what leaves at a height (None: that of h) back to the left: the next step begins with it."""
        y, edge, rail = self.bottom + 11, 3, self.h_rail if height is None else height
        points = [(self.width - edge, rail), (self.width - edge, y), (edge, y), (edge, rail)]
        self.drawing.path(
            rounded(points, (self.left + 10, y)), stroke="units", thick=1.2, dashed=True, data={"carry": ""}
        )
        states = " and ".join(f"{state}ₜ" for state in reversed(self.chosen.cell.states))
        step = "t − 1, read next" if self.chosen.reads_backwards else "the next timestep"
        text = f"{states} {'go' if len(self.chosen.cell.states) > 1 else 'goes'} to {step}"
        self.drawing.text(self.width - 10, y + 15, text, SMALL, "units", anchor="end")

    def equation(self, symbol: str) -> Equation:
        """Find the equation of a quantity."""
        return next(equation for equation in self.chosen.equations if equation.symbol == symbol)

    def feed_h(self, stop: float) -> None:
        """Draw the rail of the last h, from the left edge to the last sum that it feeds."""
        self.wire([(0, self.h_rail), (stop, self.h_rail)], "units", arrow=False, axis="units")
        self.port(23, self.h_rail - 22, "hₜ₋₁", "h_prev")
        self.starting(self.h_rail - 38)

    def feed_x(self, stop: float) -> None:
        """Draw the rail of the input, from below to the last sum that it feeds."""
        enter, below = self.left + 10, self.height - 32
        self.wire(
            [(enter, below), (enter, self.x_rail), (stop, self.x_rail)],
            "features",
            arrow=False,
            axis="features",
        )
        features = self.chosen.trace.weights.features
        self.port(enter, below + 15, "xₜ", "x.0" if features == 1 else "")
        count = f"{features} feature{'s' if features > 1 else ''}"
        self.drawing.text(enter + 30, below + 15, count, SMALL, "features", data={"axis": "features"})

    def leave(self, height: float, exit_up: float) -> None:
        """Name what leaves to the right, and lead it upwards too."""
        self.dot(exit_up, height, "units")
        self.wire(
            [(exit_up, height), (exit_up, 4)],
            "units",
            hop=None if height < self.h_rail else (exit_up, self.belt),
        )
        self.port(self.width - 23, height - 22, "hₜ", "h")
        self.drawing.text(exit_up - 10, 16, "hₜ leaves upwards", SMALL, "units", anchor="end")
