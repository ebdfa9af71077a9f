"""Where the stages of a branching network go: how high each one stands, and in which lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lstm_course.drawing.scene import SceneStage

Reads = Mapping[str, tuple[str, ...]]
"""For each stage the stages that it reads, from the bottom up."""


@dataclass(frozen=True)
class Place:
    """Where one stage stands."""

    rank: int  # height, from 0 at the bottom
    lane: int  # lane among those of its rank's band, from 0
    lanes: int  # lanes of that band; 1: the stage has the whole width


@dataclass(frozen=True)
class Edge:
    """One stage that reads another."""

    start: str  # id of the stage that is read
    stop: str  # id of the stage that reads it
    is_aside: bool  # whether it goes round cards that stand above its start


def reads_of(stages: Sequence[SceneStage]) -> dict[str, tuple[str, ...]]:
    """Say what each stage reads: what it names, or the stage under it."""
    found: dict[str, tuple[str, ...]] = {}
    below = ""
    for stage in stages:
        found[stage.id] = stage.reads if stage.reads is not None else ((below,) if below else ())
        below = stage.id
    return found


def branches(stages: Sequence[SceneStage]) -> bool:
    """Tell whether the stages are more than one chain."""
    ids = [stage.id for stage in stages]
    chain = dict(zip(ids, [(), *((below,) for below in ids)], strict=False))
    return reads_of(stages) != chain


def places_of(stages: Sequence[SceneStage]) -> tuple[dict[str, Place], tuple[Edge, ...]]:
    """Give each stage its place, and each connexion its way.

    A stage stands one rank above the highest that it reads, in the lane of one that it reads where that is free.
    Stages that stand alone on their rank, with nothing that passes beside them, have the whole width.
    """
    reads = reads_of(stages)
    ranks = _ranks(stages, reads)
    lanes = _lanes(ranks, reads)
    edges = tuple(
        Edge(start, stop, _is_aside(start, stop, ranks, lanes)) for stop in reads for start in reads[stop]
    )
    used = {rank: {lanes[each] for each in ranks if ranks[each] == rank} for rank in ranks.values()}
    for edge in edges:
        if not edge.is_aside:
            for rank in range(ranks[edge.start] + 1, ranks[edge.stop]):
                used[rank].add(lanes[edge.start])
    bands = _bands(used)
    return {
        each: Place(rank, bands[rank].index(lanes[each]), len(bands[rank])) for each, rank in ranks.items()
    }, edges


def _ranks(stages: Sequence[SceneStage], reads: Reads) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for stage in stages:
        level = [ranks[start] for start in reads[stage.id]]
        beside = [ranks[stage.starts_from]] if stage.starts_from in ranks else []
        ranks[stage.id] = max([1 + max(level, default=-1), *beside])
    for stage in stages:  # inputs stand right below the first that reads them
        above = [ranks[stop] for stop, starts in reads.items() if stage.id in starts]
        if not reads[stage.id] and above:
            ranks[stage.id] = min(above) - 1
    lowest = min(ranks.values(), default=0)
    return {each: rank - lowest for each, rank in ranks.items()}


def _lanes(ranks: Mapping[str, int], reads: Reads) -> dict[str, int]:
    lanes: dict[str, int] = {}
    for each in sorted(ranks, key=ranks.__getitem__):
        taken = {lanes[other] for other in lanes if ranks[other] == ranks[each]}
        taken |= _waiting(each, ranks, lanes, reads)
        own = [lanes[start] for start in reads[each] if lanes[start] not in taken]
        lanes[each] = min(own) if own else next(lane for lane in range(len(ranks)) if lane not in taken)
    return lanes


def _waiting(each: str, ranks: Mapping[str, int], lanes: Mapping[str, int], reads: Reads) -> set[int]:
    """Find the lanes that belong to stages still to be read by others, up to here or beyond."""
    return {
        lanes[start]
        for stop, starts in reads.items()
        for start in starts
        if start in lanes and stop not in lanes and stop != each and start not in reads[each]
        and _is_top(start, ranks, lanes)
    }  # fmt: skip


def _is_top(start: str, ranks: Mapping[str, int], lanes: Mapping[str, int]) -> bool:
    return not any(lanes[other] == lanes[start] and ranks[other] > ranks[start] for other in lanes)


def _is_aside(start: str, stop: str, ranks: Mapping[str, int], lanes: Mapping[str, int]) -> bool:
    between = range(ranks[start] + 1, ranks[stop])
    return any(lanes[other] == lanes[start] and ranks[other] in between for other in ranks)


def _bands(used: Mapping[int, set[int]]) -> dict[int, list[int]]:
    """Give neighbouring ranks of several lanes the same lanes."""
    bands: dict[int, list[int]] = {}
    for rank in sorted(used):
        below = bands.get(rank - 1, [])
        if len(used[rank]) == 1:
            bands[rank] = sorted(used[rank])
        elif len(below) > 1:
            joint = sorted({*below, *used[rank]})
            for lower in range(rank - 1, -1, -1):
                if len(bands[lower]) == 1:
                    break
                bands[lower] = joint
            bands[rank] = joint
        else:
            bands[rank] = sorted(used[rank])
    return bands
