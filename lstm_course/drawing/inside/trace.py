"""What the whole network computes for one chosen window, layer by layer, in NumPy.

Here the layers are joined into a network: which array belongs to which layer, which mask and which states reach it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from lstm_course import layers as specs
from lstm_course.cells.unroll import Trace
from lstm_course.drawing.inside.layer_compute import Array, Mask, States, apply_layer

if TYPE_CHECKING:
    from lstm_course.shapes import LayerShape, Prediction


@dataclass(frozen=True)
class LayerTrace:
    """One layer, for one window: what came in, what left, and every number between."""

    shape: LayerShape  # the layer, with its predicted shapes
    stage: str  # id of the stage it is drawn in
    input: Array  # (timesteps, features) or (features,): without the batch axis
    output: Array  # what leaves upwards, without the batch axis
    mask: Mask | None  # (timesteps,), True where a timestep counts; None where no mask arrives
    traces: tuple[Trace, ...] = ()  # the cells' traces: one, or forward and backward; none for other layers
    states: States = ()  # the last states, (units,) each: what return_state hands on
    weights: tuple[Array, ...] = ()  # the layer's arrays, as layer.get_weights()

    @property
    def is_recurrent(self) -> bool:
        """Whether the layer holds a cell."""
        return bool(self.traces)


@dataclass(frozen=True)
class NetworkTrace:
    """The whole network, for one window."""

    window: Array  # (timesteps, features), as it enters the network
    layers: tuple[LayerTrace, ...]  # from the bottom up, the head included

    @property
    def output(self) -> Array:
        """What leaves the last layer, without the batch axis."""
        return self.layers[-1].output if self.layers else self.window

    @property
    def recurrent(self) -> tuple[LayerTrace, ...]:
        """The recurrent layers from the bottom up."""
        return tuple(layer for layer in self.layers if layer.is_recurrent)

    def of_stage(self, stage: str) -> tuple[LayerTrace, ...]:
        """Give the layers drawn in one stage."""
        return tuple(layer for layer in self.layers if layer.stage == stage)

    def recurrent_of_stage(self, stage: str) -> LayerTrace:
        """Give the recurrent layer of one stage.

        Raises:
            ValueError: the stage holds none.
        """
        for layer in self.of_stage(stage):
            if layer.is_recurrent:
                return layer
        known = ", ".join(layer.stage for layer in self.recurrent) or "none"
        raise ValueError(
            f"Got the stage {stage!r}, expected one with a recurrent layer: {known}. Choose one of them."
        )


quiet = np.errstate(over="ignore", invalid="ignore")
"""Decorator: a network that grows beyond all bounds does so without a word, as it does in Keras."""


@quiet
def network_trace(
    prediction: Prediction,
    weights: Sequence[ArrayLike],
    x_window: ArrayLike,
    initial_states: Mapping[int, Sequence[ArrayLike]] | None = None,
) -> NetworkTrace:
    """Compute the network for one window, and keep every number.

    Outside training, so nothing is dropped. Where the prediction says that the network is impossible from some
    layer on, the trace ends below that layer.

    Args:
        prediction: the predicted shapes of the experiment.
        weights: all arrays of the model in the order of `model.get_weights()`, one layer after the other.
        x_window: array of shape (timesteps, features), scaled as the network sees it.
        initial_states: for a stateful layer, by its position: one array (units,) a state; others start at zero.

    Returns:
        The NetworkTrace, in the dtype of the weights.

    Raises:
        ValueError: the number or the shapes of the arrays belong to another network.
    """
    arrays = [np.asarray(array) for array in weights]
    shares = _shares(prediction.layers, arrays)
    window = np.asarray(x_window, dtype=arrays[0].dtype if arrays else np.float32)
    stages = {layer.position: stage.id for stage in prediction.stages for layer in stage.layers}
    value, mask = window[np.newaxis], None  # (timesteps, features) → (1, timesteps, features)
    traced: list[LayerTrace] = []
    for shape, share in zip(prediction.layers, shares, strict=True):
        start = _initial(shape, traced, (initial_states or {}).get(shape.position))
        passed = apply_layer(shape.layer, value, mask, share, start)
        traced.append(
            LayerTrace(
                shape, stages.get(shape.position, ""), value[0], passed.value[0], None if mask is None else mask[0],
                passed.traces, passed.states, tuple(share),
            )
        )  # fmt: skip
        value, mask = passed.value, passed.mask if shape.passes_mask else None
    return NetworkTrace(window, tuple(traced))


def carried_states(
    prediction: Prediction, weights: Sequence[ArrayLike], windows: Sequence[ArrayLike]
) -> dict[int, States]:
    """Give the states that the stateful layers hold after one lane's earlier windows, one after the other.

    Args:
        prediction: the predicted shapes of the experiment.
        weights: all arrays of the model, as in `network_trace`.
        windows: the windows that row i of the earlier batches held since the last reset, each (timesteps, features).

    Returns:
        For the position of each stateful layer its states, (units,) each; empty when there was no window.
    """
    states: dict[int, States] = {}
    for window in windows:
        trace = network_trace(prediction, weights, window, states)
        states = {
            layer.shape.position: _last_states(layer)
            for layer in trace.recurrent
            if _is_stateful(layer.shape)
        }
    return states


def _shares(layers: Sequence[LayerShape], arrays: list[Array]) -> list[list[Array]]:
    counts = [len(layer.weights) for layer in layers]
    needed = [weight.shape for layer in layers for weight in layer.weights]
    given = [array.shape for array in arrays[: len(needed)]]
    if given != needed:
        raise ValueError(
            f"Got weights of shapes {given}, expected {needed}. Pass model.get_weights() of this experiment's model."
        )
    starts = np.cumsum([0, *counts])
    return [arrays[start : start + count] for start, count in zip(starts, counts, strict=False)]


def _initial(
    shape: LayerShape, below: list[LayerTrace], given: Sequence[ArrayLike] | None
) -> Sequence[Array] | None:
    recurrent = specs.recurrent_of(shape.layer)
    if recurrent is None:
        return None
    source = recurrent.initial_state
    found = below[source].states if source is not None else given
    if found is None:
        return None
    directions = 2 if isinstance(shape.layer, specs.Bidirectional) else 1
    return [np.asarray(state)[np.newaxis] for state in found][: directions * recurrent.num_states]


def _last_states(layer: LayerTrace) -> States:
    return tuple(state for trace in layer.traces for state in trace.final_states)


def _is_stateful(shape: LayerShape) -> bool:
    recurrent = specs.recurrent_of(shape.layer)
    return recurrent is not None and recurrent.stateful
