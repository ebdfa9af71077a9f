"""The whole: all stages from the rows to the loss, from bottom to top, in two lanes that meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lstm_course.diagram.card import SHAPE_HEIGHT, Slots, card_frame, draw_header, draw_name, draw_notes, draw_reasons, draw_shape
from lstm_course.diagram.elements import HEADLINE, LABEL, NOTE, SMALL, STRONG, Drawing
from lstm_course.diagram.layout import Frame
from lstm_course.diagram.palette import axis_colour
from lstm_course.diagram.scene import Kind, Scene, SceneStage
from lstm_course.diagram.stages.batches import draw_batches, draw_input
from lstm_course.diagram.stages.layers import draw_layers
from lstm_course.diagram.stages.loss import draw_loss
from lstm_course.diagram.stages.picture import Picture
from lstm_course.diagram.stages.recurrent import draw_recurrent
from lstm_course.diagram.stages.rows import draw_rows, draw_scaling
from lstm_course.diagram.stages.windows import draw_labels, draw_windows
from lstm_course.diagram.threads import draw_thread, threads

_DRAWERS: dict[Kind, Callable[[SceneStage, Scene, float], Picture]] = {
    "rows": draw_rows, "scaling": draw_scaling, "windows": draw_windows, "labels": draw_labels,
    "batches": draw_batches, "input": draw_input, "recurrent": draw_recurrent, "between": draw_layers,
    "head": draw_layers, "loss": draw_loss,
}  # fmt: skip


@dataclass
class Placed:
    """One stage with its drawings, before and after it has its height."""

    stage: SceneStage  # the stage
    name: Drawing  # its name
    picture: Picture  # its picture
    picture_x: float  # left edge of the picture in the card
    body: Drawing  # everything in the card
    beside: Drawing | None  # what stands in the labels lane
    x: float  # left edge of the card
    width: float  # width of the card
    y: float = 0  # top edge of the card
    height: float = 0  # height of the card

    @property
    def enters(self) -> tuple[float, ...]:
        """Where arrows from below end, on the page."""
        return tuple(self.x + self.picture_x + x for x in self.picture.enters or (self.picture.width / 2,))

    @property
    def exits(self) -> tuple[float, ...]:
        """Where arrows upwards begin, on the page."""
        return tuple(self.x + self.picture_x + x for x in self.picture.exits or (self.picture.width / 2,))


def draw_whole(scene: Scene, frame: Frame) -> Drawing:
    """Draw all stages of a scene on a page of the frame's width."""
    rows = _rows(scene, frame)
    page = Drawing(frame.width)
    y = _headline(page, scene, frame)
    for main, side in reversed(rows):
        high = max(main.body.height, main.name.height if frame.is_wide else 0, side.body.height if side else 0,
                   main.beside.height if main.beside else 0)  # fmt: skip
        main.y, main.height = y, high
        if side is not None:
            side.y, side.height = y, high
        y += high + frame.gap
    for main, side in rows:
        _place(page, main, scene, frame)
        if side is not None:
            _place(page, side, scene, frame)
    _threads(page, [main for main, _ in rows], frame)
    _label_threads(page, rows, frame)
    _arrows(page, [main for main, _ in rows])
    page.height = _feet(page, frame, y - frame.gap)
    return page


def _headline(page: Drawing, scene: Scene, frame: Frame) -> float:
    y = page.lines(2, 22, HEADLINE.wrap(scene.title, frame.width - 4), HEADLINE)
    text = "Read it from the bottom to the top. Each axis has one colour; follow its line from shape to shape."
    y = page.lines(2, y - 6, NOTE.wrap(text, frame.width - 4), NOTE, "muted")
    return y + 8


def _stopped(page: Drawing, starts: tuple[float, ...], bottom: float, top: float) -> None:
    for start in starts:
        page.line([(start, bottom), (start, top + 8)], "wire", thick=1.6)
        page.path(f"M{start - 5:.1f} {top + 3:.1f}l10 10m0 -10l-10 10", stroke="bad", thick=2)


