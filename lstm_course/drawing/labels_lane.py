"""What it should say: the labels, in a lane of their own or, on a narrow page, within the cards."""

from __future__ import annotations

from dataclasses import replace

from lstm_course.drawing.card import SHAPE_HEIGHT, draw_shape
from lstm_course.drawing.elements import NOTE, STRONG, Drawing
from lstm_course.drawing.layout import Frame
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stage_names import draw_header
from lstm_course.drawing.stage_notes import draw_notes
from lstm_course.drawing.stages.windows import draw_labels
from lstm_course.shapes import Tensor

_HEADS = {"scaling": "what is to be forecast"}


def label_step(frame: Frame) -> float:
    """Distance of two axes in a shape of the labels lane."""
    return min(frame.slot, (frame.labels_width - 2 * frame.pad - 8) / 3)


def label_body(stage: SceneStage, scene: Scene, frame: Frame) -> Drawing:
    """Draw the labels at one stage."""
    body = Drawing(frame.labels_width)
    inner = frame.labels_width - 2 * frame.pad
    top = _head(body, stage, frame, inner)
    if stage.label is not None:
        body.place(draw_shape(stage.label, label_step(frame)), frame.pad, top)
        top += SHAPE_HEIGHT + 6
    elif stage.kind == "scaling":
        lines = NOTE.wrap("Classes are not scaled: they are names.", inner)
        top = body.lines(frame.pad, top + 12, lines, NOTE, "muted") - 8
    if stage.kind == "labels":
        top = _picture(body, stage, scene, frame, inner, top)
    body.height = top + frame.pad - 4
    return body


def _head(body: Drawing, stage: SceneStage, frame: Frame, inner: float) -> float:
    if stage.kind != "labels":
        body.text(frame.pad, frame.pad + 10, _HEADS.get(stage.kind, "labels of the batch"), STRONG)
        return frame.pad + 18
    name = draw_header(stage, inner)
    body.place(
        name, frame.pad, frame.pad - 2, hot=True, data={"stage": stage.id}, label="choose the stage Labels"
    )
    return frame.pad + name.height + 2


def _picture(body: Drawing, stage: SceneStage, scene: Scene, frame: Frame, inner: float, top: float) -> float:
    picture = draw_labels(stage, scene, inner)
    body.place(picture, frame.pad, top + 4)
    notes = draw_notes(stage, inner, with_reasons=False)
    body.place(notes, frame.pad, top + picture.height + 8)
    return top + picture.height + 8 + notes.height


def labels_within(body: Drawing, labels: SceneStage, scene: Scene, frame: Frame, y: float) -> float:
    """Draw the labels as a card within the card of the windows, and give the height at which it ends."""
    inside = replace(frame, labels_width=body.width - 2 * frame.pad + 8)
    card = label_body(labels, scene, inside)
    group = Drawing(inside.labels_width)
    focused = labels.id == scene.focus
    group.rect(0, 0, inside.labels_width, card.height, fill="raised", stroke="ink" if focused else "line", radius=8,
               thick=2 if focused else 1, classes=["lc-card"])  # fmt: skip
    group.place(card, 0, 0)
    body.place(group, frame.pad - 4, y, classes=["lc-stage", *(["lc-focus"] if focused else [])],
               data={"stage": "labels"}, role="group", label=labels.title)  # fmt: skip
    return y + card.height


def waiting_label(body: Drawing, label: Tensor, frame: Frame, y: float) -> float:
    """Write the labels of the batch at the foot of a card, and give the height at which they end."""
    body.line([(frame.pad, y + 2), (body.width - frame.pad, y + 2)], "line", thick=1)
    body.text(frame.pad, y + 18, "labels wait", STRONG)
    body.place(draw_shape(label, frame.slot), frame.shape_x, y + 20)
    return y + 20 + SHAPE_HEIGHT
