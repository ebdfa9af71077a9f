"""Random experiments, from simple to everything at once."""

from __future__ import annotations

from random import Random
from typing import Any

from lstm_course.experiment import Experiment
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Recurrent,
    RepeatVector,
    SimpleRNN,
    TimeDistributed,
)

MAX_LEVEL = 5
ONE_COLUMN = ("air_passengers", "sunspots")
SEVERAL_COLUMNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("electricity", ("demand_gw", "temperature_c"), ("demand_gw",)),
    ("electricity", ("demand_gw", "workday", "temperature_c"), ("demand_gw",)),
    ("electricity", ("demand_gw", "temperature_c"), ("demand_gw", "temperature_c")),
)
CELLS: tuple[type[Recurrent], ...] = (LSTM, GRU, SimpleRNN)


def random_experiment(rng: Random, level: int) -> Experiment:
    """Make an experiment; it may be one that cannot run.

    Level 1 has one recurrent layer and one column; each further level adds: 2 the horizon, the stride and
    return_sequences; 3 several columns, stacked layers and labels at every timestep; 4 Bidirectional,
    TimeDistributed and RepeatVector; 5 kept states, classes and heads that may not fit.

    Args:
        rng: where chance comes from.
        level: 1 to 5.
    """
    fields: dict[str, Any] = {
        "dataset": rng.choice(ONE_COLUMN),
        "timesteps": rng.choice((3, 4, 6, 8, 10, 12, 18)),
        "batch_size": rng.choice((4, 8, 10, 16, 20, 32)),
        "layers": (rng.choice(CELLS[:2])(rng.choice((3, 4, 5, 7, 8, 16))),),
    }
    if level >= 2:
        fields |= {
            "horizon": rng.choice((1, 1, 2, 3, 5)),
            "stride": rng.choice((1, 1, 2, 3)),
            "layers": (_cell(rng),),
        }
    if level >= 3:
        fields |= _columns(rng)
        fields["labels"] = rng.choice(("steps", "steps", "sequence"))
        fields["layers"] = _stack(rng, level)
    if level >= 5:
        fields |= _last_level(rng)
    return Experiment(**fields)


def _cell(rng: Random, sequences: bool | None = None, stateful: bool = False) -> Recurrent:
    returns = rng.random() < 0.5 if sequences is None else sequences
    return rng.choice(CELLS)(rng.choice((3, 4, 5, 6, 8, 9, 20)), return_sequences=returns, stateful=stateful)


def _columns(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.4:
        return {}
    dataset, features, targets = rng.choice(SEVERAL_COLUMNS)
    return {"dataset": dataset, "features": features, "targets": targets}


def _stack(rng: Random, level: int) -> tuple[Layer, ...]:
    shapes = ["one", "two", "two", "dropout"]
    if level >= 4:
        shapes += ["both-ways", "both-ways", "encoder-decoder", "time-distributed", "flatten"]
    kind = rng.choice(shapes)
    lower = _cell(rng, sequences=rng.random() < 0.85)
    if kind == "one":
        return (_cell(rng),)
    if kind == "two":
        return (lower, _cell(rng))
    if kind == "dropout":
        return (lower, Dropout(0.2), _cell(rng))
    if kind == "both-ways":
        return (Bidirectional(_cell(rng), merge_mode=rng.choice(("concat", "concat", "sum"))),)
    if kind == "encoder-decoder":
        return (_cell(rng, sequences=False), RepeatVector(rng.choice((2, 3, 5))), _cell(rng, sequences=True))
    if kind == "time-distributed":
        return (_cell(rng, sequences=True), TimeDistributed(Dense(rng.choice((2, 6)))), _cell(rng))
    return (_cell(rng, sequences=True), Flatten(), Dense(rng.choice((1, 2, 8))))


def _last_level(rng: Random) -> dict[str, Any]:
    chance = rng.random()
    if chance < 0.25:
        labels = rng.choice(("class", "one-hot"))
        return {
            "dataset": "seattle_weather", "features": (), "targets": ("weather",), "labels": labels,
            "layers": (_cell(rng),),
        }  # fmt: skip
    if chance < 0.5:
        return {"layers": (_cell(rng, sequences=False, stateful=True),), "labels": "steps"}
    if chance < 0.75:
        return {"head": (Dense(rng.choice((1, 2, 3))),)}
    return {
        "flat_labels": True,
        "horizon": 1,
        "dataset": "sunspots",
        "features": (),
        "targets": (),
        "labels": "steps",
    }
