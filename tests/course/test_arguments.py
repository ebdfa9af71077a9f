from __future__ import annotations

import inspect
import re

import pytest

from lstm_course.course.argument_texts import TEXTS
from lstm_course.course.arguments import (
    CELLS,
    NO_CHANGE,
    REQUIRED,
    REST,
    argument_names,
    argument_table,
    why_not_fused,
)
from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Layer, SimpleRNN
from lstm_course.problems import ProblemError


def rows_of(kind: str, *layers: Layer, **changes: object) -> dict[str, dict[str, str]]:
    exp = Experiment(layers=layers or (CELLS[kind](4),)).change(**changes)
    return {row["argument"]: row for row in argument_table(kind, exp)}


@pytest.mark.keras
@pytest.mark.parametrize("kind", CELLS)
def test_arguments_and_defaults_are_those_of_the_installed_keras(kind: str) -> None:
    import keras

    signature = inspect.signature(getattr(keras.layers, kind)).parameters.values()
    expected = {}
    for parameter in signature:
        if parameter.kind is parameter.VAR_KEYWORD:
            expected[f"**{parameter.name}"] = ""
        else:
            required = parameter.default is parameter.empty
            expected[parameter.name] = REQUIRED if required else repr(parameter.default)
    given = {row["argument"]: row["default"] for row in argument_table(kind, Experiment())}
    assert list(given.items()) == list(expected.items())


@pytest.mark.keras
def test_what_stands_behind_kwargs_is_taken_by_keras() -> None:
    import keras

    layer = keras.layers.LSTM(2, name="mine", dtype="float16", trainable=False)
    assert (layer.name, layer.compute_dtype, layer.trainable) == ("mine", "float16", False)
    assert all(name in TEXTS[REST].does for name in ("name", "dtype", "trainable"))


@pytest.mark.keras
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"units": 0}, "expected a positive integer, got 0"),
        ({"activation": "tahn"}, "Could not interpret activation function identifier: tahn"),
        ({"kernel_initializer": "glorot"}, "Could not interpret initializer identifier: glorot"),
        ({"kernel_regularizer": 0.01}, "Could not interpret regularizer identifier: 0.01"),
        ({"kernel_constraint": "max"}, "Could not interpret constraint identifier: max"),
        ({"seed": 1.5}, "Argument `seed` must be an integer. Received: seed=1.5"),
        ({"reset_after": True}, "Unrecognized keyword arguments passed to LSTM: {'reset_after': True}"),
    ],
)
def test_what_keras_says_is_quoted_as_it_says_it(arguments: dict[str, object], said: str) -> None:
    import keras

    with pytest.raises(ValueError, match=re.escape(said)):
        keras.layers.LSTM(**{"units": 2, **arguments})
    name = next(iter(arguments))
    assert said in TEXTS[name].refused


@pytest.mark.keras
def test_what_keras_takes_in_silence() -> None:
    import keras

    layer = keras.layers.LSTM(2, dropout=20, activation=None, kernel_regularizer="l1l2")
    assert layer.dropout == 1.0
    assert layer.activation is keras.activations.linear
    assert layer.kernel_regularizer.get_config() == {"l1": 0.0, "l2": 0.0}
    assert keras.layers.LSTM(2, return_sequences="False").compute_output_shape((4, 3, 1)) == (4, 3, 2)


@pytest.mark.parametrize("kind", CELLS)
def test_every_row_is_complete(kind: str) -> None:
    for row in argument_table(kind, Experiment()):
        empty = {name for name, text in row.items() if not text}
        assert empty <= {"default", "refused, or taken in silence"}
        assert row["default"] or row["argument"] == REST


def test_a_text_for_each_argument_and_none_besides() -> None:
    assert {name for kind in CELLS for name in argument_names(kind)} == set(TEXTS)


def test_units_are_predicted_not_typed() -> None:
    rows = rows_of("LSTM", LSTM(4))
    assert rows["units"]["shape"] == "units=8: (32, 4) → (32, 8); the network's output stays"
    assert rows["units"]["parameters"] == "units=8: 96 → 320; the whole network 101 → 329"


def test_only_size_bias_and_reset_after_change_the_parameters_of_a_gru() -> None:
    rows = rows_of("GRU", GRU(4))
    changing = [name for name, row in rows.items() if row["parameters"] != NO_CHANGE and name != REST]
    assert changing == ["units", "use_bias", "reset_after"]
    assert rows["reset_after"]["parameters"].startswith("reset_after=False: 84 → 72;")


def test_the_layer_is_taken_as_the_kind_that_is_asked_for() -> None:
    rows = rows_of("GRU", LSTM(4, dropout=0.3))
    assert rows["dropout"]["now"] == "0.3"
    assert rows["units"]["parameters"].startswith("units=8: 84 → 264")


def test_a_lower_layer_without_return_sequences_stops_the_network() -> None:
    rows = rows_of("LSTM", LSTM(4, return_sequences=True), LSTM(2))
    assert "then: LSTM hands on one vector" in rows["return_sequences"]["shape"]


def test_what_cannot_be_written_says_why() -> None:
    rows = rows_of("LSTM", Bidirectional(LSTM(4)))
    assert "go_backwards=True is refused: Bidirectional: it reads" in rows["go_backwards"]["shape"]


def test_states_that_leave_are_counted() -> None:
    assert rows_of("LSTM")["return_state"]["shape"].startswith(
        "return_state=True: beside the output (32, 4) and (32, 4)"
    )


def test_the_fused_kernel_is_worked_out_for_this_layer() -> None:
    assert "possible now, no longer with unroll=True" in rows_of("LSTM")["unroll"]["speed"]
    blocked = rows_of("LSTM", LSTM(4, unroll=True))
    assert "unroll=False would make the fused kernel possible" in blocked["unroll"]["speed"]
    assert "not possible: unroll=True" in blocked["use_cudnn"]["speed"]
    assert "SimpleRNN has none." in rows_of("SimpleRNN")["unroll"]["speed"]


def test_reasons_against_the_fused_kernel() -> None:
    assert why_not_fused(LSTM(2)) == ()
    assert why_not_fused(LSTM(2, dropout=0.5, return_sequences=True, stateful=True)) == ()
    assert why_not_fused(GRU(2, activation="relu", use_bias=False, reset_after=False)) == (
        "activation='relu'", "use_bias=False", "reset_after=False",
    )  # fmt: skip
    assert why_not_fused(LSTM(2), masked_left=True) == ("a mask that is not padded at the end",)
    assert why_not_fused(SimpleRNN(2)) == ("SimpleRNN has none",)


def test_another_kind_is_refused() -> None:
    with pytest.raises(ProblemError, match="expected one of LSTM, GRU, SimpleRNN"):
        argument_table("Dense", Experiment())
