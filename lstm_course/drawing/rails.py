"""A branching network on a page too narrow for lanes: one column, with rails for what is read from further below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lstm_course.drawing.elements import Drawing
from lstm_course.drawing.lanes import reads_of
from lstm_course.drawing.layout import Frame
from lstm_course.drawing.placed import Placed, rows_of
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.whole import draw_feet, draw_head, draw_rows, stack

_BESIDE = 9.0  # pixels from the cards to the first rail
_STEP = 7.0  # pixels from rail to rail
_ENTRY = 13.0  # height between two rails that enter one card


@dataclass(frozen=True)
class Rail:
    """The way from one stage to those that read it and do not stand right above it."""

    start: int  # place of the stage in the column, from 0 at the bottom
    stops: tuple[int, ...]  # places of those that read it
    track: int  # which rail, from 0 beside the cards


def draw_column(scene: Scene, frame: Frame) -> Drawing:
    """Draw a branching network as one column.

    Args:
        scene: the network, in the order in which one reads it.
        frame: lanes of the page; only its width counts.
    """
    rails = rails_of([stage.id for stage in scene.stages], reads_of(scene.stages))
    margin = _BESIDE + _STEP * (1 + max((rail.track for rail in rails), default=-1))
    wide = frame.width - 2 - margin
    lane = replace(
        frame, kind="narrow", names_width=0, main_x=2, main_width=wide, labels_x=2, labels_width=wide,
        slot=min(86, (wide - 62) / 3.4),
    )  # fmt: skip
    page = Drawing(frame.width)
    rows = rows_of(scene, lane)
    y = stack(rows, draw_head(page, scene), lane, {row.main.stage.id: row.natural_height for row in rows})
    draw_rows(page, rows, scene, lane)
    _draw_rails(page, rails, [row.main for row in rows])
    page.height = draw_feet(page, scene, lane, y)
    return page


def rails_of(order: Sequence[str], reads: Mapping[str, tuple[str, ...]]) -> tuple[Rail, ...]:
    """Find what is read from further below than the next stage, and give each its rail.

    Args:
        order: ids of the stages from the bottom up.
        reads: for each stage the stages that it reads.

    >>> rails_of(["x", "a", "b", "join"], {"x": (), "a": ("x",), "b": ("x",), "join": ("a", "b")})
    (Rail(start=0, stops=(2,), track=0), Rail(start=1, stops=(3,), track=1))
    """
    place = {each: k for k, each in enumerate(order)}
    stops: dict[int, list[int]] = {}
    for name, starts in reads.items():
        for below in starts:
            if place[name] - place[below] != 1:
                stops.setdefault(place[below], []).append(place[name])
    found: list[Rail] = []
    for start in sorted(stops):
        taken = {rail.track for rail in found if max(rail.stops) >= start}
        track = next(track for track in range(len(taken) + 1) if track not in taken)
        found.append(Rail(start, tuple(sorted(stops[start])), track))
    return tuple(found)


def _draw_rails(page: Drawing, rails: Sequence[Rail], cards: Sequence[Placed]) -> None:
    entered: dict[int, int] = {}
    for rail in rails:
        lower = cards[rail.start]
        edge = lower.x + lower.width
        x, begin = edge + _BESIDE + _STEP * rail.track, lower.y + 20
        page.circle(edge, begin, 3, fill="wire")
        for stop in rail.stops:
            upper = cards[stop]
            end = upper.y + upper.height - 16 - _ENTRY * entered.get(stop, 0)
            entered[stop] = entered.get(stop, 0) + 1
            page.arrow([(edge, begin), (x, begin), (x, end), (edge + 2, end)], "wire", thick=1.6)
