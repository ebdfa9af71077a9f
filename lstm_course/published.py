"""Five models from a widely read tutorial, as it published them, with its figures.

Source: Jason Brownlee, "Time Series Prediction with LSTM Recurrent Neural Networks in Python with Keras".
The set-up is the article's, with its faults: the scaler sees the test rows, and one usable window of each part
is dropped. The split below reproduces that: 95 training rows, one left out, 47 test rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.experiment import Experiment, Split
from lstm_course.layers import LSTM


@dataclass(frozen=True)
class Published:
    """One model of the article."""

    title: str  # what the article calls it
    experiment: Experiment  # the set-up
    train_rmse: float  # published, thousands of passengers
    test_rmse: float  # published, thousands of passengers


def _airline(timesteps: int, *layers: LSTM, **changes: object) -> Experiment:
    base = Experiment(
        dataset="air_passengers",
        timesteps=timesteps,
        scaling="minmax",
        scaler_fit="all",
        split=Split(train=95, validation=0, test=47, gap=1),
        layers=layers or (LSTM(4),),
        batch_size=1,
        epochs=100,
    )
    return base.change(**changes)


AIRLINE: dict[str, Published] = {
    "airline-1": Published("one timestep", _airline(1), 22.93, 47.53),
    "airline-2": Published(
        "window method: 3 lags as 3 features of 1 timestep", _airline(3, lags="features"), 24.19, 58.03
    ),
    "airline-3": Published("3 timesteps of 1 feature", _airline(3), 23.69, 58.88),
    "airline-4": Published("3 timesteps, stateful", _airline(3, LSTM(4, stateful=True)), 20.74, 52.23),
    "airline-5": Published(
        "3 timesteps, two stateful layers",
        _airline(3, LSTM(4, stateful=True, return_sequences=True), LSTM(4, stateful=True)),
        20.49,
        56.35,
    ),
}
