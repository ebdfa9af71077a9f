"""The NumPy cells against Keras: same weights, same input, same numbers.

In float64 both compute the same sums in another order: the difference stays far below 1e-6, whatever the
activations. In float32 one rounding is 6e-8 of a number, and a state passes through at most 8 steps of sums over
at most 12 products, so 1e-5 of the number, or 1e-6 near zero, leaves a factor of about ten for their
accumulation. That holds as long as a step does not enlarge the roundings of the step before; so float32 is
drawn with bounded activations and gates between 0 and 1 only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lstm_course.cells import (
    ACTIVATIONS,
    CELLS,
    bidirectional,
    dense,
    flatten,
    gradient_over_lags,
    masking,
    recurrent_layer,
    repeat_vector,
    reshape,
)
from lstm_course.shapes.weights import parameter_formula

pytestmark = pytest.mark.keras

TOLERANCE = {"float64": {"rtol": 1e-6, "atol": 1e-9}, "float32": {"rtol": 1e-5, "atol": 1e-6}}
NOT_HERE = {"glu", "threshold", "sparsemax"}
BOUNDED, UNBOUNDED = ("tanh", "sigmoid", "softsign"), ("linear", "softplus", "relu")
KERAS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def keras() -> Any:
    return pytest.importorskip("keras")


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A recurrent layer, its random weights, and a batch with or without a mask and initial states."""
    kind = draw(st.sampled_from(sorted(CELLS)))
    units, features = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    samples, timesteps = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    dtype = draw(st.sampled_from(("float32", "float64")))
    anything = dtype == "float64"
    arguments: dict[str, Any] = {"activation": draw(st.sampled_from(BOUNDED + UNBOUNDED * anything))}
    if kind != "SimpleRNN":
        gate_activations = ("sigmoid", "hard_sigmoid", *("tanh", "linear") * anything)
        arguments["recurrent_activation"] = draw(st.sampled_from(gate_activations))
    if kind == "GRU":
        arguments["reset_after"] = draw(st.booleans())
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    use_bias = draw(st.booleans())
    formula = parameter_formula(kind, units, features, use_bias, arguments.get("reset_after", True))
    sizes = [shape for _, shape in formula.weights]
    return {
        "kind": kind,
        "units": units,
        "arguments": arguments,
        "use_bias": use_bias,
        "dtype": dtype,
        "weights": [random.uniform(-0.6, 0.6, shape) for shape in sizes],
        "twin": [random.uniform(-0.6, 0.6, shape) for shape in sizes],
        "x": random.normal(size=(samples, timesteps, features)),
        "mask": random.random((samples, timesteps)) < 0.6 if draw(st.booleans()) else None,
        "states": [random.normal(size=(samples, units)) for _ in CELLS[kind].states]
        if draw(st.booleans())
        else None,
        "go_backwards": draw(st.booleans()),
    }


def cast(case: dict[str, Any], *names: str) -> list[Any]:
    """Take the arrays of a case in the case's dtype."""
    as_dtype = lambda array: array.astype(case["dtype"])  # noqa: E731
    return [
        None if case[name] is None else [as_dtype(a) for a in case[name]] if isinstance(case[name], list)
        else as_dtype(case[name])
        for name in names
    ]  # fmt: skip


def make_layer(keras: Any, case: dict[str, Any], **more: Any) -> Any:
    layer_class = getattr(keras.layers, case["kind"])
    return layer_class(
        case["units"], use_bias=case["use_bias"], dtype=case["dtype"], **case["arguments"], **more
    )


def call(layer: Any, x: Any, weights: Any, **more: Any) -> list[np.ndarray]:
    layer.build(x.shape)
    layer.set_weights(weights)
    outputs = layer(x, **more)
    return [np.asarray(output) for output in (outputs if isinstance(outputs, list | tuple) else [outputs])]


