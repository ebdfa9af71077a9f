"""What a drill counts as right is what Keras gives: a few dozen of them, built and asked."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_course.course.drills import make_drill
from lstm_course.course.grading.wire import ModelValue
from lstm_course.course.judging import right_answer
from lstm_course.data import prepare
from lstm_course.keras_bridge.build import build, build_for_shape
from lstm_course.shapes import Tensor, network_of

pytestmark = pytest.mark.keras


def keras_layer(drill, stage):
    """The Keras layer that the drill asks about; what lies above it may be impossible."""
    position = stage.layers[-1].position
    network = network_of(drill.exp, drill.prediction.facts)[: position + 1]
    entry = drill.prediction.stage("input-layer")
    batch_size = drill.exp.batch_size if drill.exp.stateful else None
    model = build_for_shape(network, entry.shape[1:], batch_size)
    return [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)][position]


def measured(drill):
    return drill.question.answer.measure(drill.prediction)


@pytest.mark.parametrize("seed", range(15))
def test_shapes(seed):
    drill = make_drill("shape", 1 + seed % 5, seed)
    right, stage = measured(drill), drill.prediction.stage(drill.question.answer.stage)
    if stage.layers:
        found = keras_layer(drill, stage).output
        output = found[0] if isinstance(found, list | tuple) else found
        assert tuple(output.shape[1:]) == right.shape[1:]
    else:
        arrays = prepare(drill.exp)
        assert (arrays.y if stage.id == "labels" else arrays.X)["train"].shape == right.shape


@pytest.mark.parametrize("seed", range(15))
def test_parameters_and_weights(seed):
    drill = make_drill("parameters", 1 + seed % 5, seed)
    stage = drill.prediction.stage(drill.question.answer.stage)
    layer = keras_layer(drill, stage)
    right = measured(drill)
    if isinstance(right, Tensor):
        assert right.shape in {tuple(weight.shape) for weight in layer.weights}
    else:
        assert right == layer.count_params()


@pytest.mark.parametrize("seed", range(15))
def test_matches(seed):
    drill = make_drill("match", 3 + seed % 3, seed)
    comparison = drill.prediction.comparison
    right = right_answer(drill.question, drill.prediction)
    loss = keras.losses.get(comparison.loss)
    is_classes = comparison.loss == "sparse_categorical_crossentropy"
    values = np.random.default_rng(seed).random(comparison.label.shape).astype("float32")
    labels = np.zeros(comparison.label.shape, "int32") if is_classes else values
    if right == "refused":
        with pytest.raises(Exception, match=r"."):  # each loss has an error of its own
            loss(labels, np.full(comparison.output.shape, 0.5, "float32"))
        return
    terms = np.asarray(loss(labels, np.full(comparison.output.shape, 0.5, "float32")))  # raises nothing
    assert np.isfinite(terms).all()
    if right == "fits" and comparison.loss == "mse":
        assert np.allclose(loss(values, values.reshape(comparison.output.shape)), 0)


@pytest.mark.parametrize("seed", range(4))
def test_steps_per_epoch(seed):
    drill = next(
        drill
        for number in range(seed * 50, seed * 50 + 50)
        if (drill := make_drill("steps", 1, number)).question.unit == "steps"
        and drill.exp.dataset == "air_passengers"
    )
    arrays = prepare(drill.exp)
    model = build(drill.exp, drill.prediction.facts)
    model.compile(loss="mse", optimizer="sgd", jit_compile=False)
    model.fit(arrays.X["train"], arrays.y["train"], batch_size=drill.exp.batch_size, epochs=1, verbose=0)
    assert int(model.optimizer.iterations) == measured(drill)


def test_a_model_travels_as_a_description():
    from lstm_course.course.grading.describe import described
    from lstm_course.course.grading.wire import decode, encode

    model = keras.Sequential([keras.Input((12, 1)), keras.layers.LSTM(4), keras.layers.Dense(1)])
    model.compile(loss="mse")
    value = decode(encode(described(model)))
    assert isinstance(value, ModelValue)
    assert (value.kind, value.input_shape, value.output_shape) == ("Sequential", (None, 12, 1), (None, 1))
    assert (value.parameters, value.loss) == (101, "mse")
    assert [(layer.kind, layer.output_shape) for layer in value.layers] == [
        ("LSTM", (None, 4)),
        ("Dense", (None, 1)),
    ]
    assert value.layers[0].weight_shapes == ((1, 16), (4, 16), (16,))
    assert value.layers[0].config["units"] == 4
