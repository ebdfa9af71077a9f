from __future__ import annotations

import pytest

from lstm_course.doctor import explain_keras_error

TEXTS = {
    "Input 0 of layer 'lstm_1' is incompatible: expected ndim=3, found ndim=2. Full shape received: (None, 8)":
        ("between-layers", "return_sequences=True"),
    "Input 0 of layer 'lstm' is incompatible: expected ndim=3, found ndim=4. Full shape received: (None, 1, 6, 30)":
        ("input-layer", "timesteps, features"),
    "Arguments `target` and `output` must ... target.shape=(None, 1), output.shape=(None, 2)":
        ("loss", "sparse_categorical_crossentropy"),
    "Data cardinality is ambiguous. 'x' sizes: 243\n'y' sizes: 729": ("labels", "same indices"),
    "When using `stateful=True` in a RNN, the batch size must be static.": ("batching", "batch_shape"),
    "Dimensions must be equal, but are 3 and 32 for '{{node compile_loss/mse/sub}}'": ("head", "labels"),
    "Unrecognized keyword arguments passed to LSTM: {'batch_input_shape': (1, 2, 3)}": ("input-layer", "batch_shape"),
    "AttributeError: 'Sequential' object has no attribute 'predict_classes'": ("prediction", "argmax"),
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_an_error_of_keras_becomes_a_finding(text: str) -> None:
    found = explain_keras_error(text)
    assert found is not None
    stage, words = TEXTS[text]
    assert found.stage == stage
    assert words in found.fix


def test_an_error_about_something_else_is_left_alone():
    assert explain_keras_error("division by zero") is None