@KERAS
@given(case=cases())
def test_a_layer_equals_keras(keras: Any, case: dict[str, Any]) -> None:
    x, weights, states = cast(case, "x", "weights", "states")
    layer = make_layer(
        keras, case, return_sequences=True, return_state=True, go_backwards=case["go_backwards"]
    )
    sequences, *final = call(layer, x, weights, initial_state=states, mask=case["mask"])
    assume(np.abs(sequences).max() < 1e30)  # beyond, the order of the sums decides

    trace = recurrent_layer(
        case["kind"], x, weights, initial_states=states, mask=case["mask"],
        go_backwards=case["go_backwards"], **case["arguments"],
    )  # fmt: skip

    assert trace.outputs.dtype == case["dtype"]
    np.testing.assert_allclose(trace.outputs, sequences, **TOLERANCE[case["dtype"]])
    for ours, theirs in zip(trace.final_states, final, strict=True):
        np.testing.assert_allclose(ours, theirs, **TOLERANCE[case["dtype"]])


@KERAS
@given(case=cases())
def test_the_last_output_equals_keras(keras: Any, case: dict[str, Any]) -> None:
    x, weights, states = cast(case, "x", "weights", "states")
    layer = make_layer(keras, case, go_backwards=case["go_backwards"])
    (last,) = call(layer, x, weights, initial_state=states, mask=case["mask"])
    assume(np.abs(last).max() < 1e30)

    trace = recurrent_layer(
        case["kind"], x, weights, initial_states=states, mask=case["mask"],
        go_backwards=case["go_backwards"], **case["arguments"],
    )  # fmt: skip

    np.testing.assert_allclose(trace.last_output, last, **TOLERANCE[case["dtype"]])


@KERAS
@given(case=cases())
def test_one_step_equals_the_keras_cell(keras: Any, case: dict[str, Any]) -> None:
    x, weights = cast(case, "x", "weights")
    cell_class = getattr(keras.layers, case["kind"] + "Cell")
    cell = cell_class(case["units"], use_bias=case["use_bias"], dtype=case["dtype"], **case["arguments"])
    cell.build(x[:, 0].shape)
    cell.set_weights(weights)
    kind = CELLS[case["kind"]]
    trace = recurrent_layer(kind, x[:, :1], weights, **case["arguments"])

    _, states = cell(x[:, 0], list(kind.zero_states(trace.weights, len(x))))

    step = kind.step(x[:, 0], trace.initial_states, trace.weights, **case["arguments"])
    for name, theirs in zip(kind.states, states, strict=True):
        np.testing.assert_allclose(step[name], np.asarray(theirs), **TOLERANCE[case["dtype"]])


@KERAS
@given(case=cases(), mode=st.sampled_from(("concat", "sum", "ave", "mul", None)), sequences=st.booleans())
def test_bidirectional_equals_keras(keras: Any, case: dict[str, Any], mode: Any, sequences: bool) -> None:
    x, weights, twin, states = cast(case, "x", "weights", "twin", "states")
    both = None if states is None else states + [state[::-1].copy() for state in states]
    inner = make_layer(keras, case, return_sequences=sequences)
    layer = keras.layers.Bidirectional(inner, merge_mode=mode, dtype=case["dtype"])
    theirs = call(layer, x, weights + twin, initial_state=both, mask=case["mask"])

    trace = bidirectional(
        case["kind"], x, weights + twin, mode, initial_states=both, mask=case["mask"], **case["arguments"]
    )

    ours = trace.outputs if sequences else trace.last_output
    for mine, other in zip(ours if isinstance(ours, tuple) else [ours], theirs, strict=True):
        np.testing.assert_allclose(mine, other, **TOLERANCE[case["dtype"]])


@KERAS
@given(case=cases())
def test_bidirectional_returns_the_states_in_the_order_of_keras(keras: Any, case: dict[str, Any]) -> None:
    x, weights, twin = cast(case, "x", "weights", "twin")
    layer = keras.layers.Bidirectional(make_layer(keras, case, return_state=True), dtype=case["dtype"])
    _, *theirs = call(layer, x, weights + twin, mask=case["mask"])

    trace = bidirectional(case["kind"], x, weights + twin, mask=case["mask"], **case["arguments"])

    for mine, other in zip(trace.final_states, theirs, strict=True):
        np.testing.assert_allclose(mine, other, **TOLERANCE[case["dtype"]])


