"""The whole of a network that branches: what runs beside each other stands beside each other, and meets again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lstm_course.drawing.elements import LABEL, Drawing, Point
from lstm_course.drawing.lanes import Edge, Place, branches, places_of
from lstm_course.drawing.layout import Frame
from lstm_course.drawing.placed import Placed, placed
from lstm_course.drawing.rails import draw_column
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.whole import draw_card, draw_head, draw_whole
from lstm_course.drawing.wires import connect, draw_states
from lstm_course.layers import Bidirectional

_LEAST = 300.0  # pixels of the narrowest lane
_BETWEEN = 34.0  # pixels between two lanes
_LEVEL = 6.0  # height between two wires in one gap


@dataclass(frozen=True)
class Card:
    """One stage with its drawings, in its lane."""

    placed: Placed  # its drawings
    frame: Frame  # its lane
    place: Place  # where it stands


def draw_branches(scene: Scene, frame: Frame) -> Drawing:
    """Draw a network as it branches; one chain as `draw_whole` does, on a page too narrow for lanes as one column.

    Args:
        scene: the network.
        frame: lanes of the page.
    """
    places, edges = places_of(scene.stages)
    lanes = max(place.lanes for place in places.values())
    if not branches(scene.stages):
        return draw_whole(scene, frame)
    scene = replace(scene, stages=tuple(_without_label(stage) for stage in scene.stages))
    asides = [edge for edge in edges if edge.is_aside]
    if (lanes > 1 and _lane_width(frame, lanes) < _LEAST) or (asides and not frame.is_wide):
        return draw_column(scene, frame)
    margin = 2 + 7.0 * sum(places[edge.start].lanes > 1 and not places[edge.start].lane for edge in asides)
    cards = {stage.id: _card(stage, scene, frame, places[stage.id], margin) for stage in scene.stages}
    page = Drawing(frame.width)
    bottom = _stack(cards, draw_head(page, scene), frame)
    for card in cards.values():
        draw_card(page, card.placed, scene, card.frame)
    _Wiring(page, cards, edges, frame).draw()
    page.text(frame.width / 2, bottom + 20, "WHAT GOES IN ↑ START HERE", LABEL, "muted", "middle")
    page.height = bottom + 30
    return page


def _without_label(stage: SceneStage) -> SceneStage:
    """Leave the waiting labels out: beside branches they have no lane; the loss shows them."""
    return stage if stage.kind == "loss" else replace(stage, label=None)


def _lane_width(frame: Frame, lanes: int, margin: float = 2) -> float:
    return (frame.width - 2 - margin - _BETWEEN * (lanes - 1)) / lanes


def _card(stage: SceneStage, scene: Scene, frame: Frame, place: Place, margin: float) -> Card:
    if place.lanes == 1:
        lane = frame
    else:
        wide = _lane_width(frame, place.lanes, margin)
        x = margin + place.lane * (wide + _BETWEEN)
        lane = Frame("narrow", frame.width, 0, x, wide, x, wide, min(86, (wide - 62) / 3))
    return Card(placed(stage, scene, lane), lane, place)


def _stack(cards: Mapping[str, Card], y: float, frame: Frame) -> float:
    """Give every card its place, the highest rank on top, and return the height at which the lowest ends."""
    for rank in sorted({card.place.rank for card in cards.values()}, reverse=True):
        row = [card.placed for card in cards.values() if card.place.rank == rank]
        height = max(each.natural_height for each in row)
        for each in row:  # short ones stand on the floor of their rank
            each.height = each.natural_height
            each.y = y + height - each.height
        y += height + frame.gap + 8
    return y - frame.gap - 8


@dataclass(frozen=True)
class _Wiring:
    """What runs between the cards."""

    page: Drawing  # where it is drawn
    cards: Mapping[str, Card]  # by id of the stage
    edges: tuple[Edge, ...]  # what reads what
    frame: Frame  # the page

    def draw(self) -> None:
        """Draw all of it."""
        aside = [edge for edge in self.edges if edge.is_aside]
        for edge in self.edges:
            start, stop = self.cards[edge.start], self.cards[edge.stop]
            states = self._states(edge)
            if states and not edge.is_aside:
                self._lead_states(edge, states)
            elif self._is_straight(start, stop, edge):
                connect(self.page, start.placed, stop.placed, stop.frame)
            elif edge.is_aside:
                self._round(edge, aside.index(edge))
            else:
                self._across(edge)
        draw_states(self.page, [card.placed for card in self.cards.values()])

    def _is_straight(self, start: Card, stop: Card, edge: Edge) -> bool:
        alone = sum(each.stop == edge.stop for each in self.edges) == 1
        return alone and start.frame == stop.frame and stop.place.rank == start.place.rank + 1

    def _states(self, edge: Edge) -> list[tuple[int, int]]:
        """Find what goes along an edge if it is states alone: which output, and the how many-eth that is read."""
        start, stop = self.cards[edge.start].placed, self.cards[edge.stop].placed.stage
        found = [(output, place) for place, (stage, output) in enumerate(stop.takes) if stage == edge.start]
        given = stop.is_given_state and all(place for _, place in found)
        is_led = bool(start.state_exits) and isinstance(start.stage.layers[0], Bidirectional)
        outputs = [output for output, _ in found]
        if not found or (any(outputs) and not is_led):
            return []
        return found if given or all(outputs) else []

    def _lead_states(self, edge: Edge, states: list[tuple[int, int]]) -> None:
        """Lead each state by a wire of its own: to the sum or the layer that reads it, or to the first state itself."""
        start, stop = self.cards[edge.start].placed, self.cards[edge.stop].placed
        floor = stop.y + stop.height
        enters = _first_states(stop) if stop.stage.is_given_state else []
        for k, (output, place) in enumerate(states):
            out = start.state_exits[output - 1][0][0] if output else _middle(start.exits, start)
            turn = floor + 7 + self._level(edge) + 4 * (output or place)
            if 0 < place <= len(enters):
                side, (x, y) = enters[place - 1]
                end: list[Point] = [(side, turn), (side, stop.y + y), (x, stop.y + y)]
            else:
                into = self._enter(edge) + 10 * (k - (len(states) - 1) / 2)
                end = [(into, turn), (into, floor + 3)]
            self.page.arrow([(out, start.y - 2), (out, turn), *end], "units", dashed=True, head=3)

    def _across(self, edge: Edge) -> None:
        """Lead a wire up in its own lane, and across below the card that reads it."""
        start, stop = self.cards[edge.start].placed, self.cards[edge.stop].placed
        out, into = _middle(start.exits, start), self._enter(edge)
        turn = stop.y + stop.height + 17 + self._level(edge)
        self._arrow([(out, start.y - 2), (out, turn), (into, turn), (into, stop.y + stop.height + 3)])

    def _round(self, edge: Edge, place: int) -> None:
        """Lead a wire round the cards that stand above its start, along their left edge."""
        start, stop = self.cards[edge.start].placed, self.cards[edge.stop].placed
        between = [card.placed.x for card in self.cards.values() if start.y > card.placed.y > stop.y]
        is_trunk = self.cards[edge.start].place.lanes == 1
        side = (min(start.x, stop.x, *between) if is_trunk else start.x) - 5 - 5 * (place % 3)
        out, into = _middle(start.exits, start), self._enter(edge)
        low, high = start.y - 9, stop.y + stop.height + 17 + self._level(edge)
        self._arrow([(out, start.y - 2), (out, low), (side, low), (side, high), (into, high),
                     (into, stop.y + stop.height + 3)])  # fmt: skip

    def _arrow(self, way: list[Point]) -> None:
        self.page.arrow(way, "wire", thick=1.6)

    def _enter(self, edge: Edge) -> float:
        """Give each of the wires that a card reads a place of its own."""
        stop = self.cards[edge.stop].placed
        starts = [each.start for each in self.edges if each.stop == edge.stop]
        starts.sort(key=lambda start: (self.cards[start].placed.x, start))
        middle = _middle(stop.enters, stop)
        return middle + (starts.index(edge.start) - (len(starts) - 1) / 2) * 36

    def _level(self, edge: Edge) -> float:
        """Keep wires of different starts apart that run across in one gap."""
        rank = self.cards[edge.stop].place.rank
        near = [each for each in self.edges if self.cards[each.stop].place.rank == rank]
        near.sort(key=lambda each: -self._distance(each))  # the farthest highest, so that fewer cross
        starts = list(dict.fromkeys(each.start for each in near))
        return _LEVEL * (starts.index(edge.start) - (len(starts) - 1) / 2)

    def _distance(self, edge: Edge) -> float:
        start, stop = self.cards[edge.start].placed, self.cards[edge.stop].placed
        return abs(_middle(start.exits, start) - _middle(stop.enters, stop))


def _first_states(card: Placed) -> list[tuple[float, Point]]:
    """Give where first states come in, in the order in which Keras takes them, and the edge along which they rise.

    A backward reading begins on the right, so its states come along the right edge of the card.
    """
    readings = 2 if isinstance(card.stage.layers[0], Bidirectional) else 1
    each = len(card.state_enters) // readings
    found = [card.state_enters[k * each : (k + 1) * each][::-1] for k in range(readings)]  # h, c
    edges = (card.x - 1, 1.0), (card.x + card.width + 1, -1.0)
    return [
        (edge + 4 * inwards * (k + 1), point)
        for (edge, inwards), reading in zip(edges, sorted(found), strict=False)
        for k, point in enumerate(reading)
    ]


def _middle(places: tuple[float, ...], card: Placed) -> float:
    return sum(places) / len(places) if places else card.x + card.width / 2
