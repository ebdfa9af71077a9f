"""The whole: all stages from the rows to the loss, from bottom to top, in two lanes that meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_course.drawing.card import card_frame
from lstm_course.drawing.elements import HEADLINE, LABEL, NOTE, Drawing
from lstm_course.drawing.layout import Frame
from lstm_course.drawing.placed import Placed, Row, rows_of, said, title_data
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.wires import draw_wires

READ_ME = (
    "Read it from the bottom to the top. Each axis has one colour; follow its line from shape to shape. "
    "Rows, windows and timesteps are counted from 0."
)


def draw_whole(scene: Scene, frame: Frame) -> Drawing:
    """Draw all stages of a scene on a page of the frame's width."""
    rows = rows_of(scene, frame)
    page = Drawing(frame.width)
    y = draw_head(page, scene)
    y = stack(rows, y, frame, {row.main.stage.id: row.natural_height for row in rows})
    draw_rows(page, rows, scene, frame)
    page.height = draw_feet(page, scene, frame, y)
    return page


def draw_head(page: Drawing, scene: Scene) -> float:
    """Write title and manual, and give the height at which the stages begin."""
    y = page.lines(2, 22, HEADLINE.wrap(scene.title, page.width - 4), HEADLINE)
    return page.lines(2, y - 6, NOTE.wrap(READ_ME, page.width - 4), NOTE, "muted") + 8


def stack(
    rows: Sequence[Row], y: float, frame: Frame, heights: Mapping[str, float], order: Sequence[str] = ()
) -> float:
    """Give every row its place, the last one on top, and return the height at which the first one ends.

    Args:
        rows: from the bottom up.
        y: top edge of the last one.
        frame: lanes of the page.
        heights: height of each stage by its id.
        order: ids from the bottom up, where places must be kept for stages that are not among the rows.
    """
    by_id = {row.main.stage.id: row for row in rows}
    for name in reversed(order or tuple(by_id)):
        if name in by_id:
            by_id[name].put(y, heights[name])
        y += heights[name] + frame.gap
    return y - frame.gap


def draw_rows(page: Drawing, rows: Sequence[Row], scene: Scene, frame: Frame) -> None:
    """Draw rows that have their places, and what runs between them."""
    differing = [card for row in rows for card in _differing(row, scene)]
    for row in rows:
        for card in (row.main, row.side):
            if card is not None:
                draw_card(page, card, scene, frame, differs=any(card is each for each in differing))
    draw_wires(page, rows, frame)
    for card in differing:
        page.chip(card.x + 12, card.y - 13, "differs", "warn", "warn-paper")


def _differing(row: Row, scene: Scene) -> list[Placed]:
    """Give the cards of a row that differ from their twins; one alone shows its labels too."""
    stage = row.main.stage
    labels = ("labels" if stage.kind == "windows" else stage.id) in scene.marked_labels
    main = stage.id in scene.marked or (labels and row.side is None)
    return [card for card, differs in ((row.main, main), (row.side, labels)) if card is not None and differs]


def draw_card(page: Drawing, placed: Placed, scene: Scene, frame: Frame, *, differs: bool = False) -> None:
    """Draw one stage at its place."""
    stage = placed.stage
    focused = stage.id == scene.focus
    group = Drawing(frame.width)
    card = card_frame(placed.width, placed.height, stage, focused=focused, differs=differs)
    group.place(card, placed.x, placed.y)
    group.place(placed.body, placed.x, placed.y)
    if placed.name is not None:
        leads, label = title_data(stage, scene)
        group.place(placed.name, 2, placed.y + 4, hot=True, data=leads, label=label)
    if placed.beside is not None:
        group.place(placed.beside, frame.labels_x + 4, placed.y + 6)
    opens = {"depth": "cell"} if scene.opens(stage) else {}  # what its timesteps lead to
    data = {"stage": stage.id, **opens}
    page.place(group, 0, 0, classes=["lc-stage", *(["lc-focus"] if focused else [])], data=data,
               role="group", label=said(stage))  # fmt: skip


def draw_feet(page: Drawing, scene: Scene, frame: Frame, y: float) -> float:
    """Write where reading begins, and give the height at which the page ends."""
    middle = frame.main_x + frame.main_width / 2
    has_labels = any(
        stage.label is not None for stage in scene.stages if stage.kind not in ("loss", "between")
    )
    page.text(middle, y + 20, "WHAT GOES IN ↑ START HERE" if frame.has_two_lanes else "↑ START HERE", LABEL, "muted",
              "middle")  # fmt: skip
    if frame.has_two_lanes and has_labels:
        page.text(
            frame.labels_x + frame.labels_width / 2, y + 20, "WHAT IT SHOULD SAY ↑", LABEL, "muted", "middle"
        )
    return y + 30