@KERAS
@given(case=cases())
def test_gradients_over_lags_equal_the_gradient_tape(keras: Any, case: dict[str, Any]) -> None:
    import tensorflow as tf

    case = case | {"dtype": "float64"}
    x, weights, states = cast(case, "x", "weights", "states")
    x, mask = x[:1], None if case["mask"] is None else case["mask"][:1]
    states = None if states is None else [state[:1] for state in states]
    layer = make_layer(keras, case)
    call(layer, x, weights)
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        last = layer(variable, initial_state=states, mask=mask)
    jacobian = tape.jacobian(last, variable).numpy()[0, :, 0]  # (units, timesteps, features)

    ours = gradient_over_lags(
        case["kind"], x[0], weights,
        initial_states=None if states is None else [state[0] for state in states],
        mask=None if mask is None else mask[0], **case["arguments"],
    )  # fmt: skip

    theirs = np.linalg.norm(jacobian, axis=(0, 2))[::-1]  # lag 0 first
    np.testing.assert_allclose(ours, theirs, **TOLERANCE["float64"])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_an_activation_equals_keras(keras: Any, name: str, dtype: str) -> None:
    x = np.concatenate([np.linspace(-7, 7, 141), [-40.0, 40.0]]).astype(dtype).reshape(11, 13)
    theirs = np.asarray(keras.activations.get(name)(keras.ops.convert_to_tensor(x)))

    ours = ACTIVATIONS[name](x)

    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, theirs, **TOLERANCE[dtype])


def test_every_activation_that_keras_knows_by_name_is_here_or_left_out_on_purpose(keras: Any) -> None:
    from keras.src.activations import ALL_OBJECTS_DICT

    assert set(ALL_OBJECTS_DICT) - NOT_HERE == set(ACTIVATIONS)


def test_dense_equals_keras_on_every_timestep(keras: Any) -> None:
    random = np.random.default_rng(5)
    x, kernel, bias = random.normal(size=(3, 4, 2)), random.normal(size=(2, 6)), random.normal(size=6)
    layer = keras.layers.Dense(6, activation="softmax", dtype="float64")
    (theirs,) = call(layer, x, [kernel, bias])
    np.testing.assert_allclose(dense(x, kernel, bias, "softmax"), theirs, **TOLERANCE["float64"])


def test_masking_gives_the_values_and_the_mask_of_keras(keras: Any) -> None:
    x = np.array([[[1.0, -1.0], [-1.0, -1.0], [2.0, 0.0]]], dtype="float32")
    layer = keras.layers.Masking(mask_value=-1.0)
    values, mask = masking(x, mask_value=-1.0)
    np.testing.assert_array_equal(values, np.asarray(layer(x)))
    np.testing.assert_array_equal(mask, np.asarray(layer.compute_mask(x)))


def test_layers_that_only_move_numbers_equal_keras(keras: Any) -> None:
    x = np.arange(24, dtype="float32").reshape(2, 3, 4)
    layers = keras.layers
    np.testing.assert_array_equal(flatten(x), np.asarray(layers.Flatten()(x)))
    np.testing.assert_array_equal(reshape(x, (2, -1)), np.asarray(layers.Reshape((2, -1))(x)))
    np.testing.assert_array_equal(repeat_vector(x[:, 0], 5), np.asarray(layers.RepeatVector(5)(x[:, 0])))


@KERAS
@given(
    kind=st.sampled_from(("LSTM", "GRU", "SimpleRNN", "Dense")),
    units=st.integers(1, 9),
    features=st.integers(1, 9),
    use_bias=st.booleans(),
    reset_after=st.booleans(),
)
def test_the_parameter_formula_equals_keras(
    keras: Any, kind: str, units: int, features: int, use_bias: bool, reset_after: bool
) -> None:
    more = {"reset_after": reset_after} if kind == "GRU" else {}
    layer = getattr(keras.layers, kind)(units, use_bias=use_bias, **more)
    layer.build((None, 7, features))

    formula = parameter_formula(kind, units, features, use_bias, reset_after)

    assert formula.total == layer.count_params()
    assert formula.weights == tuple((weight.name, tuple(weight.shape)) for weight in layer.weights)
