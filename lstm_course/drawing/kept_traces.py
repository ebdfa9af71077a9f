"""Traces, kept while only the look of the picture changes: following a large network takes a second."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.drawing.inside.trace import NetworkTrace, network_trace
from lstm_course.shapes import Prediction

_KEPT = 4
_known: OrderedDict[Hashable, tuple[Sequence[ArrayLike], NetworkTrace]] = OrderedDict()
_lock = threading.Lock()  # visitors are served by threads of one process


def kept_trace(
    prediction: Prediction,
    weights: Sequence[ArrayLike],
    window: NDArray[np.floating],
    initial_states: Mapping[int, Sequence[ArrayLike]],
) -> NetworkTrace:
    """Return the trace of a window, computed once for the same experiment, weight arrays and rows.

    Args:
        prediction: the predicted shapes of the experiment.
        weights: all arrays of the model, as `model.get_weights()`; arrays are told apart by identity.
        window: array of shape (timesteps, features), scaled as the network sees it.
        initial_states: states that stateful layers start with, by position.

    Raises:
        ValueError: as `network_trace`.
    """
    held = list(weights)
    states = tuple(
        (place, *(np.asarray(part).tobytes() for part in each)) for place, each in initial_states.items()
    )
    key = prediction.exp, tuple(map(id, held)), np.asarray(window).tobytes(), states
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key][1]
    trace = network_trace(prediction, weights, window, initial_states)
    with _lock:
        _known[key] = held, trace  # the arrays are kept so that their identities stay their own
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return trace
