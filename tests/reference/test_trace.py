"""The network in NumPy against Keras itself, for one window."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.drawing.inside.trace import carried_states, network_trace
from lstm_course.experiment import Experiment
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Masking,
    RepeatVector,
    Reshape,
    SimpleRNN,
    TimeDistributed,
)
from lstm_course.shapes import Prediction, predict

pytestmark = pytest.mark.keras

T = 6
NETWORKS: dict[str, tuple[Layer, ...]] = {
    "lstm": (LSTM(4), Dense(1)),
    "gru": (GRU(4), Dense(3, activation="relu")),
    "gru-reset-before": (GRU(4, reset_after=False), Dense(1)),
    "simple-rnn": (SimpleRNN(3, activation="relu"), Dense(1)),
    "no-bias": (LSTM(3, use_bias=False), Dense(1, use_bias=False)),
    "hard-sigmoid": (GRU(3, recurrent_activation="hard_sigmoid", activation="softsign"), Dense(1)),
    "stacked": (LSTM(4, return_sequences=True), Dropout(0.3), GRU(3, return_sequences=True), SimpleRNN(2), Dense(1)),
    "backwards": (LSTM(4, go_backwards=True, return_sequences=True), GRU(2), Dense(1)),
    "bidirectional": (Bidirectional(LSTM(4)), Dense(1)),
    "bidirectional-sum": (Bidirectional(GRU(3, return_sequences=True), merge_mode="sum"), LSTM(2), Dense(1)),
    "bidirectional-mul": (Bidirectional(SimpleRNN(3), merge_mode="mul"), Dense(1)),
    "bidirectional-ave": (Bidirectional(LSTM(3, return_sequences=True), merge_mode="ave"), TimeDistributed(Dense(2))),
    "masked": (Masking(0.0), LSTM(4, return_sequences=True), GRU(3), Dense(1)),
    "masked-backwards": (Masking(0.0), LSTM(4, return_sequences=True, go_backwards=True), GRU(3), Dense(1)),
    "masked-bidirectional": (
        Masking(0.0), Bidirectional(LSTM(3, return_sequences=True)), Bidirectional(GRU(2)), Dense(1),
    ),
    "masked-flatten": (Masking(0.0), LSTM(4, return_sequences=True), Flatten(), Dense(2)),
    "encoder-decoder": (LSTM(4), RepeatVector(3), LSTM(4, return_sequences=True), TimeDistributed(Dense(1))),
    "states-passed-on": (
        LSTM(4, return_state=True), RepeatVector(3), LSTM(4, return_sequences=True, initial_state=0),
        TimeDistributed(Dense(1)),
    ),
    "gru-states-passed-on": (GRU(4, return_state=True), RepeatVector(2), GRU(4, initial_state=0), Dense(1)),
    "lstm-state-to-gru": (LSTM(4, return_state=True), RepeatVector(2), GRU(4, initial_state=0), Dense(1)),
    "sequence-head": (GRU(4, return_sequences=True), Dense(2)),
    "reshape-head": (LSTM(4), Dense(6), Reshape((3, 2))),
    "softmax-head": (LSTM(4), Dense(3, activation="softmax")),
}  # fmt: skip


def _prediction(layers: tuple[Layer, ...], **changes: object) -> Prediction:
    body = max(
        k
        for k, layer in enumerate(layers)
        if layer.keras_name in ("LSTM", "GRU", "SimpleRNN", "Bidirectional")
    )
    exp = Experiment(
        dataset="seattle_weather", features=("temp_max", "wind"), targets=("temp_max",), timesteps=T,
        layers=layers[: body + 1], head=layers[body + 1 :],
    )  # fmt: skip
    return predict(exp.change(**changes))


def _model(prediction: Prediction, batch_size: int | None = None):  # type: ignore[no-untyped-def]
    from lstm_course.keras_bridge.build import build_for_shape

    model = build_for_shape([layer.layer for layer in prediction.layers], (T, 2), batch_size)
    draw = np.random.default_rng(3)
    model.set_weights([draw.normal(0, 0.6, array.shape).astype("float32") for array in model.get_weights()])
    return model


@pytest.mark.filterwarnings("ignore:Layer .flatten.:UserWarning")  # that Flatten drops the mask is the point
@pytest.mark.parametrize("name", NETWORKS)
def test_the_trace_of_a_network_equals_what_keras_computes(name: str) -> None:
    import keras

    prediction = _prediction(NETWORKS[name])
    model = _model(prediction)
    window = np.random.default_rng(5).normal(size=(T, 2)).astype("float32")
    if name.startswith("masked"):
        window[[0, 3]] = 0.0
    expected = keras.ops.convert_to_numpy(model(window[np.newaxis], training=False))[0]

    trace = network_trace(prediction, model.get_weights(), window)

    assert trace.output.shape == expected.shape
    np.testing.assert_allclose(trace.output, expected, atol=1e-5)


def test_a_stateful_layer_starts_where_its_lane_ended() -> None:
    import keras

    prediction = _prediction((LSTM(4, stateful=True), Dense(1)), batch_size=2)
    model = _model(prediction, batch_size=2)
    windows = np.random.default_rng(5).normal(size=(3, 2, T, 2)).astype("float32")
    for batch in windows[:2]:
        model(batch)
    expected = keras.ops.convert_to_numpy(model(windows[2]))

    states = carried_states(prediction, model.get_weights(), windows[:2, 1])
    trace = network_trace(prediction, model.get_weights(), windows[2, 1], states)

    np.testing.assert_allclose(trace.output, expected[1], atol=1e-5)
