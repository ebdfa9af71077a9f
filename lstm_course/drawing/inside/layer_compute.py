"""What one layer computes for one window, by the cells and layers of `lstm_course.cells`, and what it hands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_course import layers as specs
from lstm_course.cells import CELLS
from lstm_course.cells import forward as compute
from lstm_course.cells.unroll import Trace

Array = NDArray[np.floating]
Mask = NDArray[np.bool_]
States = tuple[Array, ...]


@dataclass(frozen=True)
class Passed:
    """What a layer hands on."""

    value: Array  # (1, …): what leaves
    mask: Mask | None  # (1, timesteps): the mask that leaves with it, if the layer lets it
    traces: tuple[Trace, ...] = ()  # of its cells: none, one, or forward and backward
    states: States = ()  # (units,) each: its last states


def apply_layer(
    layer: specs.Layer, x: Array, mask: Mask | None, weights: list[Array], start: Sequence[Array] | None
) -> Passed:
    """Compute one layer for one window.

    Args:
        layer: the layer.
        x: what enters, the batch axis of size 1 first.
        mask: (1, timesteps), or None where no mask arrives.
        weights: its arrays.
        start: its first states, (1, units) each; None: zeros.
    """
    match layer:
        case specs.Recurrent():
            return _recurrent(layer, x, mask, weights, start)
        case specs.Bidirectional():
            return _bidirectional(layer, x, mask, weights, start)
        case specs.Masking():
            return Passed(*compute.masking(x, layer.mask_value))
        case specs.TimeDistributed():
            return Passed(compute.time_distributed(lambda step: _plain(layer.layer, step, weights), x), mask)
        case _:
            return Passed(_plain(layer, x, weights), mask)


def _plain(layer: specs.Layer, x: Array, weights: list[Array]) -> Array:
    match layer:
        case specs.Dense():
            return compute.dense(x, weights[0], weights[1] if layer.use_bias else None, layer.activation)
        case specs.Dropout():
            return compute.dropout(x)
        case specs.RepeatVector():
            return compute.repeat_vector(x, layer.n)
        case specs.Flatten():
            return compute.flatten(x)
        case specs.Reshape():
            return compute.reshape(x, layer.target_shape)
    raise ValueError(
        f"Got the layer {layer.code}, which cannot be traced. Add how it computes to `inside/layer_compute.py`."
    )


def _recurrent(
    layer: specs.Recurrent, x: Array, mask: Mask | None, weights: list[Array], start: Sequence[Array] | None
) -> Passed:
    trace = compute.recurrent_layer(
        layer.keras_name, x, weights, initial_states=start, mask=mask, go_backwards=layer.go_backwards,
        **cell_arguments(layer),
    )  # fmt: skip
    value = trace.outputs if layer.return_sequences else trace.last_output
    return Passed(value, mask, (trace.sample(0),), _without_batch(trace.final_states))


def _bidirectional(
    layer: specs.Bidirectional,
    x: Array,
    mask: Mask | None,
    weights: list[Array],
    start: Sequence[Array] | None,
) -> Passed:
    inner = layer.layer
    both = compute.bidirectional(
        inner.keras_name,
        x,
        weights,
        layer.merge_mode,  # type: ignore[arg-type]
        initial_states=start,
        mask=mask,
        **cell_arguments(inner),
    )
    value = np.asarray(both.outputs if inner.return_sequences else both.last_output)
    return Passed(
        value, mask, (both.forward.sample(0), both.backward.sample(0)), _without_batch(both.final_states)
    )


def cell_arguments(layer: specs.Recurrent) -> dict[str, Any]:
    """Give the layer's arguments that its cell takes: activation, recurrent_activation, reset_after.

    Example:
        >>> cell_arguments(specs.SimpleRNN(4, activation="relu"))
        {'activation': 'relu'}
    """
    return {name: getattr(layer, name) for name in CELLS[layer.keras_name].defaults}


def _without_batch(states: Sequence[Array]) -> States:
    return tuple(state[0] for state in states)
