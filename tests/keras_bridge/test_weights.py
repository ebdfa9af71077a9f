from __future__ import annotations

import json
import zipfile

import keras
import numpy as np
import pytest

from lstm_course.data import facts_of
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.build import build_for_shape
from lstm_course.keras_bridge.weights import (
    load_model_safely,
    model_of,
    read_weights,
    save_model,
    write_weights,
)
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Masking,
    RepeatVector,
    TimeDistributed,
)
from lstm_course.problems import ProblemError

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]


def test_weights_have_names_in_the_order_of_get_weights():
    model = build_for_shape((Bidirectional(GRU(2)), Dense(1)), (4, 3))
    names = [(weight.layer, weight.name) for weight in read_weights(model)]
    assert names[0] == ("bidirectional", "forward/kernel")
    assert names[3] == ("bidirectional", "backward/kernel")
    assert names[-1] == ("dense", "bias")
    for ours, own in zip(read_weights(model), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours.value, own)


def test_weights_come_back():
    exp = Experiment(layers=(LSTM(3),))
    weights = [np.full(weight.shape, 0.5) for weight in model_of(exp, facts_of(exp), FIRST).get_weights()]
    assert float(model_of(exp, facts_of(exp), weights).get_weights()[0].min()) == 0.5


FIRST = [np.zeros(shape) for shape in ((1, 12), (3, 12), (12,), (3, 1), (1,))]


def test_weights_of_another_network_are_refused():
    with pytest.raises(ProblemError, match="belong to another network"):
        write_weights(build_for_shape((LSTM(4), Dense(1)), (12, 1)), FIRST)


def test_a_saved_model_comes_back(tmp_path):
    layers = (
        Masking(), LSTM(2, kernel_regularizer="l2", kernel_constraint="max_norm"), RepeatVector(2),
        Bidirectional(GRU(2, return_sequences=True)), Dropout(0.1), TimeDistributed(Dense(1, activation="gelu")),
    )  # fmt: skip
    model = build_for_shape(layers, (4, 3))
    again = load_model_safely(save_model(model, tmp_path / "mine.keras"))
    X = np.ones((2, 4, 3), dtype="float32")
    np.testing.assert_allclose(again(X), model(X), rtol=1e-6)


def test_a_functional_model_comes_back(tmp_path):
    handed = (LSTM(3, return_sequences=True, return_state=True), LSTM(3, initial_state=0))
    model = build_for_shape(handed, (4, 3))
    assert load_model_safely(save_model(model, tmp_path / "mine.keras")).output_shape == (None, 3)


def test_a_compiled_model_comes_back(tmp_path):
    model = build_for_shape((LSTM(3), Dense(1)), (4, 3))
    model.compile("adam", "mse", metrics=["mae"])
    assert load_model_safely(save_model(model, tmp_path / "mine.keras")).count_params() == 88


def test_a_lambda_is_refused_before_keras_sees_it(tmp_path):
    model = keras.Sequential([keras.Input((4, 3)), keras.layers.Lambda(lambda x: x + 1)])
    path = tmp_path / "trap.keras"
    model.save(path)
    with pytest.raises(ProblemError, match=r"trap.keras holds a Lambda, which is code of its own"):
        load_model_safely(path)


@keras.saving.register_keras_serializable(package="mine")
class OwnLayer(keras.layers.Layer):
    def call(self, x):
        return x


def test_a_class_of_ones_own_is_refused(tmp_path):
    model = keras.Sequential([keras.Input((4, 3)), OwnLayer()])
    path = tmp_path / "own.keras"
    model.save(path)
    with pytest.raises(ProblemError, match="the class OwnLayer"):
        load_model_safely(path)


def test_a_function_of_another_module_is_refused(tmp_path):
    model = keras.Sequential([keras.Input((4, 3)), keras.layers.Dense(1)])
    path = tmp_path / "made_up.keras"
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    config["config"]["layers"][1]["config"]["activation"] = {
        "module": "os", "class_name": "system", "config": "echo", "registered_name": "system",
    }  # fmt: skip
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(ProblemError, match="the class system of os"):
        load_model_safely(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.keras", None, "There is no file"),
        ("old.h5", b"x", "is no .keras file"),
        ("broken.keras", b"not a zip", "damaged"),
    ],
)
def test_what_is_no_model_says_so(tmp_path, name, content, words):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProblemError, match=words):
        load_model_safely(path)


def test_models_are_saved_as_keras_files_only(tmp_path):
    with pytest.raises(ProblemError, match=r"call it mine\.keras"):
        save_model(build_for_shape((LSTM(1),), (2, 1)), tmp_path / "mine.h5")
