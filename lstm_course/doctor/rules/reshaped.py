"""Reshape layers in the place of a Permute: the shape is the one that was wanted, the contents are not."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import LayerSeen, Shape
from lstm_course.shapes.findings import Finding


def swapped_by_reshape(case: Case) -> Iterator[Finding]:
    """A Reshape layer that swaps two axes mixes them."""
    flat = {layer.id: layer for layer in case.layers if layer.cls == "Flatten"}
    recurrent = any(layer.recurrent for layer in case.layers)
    for layer in case.layers:
        target = layer.get("target_shape") if layer.cls == "Reshape" else None
        # Flatten keeps the order of the numbers, too
        below = next((flat[one] for one in layer.inbound if one in flat), layer)
        came = below.inputs[0][1:] if below.inputs else ()
        if not target or None in came:
            continue
        if len(came) == 2 and came[0] != came[1] and 1 not in came and tuple(target) == tuple(reversed(came)):
            yield _two_axes(case, layer, came, below is not layer)
        elif _columns_for_rows(came, tuple(target)) and recurrent:
            yield _columns(layer, came)


def _two_axes(case: Case, layer: LayerSeen, came: Shape, flattened: bool) -> Finding:
    return finding(
        "reshape-for-permute", "between-layers", "wrong-result", "Reshape mixes timesteps and features",
        f"Reshape({layer.get('target_shape')}) gets (batch, {came[0]}, {came[1]}){', flattened' * flattened}. It keeps "
        "the order of the numbers, so a new row holds neighbours of one old row instead of one value of each.",
        with_diff(
            f"To swap two axes use Permute((2, 1)){', without Flatten' * flattened}.",
            "" if flattened
            else case.program.replace_call(layer.line, "Reshape", "keras.layers.Permute((2, 1))"),
        ),
        "timesteps", "wrappers-and-seq2seq",
    )  # fmt: skip


def _columns_for_rows(came: Shape, target: Shape) -> bool:
    """Whether the columns of maps (rows, columns, channels) became the first axis, with all else behind them."""
    if len(came) != 3 or len(target) != 2:
        return False
    rows, columns, channels = (size or 0 for size in came)
    return (
        rows > 1 and columns > 1 and rows != columns and target in ((columns, rows * channels), (columns, -1))
    )


def _columns(layer: LayerSeen, came: Shape) -> Finding:
    rows, columns, channels = (size or 0 for size in came)
    return finding(
        "maps-reshaped-for-permute", "between-layers", "wrong-result", "Reshape mixes rows and columns of the maps",
        f"Reshape({layer.get('target_shape')}) gets (batch, {rows}, {columns}, {channels}), rows first. It keeps the "
        f"order of the numbers: each of its {columns} timesteps holds {rows * channels} numbers that follow each other "
        "along the rows, and none is a column of the maps.",
        f"Bring the columns to the front first: Permute((2, 1, 3)), then Reshape(({columns}, {rows * channels})). Or "
        f"read the maps row by row: Reshape(({rows}, {columns * channels})).",
        "timesteps", "wrappers-and-seq2seq",
    )  # fmt: skip
