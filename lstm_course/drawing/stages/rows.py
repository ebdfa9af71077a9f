"""The table at the bottom: its lines with the parts of the split, and what scaling does to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from lstm_course.drawing.elements import LABEL, NOTE, SMALL, Drawing, plain
from lstm_course.drawing.rows_view import Line, PartSpan, RowsView
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.picture import Picture

_BAND = 18.0  # height of the texts above a line
_BORDERS: Mapping[str, Mapping[str, Any]] = {
    "train": {}, "validation": {"stroke": "wire", "dashed": True}, "test": {"stroke": "wire"},
}  # fmt: skip
"""How each part is framed, so that it is known without its colour."""
_TINY = 5.0  # pixels of the narrowest window that is drawn


def draw_rows(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw the table: each column as a line, the parts shaded, the chosen window and its label marked."""
    picture = Picture(width)
    rows = scene.rows
    if rows is None:
        return picture
    if rows.lengths:
        return _draw_sequences(picture, scene, rows)
    top = _mark_texts(picture, scene, rows)
    strip = 74.0 if len(rows.lines) == 1 else 34.0
    for place, line in enumerate(rows.lines):
        upper = top + place * (strip + _BAND)
        _shade(picture, rows, upper + _BAND, upper + _BAND + strip)
        _draw_line(picture, line, upper, strip)
        _mark(picture, rows, upper + _BAND, upper + _BAND + strip)
    _window_choices(picture, scene, rows, top + _BAND, top + _BAND + strip)
    bottom = top + len(rows.lines) * (strip + _BAND)
    picture.height = _part_texts(picture, rows, bottom) + 2
    return picture


def _mark_texts(picture: Picture, scene: Scene, rows: RowsView) -> float:
    window = scene.window
    if window is None or rows.window is None:
        text = "no window with its label fits into the training rows"
        return picture.lines(0, 11, LABEL.wrap(text, picture.width), LABEL, "bad") - 8
    last = window.first_row + scene.exp.timesteps - 1
    first_label, last_label = window.label_rows
    span = f"rows {window.first_row:,}–{last:,}" if last > window.first_row else f"row {last:,}"
    goal = f"rows {first_label:,}–{last_label:,}" if last_label > first_label else f"row {first_label:,}"
    spans = [(f"window {window.number:,}", "timesteps"), (f" {span}   ", "muted"), ("its label", "horizon"),
             (f" {goal}", "muted")]  # fmt: skip
    wide = LABEL.width("".join(text for text, _ in spans))
    if wide > picture.width:
        spans = [(f"window {window.number:,}", "timesteps"), ("   ", "muted"), ("its label", "horizon")]
        wide = LABEL.width("".join(text for text, _ in spans))
    x = min(max(0.0, rows.window[0] * picture.width - 4), picture.width - wide)
    picture.spans(max(x, 0.0), 11, spans, LABEL)
    return 18.0


def _shade(picture: Picture, rows: RowsView, top: float, bottom: float) -> None:
    for part in rows.parts:
        x = part.start * picture.width
        wide = max(part.stop * picture.width - x, 1.0)
        picture.rect(
            x, top, wide, bottom - top, fill=part.name, data={"part": part.name}, **_BORDERS[part.name]
        )


def _draw_line(picture: Picture, line: Line, top: float, strip: float) -> None:
    span = f"{plain(line.low)} to {plain(line.high)}"
    if line.is_band and SMALL.width(f"{line.name} (target){span}") + 130 < picture.width:
        span = f"lowest to highest: {span}"
    room = picture.width - SMALL.width(span) - 24
    role = " (target)" if line.is_target else ""
    name = SMALL.shorten(line.name, room - SMALL.width(role)) + role
    picture.text(0, top + 13, name, SMALL, "ink")
    picture.text(picture.width, top + 13, span, SMALL, "muted", "end")
    if len(line.points) > 1:
        way = _way(line, picture.width, top + _BAND + strip - 5, strip - 9)
        if line.is_band:
            picture.path(way + "z", stroke="ink", fill="ink", strength=0.25, thick=0.8)
        else:
            picture.path(way, stroke="ink", thick=1.3)


@lru_cache(maxsize=64)
def _way(line: Line, width: float, base: float, high: float) -> str:
    return relative_path([(x * width, base - y * high) for x, y in line.points])


def relative_path(points: list[tuple[float, float]]) -> str:
    """Write a long line in few characters: each point from the one before, to a tenth of a pixel.

    >>> relative_path([(0, 50), (1.04, 49.96), (2, 40)])
    'M0 50l1 0 1-10'
    """
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [f"{_tenth(x - a)}{_tenth(y - b, after=True)}" for (a, b), (x, y) in pairwise(tenths)]
    return f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l" + " ".join(steps)


def _tenth(tenths: int, *, after: bool = False) -> str:
    whole, rest = divmod(abs(tenths), 10)
    written = f"{whole}.{rest}" if rest else str(whole)
    return f"-{written}" if tenths < 0 else (f" {written}" if after else written)


def _mark(picture: Picture, rows: RowsView, top: float, bottom: float) -> None:
    if rows.window is None or rows.label is None:
        return
    left, right = (place * picture.width for place in rows.window)
    is_tiny = right - left < _TINY
    left = min(max(left, 1.0), picture.width - 3 * _TINY)
    right = max(right, left + _TINY)
    after, end = (place * picture.width for place in rows.label)
    after = right + 2 if is_tiny else max(after - 2, 1.0)  # else the label would lie on its window
    end = max(end, after + 4)
    for start, stop, axis in ((left, right, "timesteps"), (after, end, "horizon")):
        start = min(start, picture.width - _TINY)
        wide = min(stop, picture.width - 1) - start
        picture.rect(start, top + 1, wide, bottom - top - 2, stroke=axis, thick=2, radius=3,
                     fill=axis, strength=0.1, dashed=axis == "horizon", data={"axis": axis})  # fmt: skip


