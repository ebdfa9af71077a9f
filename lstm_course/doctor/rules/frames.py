"""Sequences of frames: where their channels are."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import EARLY, Case, finding
from lstm_course.doctor.seen import LayerSeen
from lstm_course.shapes.findings import Finding

SIDE = 8  # a picture has at least so many rows and columns


def channels_in_front(case: Case) -> Iterator[Finding]:
    """Frames arrive as (channels, rows, columns), and the layer reads (rows, columns, channels)."""
    for model in case.capture.trained_models:
        layer = next((one for one in model.layers if one.cls not in EARLY), None)
        if layer is None or not layer.inputs or len(layer.inputs[0]) != 5 or not _reads_rows_first(layer):
            continue
        came = layer.inputs[0]
        steps, channels, rows, columns = (size or 0 for size in came[1:])
        if min(rows, columns) < SIDE or not (channels == 3 or (channels == 1 and rows == columns)):
            continue  # a single row of a grid that is not square may be meant
        plural = "s" * (channels > 1)
        yield finding(
            "channels-in-front", "input-layer", "wrong-result", "The channels of the frames are read as rows",
            f"{layer.core.cls} (line {layer.place}) gets {came} and reads it as (batch, timesteps, rows, columns, "
            f"channels): frames of {channels} row{plural} and {rows} columns with {columns} channels. These look like "
            f"frames of {rows} by {columns} pixels with their {channels} channel{plural} in front.",
            f"Put the channels last: X = np.moveaxis(X, 2, -1), and Input(shape=({steps or None}, {rows}, {columns}, "
            f"{channels})).",
            "features", "wrappers-and-seq2seq",
        )  # fmt: skip
        return


def _reads_rows_first(layer: LayerSeen) -> bool:
    """Whether a convolution runs over more than one row, with the channels behind."""
    kernel = layer.get("kernel_size") or (1,)
    return "2D" in layer.core.cls and layer.get("data_format") == "channels_last" and kernel[0] > 1
