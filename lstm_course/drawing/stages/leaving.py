"""What leaves a recurrent layer: outputs upwards, and the last states to whoever starts with them."""

from __future__ import annotations

from lstm_course.drawing.elements import LABEL, SMALL, path_through
from lstm_course.drawing.layout import Columns
from lstm_course.drawing.stages.picture import Picture
from lstm_course.drawing.stages.reading import Row
from lstm_course.layers import Bidirectional, Recurrent
from lstm_course.shapes import LayerShape


def draw_leaving(
    picture: Picture,
    rows: tuple[Row, ...],
    cells: Columns,
    shape: LayerShape,
    layer: Recurrent,
    *,
    is_read: bool,
) -> None:
    """Draw what leaves the layer upwards: every h, or the last one.

    Args:
        picture: where it is drawn.
        rows: the readings.
        cells: the timesteps.
        shape: shapes of the layer.
        layer: the layer.
        is_read: whether its last states start another layer.
    """
    if len(rows) == 2:
        _leave_both(picture, rows, cells, shape, layer)
        return
    row = rows[0]
    last = cells.centres[0] if row.backwards else cells.centres[-1]
    leaving = cells.centres if layer.return_sequences else (last,)
    held = [centre for centre in cells.centres if centre not in leaving]
    if row.backwards and layer.return_sequences:
        _turn_round(picture, row, cells, shape.input.shape[1])
    else:
        picture.arrows(([(centre, row.top - 2), (centre, 1)] for centre in leaving), "units", thick=2)
    if held:
        caps = "".join(f"M{centre:.1f} {row.top - 2:.1f}v-10m-5 0h10" for centre in held)
        picture.path(caps, stroke="wire", thick=1.2)
        _stay_inside(picture, held, last, row.backwards, 54 if is_read else 10)
    if not layer.return_sequences:  # on the left where the states go by on the right
        picture.text(
            last + (-8 if is_read else 8), 18, "last h", LABEL, "units", "end" if is_read else "start"
        )
    picture.exits = tuple(leaving)


def _turn_round(picture: Picture, row: Row, cells: Columns, timesteps: int) -> None:
    """Lead the outputs to their places: what is read last leaves last, so t = 0 stands at the end."""
    place = dict(zip(cells.shown, cells.centres, strict=True))
    count = timesteps if timesteps > 0 else max(cells.shown) + 1
    ways = [
        (centre, stop)
        for timestep, centre in place.items()
        if (stop := place.get(count - 1 - timestep, cells.fold)) is not None
    ]
    if cells.fold is not None:
        ways += [(cells.fold, place[later]) for later in place if count - 1 - later not in place]
    crossing = (path_through([(start, row.top - 2), (stop, 15)]) for start, stop in ways)
    picture.path("".join(crossing), stroke="units", thick=1.4)
    picture.arrows(([(centre, 15), (centre, 1)] for centre in cells.centres), "units", thick=2)


def _stay_inside(picture: Picture, held: list[float], last: float, backwards: bool, room: float) -> None:
    """Say that the other outputs do not leave, where there is room beside the one that does."""
    start, stop = (last + 56, held[-1] + 12) if backwards else (held[0] - 12, last - room)
    text = next(
        (text for text in ("these h stay inside", "stay inside") if SMALL.width(text) <= stop - start), ""
    )
    if text:
        picture.text(start, 18, text, SMALL, "muted")


def draw_last_states(
    picture: Picture, rows: tuple[Row, ...], cells: Columns, layer: Recurrent, *, is_read: bool
) -> None:
    """Draw the last states on their way out: up, or to the layer that starts with them."""
    if not layer.return_state:
        return
    if len(rows) == 2:
        _states_of_both(picture, rows, cells)
        return
    row = rows[0]
    x = (cells.centres[0] if row.backwards else cells.centres[-1]) + row.wide / 2 - 4
    for place in range(len(row.states)):
        right = x + 12 + 12 * place
        y = row.top + 4 + 5 * place
        picture.line([(x, y), (right, y)], "units", dashed=True)
        if not is_read:
            picture.arrow([(right, y), (right, 25)], "units", dashed=True, head=3)
        picture.state_exits += (((right, y), (right, 3 - 4 * place)),)


def _states_of_both(picture: Picture, rows: tuple[Row, ...], cells: Columns) -> None:
    """Lead the last states of two readings up: those read backwards on the left, those read forwards on the right."""
    upper, lower = rows
    left, right = cells.centres[0] - upper.wide / 2 - 1, cells.centres[-1] + lower.wide / 2 + 1
    backward = [
        [(left, y), (left - 8 - 10 * place, y), (left - 8 - 10 * place, 1)]
        for place, y in enumerate(upper.heights)
    ]
    forward = []
    for place, y in enumerate(lower.heights):
        near, far, turn = right + 6 + 5 * place, right + 48 + 6 * place, lower.top - 8 + 4 * place
        forward.append([(right, y), (near, y), (near, turn), (far, turn), (far, 1)])
    picture.arrows((*forward, *backward), "units", dashed=True, head=3)
    in_order = [
        way[-1] for ways in (forward, backward) for way in reversed(ways)
    ]  # as Keras returns them: h, c
    picture.state_exits = tuple((end,) for end in in_order)


def _leave_both(
    picture: Picture, rows: tuple[Row, ...], cells: Columns, shape: LayerShape, layer: Recurrent
) -> None:
    mode = shape.layer.merge_mode if isinstance(shape.layer, Bidirectional) else "concat"
    upper, lower = rows
    leaving = cells.centres if layer.return_sequences else (cells.centres[-1],)
    wide = min(SMALL.width(mode) + 8, cells.step - 4)
    ways = ""
    for centre in leaving:
        side = centre + upper.wide / 2 + 4
        low = lower.top - 8
        ways += path_through([(centre + 6, lower.top), (centre + 6, low), (side, low), (side, 34)])
        if layer.return_sequences:
            ways += path_through([(centre, upper.top), (centre, 34)])
        picture.rect(centre - wide / 2, 17, wide, 17, fill="raised", stroke="units", radius=5)
        picture.text(centre, 29, mode, SMALL, "units", "middle")
    picture.path(ways, stroke="units")
    picture.arrows(([(centre, 16), (centre, 1)] for centre in leaving), "units", thick=2)
    if not layer.return_sequences:
        first = cells.centres[0]
        picture.line(
            [(first, upper.top), (first, 43), (cells.centres[-1], 43), (cells.centres[-1], 34)], "units"
        )
        room = max(cells.centres[-1] - first - 30, 0)
        texts = ("the last h of each reading", "each reading's last h", "both last h")
        said = next((text for text in texts if SMALL.width(text) <= room), "")
        if said:
            picture.text(first, 37, said, SMALL, "muted")
    picture.exits = tuple(leaving)
