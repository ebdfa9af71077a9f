"""Experiments to start from in the playground: good ones and bad ones, each with a comment."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.experiment import Experiment, Split
from lstm_course.layers import GRU, LSTM, Bidirectional, Masking, RepeatVector


@dataclass(frozen=True)
class Preset:
    """An experiment with what there is to see in it."""

    experiment: Experiment  # where the visitor starts
    comment: str  # what to look at


PRESETS: dict[str, Preset] = {
    "A sound first forecast": Preset(
        Experiment(dataset="air_passengers", timesteps=12, layers=(LSTM(32),), epochs=100),
        "One year in, one month out. Compare the network with persistence before you are pleased.",
    ),
    "The tutorial's model: one lag, four units": Preset(
        Experiment(
            dataset="air_passengers", timesteps=1, layers=(LSTM(4),), batch_size=1, epochs=100, scaling="minmax",
            scaler_fit="all", split=Split(train=95, validation=0, test=47, gap=1),
        ),
        "A window of one row gives the layer nothing to remember, and the scaler has seen the test rows.",
    ),
    "Bad: lags as features": Preset(
        Experiment(dataset="air_passengers", timesteps=12, lags="features", layers=(LSTM(16),)),
        "Twelve rows on the features axis of one timestep: the shapes fit, but nothing recurs.",
    ),
    "Bad: a stack without return_sequences": Preset(
        Experiment(dataset="air_passengers", layers=(LSTM(32), LSTM(16))),
        "The lower layer hands on one vector; the upper one needs one per timestep. Keras raises.",
    ),
    "Bad: silent broadcasting": Preset(
        Experiment(dataset="air_passengers", layers=(LSTM(16, return_sequences=True),), flat_labels=True),
        "Labels (32,) against outputs (32, 12, 1): Keras says nothing, and compares everything with everything.",
    ),
    "Bad: stateful and shuffled": Preset(
        Experiment(
            dataset="air_passengers", timesteps=6, batch_size=1, layers=(LSTM(8, stateful=True),), shuffle=True
        ),
        "The state goes on from a sample that comes from elsewhere in the series.",
    ),
    "Two layers, a day of half-hours ahead": Preset(
        Experiment(
            dataset="electricity", features=("demand_gw", "temperature_c"), targets=("demand_gw",), timesteps=48,
            horizon=48, stride=4, layers=(LSTM(48, return_sequences=True), LSTM(32)), epochs=10,
        ),
        "Two features go in, 48 steps come out of one Dense(48).",
    ),
    "Encoder and decoder": Preset(
        Experiment(
            dataset="electricity", timesteps=48, horizon=12, stride=4, epochs=10,
            layers=(LSTM(32), RepeatVector(12), LSTM(32, return_sequences=True)),
        ),
        "The encoder's last output is repeated once for each step ahead; the decoder turns it into a sequence.",
    ),
    "GRU, read in both directions": Preset(
        Experiment(dataset="sunspots", timesteps=125, stride=5, layers=(Bidirectional(GRU(16)),), epochs=15),
        "The same diagram with another cell. Two copies of it double the last axis.",
    ),
    "Tomorrow's weather as a class": Preset(
        Experiment(dataset="seattle_weather", labels="class", timesteps=14, layers=(LSTM(32),), epochs=15),
        "The head has one output per class, and the loss takes class numbers.",
    ),
    "Sequences of unequal length": Preset(
        Experiment(
            dataset="japanese_vowels", labels="class", timesteps=29, padding="post", epochs=40,
            layers=(Masking(0.0), LSTM(32)),
        ),
        "Padding makes the lengths equal; Masking lets the layer skip it.",
    ),
}  # fmt: skip
