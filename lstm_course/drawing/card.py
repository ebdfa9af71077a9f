"""A stage as a card: its border, and its shape in slots."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.drawing.elements import SHAPE, SHAPE_SMALL, SMALL, VALUE, Drawing
from lstm_course.drawing.layout import slots
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.scene import SceneStage
from lstm_course.drawing.values import size_text
from lstm_course.shapes import Tensor

SHAPE_HEIGHT = 38.0  # height of a shape with the names of its axes


@dataclass(frozen=True)
class Slots:
    """Where the axes of a shape stand."""

    width: float  # from the left edge to the right one
    step: float  # distance of two axes

    def centre(self, slot: float) -> float:
        """Middle of one axis, from the left edge of the shape."""
        return 8 + self.step * (slot + 0.5)


def draw_shape(tensor: Tensor, step: float) -> Drawing:
    """Write a shape, each axis in its slot and colour with its name under it."""
    drawing = Drawing(3 * step + 8, SHAPE_HEIGHT)
    places = Slots(drawing.width, step)
    if not tensor.rank:
        drawing.text(0, 20, "()", SHAPE)
        return drawing
    room = step if tensor.rank < 4 else step * 2 / (tensor.rank - 1)
    for place, (slot, axis, size) in enumerate(zip(slots(tensor), tensor.axes, tensor.shape, strict=True)):
        centre = places.centre(slot)
        number, data = size_text(size), {"axis": axis, "size": size}
        style = next(
            (style for style in (SHAPE, SHAPE_SMALL, VALUE) if style.width(f"({number},") <= room), VALUE
        )
        last = place == tensor.rank - 1
        end = ")" if last and tensor.rank > 1 else (",)" if last else ",")
        spans = [("(" if place == 0 else "", "muted"), (number, axis_colour(axis)), (end, "muted")]
        drawing.spans(centre, 20, [span for span in spans if span[0]], style, "middle", data)
        drawing.text(
            centre, 35, SMALL.shorten(axis, room - 3), SMALL, axis_colour(axis), "middle", {"axis": axis}
        )
    return drawing


def card_frame(
    width: float, height: float, stage: SceneStage, *, focused: bool, differs: bool = False
) -> Drawing:
    """Draw the border of a card; one that differs from its twin beside it is marked."""
    drawing = Drawing(width, height)
    stroke = "ink" if focused else ("bad" if any(found.blocks for found in stage.findings) else "line")
    drawing.rect(0, 0, width, height, fill="card", stroke=stroke, radius=10,
                 thick=2 if focused else 1, dashed=not stage.is_reached, classes=["lc-card"])  # fmt: skip
    if differs:
        drawing.rect(0, 0, width, height, stroke="warn", radius=10, thick=3)
    return drawing