def _feet(page: Drawing, frame: Frame, y: float) -> float:
    text = "WHAT GOES IN ↑ START HERE"
    if frame.has_two_lanes:
        page.text(frame.main_x + frame.main_width / 2, y + 20, text, LABEL, "muted", "middle")
        page.text(frame.labels_x + frame.labels_width / 2, y + 20, "WHAT IT SHOULD SAY ↑", LABEL, "muted", "middle")
    else:
        page.text(frame.main_x + frame.main_width / 2, y + 20, "↑ START HERE", LABEL, "muted", "middle")
    return y + 30


def _rows(scene: Scene, frame: Frame) -> list[tuple[Placed, Placed | None]]:
    labels = scene.stage("labels")
    rows: list[tuple[Placed, Placed | None]] = []
    for stage in scene.stages:
        if stage.kind == "labels":
            continue
        side = None
        if frame.has_two_lanes:
            if stage.kind == "windows" and labels is not None:
                side = _label_card(labels, scene, frame)
            elif stage.kind in ("batches", "scaling"):
                side = _label_card(stage, scene, frame)
        rows.append((_main(stage, scene, frame), side))
    return rows


def _main(stage: SceneStage, scene: Scene, frame: Frame) -> Placed:
    spans = stage.kind in ("rows", "loss") and frame.has_two_lanes
    width = frame.width - frame.main_x - 2 if spans else frame.main_width
    inner = width - 2 * frame.pad
    beside = None
    if frame.has_two_lanes and stage.kind in ("recurrent", "between", "head") and stage.why:
        beside = draw_reasons(stage.why, frame.labels_width - 30 - 4 * 6)
    name_width = frame.names_width - 4 if frame.is_wide else inner - (
        frame.shape_width + 8 if frame.kind == "medium" else 0)  # fmt: skip
    name = (draw_name if frame.is_wide else draw_header)(stage, name_width)
    body = Drawing(width)
    picture_width = inner if spans or not frame.is_wide else frame.picture_width
    picture = _picture(stage, scene, picture_width)
    top = frame.pad if frame.is_wide else _head(body, name, frame)
    shape_y = frame.pad if frame.kind != "narrow" else top
    drawn = _shape(body, stage, frame, shape_y)
    if stage.kind == "rows" and frame.is_wide:
        body.lines(frame.pad, top + 12, NOTE.wrap(stage.sentence, frame.picture_width), NOTE, "muted")
    if not frame.is_wide or stage.kind == "rows":
        top = max(top, shape_y + drawn + 8 if drawn else top)
    body.place(picture, frame.pad, top)
    bottom = top + picture.height
    notes = draw_notes(stage, picture_width, with_reasons=beside is None)
    if notes.height:
        body.place(notes, frame.pad, bottom + 8)
        bottom += notes.height + 8
    if stage.kind == "batches" and not frame.has_two_lanes and stage.label is not None:
        bottom = _waiting_label(body, stage, frame, bottom + 6)
    labels = scene.stage("labels")
    if stage.kind == "windows" and not frame.has_two_lanes and labels is not None:
        bottom = _labels_within(body, labels, scene, frame, bottom + 10)
    body.height = max(bottom, shape_y + drawn) + frame.pad - 2
    return Placed(stage, name, picture, frame.pad, body, beside, frame.main_x, width)


def _head(body: Drawing, name: Drawing, frame: Frame) -> float:
    body.place(name, frame.pad, frame.pad - 2)
    return frame.pad + name.height + 2


def _shape(body: Drawing, stage: SceneStage, frame: Frame, y: float) -> float:
    if stage.kind == "loss":
        return 0.0
    if stage.tensor is None:
        return _no_shape(body, stage, frame, y)
    body.place(draw_shape(stage.tensor, frame.slot), frame.shape_x, y)
    return SHAPE_HEIGHT


def _no_shape(body: Drawing, stage: SceneStage, frame: Frame, y: float) -> float:
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


def _picture(stage: SceneStage, scene: Scene, width: float) -> Picture:
    if stage.kind in ("recurrent", "between", "head") and not stage.shapes:
        return draw_layers(stage, scene, width)
    return _DRAWERS[stage.kind](stage, scene, width)


