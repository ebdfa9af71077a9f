"""What jobs run in processes of their own: each returns plain values, free of Keras."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import keras

from lstm_course.data import Prepared, Series, facts_of, prepare
from lstm_course.data.series import Sequences
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.events import Epoch
from lstm_course.keras_bridge.fit import Engine
from lstm_course.keras_bridge.forecast import Method, forecast_ahead, forecast_part
from lstm_course.keras_bridge.observation import Array, Forecast, Observation
from lstm_course.keras_bridge.observe import observe as _observe
from lstm_course.keras_bridge.train import outputs_of
from lstm_course.keras_bridge.train import train as _train
from lstm_course.keras_bridge.weights import model_of

Source = Series | Sequences | None
Emit = Callable[[object], object]
_SECONDS_BETWEEN = 0.04  # a page redraws no faster; the Run holds every epoch


def observe(exp: Experiment, series: Source = None, *, emit: Emit | None = None) -> Observation:
    """Build the experiment's model, run one batch, and return what was measured."""
    return _observe(exp, series)


def train(
    exp: Experiment,
    series: Source = None,
    *,
    engine: Engine = "auto",
    sample_weight: Array | None = None,
    emit: Emit | None = None,
    memory_mb: int | None = None,
) -> Run:
    """Train an experiment and emit its epochs: the first, the last, and those between as a page can show."""
    return _train(
        exp, series, engine=engine, sample_weight=sample_weight, memory_mb=memory_mb,
        on_epoch=_spaced(emit) if emit else None,
    )  # fmt: skip


def _spaced(emit: Emit) -> Callable[[Epoch], None]:
    last = 0.0

    def on_epoch(epoch: Epoch) -> None:
        nonlocal last
        now = time.monotonic()
        if epoch.number in (1, epoch.epochs) or now - last >= _SECONDS_BETWEEN:
            last = now
            emit(epoch)

    return on_epoch


def forecast(
    exp: Experiment,
    weights: Sequence[Array],
    series: Source = None,
    *,
    part: str | None = "test",
    steps: int = 12,
    method: Method = "recursive",
    emit: Emit | None = None,
) -> Forecast:
    """Forecast several steps with the weights of a finished run.

    Args:
        exp: the experiment of the run.
        weights: the run's weights.
        series: data of the learner's own; None: the data set that the experiment names.
        part: windows of this part; None: from the last window past the end of the data.
        steps: rows ahead.
        method: "recursive" or "direct".
    """
    model, prepared = _trained(exp, weights, series)
    if part is None:
        return forecast_ahead(model, prepared, steps, method)
    return forecast_part(model, prepared, part, steps, method)


def predict(
    exp: Experiment, weights: Sequence[Array], series: Source = None, *, emit: Emit | None = None
) -> dict[str, Array]:
    """Forecast every part with the weights of a finished run, in original units."""
    model, prepared = _trained(exp, weights, series)
    outputs, _ = outputs_of(model, prepared)
    return {part: prepared.restore(output) for part, output in outputs.items() if len(output)}


def _trained(exp: Experiment, weights: Sequence[Array], series: Source) -> tuple[keras.Model, Prepared]:
    return model_of(exp, facts_of(exp, series), weights), prepare(exp, series)
