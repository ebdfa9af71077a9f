"""The top: output and labels meet, axis by axis, or visibly do not."""

from __future__ import annotations

import numpy as np

from lstm_course.drawing.elements import LABEL, NOTE, SHAPE, SMALL, STRONG, TextStyle, plain
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.picture import Picture
from lstm_course.drawing.values import class_text
from lstm_course.shapes import Comparison, Tensor

_ROW = 30.0  # height of one axis
VERDICTS = {
    "match": ("they meet", "good"),
    "aligned": ("they meet: Keras adds or drops the axis of size 1", "good"),
    "chance": ("the sizes meet by chance, the meanings do not", "warn"),
    "broadcast": ("they do not meet, and Keras says nothing", "warn"),
    "refused": ("they do not meet: Keras raises an error", "bad"),
}


def draw_loss(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw output and labels towards each other: for each axis a line that closes, or one with a gap."""
    picture = Picture(width)
    comparison = scene.comparison
    if comparison is None:
        _without_output(picture, scene)
        return picture
    pairs = paired_axes(comparison)
    colour = VERDICTS[comparison.verdict][1]
    side = 112.0 if width > 500 else 88.0
    picture.text(0, 13, SMALL.shorten("output ŷ", side), STRONG)
    picture.text(width, 13, SMALL.shorten("labels y", side), STRONG, anchor="end")
    chooses = (
        comparison.loss == "sparse_categorical_crossentropy"
    )  # one number names an entry of the last axis
    style = _number_style(pairs, width)
    for place, (above, label) in enumerate(pairs):
        y, is_choice = 22 + place * _ROW, chooses and place == comparison.output.rank - 1
        if is_choice and above is not None and comparison.is_right:
            _choice_row(picture, y, above, side, style)
        else:
            _axis_row(
                picture, y, above, label, side, style, is_right=comparison.is_right, is_choice=is_choice,
                by_chance=comparison.verdict == "chance" and place == comparison.position,
            )  # fmt: skip
    y = 22 + _ROW * len(pairs) + 4
    _verdict(picture, VERDICTS[comparison.verdict], y)
    y += 30
    lines = NOTE.wrap(comparison.sentence, width)
    y = picture.lines(0, y + 12, lines, NOTE, "muted" if comparison.is_right else colour)
    if comparison.fix and not comparison.is_right:
        y = picture.lines(0, y + 3, NOTE.wrap("→ " + comparison.fix, width), NOTE, "ink")
    picture.height = _values(picture, scene, y) - 4
    return picture


def _without_output(picture: Picture, scene: Scene) -> None:
    label = scene.label
    text = f"No output reaches the loss. The labels {label} wait."
    picture.lines(0, 13, NOTE.wrap(text, picture.width), NOTE, "muted")
    picture.height = NOTE.line * len(NOTE.wrap(text, picture.width)) + 2


Side = tuple[str, int] | None
"""Name and size of one axis; None where the shape has no such axis."""


def paired_axes(comparison: Comparison) -> tuple[tuple[Side, Side], ...]:
    """Pair the axes of output and labels from the front.

    >>> from lstm_course.shapes import compare
    >>> paired_axes(compare(Tensor((32,), ("batch",)), Tensor((32, 1), ("batch", "units")), "mse"))
    ((('batch', 32), ('batch', 32)), (('units', 1), None))
    """
    output, label = comparison.output, comparison.label
    rank = max(output.rank, label.rank)
    return tuple((_side(output, place), _side(label, place)) for place in range(rank))


def _side(tensor: Tensor, place: int) -> Side:
    return (tensor.axes[place], tensor.shape[place]) if place < tensor.rank else None


def _number_style(pairs: tuple[tuple[Side, Side], ...], width: float) -> TextStyle:
    """Choose one size for the numbers of all rows, so that none seems to count for more."""
    sides = [side for pair in pairs for side in pair if side is not None]
    widest = max((SHAPE.width(f"{size:,}") + SMALL.width(axis) for axis, size in sides), default=0.0)
    return SHAPE if widest + 8 <= width * 0.17 else LABEL


def _axis_row(
    picture: Picture,
    y: float,
    above: Side,
    label: Side,
    side: float,
    style: TextStyle,
    *,
    is_right: bool,
    is_choice: bool,
    by_chance: bool,
) -> None:
    width, middle = picture.width, picture.width / 2
    base = y + 18
    _end(picture, 0, base, above, "start", style)
    _end(picture, width, base, label, "end", style)
    fits = above is not None and label is not None and above[1] == label[1] and not is_choice
    lonely = above is None or label is None
    left, right = side + 6, width - side - 6
    one = (above or label or ("", 0))[1] == 1
    line = base - 5
    left_colour = axis_colour(above[0]) if above else "line"
    right_colour = axis_colour(label[0]) if label else "line"
    gap = 13 if fits or (lonely and one) else 30
    if above:
        picture.line([(left, line), (middle - gap, line)], left_colour, thick=2.2, data={"axis": above[0]})
    if label:
        picture.line([(right, line), (middle + gap, line)], right_colour, thick=2.2, data={"axis": label[0]})
    mark, colour = ("=", "good") if fits else ("≠", "bad")
    if by_chance:  # as many, but of something else
        mark, colour = "?", "warn"
    if lonely and one:
        mark, colour = "1", "good" if is_right else "muted"
    paper = "raised" if colour == "muted" else f"{colour}-paper"
    picture.circle(middle, line, 11, fill=paper, stroke=colour, thick=1.6)
    picture.text(middle, line + 5, mark, STRONG, colour, "middle")
    if not fits and not (lonely and one):
        for shift, way in ((-gap, 1), (gap, -1)):
            if (above if way > 0 else label) is not None:
                picture.path(f"M{middle + shift:.1f} {line - 6:.1f}v12", stroke=colour, thick=2.2)


def _choice_row(picture: Picture, y: float, above: tuple[str, int], side: float, style: TextStyle) -> None:
    base, middle = y + 18, picture.width / 2
    _end(picture, 0, base, above, "start", style)
    picture.text(
        picture.width, base, SMALL.shorten(f"one of 0 … {above[1] - 1}", side), SMALL, "classes", "end"
    )
    picture.line([(side + 6, base - 5), (middle - 13, base - 5)], axis_colour(above[0]), thick=2.2)
    picture.line(
        [(picture.width - side - 6, base - 5), (middle + 13, base - 5)], "classes", thick=2.2, dashed=True
    )
    picture.circle(middle, base - 5, 11, fill="good-paper", stroke="good", thick=1.6)
    picture.text(middle, base, "✓", STRONG, "good", "middle")


def _end(picture: Picture, x: float, base: float, side: Side, anchor: str, style: TextStyle) -> None:
    if side is None:
        picture.text(x, base, "no axis", SMALL, "muted", anchor)
        return
    axis, size = side
    colour = axis_colour(axis)
    number = f"{size:,}"
    name = SMALL.width(axis)
    first, second = (name + 8, 0.0) if anchor == "start" else (-name - 8, 0.0)
    picture.text(x + second, base - 1, axis, SMALL, colour, anchor, {"axis": axis})
    picture.text(x + first, base, number, style, colour, anchor, {"axis": axis})


def _verdict(picture: Picture, said: tuple[str, str], y: float) -> None:
    text, colour = said
    text = LABEL.shorten(text, picture.width - 20)
    wide = LABEL.width(text) + 16
    picture.chip((picture.width - wide) / 2, y, text, colour, f"{colour}-paper")


def _values(picture: Picture, scene: Scene, y: float) -> float:
    window, trace = scene.window, scene.trace
    if window is None or trace is None or not trace.layers or scene.comparison is None:
        return y
    output = np.asarray(trace.output).reshape(-1)
    if window.class_names:
        said = int(output.argmax()) if output.size > 1 else int(output[0] > 0.5)
        true = int(np.argmax(window.label) if window.label.ndim else window.label)
        names = window.class_names
        what = "sequence" if scene.known.facts.is_sequences else "window"
        classes = [class_text(_name(names, each), window.target_names[0]) for each in (said, true)]
        text = f"{what} {window.number:,}: ŷ says “{classes[0]}”, y is “{classes[1]}”"
    else:
        label = np.asarray(window.label, dtype=float).reshape(-1)
        first = ", first value" if output.size > 1 or label.size > 1 else ""
        text = f"window {window.number:,}{first}: ŷ = {output[0]:+.2f}, y = {label[0]:+.2f}"
        if window.unscale is not None:
            said, true = (value * window.unscale[1] + window.unscale[0] for value in (output[0], label[0]))
            text += f"; in {window.target_names[0]}: {plain(float(said))} and {plain(float(true))}"
    lines = SMALL.wrap(text.replace("-", "−"), picture.width)
    return picture.lines(0, y + 6, lines, SMALL, "ink") + 2


def _name(names: tuple[str, ...], number: int) -> str:
    return names[number] if number < len(names) else str(number)
