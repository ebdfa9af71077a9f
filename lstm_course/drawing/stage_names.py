"""The name of a stage, with what Keras is told, how many parameters it has and what Keras says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lstm_course.drawing.elements import CODE, LABEL, SMALL, TITLE, Drawing, TextStyle
from lstm_course.drawing.scene import SceneStage, Status

LOOK_INSIDE = "look inside →"
_PARTS = re.compile(r"(?<=_)|(?<=[a-z])(?=[A-Z])")
_STATUS = {"predicted": "muted", "agrees": "good", "differs": "bad"}


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
