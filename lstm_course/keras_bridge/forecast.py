"""Forecasts of many steps, for all windows in one call: fed back step by step, or given at once."""

from __future__ import annotations

from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf

from lstm_course.data import Prepared, Series
from lstm_course.keras_bridge.callbacks import reset_states
from lstm_course.keras_bridge.feed import WindowFeed, scaled_rows
from lstm_course.keras_bridge.graphs import graph_of
from lstm_course.keras_bridge.observation import Array, Forecast
from lstm_course.keras_bridge.predict import CHUNK, chunks, predict_feed
from lstm_course.problems import ProblemError, whole_number

Method = Literal["recursive", "direct"]


def forecast_part(
    model: keras.Model, prepared: Prepared, part: str = "test", steps: int = 12, method: Method = "recursive"
) -> Forecast:
    """Forecast several steps from every window of a part.

    "recursive" appends each forecast to the window and forecasts on; features that are not forecast stay at
    their last known value. "direct" takes the steps that the network gives at once.

    Args:
        model: the experiment's trained model.
        prepared: the experiment's arrays.
        part: "train", "validation" or "test".
        steps: rows ahead, 1 or more; for "direct" at most the experiment's horizon.
        method: "recursive" or "direct".

    Raises:
        ProblemError: when the data are no series of numbers, or the network cannot forecast that far.
    """
    return _forecast(model, prepared, np.asarray(prepared.rows[part]), steps, method)


def forecast_ahead(
    model: keras.Model, prepared: Prepared, steps: int = 12, method: Method = "recursive"
) -> Forecast:
    """Forecast past the end of the data, from the last window there is; shapes as `forecast_part` for one sample.

    Raises:
        ProblemError: as `forecast_part`.
    """
    last = len(prepared.targets) - prepared.experiment.timesteps
    return _forecast(model, prepared, np.array([last]), steps, method)


def _forecast(model: keras.Model, prepared: Prepared, starts: Array, steps: int, method: Method) -> Forecast:
    whole_number("steps", steps, at_least=1)
    if method not in ("recursive", "direct"):
        raise ProblemError(f"method={method!r}: expected 'recursive' or 'direct'.")
    rows = _series_rows(prepared)
    timesteps = prepared.experiment.timesteps
    none = np.zeros(len(starts), dtype=np.float32)  # labels do not matter here
    windows = WindowFeed(rows, starts, timesteps, prepared.input_shape, none)
    if method == "direct":
        scaled, num_calls = _direct(model, prepared, windows, steps), 1
    else:
        scaled, num_calls = _recursive(model, prepared, windows, steps)
    scaler = prepared.target_scaler
    values = scaler.inverse(scaled) if scaler else scaled
    places = starts[:, None] + timesteps + np.arange(steps)  # (samples, steps)
    return Forecast(values, _truth(prepared, places), places, method, num_calls)


def _series_rows(prepared: Prepared) -> Array:
    if not isinstance(prepared.source, Series) or prepared.target_scaler is None:
        raise ProblemError(
            "Forecasts of several steps need a series of numbers; these labels are classes. Use labels='steps'."
        )
    return scaled_rows(prepared)


def _truth(prepared: Prepared, places: Array) -> Array:
    known = places < len(prepared.targets)
    values = prepared.targets[np.where(known, places, 0)]  # (samples, steps, targets)
    return np.where(known[:, :, None], values, np.nan)


def _direct(model: keras.Model, prepared: Prepared, windows: WindowFeed, steps: int) -> Array:
    exp = prepared.experiment
    if exp.labels != "steps" or steps > exp.horizon:
        raise ProblemError(
            f"The network forecasts {exp.horizon} step(s) at once with labels={exp.labels!r}; {steps} were asked for. "
            f"Train with labels='steps' and horizon={steps}, or use method='recursive'."
        )
    reset_states(model)
    output = predict_feed(model, windows, exp.batch_size if exp.stateful else None)
    return output.reshape(windows.num_samples, exp.horizon, -1)[:, :steps]


def _recursive(model: keras.Model, prepared: Prepared, windows: WindowFeed, steps: int) -> tuple[Array, int]:
    """Feed forecasts back within one compiled call, many windows side by side."""
    exp = prepared.experiment
    ahead = exp.horizon if exp.labels == "steps" else 1
    if exp.labels == "sequence" and exp.horizon != 1:
        raise ProblemError(
            f"A network that forecasts row {exp.horizon} ahead says nothing of the rows before it, so nothing can be "
            "fed back. Train with horizon=1, or with labels='steps'."
        )
    places = _places_of_targets(prepared)
    if exp.stateful:
        raise ProblemError(
            "A stateful network keeps one state for each row of a batch, so its windows cannot be forecast side by "
            "side. Use stateful=False, or method='direct'."
        )
    num_calls = -(-steps // ahead)

    def roll(current: Any) -> Any:
        found = []
        for _ in range(num_calls):
            output = model(tf.reshape(current, (-1, *prepared.input_shape)), training=False)
            if exp.labels == "sequence":
                output = output[:, -1]
            given = tf.reshape(output, (-1, ahead, len(places)))  # (samples, steps of one call, targets)
            found.append(given)
            current = tf.concat([current, _next_rows(current, given, places)], axis=1)[:, -exp.timesteps :]
        return tf.concat(found, axis=1)[:, :steps]

    if not windows.num_samples:
        return np.empty((0, steps, len(places)), dtype=np.float32), num_calls
    chunk = min(CHUNK, windows.num_samples)
    call = graph_of(roll, tf.TensorSpec((chunk, exp.timesteps, windows.rows.shape[1]), tf.float32))
    pieces = []
    for samples in chunks(windows.num_samples, chunk):
        held = windows.starts[samples][:, None] + np.arange(exp.timesteps)  # (chunk, timesteps)
        pieces.append(np.asarray(call(tf.constant(windows.rows[held]))))
    return np.concatenate(pieces)[: windows.num_samples], num_calls


def _next_rows(current: Any, given: Any, places: list[int]) -> Any:
    """Make rows of features from forecasts of the targets; other features repeat their last value."""
    num_features = current.shape[-1]
    columns = [
        given[:, :, places.index(place)]
        if place in places
        else tf.repeat(current[:, -1:, place], given.shape[1], 1)
        for place in range(num_features)
    ]
    return tf.stack(columns, axis=-1)  # (samples, steps of one call, features)


def _places_of_targets(prepared: Prepared) -> list[int]:
    missing = [name for name in prepared.target_names if name not in prepared.feature_names]
    if missing:
        raise ProblemError(
            f"A forecast of {', '.join(missing)} cannot be fed back, because it is not among the features "
            f"({', '.join(prepared.feature_names)}). Add it to the features, or use method='direct'."
        )
    return [prepared.feature_names.index(name) for name in prepared.target_names]
