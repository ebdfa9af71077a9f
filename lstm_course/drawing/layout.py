"""Where things go: the lanes of the page, the slots of the axes, the columns of the timesteps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_course.shapes import Tensor

WIDE = 900  # pixels from which names stand beside the stages
MEDIUM = 600  # pixels from which labels have a lane of their own
NARROWEST = 320  # pixels below which nothing is drawn smaller


@dataclass(frozen=True)
class Frame:
    """The lanes of a page of one width."""

    kind: Literal["wide", "medium", "narrow"]  # wide: names, input, labels; medium: two lanes; narrow: one
    width: float  # pixels of the whole
    names_width: float  # lane of the names; 0: names stand in the cards
    main_x: float  # left edge of the input lane
    main_width: float  # its width
    labels_x: float  # left edge of the labels lane
    labels_width: float  # its width
    slot: float  # distance of two axes in a shape
    gap: float = 30  # height between two stages
    pad: float = 14  # from the border of a card to what it holds

    @property
    def is_wide(self) -> bool:
        """Whether names stand beside the stages."""
        return self.kind == "wide"

    @property
    def has_two_lanes(self) -> bool:
        """Whether labels have a lane of their own."""
        return self.kind != "narrow"

    @property
    def shape_width(self) -> float:
        """Width of the column of shapes in the input lane, three axes."""
        return 3 * self.slot + 8

    @property
    def shape_x(self) -> float:
        """Left edge of the column of shapes, from the left edge of its card."""
        return self.main_width - self.pad - self.shape_width

    @property
    def picture_width(self) -> float:
        """Width left for a picture in a card of the input lane."""
        return self.shape_x - self.pad - 18 if self.kind == "wide" else self.main_width - 2 * self.pad


def frame_of(width: float) -> Frame:
    """Choose the lanes for a page of `width` pixels.

    >>> frame_of(1100).kind, frame_of(700).kind, frame_of(390).kind
    ('wide', 'medium', 'narrow')
    """
    width = max(float(width), NARROWEST)
    if width >= WIDE:
        names, labels = 170.0, round(max(236.0, min(300.0, width * 0.255)))
        main_x = names + 8
        return Frame(
            "wide", width, names, main_x, width - main_x - labels - 22, width - labels - 2, labels, 64
        )
    if width >= MEDIUM:
        labels = round(width * 0.34)
        return Frame("medium", width, 0, 2, width - labels - 24, width - labels - 2, labels, 66)
    margin = 14.0  # the labels' way up
    return Frame(
        "narrow", width, 0, 2, width - 4 - margin, 2, width - 4 - margin, min(86, (width - 80) / 3.4)
    )


def slots(tensor: Tensor) -> tuple[float, ...]:
    """Give each axis of a shape its slot: the first the first, the last the last, so that an axis keeps its place.

    >>> slots(Tensor((32, 4), ("batch", "units"))), slots(Tensor((32, 12, 1), ("batch", "timesteps", "features")))
    ((0.0, 2.0), (0.0, 1.0, 2.0))
    """
    if tensor.rank <= 1:
        return (0,) * tensor.rank
    return tuple(round(2 * place / (tensor.rank - 1), 2) for place in range(tensor.rank))


@dataclass(frozen=True)
class Columns:
    """Which of many equal things are drawn, and where: long rows fold in the middle."""

    shown: tuple[int, ...]  # numbers of those drawn, from 0
    centres: tuple[float, ...]  # where the middle of each is
    fold: float | None  # where the dots for those left out stand; None where all are drawn
    step: float  # distance of two neighbours

    @property
    def left(self) -> float:
        """Left edge of the first."""
        return self.centres[0] - self.step / 2

    @property
    def right(self) -> float:
        """Right edge of the last."""
        return self.centres[-1] + self.step / 2


def columns(
    count: int,
    left: float,
    right: float,
    smallest: float,
    largest: float,
    at_most: int = 100,
    late: bool = False,
) -> Columns:
    """Place `count` things between two edges, folded in the middle where they do not fit.

    Args:
        count: how many there are, at least 1.
        left: left edge.
        right: right edge.
        smallest: least distance of two neighbours.
        largest: greatest distance of two neighbours.
        at_most: how many are drawn at most.
        late: whether the last ones are drawn rather than the first, as where the first are padding.

    >>> columns(100, 0, 100, 20, 30).shown
    (0, 1, 2, 99)
    >>> columns(3, 0, 100, 20, 30).fold is None
    True
    """
    room = right - left
    fits = max(2, min(at_most, int(room / smallest)))
    if count <= fits:
        step = min(largest, room / count)
        start = left + (room - step * count) / 2
        return Columns(
            tuple(range(count)), tuple(start + step * (place + 0.5) for place in range(count)), None, step
        )
    drawn = max(2, fits - 1)
    step = min(largest, room / (drawn + 1))
    start = left + (room - step * (drawn + 1)) / 2
    centres = [start + step * (place + 0.5) for place in range(drawn + 1)]
    if late:
        return Columns((0, *range(count - drawn + 1, count)), (centres[0], *centres[2:]), centres[1], step)
    shown = (*range(drawn - 1), count - 1)
    return Columns(shown, (*centres[: drawn - 1], centres[drawn]), centres[drawn - 1], step)
