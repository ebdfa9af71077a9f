"""What the diagram costs: time of stages + SVG and size, over rows, timesteps, units and layers.

Run it: python tests/benchmarks/bench_diagram.py
"""

from __future__ import annotations

import itertools
import time

import numpy as np
import pandas as pd

from lstm_course.data import Series, facts_of, prepare
from lstm_course.drawing import diagram
from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM
from lstm_course.shapes import predict

ROWS, TIMESTEPS, UNITS, LAYERS = (1_000, 100_000, 1_000_000), (1, 12, 1_000), (1, 32, 512), (1, 4)
REPEATS = 7


def main() -> None:
    """Print one line for each point of the grid, and the worst of all."""
    print(f"{'rows':>9} {'timesteps':>9} {'units':>5} {'layers':>6} {'ms':>7} {'kB':>6}")
    worst_time = worst_size = 0.0
    for rows in ROWS:
        series = Series(
            "bench", pd.DataFrame({"x": np.sin(np.arange(rows) / 9.0), "y": np.arange(rows) % 7.0})
        )
        for timesteps, units, count in itertools.product(TIMESTEPS, UNITS, LAYERS):
            if timesteps < rows // 2:
                milliseconds, size = measure(series, timesteps, units, count)
                worst_time, worst_size = max(worst_time, milliseconds), max(worst_size, size)
                print(f"{rows:9,} {timesteps:9,} {units:5} {count:6} {milliseconds:7.2f} {size:6.1f}")
    print(f"worst: {worst_time:.2f} ms, {worst_size:.1f} kB (budget: 10 ms, 100 kB)")


def measure(series: Series, timesteps: int, units: int, count: int) -> tuple[float, float]:
    """Give the milliseconds of stages + SVG (the best of some, in time of this process) and the size in kB."""
    layers = (*(LSTM(units, return_sequences=True) for _ in range(count - 1)), LSTM(units))
    exp = Experiment(dataset="bench", features=("x", "y"), targets=("y",), timesteps=timesteps, layers=layers)
    facts, prepared = facts_of(exp, series), prepare(exp, series)
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        svg = diagram(exp, prepared=prepared, prediction=predict(exp, facts)).to_svg()
        times.append(time.process_time() - start)
    return min(times) * 1000, len(svg.encode()) / 1000


if __name__ == "__main__":
    main()
