"""What the inside views cost beside the trace: milliseconds of work and kilobytes, for small and large layers.

Run it: python tests/benchmarks/bench_inside.py
"""

from __future__ import annotations

import json
from dataclasses import replace
from time import process_time

import numpy as np

from lstm_course.data import prepare
from lstm_course.drawing.inside import cell_view, choose, layer_view, network_trace, number_view, origin_of
from lstm_course.drawing.render import to_svg
from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM
from lstm_course.shapes import predict


def measure(units: int, timesteps: int) -> None:
    """Print the figures of one layer."""
    exp = Experiment(dataset="us_births", timesteps=timesteps, layers=(LSTM(units),))
    prediction, prepared = predict(exp), prepare(exp)
    weights = [np.full(weight.shape, 0.02) for layer in prediction.layers for weight in layer.weights]
    network = network_trace(prediction, weights, prepared.X["train"][0])
    chosen = choose(network, "recurrent-layer-1", quantity="z_f", origin=origin_of(prepared, 0))
    for draw in (layer_view, cell_view, number_view):
        spent = []
        for _ in range(5):
            begun = process_time()
            view = draw(replace(chosen), 1408)
            text = to_svg(view.drawing, view.title)
            spent.append(1e3 * (process_time() - begun))
        size, data = len(text) / 1e3, len(json.dumps(view.data)) / 1e3
        print(
            f"{draw.__name__:12} {units:4} units × {timesteps:4} timesteps: {min(spent):5.1f} ms, "
            f"SVG {size:3.0f} kB, data {data:3.0f} kB"
        )


if __name__ == "__main__":
    for sizes in ((4, 12), (64, 96), (512, 1000)):
        measure(*sizes)
