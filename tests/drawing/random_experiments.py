"""Diagrams of random experiments, good and bad: what no one would draw by hand."""

from __future__ import annotations

import random
import string

import numpy as np
import pandas as pd

from lstm_course.data import Series, facts_of
from lstm_course.drawing import Diagram, diagram
from lstm_course.experiment import Experiment, Split
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Masking,
    RepeatVector,
    SimpleRNN,
    TimeDistributed,
)
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, predict

_LETTERS = string.ascii_letters + string.digits + "_ °%<>&\"'²µ–"


def random_diagram(seed: int) -> Diagram:
    """Make the diagram of a random experiment on random rows; the same for the same seed."""
    draw = random.Random(seed)
    while True:
        try:
            return _diagram(draw)
        except ProblemError:
            continue  # an experiment that cannot even be written down


def random_weights(prediction: Prediction, seed: int = 0) -> list[np.ndarray]:
    """Draw weights for a predicted network."""
    rng = np.random.default_rng(seed)
    return [rng.normal(0, 0.5, weight.shape) for layer in prediction.layers for weight in layer.weights]


def _diagram(draw: random.Random) -> Diagram:
    series = _series(draw)
    exp = _experiment(draw, series)
    prediction = predict(exp, facts_of(exp, series))
    small = prediction.parameters * exp.timesteps < 500_000
    return diagram(
        exp, series, prediction=prediction, window=draw.randrange(50), focus=draw.choice([None, "labels", "head"]),
        weights=random_weights(prediction) if small and draw.random() < 0.7 and prediction.layers else None,
        timestep=draw.choice([None, 0]), observed=draw.choice([None, prediction.stages]),
    )  # fmt: skip


def _series(draw: random.Random) -> Series:
    rows, rng = draw.choice([60, 200, 900, 3000]), np.random.default_rng(draw.randrange(1000))
    names = {_name(draw) for _ in range(draw.choice([1, 1, 2, 4, 30]))}
    size = 10.0 ** draw.choice([-4, 0, 3, 8])
    frame = pd.DataFrame({name: rng.normal(size=rows).cumsum() * size for name in sorted(names)})
    frame["sky"] = pd.Categorical(rng.choice([_name(draw) for _ in range(draw.choice([2, 5, 12]))], rows))
    if draw.random() < 0.5:
        frame.index = pd.date_range("2020-01-01", periods=rows, freq="h")
    return Series(_name(draw), frame)


def _name(draw: random.Random) -> str:
    if draw.random() < 0.1:
        return "<script>alert(1)</script>"
    return "".join(draw.choice(_LETTERS) for _ in range(draw.choice([1, 6, 12, 40]))).strip() or "x"


def _experiment(draw: random.Random, series: Series) -> Experiment:
    numbers = list(series.numeric_columns)
    labels = draw.choice(["steps", "steps", "sequence", "class", "one-hot"])
    by_class = labels in ("class", "one-hot")
    targets = ("sky",) if by_class else tuple(draw.sample(numbers, draw.choice([1, 1, min(3, len(numbers))])))
    stateful = draw.random() < 0.15
    return Experiment(
        dataset=series.name or "mine",
        features=tuple(draw.sample(numbers, draw.randint(1, len(numbers)))),
        targets=targets,
        labels=labels,  # type: ignore[arg-type]
        split=draw.choice([Split(), Split(0.9, 0.05), Split(0.6, 0.0), Split(0.97, 0.01, 0.01)]),
        scaling=draw.choice(["none", "minmax", "standard"]),  # type: ignore[arg-type]
        scaler_fit=draw.choice(["train", "all"]),  # type: ignore[arg-type]
        timesteps=draw.choice([1, 2, 5, 12, 48, 168, 1000]),
        horizon=draw.choice([1, 1, 2, 24, 48]),
        stride=draw.choice([1, 1, 3, 24]),
        lags=draw.choice(["timesteps", "timesteps", "features"]),  # type: ignore[arg-type]
        flat_labels=draw.random() < 0.2,
        layers=_layers(draw, stateful),
        head=draw.choice(
            [None, None, (Dense(1),), (Dense(7), Dropout(0.3)), (TimeDistributed(Dense(2)),), ()]
        ),
        batch_size=draw.choice([1, 7, 32, 512]),
    )


def _layers(draw: random.Random, stateful: bool) -> tuple[Layer, ...]:
    found: list[Layer] = [Masking(0.0)] if draw.random() < 0.1 else []
    count = draw.choice([1, 1, 2, 3, 4])
    for place in range(count):
        found.append(_recurrent(draw, stateful, sequences=place < count - 1 or draw.random() < 0.2))
        if draw.random() < 0.25:
            found.append(
                draw.choice([Dropout(0.2), RepeatVector(24), Flatten(), Dense(16, activation="relu")])
            )
    return tuple(found)


def _recurrent(draw: random.Random, stateful: bool, sequences: bool) -> Layer:
    kind = draw.choice([LSTM, GRU, SimpleRNN])
    layer = kind(
        draw.choice([1, 2, 4, 5, 6, 32, 512]),
        return_sequences=sequences if draw.random() < 0.9 else not sequences,
        return_state=draw.random() < 0.15,
        go_backwards=draw.random() < 0.15,
        stateful=stateful,
    )
    if draw.random() < 0.25:
        return Bidirectional(layer, merge_mode=draw.choice(["concat", "sum", "ave", "mul"]))
    return layer
