"""What the layers around a recurrent layer compute, one small pure function each.

Arrays come batched, samples first, as Keras's layers take them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from lstm_course.cells.activations import Array, get
from lstm_course.cells.cell import Cell
from lstm_course.cells.unroll import Mask, Trace, unroll

MergeMode = Literal["concat", "sum", "ave", "mul"]
"""How Bidirectional joins its two outputs; None keeps both."""

_MERGES: dict[str, Callable[[Array, Array], Array]] = {
    "concat": lambda forward, backward: np.concatenate([forward, backward], axis=-1),
    "sum": np.add,
    "ave": lambda forward, backward: (forward + backward) / 2,
    "mul": np.multiply,
}


@dataclass(frozen=True)
class BidirectionalTrace:
    """What Bidirectional computed: the two layers, and their outputs joined."""

    forward: Trace  # from the first timestep to the last
    backward: Trace  # from the last timestep to the first, in the order of processing
    outputs: Array | tuple[Array, Array]  # with return_sequences, in the order of the input
    last_output: Array | tuple[Array, Array]  # without: each direction's own last step

    @property
    def final_states(self) -> tuple[Array, ...]:
        """What return_state=True adds: the forward layer's states, then the backward layer's."""
        return self.forward.final_states + self.backward.final_states


def recurrent_layer(kind: Cell | str, x: ArrayLike, weights: Sequence[ArrayLike], **arguments: Any) -> Trace:
    """Compute LSTM, GRU or SimpleRNN from the arrays of `layer.get_weights()`.

    Args:
        kind: "LSTM", "GRU", "SimpleRNN", or a Cell.
        x: array of shape (samples, timesteps, features) or (timesteps, features).
        weights: kernel, recurrent_kernel and, with use_bias=True, bias.
        **arguments: those of `unroll`.

    Returns:
        The Trace: `.outputs` with return_sequences=True, `.last_output` without, `.final_states`.

    Example:
        >>> recurrent_layer("GRU", np.ones((2, 5, 1)), [np.ones((1, 12)), np.ones((4, 12))]).last_output.shape
        (2, 4)
    """
    return unroll(kind, x, weights, **arguments)


def bidirectional(
    kind: Cell | str,
    x: ArrayLike,
    weights: Sequence[ArrayLike],
    merge_mode: MergeMode | None = "concat",
    *,
    initial_states: Sequence[ArrayLike] | None = None,
    mask: ArrayLike | None = None,
    **arguments: Any,
) -> BidirectionalTrace:
    """Compute Bidirectional: one layer reads forwards, its twin backwards, their outputs are joined.

    At masked timesteps `outputs` is zero before it is joined, `last_output` repeats: so it is in Keras.

    Args:
        kind: "LSTM", "GRU", "SimpleRNN", or a Cell.
        x: array of shape (samples, timesteps, features) or (timesteps, features).
        weights: the forward layer's arrays, then the backward layer's, as `get_weights()` of Bidirectional.
        merge_mode: "concat" doubles the last axis; "sum", "ave" and "mul" keep it; None gives a pair.
        initial_states: the forward layer's states, then the backward layer's; None: zeros.
        mask: booleans of shape (samples, timesteps) or (timesteps,), True where a timestep counts.
        **arguments: the cell's arguments.

    Raises:
        ValueError: an unknown merge_mode, or arrays that cannot be halved.

    Example:
        >>> arrays = [np.ones((1, 2)), np.ones((2, 2)), np.zeros(2)]
        >>> bidirectional("SimpleRNN", np.ones((3, 5, 1)), arrays + arrays).outputs.shape
        (3, 5, 4)

    Source: `keras.layers.Bidirectional`.
    """
    front, back = _halves("weights", weights)
    front_states, back_states = (
        (None, None) if initial_states is None else _halves("initial_states", initial_states)
    )
    forward = unroll(kind, x, front, initial_states=front_states, mask=mask, **arguments)
    backward = unroll(kind, x, back, initial_states=back_states, mask=mask, go_backwards=True, **arguments)
    sequences = _zero_masked(forward), np.flip(_zero_masked(backward), axis=-2)
    return BidirectionalTrace(
        forward=forward,
        backward=backward,
        outputs=merge(*sequences, merge_mode),
        last_output=merge(forward.last_output, backward.last_output, merge_mode),
    )


def merge(forward: Array, backward: Array, merge_mode: MergeMode | None) -> Array | tuple[Array, Array]:
    """Join the outputs of the two directions.

    Example:
        >>> merge(np.array([1.0, 2.0]), np.array([3.0, 4.0]), "ave").tolist()
        [2.0, 3.0]
    """
    if merge_mode is None:
        return forward, backward
    if merge_mode not in _MERGES:
        raise ValueError(
            f"Got merge_mode={merge_mode!r}, expected one of {', '.join(_MERGES)}, or None. Choose one of them."
        )
    return _MERGES[merge_mode](forward, backward)


def dense(
    x: ArrayLike, kernel: ArrayLike, bias: ArrayLike | None = None, activation: str | None = None
) -> Array:
    """Compute Dense on the last axis, whatever stands before it.

    Args:
        x: array of shape (samples, …, features).
        kernel: array of shape (features, units).
        bias: array of shape (units,), or None.
        activation: an activation's Keras name; None is linear.

    Returns:
        Array of shape (samples, …, units).

    Example:
        >>> dense([[1.0, 2.0]], [[1.0], [10.0]], [0.5]).tolist()
        [[21.5]]
    """
    matrix = np.asarray(kernel)
    inputs = np.asarray(x, dtype=matrix.dtype)
    if inputs.ndim < 1 or inputs.shape[-1] != matrix.shape[0]:
        raise ValueError(
            f"Got x of shape {inputs.shape} and a kernel of shape {matrix.shape}, expected the last axis of x to "
            f"be {matrix.shape[0]}, the rows of the kernel. Pass the output of the layer before this one."
        )
    z = inputs @ matrix  # (…, features) @ (features, units) → (…, units)
    return get(activation)(z if bias is None else z + np.asarray(bias, dtype=matrix.dtype))


def dropout(x: ArrayLike) -> Array:
    """Compute Dropout outside training: nothing is dropped, nothing is scaled."""
    return np.asarray(x)


def masking(x: ArrayLike, mask_value: float = 0.0) -> tuple[Array, Mask]:
    """Compute Masking: find the timesteps whose features all equal mask_value, and set them to zero.

    Args:
        x: array of shape (samples, timesteps, features).
        mask_value: the value that padding was filled with.

    Returns:
        x with masked timesteps at zero, and the mask (samples, timesteps), True where a timestep counts.

    Example:
        >>> values, mask = masking([[[1.0, -1.0], [-1.0, -1.0]]], mask_value=-1.0)
        >>> values.tolist(), mask.tolist()
        ([[[1.0, -1.0], [0.0, 0.0]]], [[True, False]])
    """
    inputs = np.asarray(x)
    mask = np.any(inputs != mask_value, axis=-1)  # (samples, timesteps, features) → (samples, timesteps)
    return np.where(mask[..., None], inputs, np.zeros((), dtype=inputs.dtype)), mask


def repeat_vector(x: ArrayLike, n: int) -> Array:
    """Compute RepeatVector: (samples, features) becomes (samples, n, features), the same row n times.

    Example:
        >>> repeat_vector([[1.0, 2.0]], 3).shape
        (1, 3, 2)
    """
    inputs = np.asarray(x)
    if inputs.ndim != 2:
        raise ValueError(
            f"Got x of shape {inputs.shape}, expected (samples, features). Set return_sequences=False on the layer "
            "before RepeatVector."
        )
    return np.repeat(inputs[:, np.newaxis, :], n, axis=1)  # (samples, features) → (samples, n, features)


def time_distributed(function: Callable[[Array], Array], x: ArrayLike) -> Array:
    """Compute TimeDistributed: the same function on each timestep by itself.

    Args:
        function: a layer from (samples, …) to (samples, …), such as a `dense` with its weights.
        x: array of shape (samples, timesteps, …).

    Returns:
        Array of shape (samples, timesteps, …).

    Example:
        >>> time_distributed(lambda step: step.sum(axis=-1, keepdims=True), np.ones((2, 5, 3))).shape
        (2, 5, 1)
    """
    inputs = np.asarray(x)
    if inputs.ndim < 3:
        raise ValueError(
            f"Got x of shape {inputs.shape}, expected (samples, timesteps, features). Set return_sequences=True on "
            "the layer before TimeDistributed."
        )
    return np.stack([function(inputs[:, t]) for t in range(inputs.shape[1])], axis=1)


def flatten(x: ArrayLike) -> Array:
    """Compute Flatten: every axis after samples becomes one.

    Example:
        >>> flatten(np.zeros((2, 5, 3))).shape
        (2, 15)
    """
    inputs = np.asarray(x)
    return inputs.reshape(inputs.shape[0], int(np.prod(inputs.shape[1:])))


def reshape(x: ArrayLike, target_shape: Sequence[int]) -> Array:
    """Compute Reshape: the axes after samples become target_shape; one of them may be -1.

    Example:
        >>> reshape(np.zeros((2, 6)), (3, -1)).shape
        (2, 3, 2)
    """
    inputs = np.asarray(x)
    size = int(np.prod(inputs.shape[1:]))
    known = int(np.prod([axis for axis in target_shape if axis != -1]))
    free = list(target_shape).count(-1)
    if free > 1 or (size % known if free and known else size != known):
        raise ValueError(
            f"Got target_shape={tuple(target_shape)} for x of shape {inputs.shape}, expected a shape of {size} numbers "
            "a sample. Leave the samples axis out; at most one axis may be -1."
        )
    return inputs.reshape(inputs.shape[0], *(size // known if axis == -1 else axis for axis in target_shape))


def _halves(name: str, arrays: Sequence[ArrayLike]) -> tuple[Sequence[ArrayLike], Sequence[ArrayLike]]:
    if len(arrays) % 2:
        raise ValueError(
            f"Got {len(arrays)} {name}, expected an even number: the forward layer's, then the backward layer's. "
            "Pass both."
        )
    return arrays[: len(arrays) // 2], arrays[len(arrays) // 2 :]


def _zero_masked(trace: Trace) -> Array:
    if trace.mask is None:
        return trace.outputs
    return np.where(trace.mask[..., None], trace.outputs, 0)
