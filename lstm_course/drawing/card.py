"""A stage as a card: its name, its picture, its shape in slots, the reasons, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_course.drawing.elements import (
    CODE,
    LABEL,
    NOTE,
    SHAPE,
    SHAPE_SMALL,
    SMALL,
    STRONG,
    TITLE,
    VALUE,
    Drawing,
)
from lstm_course.drawing.layout import slots
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.scene import TOLD_AT_LOSS, SceneStage, Status
from lstm_course.drawing.textstyle import TextStyle
from lstm_course.drawing.values import size_text
from lstm_course.drawing.why import Why
from lstm_course.shapes import Finding, Tensor

LOOK_INSIDE = "look inside →"
SHAPE_HEIGHT = 38.0  # height of a shape with the names of its axes
_SEVERITY = {
    "error": ("bad", "✕"),
    "wrong-result": ("warn", "!"),
    "degraded": ("warn", "!"),
    "benign": ("muted", "i"),
}
_PARTS = re.compile(r"(?<=_)|(?<=[a-z])(?=[A-Z])")
_STATUS = {"predicted": "muted", "agrees": "good", "differs": "bad"}


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


def code_lines(code: str, width: float) -> list[str]:
    """Break a call into lines at blanks, brackets and equal signs.

    >>> code_lines("LSTM(32, return_sequences=True)", 150)
    ['LSTM(32,', 'return_sequences=True)']
    """
    lines = [""]
    parts = re.findall(r"[^\s(=]+[(=]?\s*|\s+|[(=]", code)
    for part in (piece for whole in parts for piece in _pieces(whole, width)):
        if lines[-1] and CODE.width((lines[-1] + part).rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return [CODE.shorten(line.rstrip(), width) for line in lines if line.strip()]


def _pieces(word: str, width: float, style: TextStyle = CODE) -> list[str]:
    """Part a word that is wider than a line behind its underscores and before its capitals."""
    return [word] if style.width(word.rstrip()) <= width else _PARTS.split(word)


def title_lines(title: str, width: float, max_lines: int) -> tuple[str, ...]:
    """Break the name of a stage at brackets, and a word that is wider than a line where its parts meet.

    >>> title_lines("GlobalAveragePooling1D", 130, 3), title_lines("Bidirectional(LSTM)", 130, 3)
    (('GlobalAverage', 'Pooling1D'), ('Bidirectional', '(LSTM)'))
    """
    words = []
    for word in title.replace("(", " (").split():
        words.append("")
        for piece in _pieces(word, width, TITLE):
            if words[-1] and TITLE.width(words[-1] + piece) > width:
                words.append("")
            words[-1] += piece
    return TITLE.wrap(" ".join(words), width, max_lines)


def draw_name(stage: SceneStage, width: float, *, opens: bool = False) -> Drawing:
    """Write the name of a stage with what Keras is told, its parameters and what Keras says."""
    drawing = Drawing(width)
    left = 24.0
    if stage.number and stage.kind != "labels":
        drawing.text(0, 15, str(stage.number), LABEL, "muted")
    else:
        left = 0.0
    room = width - left
    y = drawing.lines(left, 15, title_lines(stage.title, room, 3), TITLE)
    for code in _shortened(stage.code):
        y = drawing.lines(left, y, code_lines(code, room), CODE, "muted")
    y = _parameters(drawing, stage, left, y, room)
    if stage.status is not None:
        y = _status(drawing, stage, left, y - 4, room)
    if opens:
        y = _way_in(drawing, left, y + 2)
    drawing.height = y - 4
    return _pressable(drawing)


def _pressable(drawing: Drawing) -> Drawing:
    """Lay a field under a text, so that a click between its letters counts."""
    field = Drawing(drawing.width)
    field.rect(0, 0, drawing.width, drawing.height, fill="card", strength=0, radius=4)
    drawing.elements[:0] = field.elements
    return drawing


def _way_in(drawing: Drawing, x: float, y: float) -> float:
    """Say that the layer can be opened; shown only where a player takes the click."""
    mark = Drawing(0)
    mark.text(x, y, LOOK_INSIDE, LABEL, "timesteps")
    drawing.place(mark, 0, 0, classes=["lc-way"])
    return y + LABEL.line


def draw_header(stage: SceneStage, width: float, *, opens: bool = False) -> Drawing:
    """Write the name of a stage for a card that holds its own name: on few lines, what Keras says on the right."""
    drawing = Drawing(width)
    left = 0.0 if stage.kind == "labels" else 20.0
    if left:
        drawing.text(0, 15, str(stage.number), LABEL, "muted")
    title = title_lines(stage.title, width - left, 2)
    y = drawing.lines(left, 15, title, TITLE)
    if stage.status is not None and stage.status.kind != "predicted":
        y = _header_status(drawing, stage.status, left, y, width, TITLE.width(title[0]))
    if stage.status is not None and stage.status.detail:
        y = drawing.lines(left, y, CODE.wrap(f"Keras: {stage.status.detail}", width - left), CODE, "bad")
    codes = ", ".join(_shortened(stage.code)) if stage.kind in ("windows", "batches") else ""
    for code in [codes] if codes else _shortened(stage.code):
        y = drawing.lines(left, y - 2, code_lines(code, width - left), CODE, "muted") + 2
    if stage.parameters:
        counted = stage.parameter_formula.split(" = ")[0]
        text = f"{stage.parameters:,} parameters" + (f" = {counted}" if counted else "")
        y = drawing.lines(left, y, SMALL.wrap(text, width - left, 3), SMALL, "ink")
    if opens:
        y = _way_in(drawing, left, y + 2)
    drawing.height = y - 8
    return _pressable(drawing)


def _header_status(
    drawing: Drawing, status: Status, left: float, y: float, width: float, title: float
) -> float:
    for text in _status_texts(status):
        wide = LABEL.width(text) + 16
        if left + title + wide + 10 <= width:
            _chip(drawing, status, width - wide, 0, text)
            return y
    text = _status_text(status, width - left)
    _chip(drawing, status, left, y - 12, text)
    return y + 24


def _shortened(codes: Sequence[str]) -> Sequence[str]:
    return codes if len(codes) <= 3 else (*codes[:2], f"+ {len(codes) - 2} more")


def _parameters(drawing: Drawing, stage: SceneStage, left: float, y: float, room: float) -> float:
    if not stage.parameters:
        return y
    y += 3
    drawing.text(left, y, SMALL.shorten(f"{stage.parameters:,} parameters", room), LABEL)
    counted = stage.parameter_formula.split(" = ")[0]
    if not counted:
        return y + 14
    return drawing.lines(left, y + 15, SMALL.wrap(f"= {counted}", room, 3), SMALL, "muted")


def _status(drawing: Drawing, stage: SceneStage, left: float, y: float, room: float) -> float:
    if stage.status is None:
        return y
    _chip(drawing, stage.status, left, y, _status_text(stage.status, room))
    if not stage.status.detail:
        return y + 28
    return drawing.lines(left, y + 36, CODE.wrap(stage.status.detail, room), CODE, "bad")


def _status_texts(status: Status) -> tuple[str, ...]:
    """Give what can be said, the longest first."""
    mark = {"predicted": "○", "agrees": "✓", "differs": "≠"}[status.kind]
    return f"{mark} {status.text}", f"{mark} {status.short}"


def _status_text(status: Status, room: float) -> str:
    """Give the longest text that fits whole; the short one fits anywhere."""
    full, short = _status_texts(status)
    return full if LABEL.width(full) + 16 <= room else short


def _chip(drawing: Drawing, status: Status, x: float, y: float, text: str) -> None:
    colour = _STATUS[status.kind]
    drawing.chip(x, y, text, colour, "raised" if status.kind == "predicted" else f"{colour}-paper")


def draw_reasons(reasons: Sequence[Why], width: float) -> Drawing:
    """Write what becomes of each axis: the axis below, the axis above, and why."""
    drawing = Drawing(width)
    y = 12.0
    for why in reasons:
        spans = _arrow_spans(why)
        if LABEL.width("".join(text for text, _ in spans)) > width and len(spans) > 1:  # on two lines
            drawing.spans(0, y, spans[:1], LABEL)
            y, spans = y + LABEL.line, spans[1:]
        if LABEL.width("".join(text for text, _ in spans)) > width:
            spans = [(LABEL.shorten("".join(text for text, _ in spans), width), "ink")]
        drawing.spans(0, y, spans, LABEL)
        y = drawing.lines(0, y + 14, SMALL.wrap(why.reason, width, 3), SMALL, "muted") + 4
    drawing.height = y - 12
    return drawing


def _arrow_spans(why: Why) -> list[tuple[str, str]]:
    before = (
        f"{why.before} ",
        axis_colour(why.axis_before),
    )  # some renderers drop a blank at the start of a part
    after = (why.after, axis_colour(why.axis_after))
    if not why.before:
        return [("new: ", "muted"), after]
    if not why.after:
        return [before, ("ends here", "muted")]
    if why.before == why.after:
        return [before, ("stays", "muted")]
    return [before, ("→ ", "muted"), after]


def draw_findings(findings: Sequence[Finding], width: float) -> Drawing:
    """Write what is wrong at a stage, the two worst in full."""
    drawing = Drawing(width)
    y = 0.0
    for finding in findings[:2]:
        y = _finding(drawing, finding, y, width) + 6
    if len(findings) > 2:
        drawing.text(0, y + 12, f"and {len(findings) - 2} more", SMALL, "muted")
        y += 18
    drawing.height = max(y - 2, 0)
    return drawing


def _finding(drawing: Drawing, finding: Finding, y: float, width: float) -> float:
    colour, mark = _SEVERITY[finding.severity]
    paper = f"{colour}-paper" if colour != "muted" else "raised"
    room = width - 38
    titles = STRONG.wrap(finding.title, room)
    texts = SMALL.wrap(finding.explanation, room, 6) if finding.code not in TOLD_AT_LOSS else ()
    fixes = SMALL.wrap(f"→ {finding.fix}", room, 5) if finding.fix else ()
    high = 12 + STRONG.line * len(titles) + SMALL.line * (len(texts) + len(fixes)) + 4
    drawing.rect(0, y, width, high, fill=paper, stroke=colour, radius=6)
    drawing.text(14, y + 18, mark, STRONG, colour, "middle")
    line = drawing.lines(28, y + 18, titles, STRONG, colour)
    line = drawing.lines(28, line, texts, SMALL, "ink")
    drawing.lines(28, line + 2, fixes, SMALL, "ink")
    return y + high


def draw_notes(stage: SceneStage, width: float, *, with_reasons: bool) -> Drawing:
    """Write the formula of a stage, its reasons where they have no place beside it, and its findings."""
    drawing = Drawing(width)
    y = 0.0
    if stage.formula and stage.kind == "labels":
        y = drawing.lines(0, 12, NOTE.wrap(stage.formula, width, 3), NOTE, "muted")
        y = drawing.lines(0, y, SMALL.wrap(stage.sentence, width, 3), SMALL, "muted") - 10
    if with_reasons and stage.why:
        reasons = draw_reasons(stage.why, width)
        drawing.place(reasons, 0, y + (6 if y else 0))
        y += reasons.height + (6 if y else 0)
    if stage.findings:
        findings = draw_findings(stage.findings, width)
        drawing.place(findings, 0, y + (8 if y else 0))
        y += findings.height + (8 if y else 0)
    drawing.height = y
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
