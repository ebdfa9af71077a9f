"""The scene of an experiment: its stages, the chosen window, and every number of the network for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.data import Prepared
from lstm_course.drawing.inside.trace import carried_states
from lstm_course.drawing.kept_traces import kept_trace
from lstm_course.drawing.rows_view import rows_view, window_view
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.scene_stages import scene_stages
from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional
from lstm_course.shapes import Prediction, Stage

MAX_EARLIER = 50
"""Windows of a lane that are gone through before a stateful one; what lies further back has faded."""


class HasWeights(Protocol):
    """A run: anything that holds the weights of the trained model."""

    @property
    def weights(self) -> Sequence[NDArray[np.floating]]:
        """All arrays of the model, as `model.get_weights()`."""


def title_of(prediction: Prediction) -> str:
    """Say in one line what a diagram of an experiment shows."""
    exp = prediction.exp
    if prediction.facts.is_sequences:
        return f"One sequence of {exp.dataset}, through {_network_name(exp)}, to its class"
    goal = "class" if exp.is_classification else "label"
    return f"One window of {exp.dataset}, through {_network_name(exp)}, to its {goal}"


def _network_name(exp: Experiment) -> str:
    names = [layer.keras_name for layer in exp.recurrent_layers]
    if len(names) == 1:
        wrapped = any(isinstance(layer, Bidirectional) for layer in exp.layers)
        article = "an" if names[0] == "LSTM" and not wrapped else "a"
        return f"{article} {'bidirectional ' if wrapped else ''}{names[0]}"
    count = ("two", "three", "four")[len(names) - 2]
    return f"{count} {names[0] if len(set(names)) == 1 else 'recurrent'} layers"


def build_scene(
    prediction: Prediction,
    *,
    prepared: Prepared | None = None,
    observed: Sequence[Stage] | None = None,
    weights: Sequence[ArrayLike] | None = None,
    window: int = 0,
    timestep: int | None = None,
    unit: int = 0,
    focus: str | None = None,
    table: Prepared | None = None,
) -> Scene:
    """Gather what the drawers need.

    Args:
        prediction: what the rules say of the experiment.
        prepared: its rows, windows and labels; None draws shapes without values.
        observed: the same stages as measured on a real Keras model; None: not measured yet.
        weights: all arrays of the model, as `model.get_weights()`; None draws no states.
        window: number of the training sample that is followed upwards; the last one if there are fewer.
        timestep: chosen timestep, from 0.
        unit: chosen unit, from 0.
        focus: id of the stage that is lit.
        table: the rows alone, where there are no windows.
    """
    chosen = window_view(prepared, window) if prepared is not None else None
    source = prepared or table
    trace = None
    if weights is not None and chosen is not None and prediction.layers:
        trace = kept_trace(
            prediction, weights, chosen.inputs, _before(prediction, prepared, weights, chosen.number)
        )
    return Scene(
        title=title_of(prediction), stages=scene_stages(prediction, observed), label=prediction.label,
        comparison=prediction.comparison, class_names=prediction.facts.class_names, prediction=prediction,
        rows=rows_view(source, chosen) if source is not None else None,
        window=chosen, trace=trace, focus=focus, timestep=timestep, unit=unit,
    )  # fmt: skip


def _before(
    prediction: Prediction, prepared: Prepared | None, weights: Sequence[ArrayLike], window: int
) -> dict[int, tuple[NDArray[np.floating], ...]]:
    """Give the states that stateful layers hold when a window arrives: those that its lane left behind."""
    if not prediction.exp.stateful or prepared is None:
        return {}
    size = prediction.exp.batch_size
    earlier = range(window % size, window, size)
    return carried_states(prediction, weights, [prepared.X["train"][row] for row in earlier][-MAX_EARLIER:])
