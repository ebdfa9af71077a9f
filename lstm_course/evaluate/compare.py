"""All baselines of an Experiment, forecast and scored on its own targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.prepared import Prepared
from lstm_course.data.series import Floats, Sequences
from lstm_course.data.split import PART_NAMES
from lstm_course.evaluate.baselines import (
    LinearModel,
    drift,
    majority_class,
    moving_average,
    nearest_centroid,
    persistence,
    seasonal_drift,
    seasonal_naive,
    task_of,
)
from lstm_course.evaluate.metrics import class_scores, mase_scale, number_scores

Array = npt.NDArray[Any]
_SEASONS = {"D": 7, "B": 5, "h": 24, "30min": 48, "15min": 96, "W": 52, "MS": 12, "ME": 12, "QS": 4, "QE": 4}
Scores = Mapping[str, Mapping[str, Mapping[str, float]]]


def baseline_forecasts(ready: Prepared) -> dict[str, dict[str, Array]]:
    """Return the forecasts of every baseline that suits the data, by name and part, in original units.

    Each has the shape of the truth of its part, `ready.truth(part)`.

    >>> from lstm_course.data import prepare
    >>> from lstm_course.experiment import Experiment
    >>> sorted(baseline_forecasts(prepare(Experiment())))
    ['drift', 'linear', 'moving average', 'persistence', 'seasonal drift', 'seasonal naive']
    """
    return _class_forecasts(ready) if ready.class_names else _number_forecasts(ready)


def persistence_forecasts(ready: Prepared) -> dict[str, Array]:
    """Return the forecasts of persistence alone, by part: the other baselines take fitting.

    Each has the shape of `ready.truth(part)`; empty for sequences, which have no row before.

    >>> from lstm_course.data import prepare
    >>> from lstm_course.experiment import Experiment
    >>> sorted(persistence_forecasts(prepare(Experiment())))
    ['test', 'train', 'validation']
    """
    if ready.parts is None:
        return {}
    last = {part: persistence(task_of(ready, part)) for part in PART_NAMES}
    if ready.class_names:
        return {part: values[:, 0, 0].astype(np.int64) for part, values in last.items()}
    return {part: values.reshape(ready.y[part].shape) for part, values in last.items()}


def season_of(ready: Prepared) -> int:
    """Return the rows of the main season: the card's; for rows of the learner's own, the one that their step suggests.

    Rows of a day have a week, of an hour a day, of a month or a quarter a year; 1 where nothing is known.
    """
    if ready.source.card:
        return ready.source.card.season
    step = getattr(ready.source, "frequency", None) or ""
    return _SEASONS.get(step.partition("-")[0], 1)


def _number_forecasts(ready: Prepared) -> dict[str, dict[str, Array]]:
    season = season_of(ready)
    num_rows = season if season > 1 else ready.experiment.timesteps
    found: dict[str, dict[str, Array]] = {"persistence": persistence_forecasts(ready)}
    for part in PART_NAMES:
        task = task_of(ready, part)
        each = {}
        if season > 1:
            each["seasonal naive"] = seasonal_naive(task, season)
            each["seasonal drift"] = seasonal_drift(task, season)
        each |= {"drift": drift(task), "moving average": moving_average(task, num_rows)}
        for name, forecast in each.items():
            found.setdefault(name, {})[part] = forecast.reshape(ready.y[part].shape)
    if (
        ready.experiment.labels == "steps"
    ):  # in a label sequence, later timesteps would give earlier labels away
        linear = LinearModel(ready.X["train"], ready.y["train"])
        found["linear"] = {part: ready.restore(linear.forecast(ready.X[part])) for part in PART_NAMES}
    return found


def _class_forecasts(ready: Prepared) -> dict[str, dict[str, Array]]:
    labels = ready.truth("train")
    points = {part: _mean_points(ready, part) for part in PART_NAMES}
    found: dict[str, dict[str, Array]] = {
        "majority class": {part: majority_class(labels, ready.num_samples(part)) for part in PART_NAMES},
        "nearest centroid": {
            part: nearest_centroid(points["train"], labels, points[part]) for part in PART_NAMES
        },
    }
    if ready.parts is not None:
        found["persistence"] = persistence_forecasts(ready)
    return found


def _mean_points(ready: Prepared, part: str) -> Floats:
    if isinstance(ready.source, Sequences):  # the padding must not count
        places = [ready.source.columns.index(name) for name in ready.feature_names]
        means = [ready.source.sequences[row][:, places].mean(axis=0) for row in ready.rows[part]]
        return np.array(means).reshape(len(means), len(places))
    return np.asarray(ready.X[part].mean(axis=1, dtype=np.float64))


def score(ready: Prepared, part: str, forecast: Array) -> Mapping[str, float]:
    """Return the errors of a forecast of one part, in original units; empty when there is no sample.

    MASE counts in multiples of the error that persistence makes from row to row of the training part.

    Args:
        ready: the arrays of the Experiment.
        part: "train", "validation" or "test".
        forecast: what `ready.restore` gives, in the shape of `ready.truth(part)`.
    """
    truth = ready.truth(part)
    if ready.class_names:
        return class_scores(truth, forecast)
    forecast = np.asarray(forecast).reshape(truth.shape)
    train = slice(None) if ready.parts is None else slice(ready.parts.train.start, ready.parts.train.stop)
    scales = [mase_scale(ready.targets[train, place], 1) for place in range(len(ready.target_names))]
    return number_scores(truth, forecast, ready.target_names, scales)


def score_baselines(ready: Prepared) -> dict[str, dict[str, Mapping[str, float]]]:
    """Return the errors of every baseline: name to part to metric to value.

    >>> from lstm_course.data import prepare
    >>> from lstm_course.experiment import Experiment, Split
    >>> ready = prepare(Experiment(timesteps=1, split=Split(train=95, validation=0, test=47, gap=1)))
    >>> round(score_baselines(ready)["persistence"]["test"]["rmse"], 2)
    48.66
    """
    return {
        name: {part: score(ready, part, forecast) for part, forecast in parts.items()}
        for name, parts in baseline_forecasts(ready).items()
    }
