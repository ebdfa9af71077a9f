from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lstm_course.layers import (
    GRU,
    LAYERS,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Layer,
    Masking,
    RepeatVector,
    Reshape,
    SimpleRNN,
    TimeDistributed,
    recurrent_of,
)
from lstm_course.problems import ProblemError


@pytest.mark.parametrize(
    ("layer", "code"),
    [
        (LSTM(32), "LSTM(32)"),
        (LSTM(32, return_sequences=True), "LSTM(32, return_sequences=True)"),
        (GRU(4, reset_after=False, dropout=0.2), "GRU(4, dropout=0.2, reset_after=False)"),
        (SimpleRNN(2, activation="relu"), "SimpleRNN(2, activation='relu')"),
        (Dense(1), "Dense(1)"),
        (Masking(), "Masking(0.0)"),
        (Reshape((24, -1)), "Reshape((24, -1))"),
        (Bidirectional(GRU(8), merge_mode="sum"), "Bidirectional(GRU(8), merge_mode='sum')"),
        (TimeDistributed(Dense(3)), "TimeDistributed(Dense(3))"),
    ],
)
def test_code_says_only_what_differs_from_keras(layer: Layer, code: str) -> None:
    assert layer.code == code
    assert eval(code, dict(LAYERS)) == layer


def test_an_lstm_has_two_states_and_the_others_one() -> None:
    assert [kind(4).num_states for kind in (LSTM, GRU, SimpleRNN)] == [2, 1, 1]


def test_numpy_numbers_become_plain_ones() -> None:
    layer = LSTM(np.int64(4), seed=np.int64(1))
    assert (type(layer.units), type(layer.seed)) == (int, int)
    assert layer.code == "LSTM(4, seed=1)"


def test_the_recurrent_layer_inside_a_wrapper_is_found() -> None:
    assert recurrent_of(Bidirectional(GRU(8))) == GRU(8)
    assert recurrent_of(GRU(8)) == GRU(8)
    assert recurrent_of(Dense(8)) is None


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: LSTM(0), r"LSTM: units=0 is too small; give a whole number from 1 on"),
    (lambda: GRU((10, 5)), r"GRU: units=\(10, 5\) is no whole number"),  # type: ignore[arg-type]
    (lambda: LSTM(4.0), r"LSTM: units=4\.0 is no whole number"),  # type: ignore[arg-type]
    (lambda: LSTM(4, activation="tanhh"), r"activation='tanhh': expected one of 'linear', 'relu'"),
    (lambda: GRU(4, recurrent_activation="x"), r"recurrent_activation='x': expected one of"),
    (
        lambda: LSTM(4, kernel_initializer="big"),
        r"kernel_initializer='big': expected one of 'glorot_uniform'",
    ),
    (
        lambda: LSTM(4, kernel_regularizer="l3"),
        r"kernel_regularizer='l3': expected one of 'l1', 'l2', 'l1l2'",
    ),
    (lambda: LSTM(4, bias_constraint="none"), r"bias_constraint='none': expected one of 'max_norm'"),
    (lambda: LSTM(4, dropout=1.5), r"dropout=1\.5: expected a share from 0 to 1, such as 0\.2"),
    (lambda: LSTM(4, recurrent_dropout=math.nan), r"recurrent_dropout=nan: expected a share"),
    (lambda: LSTM(4, return_sequences="False"), r"return_sequences='False': expected True or False"),  # type: ignore[arg-type]
    (lambda: LSTM(4, stateful=1), r"stateful=1: expected True or False"),  # type: ignore[arg-type]
    (lambda: LSTM(4, unit_forget_bias=None), r"unit_forget_bias=None: expected True"),  # type: ignore[arg-type]
    (lambda: GRU(4, reset_after="no"), r"reset_after='no': expected True"),  # type: ignore[arg-type]
    (lambda: GRU(4, use_cudnn="yes"), r"use_cudnn='yes': expected one of 'auto', True, False"),
    (lambda: LSTM(4, seed=-1), r"LSTM: seed=-1 is too small"),
    (lambda: LSTM(4, initial_state=-1), r"LSTM: initial_state=-1 is too small"),
    (lambda: LSTM(4, initial_state="x"), r"LSTM: initial_state='x' is no whole number"),  # type: ignore[arg-type]
    (lambda: Dense(-1), r"Dense: units=-1 is too small"),
    (lambda: Dense(1, use_bias=0), r"use_bias=0: expected True or False"),  # type: ignore[arg-type]
    (lambda: Dropout(-0.1), r"rate=-0\.1: expected a share"),
    (lambda: Dropout(True), r"rate=True: expected a share"),
    (lambda: Masking(math.nan), r"mask_value=nan: expected a finite number, such as 0\.0"),
    (lambda: RepeatVector(0), r"RepeatVector: n=0 is too small"),
    (lambda: Reshape(24), r"Reshape\(target_shape=24\): expected a tuple of sizes"),  # type: ignore[arg-type]
    (lambda: Reshape(()), r"Reshape\(target_shape=\(\)\): expected a tuple of sizes without the batch axis"),
    (lambda: Reshape((0, 2)), r"Reshape: 0 is no size of an axis; use a whole number from 1, or -1 once"),
    (lambda: Reshape((2.0,)), r"Reshape: 2\.0 is no size"),  # type: ignore[arg-type]
    (lambda: Reshape((True, 2)), r"Reshape: True is no size"),
    (lambda: Reshape((10**12,)), r"Reshape: 1000000000000 is no size"),
    (lambda: Reshape((-1, -1)), r"Reshape: only one axis may be -1, for the size that is left over"),
    (lambda: Bidirectional(Dense(1)), r"Bidirectional\(Dense\(1\)\): expected a recurrent layer inside"),  # type: ignore[arg-type]
    (lambda: Bidirectional(4), r"Bidirectional\(4\): expected a recurrent layer"),  # type: ignore[arg-type]
    (lambda: Bidirectional(GRU(4), merge_mode="max"), r"merge_mode='max': expected one of 'concat', 'sum'"),
    (
        lambda: Bidirectional(LSTM(4, initial_state=0)),
        r"Bidirectional: its two copies of the layer start from zero",
    ),
    (
        lambda: Bidirectional(GRU(4, go_backwards=True)),
        r"Bidirectional: it reads the window in both directions",
    ),
    (
        lambda: Bidirectional(GRU(4, stateful=True, return_state=True)),
        r"Bidirectional\(GRU\(stateful=True, return_state=True\)\): Keras cannot return the states",
    ),
    (lambda: TimeDistributed(LSTM(4)), r"TimeDistributed\(LSTM\(4\)\): expected a layer for one timestep"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_keras_would_refuse_is_refused_in_words(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ProblemError, match=f"^{message}"):
        make()
