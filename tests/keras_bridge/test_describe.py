"""Models as tutorials have them, described and drawn; every shape is compared with Keras's own."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import Input, layers

import lstm_course as lc
from lstm_course.keras_bridge.describe import describe, diagram_of_file, diagram_of_model
from lstm_course.problems import ProblemError

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]


def airline() -> keras.Model:
    return keras.Sequential([Input((3, 1)), layers.LSTM(4), layers.Dense(1)])


def stacked_and_stateful() -> keras.Model:
    return keras.Sequential(
        [
            Input(batch_shape=(1, 3, 1)),
            layers.LSTM(4, stateful=True, return_sequences=True),
            layers.LSTM(4, stateful=True),
            layers.Dense(1),
        ]
    )


def reviews() -> keras.Model:
    return keras.Sequential(
        [
            Input((80,)),
            layers.Embedding(1000, 16, mask_zero=True),
            layers.Bidirectional(layers.LSTM(8, return_sequences=True)),
            layers.Bidirectional(layers.GRU(8), merge_mode="sum"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def cells() -> keras.Model:
    return keras.Sequential(
        [
            Input((10, 3)),
            layers.RNN(layers.LSTMCell(6), return_sequences=True),
            layers.RNN([layers.GRUCell(3), layers.GRUCell(4)]),
            layers.Dense(2),
        ]
    )


def frames() -> keras.Model:
    return keras.Sequential(
        [
            Input((5, 12, 12, 1)),
            layers.TimeDistributed(layers.Conv2D(4, 3)),
            layers.TimeDistributed(layers.Flatten()),
            layers.SimpleRNN(6),
            layers.Dense(2, activation="softmax"),
        ]
    )


def autoencoder() -> keras.Model:
    encoder = keras.Sequential([Input((12, 1)), layers.LSTM(4)], name="encoder")
    decoder = [layers.RepeatVector(12), layers.LSTM(4, return_sequences=True)]
    tail = layers.TimeDistributed(layers.Dense(1))
    return keras.Sequential([encoder, keras.Sequential([Input((4,)), *decoder, tail], name="decoder")])


def translation() -> keras.Model:
    source, target = Input((20, 5)), Input((7, 3))
    _, h, c = layers.LSTM(8, return_state=True, name="encoder")(source)
    decoded = layers.LSTM(8, return_sequences=True, name="decoder")(target, initial_state=[h, c])
    return keras.Model([source, target], layers.Dense(3, activation="softmax")(decoded))


def attention() -> keras.Model:
    window = Input((30, 2))
    steps = layers.MaxPooling1D(2)(layers.Conv1D(8, 3, activation="relu")(window))
    steps = layers.LSTM(8, return_sequences=True)(steps)
    added = layers.Add()([steps, layers.Attention()([steps, steps])])
    return keras.Model(window, layers.Dense(1)(layers.LayerNormalization()(added)[:, -1, :]))


def siamese() -> keras.Model:
    reader, first, second = layers.LSTM(4, name="reader"), Input((6, 2)), Input((6, 2))
    both = layers.Concatenate()([reader(first), reader(second)])
    return keras.Model([first, second], layers.Dense(1)(both))


MODELS = (
    airline, stacked_and_stateful, reviews, cells, frames, autoencoder, translation, attention, siamese,
)  # fmt: skip


def layers_of(model: keras.Model) -> dict[str, keras.Layer]:
    """Name every layer of a model, those of models within it too."""
    found = {}
    for layer in model.layers:
        found |= layers_of(layer) if isinstance(layer, keras.Model) else {layer.name: layer}
    return found


@pytest.mark.parametrize("make", MODELS)
def test_every_shape_and_count_is_keras_s_own(make: Callable[[], keras.Model]) -> None:
    model = make()
    described = describe(model)
    known = layers_of(model)
    for layer in described.layers:
        own = known.get(layer.name)
        if own is not None and len(own._inbound_nodes) == 1:
            tensors = own.output if isinstance(own.output, list) else [own.output]
            assert layer.outputs == tuple(tuple(tensor.shape) for tensor in tensors)
            assert layer.parameters == own.count_params()
    assert sum(layer.parameters for layer in described.layers) == model.count_params()
    assert described.layers[-1].outputs == (tuple(model.outputs[0].shape),)


@pytest.mark.parametrize("make", MODELS)
def test_every_model_is_drawn_from_its_file(make: Callable[[], keras.Model], tmp_path: Path) -> None:
    model = make()
    model.save(tmp_path / "mine.keras")
    drawn = diagram_of_file(tmp_path / "mine.keras", width=700, theme="light")
    ET.fromstring(drawn.to_svg())
    assert drawn.outline() == diagram_of_model(model).outline()


def test_an_array_fills_in_the_open_axes() -> None:
    model = keras.Sequential([Input((None, 2)), layers.Conv1D(3, 3), layers.LSTM(4, return_sequences=True)])
    described = describe(model, np.zeros((16, 10, 2)), np.zeros((16, 8, 4)))
    assert described.inputs == ((16, 10, 2),)
    assert [layer.outputs[0] for layer in described.layers] == [(16, 8, 3), (16, 8, 4)]
    assert described.label == (16, 8, 4)


def test_labels_that_do_not_fit_are_seen() -> None:
    model = keras.Sequential([Input((12, 1)), layers.LSTM(4, return_sequences=True), layers.Dense(1)])
    model.compile(loss="mean_squared_error")
    comparison = diagram_of_model(model, np.zeros((32, 12, 1)), np.zeros(32)).scene.comparison
    assert comparison is not None
    assert (comparison.verdict, comparison.loss) == ("broadcast", "mse")


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (keras.losses.SparseCategoricalCrossentropy(), "sparse_categorical_crossentropy"),
        (keras.losses.mean_absolute_error, "mae"),
        ("huber", "huber"),
    ],
)
def test_the_loss_is_named_as_in_keras(loss: object, name: str) -> None:
    model = airline()
    model.compile(loss=loss)
    assert describe(model).loss == name


def test_a_state_that_is_handed_over_says_from_where() -> None:
    encoder, decoder, _ = describe(translation()).layers
    assert encoder.outputs == ((None, 8), (None, 8), (None, 8))
    assert decoder.inbound == ("input 2", "encoder")
    assert "Starts with the last state of 2 LSTM" in diagram_of_model(translation()).to_svg()


def test_two_readings_that_start_with_given_states_do_not_start_at_zero() -> None:
    source, goal = Input((12, 3)), Input((6, 1))
    _, *states = layers.Bidirectional(layers.LSTM(4, return_state=True))(source)
    read = layers.Bidirectional(layers.GRU(4), merge_mode=None)(goal, initial_state=[states[0], states[2]])
    drawn = diagram_of_model(keras.Model([source, goal], layers.Concatenate()(read)))
    assert "Bidirectional(GRU, merge_mode=None" in drawn.outline()
    given = layers.Bidirectional(layers.LSTM(4))(goal, initial_state=states)
    svg = diagram_of_model(keras.Model([source, goal], given)).to_svg()
    assert "Starts with what 2 Bidirectional(LSTM) hands on, not with zeros." in svg


def test_pictures_over_time_lose_their_timesteps() -> None:
    drawn = diagram_of_model(keras.Sequential([Input((6, 8, 8, 1)), layers.ConvLSTM2D(4, 3)]))
    assert "timesteps 6 ends here" in drawn.outline()
    assert "<svg" in drawn.to_svg()


def test_a_shared_layer_stands_twice_and_is_counted_once() -> None:
    first, second, joined, _ = describe(siamese()).layers
    assert (first.parameters, second.parameters) == (112, 0)
    assert joined.inbound == ("reader", "reader, use 2")


def test_a_mask_is_no_layer() -> None:
    assert [layer.class_name for layer in describe(reviews()).layers] == [
        "Embedding", "Bidirectional", "Bidirectional", "Dense",
    ]  # fmt: skip


def test_rnn_with_a_known_cell_is_drawn_as_the_layer() -> None:
    drawn = diagram_of_model(cells())
    assert "RNN(LSTMCell(6), return_sequences=True)" in drawn.outline()
    assert drawn.scene.stage("recurrent-layer-1") is not None


class Own(keras.Model):
    def __init__(self) -> None:
        super().__init__(name="own")
        self.reader, self.head = layers.LSTM(4), layers.Dense(1)

    def call(self, x):
        return self.head(self.reader(x))


def test_a_class_of_ones_own_is_followed_with_an_array_and_explained_without() -> None:
    with pytest.raises(ProblemError, match=r"'own' is a class of its own, Own: .* diagram\(model, x\)"):
        describe(Own())
    described = describe(Own(), np.zeros((3, 12, 1)))
    assert [layer.outputs for layer in described.layers] == [((3, 4),), ((3, 1),)]


def test_an_unbuilt_sequential_says_what_it_needs() -> None:
    model = keras.Sequential([layers.LSTM(4), layers.Dense(1)])
    with pytest.raises(ProblemError, match="is not built: it does not know the shape of its input"):
        describe(model)
    assert describe(model, np.zeros((32, 12, 1))).layers[0].outputs == ((32, 4),)


def test_an_array_of_another_shape_is_refused() -> None:
    with pytest.raises(ProblemError, match=r"x has the shape \(32, 1, 3\), but the model .* \(None, 3, 1\)"):
        describe(airline(), np.zeros((32, 1, 3)))
    two = translation()
    two.name = "two"
    with pytest.raises(ProblemError, match="x holds 1 arrays, the model 'two' has 2 inputs"):
        describe(two, np.zeros((4, 20, 5)))


@keras.saving.register_keras_serializable(package="mine")
class OwnLayer(keras.layers.Layer):
    def call(self, x):
        return x


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (layers.Lambda(lambda x: x + 1), "holds a Lambda, which is code of its own"),
        (OwnLayer(), "holds the class OwnLayer of .*, which is code of its own"),
    ],
)
def test_a_file_with_code_of_its_own_is_not_run(layer: keras.Layer, words: str, tmp_path: Path) -> None:
    keras.Sequential([Input((4, 3)), layer]).save(tmp_path / "trap.keras")
    with pytest.raises(ProblemError, match=words):
        diagram_of_file(tmp_path / "trap.keras")


def test_a_file_that_is_no_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "text.keras").write_text("no model")
    airline().save(tmp_path / "whole.keras")
    whole = (tmp_path / "whole.keras").read_bytes()
    (tmp_path / "cut.keras").write_bytes(whole[: len(whole) // 2])
    for name, words in (("text", "damaged"), ("cut", "damaged"), ("none", "There is no file")):
        with pytest.raises(ProblemError, match=words):
            diagram_of_file(tmp_path / f"{name}.keras")


def test_the_public_function_takes_both() -> None:
    assert lc.diagram(lc.Experiment(timesteps=6), width=390).scene.stage("raw-data") is not None
    drawn = lc.diagram(airline(), np.zeros((32, 3, 1)), np.zeros(32), theme="dark")
    assert drawn.scene.stages[0].tensor.shape == (32, 3, 1)
    with pytest.raises(ProblemError, match="Got int, expected an Experiment or a Keras model"):
        lc.diagram(3)
