"""Each stage with its drawings, before and after it has its place on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_course.drawing.card import SHAPE_HEIGHT, Slots, draw_shape
from lstm_course.drawing.elements import NOTE, SMALL, STRONG, Drawing, Point
from lstm_course.drawing.labels_lane import label_body, labels_within, waiting_label
from lstm_course.drawing.layout import Frame
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.scene import Kind, Scene, SceneStage
from lstm_course.drawing.stage_names import draw_header, draw_name
from lstm_course.drawing.stage_notes import draw_notes, draw_reasons
from lstm_course.drawing.stages.batches import draw_batches, draw_input
from lstm_course.drawing.stages.layers import draw_layers
from lstm_course.drawing.stages.loss import draw_loss
from lstm_course.drawing.stages.picture import Picture
from lstm_course.drawing.stages.recurrent import draw_recurrent
from lstm_course.drawing.stages.rows import draw_rows, draw_scaling
from lstm_course.drawing.stages.windows import draw_labels, draw_windows
from lstm_course.drawing.values import named

NETWORK: tuple[Kind, ...] = ("recurrent", "between", "head")
_DRAWERS: dict[Kind, Callable[[SceneStage, Scene, float], Picture]] = {
    "rows": draw_rows, "scaling": draw_scaling, "windows": draw_windows, "labels": draw_labels,
    "batches": draw_batches, "input": draw_input, "recurrent": draw_recurrent, "between": draw_layers,
    "head": draw_layers, "loss": draw_loss,
}  # fmt: skip


@dataclass
class Placed:
    """One stage with its drawings."""

    stage: SceneStage  # the stage
    body: Drawing  # everything in its card
    x: float  # left edge of the card
    width: float  # width of the card
    name: Drawing | None = None  # its name, where it stands beside the card
    beside: Drawing | None = None  # what stands in the labels lane
    enters: tuple[float, ...] = ()  # where arrows from below end, on the page
    exits: tuple[float, ...] = ()  # where arrows upwards begin, on the page
    state_enters: tuple[Point, ...] = ()  # where states come in: on the page across, from the card's top down
    state_exits: tuple[tuple[Point, ...], ...] = ()  # the ways of the last states out, in the same way
    y: float = 0  # top edge of the card
    height: float = 0  # height of the card

    @property
    def natural_height(self) -> float:
        """Height that its drawings need."""
        return max(drawing.height for drawing in (self.body, self.name, self.beside) if drawing is not None)


@dataclass
class Row:
    """One stage of the input lane, with the labels beside it."""

    main: Placed  # the stage
    side: Placed | None  # the labels at this height, where they have a lane

    @property
    def natural_height(self) -> float:
        """Height that both need."""
        return max(self.main.natural_height, self.side.natural_height if self.side else 0)

    def put(self, y: float, height: float) -> None:
        """Give both their place."""
        for placed in (self.main, self.side):
            if placed is not None:
                placed.y, placed.height = y, height


def rows_of(scene: Scene, frame: Frame) -> list[Row]:
    """Draw every stage, from the bottom up; none has its place yet."""
    return [
        Row(placed(stage, scene, frame), _side(stage, scene, frame) if frame.has_two_lanes else None)
        for stage in scene.stages
        if stage.kind != "labels"
    ]


def _side(stage: SceneStage, scene: Scene, frame: Frame) -> Placed | None:
    labels = scene.stage("labels")
    shown = labels if stage.kind == "windows" else stage
    if shown is None or (stage.kind not in ("windows", "batches", "scaling") and not _has_own_labels(stage)):
        return None
    return Placed(shown, label_body(shown, scene, frame), frame.labels_x, frame.labels_width)


def _has_own_labels(stage: SceneStage) -> bool:
    return stage.kind == "input" and stage.label is not None


def placed(stage: SceneStage, scene: Scene, frame: Frame) -> Placed:
    """Draw one stage as a card of the input lane."""
    spans = stage.kind in ("rows", "loss") and frame.has_two_lanes
    width = frame.width - frame.main_x - 2 if spans else frame.main_width
    picture_width = frame.picture_width if frame.is_wide and not spans else width - 2 * frame.pad
    picture = _picture(stage, scene, picture_width)
    beside = None
    if frame.has_two_lanes and stage.kind in NETWORK and stage.why:
        beside = draw_reasons(stage.why, frame.labels_width - 54)
    body = Drawing(width)
    top, shape_bottom = _top(body, stage, scene, frame)
    body.place(picture, frame.pad, top)
    bottom = _below(
        body, stage, scene, frame, top + picture.height, picture_width, with_reasons=beside is None
    )
    body.height = max(bottom, shape_bottom) + frame.pad - 2
    left = frame.main_x + frame.pad
    middle = (frame.picture_width / 2,)
    return Placed(
        stage, body, frame.main_x, width,
        name=draw_name(stage, frame.names_width - 4, opens=scene.opens(stage)) if frame.is_wide else None,
        beside=beside,
        enters=tuple(left + x for x in picture.enters or middle),
        exits=tuple(left + x for x in picture.exits or middle),
        state_enters=tuple((left + x, top + y) for x, y in picture.state_enters),
        state_exits=tuple(tuple((left + x, top + y) for x, y in way) for way in picture.state_exits),
    )  # fmt: skip


def _picture(stage: SceneStage, scene: Scene, width: float) -> Picture:
    if stage.kind in NETWORK and not stage.shapes:
        return draw_layers(stage, scene, width)
    return _DRAWERS[stage.kind](stage, scene, width)


def _top(body: Drawing, stage: SceneStage, scene: Scene, frame: Frame) -> tuple[float, float]:
    """Draw header and shape, and give the heights at which the picture begins and the shape ends."""
    top = frame.pad
    if not frame.is_wide:
        room = body.width - 2 * frame.pad
        if frame.kind == "medium" and stage.kind != "loss":
            room = frame.shape_x - frame.pad - 8
        header = draw_header(stage, room, opens=scene.opens(stage))
        data, label = title_data(stage, scene)
        body.place(header, frame.pad, frame.pad - 2, hot=True, data=data, label=label)
        top += header.height + 2
    if stage.kind == "loss":
        return top, 0
    y = top if frame.kind == "narrow" else frame.pad
    bottom = y + _shape(body, stage, frame, y)
    if frame.is_wide and stage.kind != "rows":
        return top, bottom
    if frame.is_wide:
        body.lines(frame.pad, top + 12, NOTE.wrap(stage.sentence, frame.picture_width), NOTE, "muted")
    return max(top, bottom + 8), bottom


def _shape(body: Drawing, stage: SceneStage, frame: Frame, y: float) -> float:
    if stage.tensor is not None:
        body.place(draw_shape(stage.tensor, frame.slot), frame.shape_x, y)
        return SHAPE_HEIGHT
    blocking = next((found for found in stage.findings if found.blocks), None)
    if blocking is None or not blocking.axis:
        body.text(frame.shape_x + frame.shape_width / 2, y + 16, "not reached", STRONG, "muted", "middle")
        return 22.0
    slot = {"batch": 0.0, "samples": 0.0, "timesteps": 1.0}.get(blocking.axis, 2.0)
    centre = frame.shape_x + Slots(frame.shape_width, frame.slot).centre(slot)
    colour = axis_colour(blocking.axis)
    body.rect(centre - 26, y + 2, 52, 22, stroke=colour, dashed=True, radius=5, thick=1.6)
    body.text(centre, y + 18, "?", STRONG, colour, "middle")
    body.text(centre, y + 37, blocking.axis, SMALL, colour, "middle", {"axis": blocking.axis})
    return SHAPE_HEIGHT


def _below(
    body: Drawing,
    stage: SceneStage,
    scene: Scene,
    frame: Frame,
    y: float,
    width: float,
    *,
    with_reasons: bool,
) -> float:
    """Draw what stands under the picture, and give the height at which it ends."""
    notes = draw_notes(stage, width, with_reasons=with_reasons)
    if notes.height:
        body.place(notes, frame.pad, y + 8)
        y += notes.height + 8
    if frame.has_two_lanes:
        return y
    labels = scene.stage("labels")
    if stage.kind == "windows" and labels is not None:
        return labels_within(body, labels, scene, frame, y + 10)
    if stage.label is not None and (stage.kind == "batches" or _has_own_labels(stage)):
        return waiting_label(body, stage.label, frame, y + 6)
    return y


def title_data(stage: SceneStage, scene: Scene) -> tuple[dict[str, object], str]:
    """Say what the name of a stage leads to: into the layer where its numbers are known, else to the stage."""
    if scene.opens(stage):
        return {"stage": stage.id, "depth": "layer"}, f"look inside {stage.title}"
    return {"stage": stage.id}, f"choose the stage {stage.title}"


def said(stage: SceneStage) -> str:
    """Say a stage and its shape in one line."""
    return f"{stage.title}: {named(stage.tensor) if stage.tensor is not None else 'not reached'}"