def _waiting_label(body: Drawing, stage: SceneStage, frame: Frame, y: float) -> float:
    body.line([(frame.pad, y + 2), (body.width - frame.pad, y + 2)], "line", thick=1)
    body.text(frame.pad, y + 26, "labels wait", STRONG)
    if stage.label is not None:
        body.place(draw_shape(stage.label, frame.slot), frame.shape_x, y + 6)
    return y + 6 + SHAPE_HEIGHT


def _labels_within(body: Drawing, labels: SceneStage, scene: Scene, frame: Frame, y: float) -> float:
    inside = replace(frame, labels_width=body.width - 2 * frame.pad + 8)
    card = _label_card(labels, scene, inside)
    group = Drawing(inside.labels_width)
    focused = labels.id == scene.focus
    group.rect(0, 0, inside.labels_width, card.body.height, fill="raised", stroke="ink" if focused else "line", radius=8,
               thick=2 if focused else 1)  # fmt: skip
    group.place(card.body, 0, 0)
    body.place(group, frame.pad - 4, y, classes=["lc-stage", *(["lc-focus"] if focused else [])],
               data={"stage": "labels"}, role="group", label=_said(labels))  # fmt: skip
    return y + card.body.height


def _said(stage: SceneStage) -> str:
    return f"{stage.title}: {stage.tensor.named if stage.tensor is not None else 'not reached'}"


def label_step(frame: Frame) -> float:
    """Distance of two axes in a shape of the labels lane."""
    return min(frame.slot, (frame.labels_width - 2 * frame.pad - 8) / 3)


def _label_card(stage: SceneStage, scene: Scene, frame: Frame) -> Placed:
    body = Drawing(frame.labels_width)
    inner = frame.labels_width - 2 * frame.pad
    top = frame.pad
    empty = Picture(0)
    if stage.kind == "labels":
        name = draw_header(stage, inner)
        body.place(name, frame.pad, top - 2)
        top += name.height + 2
    else:
        head = "labels of the batch" if stage.kind == "batches" else "what is to be forecast"
        body.text(frame.pad, top + 10, head, STRONG)
        top += 18
    if stage.label is not None:
        body.place(draw_shape(stage.label, label_step(frame)), frame.pad, top)
        top += SHAPE_HEIGHT + 6
    elif stage.kind == "scaling":
        lines = NOTE.wrap("Classes are not scaled: they are names.", inner)
        top = body.lines(frame.pad, top + 12, lines, NOTE, "muted") - 8
    if stage.kind == "labels":
        picture = draw_labels(stage, scene, inner)
        body.place(picture, frame.pad, top + 4)
        top += picture.height + 8
        notes = draw_notes(stage, inner, with_reasons=False)
        body.place(notes, frame.pad, top)
        top += notes.height
    body.height = top + frame.pad - 4
    return Placed(stage, Drawing(0), empty, 0, body, None, frame.labels_x, frame.labels_width)


def _place(page: Drawing, placed: Placed, scene: Scene, frame: Frame) -> None:
    stage = placed.stage
    focused = stage.id == scene.focus
    group = Drawing(frame.width)
    card = card_frame(frame, placed.width, placed.height, stage, focused=focused)
    group.place(card, placed.x, placed.y)
    group.place(placed.body, placed.x, placed.y)
    if frame.is_wide and placed.name.boxes:
        group.place(placed.name, 2, placed.y + 4, hot=True, data={"stage": stage.id},
                    label=f"choose the stage {stage.title}")  # fmt: skip
    if placed.beside is not None:
        group.place(placed.beside, frame.labels_x + 4, placed.y + 6)
    page.place(group, 0, 0, classes=["lc-stage", *(["lc-focus"] if focused else [])], data={"stage": stage.id},
               role="group", label=_said(stage))  # fmt: skip


def _slot_places(frame: Frame, x: float, step: float) -> dict[float, float]:
    places = Slots(3 * step + 8, step)
    return {slot / 100: x + places.centre(slot / 100) for slot in (0, 50, 67, 100, 133, 150, 200)}