def _window_choices(picture: Picture, scene: Scene, rows: RowsView, top: float, bottom: float) -> None:
    """Lay buttons over the training rows, so that another window can be chosen where it lies."""
    train = next((part for part in rows.parts if part.name == "train"), None)
    samples = scene.known.facts.part("train").num_samples
    if train is None or not samples:
        return
    count = min(10, samples)
    wide = (train.stop - train.start) * picture.width / count
    for place in range(count):
        window = round(place * (samples - 1) / max(count - 1, 1))
        area = Drawing(wide, bottom - top)
        area.rect(0, 0, wide, bottom - top, fill="card", strength=0)
        picture.place(area, train.start * picture.width + place * wide, top, hot=True, data={"window": window},
                      label=f"choose window {window:,}")  # fmt: skip


def _part_texts(picture: Picture, rows: RowsView, y: float) -> float:
    texts = [(part, f"{part.name} {part.num_rows:,}") for part in rows.parts]
    if all(SMALL.width(text) + 8 <= (part.stop - part.start) * picture.width for part, text in texts):
        for part, text in texts:
            picture.text((part.start + part.stop) / 2 * picture.width, y + 14, text, SMALL, "muted", "middle")
        return y + 18
    return _part_legend(picture, texts, y)


def _part_legend(picture: Picture, texts: list[tuple[PartSpan, str]], y: float) -> float:
    x, baseline = 0.0, y + 15
    for part, text in texts:
        wide = SMALL.width(text) + 18
        if x and x + wide > picture.width:
            x, baseline = 0.0, baseline + 16
        picture.rect(x, baseline - 9, 12, 10, fill=part.name, **_BORDERS[part.name])
        picture.text(x + 17, baseline, text, SMALL, "muted")
        x += wide + 14
    return baseline + 5


def _draw_sequences(picture: Picture, scene: Scene, rows: RowsView) -> Picture:
    longest, window = max(rows.lengths), scene.window
    target = window.target_names[0] if window is not None and window.target_names else "class"
    said = [SMALL.shorten(f"{target} {name}", 110) for name in rows.sequence_classes]
    left, right = max(LABEL.width(name) for name in said) + 10, picture.width - 62
    head = "some" if window is None else f"sequence {window.number:,} and some others"
    text = f"{head} of {rows.num_sequences:,} training sequences, each with its class"
    top = picture.lines(0, 10, SMALL.wrap(text, picture.width), SMALL, "muted") - 8
    for place, (length, name) in enumerate(zip(rows.lengths, said, strict=True)):
        y, is_chosen = top + place * 17, place == 0 and window is not None
        wide = (right - left) * length / longest
        picture.text(0, y + 10, name, LABEL if is_chosen else SMALL, "classes")
        picture.rect(left, y + 1, wide, 10, fill="train", stroke="timesteps", radius=2,
                     thick=2.4 if is_chosen else 1, data={"axis": "timesteps"})  # fmt: skip
        picture.text(left + wide + 6, y + 10, f"{length} rows", SMALL, "rows")
    picture.height = top + 17 * len(rows.lengths) + 2
    return picture


def draw_scaling(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw two scales, one above the other: the values as they are, and as the network sees them."""
    picture = Picture(width)
    y = picture.lines(0, 12, NOTE.wrap(stage.sentence, width, 3), NOTE, "muted")
    if scene.rows is None or not scene.rows.scale or scene.exp.scaling == "none":
        picture.height = y - NOTE.line + 6
        return picture
    _two_scales(picture, scene.rows, y + 4)
    picture.height = y + 40
    return picture


def _two_scales(drawing: Drawing, rows: RowsView, y: float) -> None:
    (low, scaled_low), (high, scaled_high), (offset, _) = rows.scale
    ends = SMALL.width(plain(low)) + SMALL.width(plain(high)) + 30
    room = min(96.0, drawing.width - 68 - ends / 2)
    name = SMALL.shorten(rows.lines[0].name, max(room, SMALL.width("scaled")))
    left = max(SMALL.width("scaled"), SMALL.width(name)) + 34
    right = drawing.width - 34
    drawing.text(0, y + 4, "scaled", SMALL, "muted")
    drawing.text(0, y + 28, name, SMALL, "muted")
    ticks = [(left, low, scaled_low), (right, high, scaled_high)]
    middle = left + (right - left) * ((offset - low) / (high - low) if high > low else 0.5)
    half = {
        x: max(LABEL.width(f"{scaled:.2f}"), SMALL.width(plain(value))) / 2 + 5 for x, value, scaled in ticks
    }
    own = max(LABEL.width("0.00"), SMALL.width(plain(offset))) / 2 + 5
    if left + half[left] + own < middle < right - half[right] - own:
        ticks.insert(1, (middle, offset, 0.0))
    drawing.line([(left, y + 12), (right, y + 12)], "wire", thick=1.2)
    for x, original, scaled in ticks:
        drawing.line([(x, y + 8), (x, y + 16)], "wire", thick=1.2)
        drawing.text(x, y + 4, f"{scaled:.2f}".replace("-", "−"), LABEL, "ink", "middle")
        drawing.text(x, y + 28, plain(original), SMALL, "muted", "middle")
