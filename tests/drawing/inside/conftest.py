"""A network with drawn weights and real rows, for the tests of the inside views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lstm_course.data import prepare
from lstm_course.drawing.inside import Chosen, choose, network_trace, origin_of
from lstm_course.experiment import Experiment
from lstm_course.layers import Layer
from lstm_course.shapes import predict


def _chosen_in(
    *layers: Layer, timesteps: int = 8, stage: str = "recurrent-layer-1", size: float = 0.5, seed: int = 0,
    exp: dict[str, Any] | None = None, **place: Any,
) -> Chosen:  # fmt: skip
    """Choose a place in a network of these layers, whose weights are drawn at random."""
    experiment = Experiment(timesteps=timesteps, layers=layers, **(exp or {}))
    prediction, prepared = predict(experiment), prepare(experiment)
    draw = np.random.default_rng(seed)
    weights = [draw.normal(0, size, weight.shape) for layer in prediction.layers for weight in layer.weights]
    network = network_trace(prediction, weights, prepared.X["train"][5])
    return choose(network, stage, **place, origin=origin_of(prepared, 5), window=5)


@pytest.fixture
def chosen_in() -> Callable[..., Chosen]:
    """Give the function that chooses a place in a network of some layers."""
    return _chosen_in