def _threads(page: Drawing, mains: list[Placed], frame: Frame) -> None:
    x_of = _slot_places(frame, frame.main_x + frame.shape_x, frame.slot)
    input_lane = [placed for placed in mains if placed.stage.kind != "labels"]
    for lower, upper in zip(input_lane, input_lane[1:], strict=False):
        below, above = lower.stage.tensor, upper.stage.tensor
        if below is None:
            continue
        start = lower.y + (frame.pad + 2 if frame.kind != "narrow" else 0)
        border = upper.y + upper.height
        if upper.stage.kind == "loss" or above is None:
            for thread in threads(below, below):
                x = x_of[thread.start or 0]
                page.line([(x, start), (x, border + (4 if above is not None else 12))], axis_colour(thread.below),
                          thick=2)  # fmt: skip
                if above is None:
                    page.line([(x - 8, border + 12), (x + 8, border + 12)], "bad", thick=2.6)
            continue
        stop = upper.y + frame.pad + SHAPE_HEIGHT + 2 if frame.is_wide else border
        for thread in threads(below, above):
            draw_thread(page, thread, x_of, start, border, stop, said=frame.is_wide, turn=lower.y - 12)


def _label_threads(page: Drawing, rows: list[tuple[Placed, Placed | None]], frame: Frame) -> None:
    sides = [side for _, side in rows if side is not None and side.stage.label is not None]
    x_of = _slot_places(frame, frame.labels_x + frame.pad, label_step(frame))
    for lower, upper in zip(sides, sides[1:], strict=False):
        if lower.stage.label is None or upper.stage.label is None:
            continue
        border = upper.y + upper.height
        for thread in threads(lower.stage.label, upper.stage.label):
            draw_thread(page, thread, x_of, lower.y, border, border, said=False, turn=lower.y - 12)
    loss = rows[-1][0]
    last = sides[-1] if sides else next((main for main, _ in rows if main.stage.kind == "batches"), None)
    if last is None or last.stage.label is None:
        return
    for place, axis in enumerate(last.stage.label.axes):
        x = frame.width - 5 - 5 * place
        way = [(x, loss.y + loss.height + 3)]
        if frame.has_two_lanes:
            start = x_of[{0: 0.0}.get(place, 2.0 if place == last.stage.label.rank - 1 else 1.0)]
            turn = last.y - 10 - 4 * (place)
            way = [(start, last.y), (start, turn), (x, turn), *way]
        else:
            way = [(last.x + last.width, last.y + last.height - 30 + 5 * place), (x, last.y + last.height - 30 + 5 * place), *way]
        page.line(way, axis_colour(axis), thick=1.6, dashed=True, data={"axis": axis})
    if frame.has_two_lanes:
        reached = [main for main, _ in rows if main.stage.kind == "input"]
        if reached:
            text = SMALL.wrap("labels do not pass through the network: they wait for its output", frame.labels_width - 40)
            page.lines(frame.labels_x + 4, reached[0].y + 16, text, SMALL, "muted")


def _arrows(page: Drawing, mains: list[Placed]) -> None:
    lane = [placed for placed in mains if placed.stage.kind != "labels"]
    for lower, upper in zip(lane, lane[1:], strict=False):
        if not lower.stage.is_reached:
            continue
        bottom, top = lower.y - 2, upper.y + upper.height + 3
        if not upper.stage.is_reached and upper.stage.kind != "loss":
            _stopped(page, lower.exits, bottom, top)
            continue
        starts = lower.exits
        stops = upper.enters
        if lower.stage.kind == "rows":
            starts = stops
        if upper.stage.kind == "loss":
            stops = starts
        if len(starts) == len(stops):
            if all(abs(a - b) < 1 for a, b in zip(starts, stops, strict=True)):
                for start in starts:
                    page.arrow([(start, bottom), (start, top)], "wire", thick=1.6)
                continue
        middle = (bottom + top) / 2
        for start in starts:
            page.line([(start, bottom), (start, middle)], "wire", thick=1.6)
        page.line([(min(*starts, *stops), middle), (max(*starts, *stops), middle)], "wire", thick=1.6)
        for stop in stops:
            page.arrow([(stop, middle), (stop, top)], "wire", thick=1.6)
