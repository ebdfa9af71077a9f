"""The rules of shapes are held to Keras: random networks, valid and not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lstm_course.data.facts import Facts, PartFacts
from lstm_course.experiment import LOSSES, Experiment
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Masking,
    RepeatVector,
    Reshape,
    SimpleRNN,
    TimeDistributed,
    recurrent_of,
)
from lstm_course.shapes import network_of, predict
from lstm_course.shapes.compare import aligned

pytestmark = [
    pytest.mark.keras,
    pytest.mark.slow,
    pytest.mark.filterwarnings(
        "ignore:Layer '.*was passed an input with a mask"
    ),  # found by the rules as well
    pytest.mark.filterwarnings("ignore:You are using a softmax over axis"),
    pytest.mark.filterwarnings("ignore:In loss categorical_crossentropy"),
]

BATCH = 4
SIZES = st.integers(1, 4)


def recurrent(position: int):
    return st.builds(
        lambda kind, **options: kind(**options),
        st.sampled_from([LSTM, GRU, SimpleRNN]),
        units=SIZES,
        return_sequences=st.booleans() if position else st.sampled_from([True, True, False]),
        return_state=st.sampled_from([False, False, False, True]),
        go_backwards=st.booleans(),
        stateful=st.sampled_from([False, False, False, True]),
        unroll=st.booleans(),
        use_bias=st.booleans(),
        initial_state=st.sampled_from([None] * 5 + [0, 1]) if position else st.none(),
    )


@st.composite
def recurrent_or_wrapped(draw, position: int):
    layer = draw(recurrent(position))
    refused = layer.go_backwards or layer.initial_state is not None or (layer.stateful and layer.return_state)
    if refused or draw(st.booleans()):
        return layer
    return Bidirectional(layer, merge_mode=draw(st.sampled_from(["concat", "sum", "ave", "mul"])))


def shapes_of_reshape():
    return st.lists(st.sampled_from([-1, 1, 2, 3, 4, 6]), min_size=1, max_size=2).filter(
        lambda sizes: sizes.count(-1) < 2
    )


def plain_layers():
    return st.one_of(
        st.builds(Dense, SIZES, use_bias=st.booleans()),
        st.just(Dropout(0.1)),
        st.just(Masking(0.0)),
        st.builds(RepeatVector, SIZES),
        st.just(Flatten()),
        st.builds(lambda sizes: Reshape(tuple(sizes)), shapes_of_reshape()),
        st.builds(TimeDistributed, st.builds(Dense, SIZES)),
        st.builds(
            TimeDistributed,
            st.sampled_from([Dropout(0.1), Flatten(), Reshape((-1,)), Reshape((1, -1)), Reshape((2, -1))]),
        ),
    )


@st.composite
def bodies(draw):
    body = []
    for number in range(draw(st.integers(1, 4))):
        if draw(st.sampled_from([True, False, False])):
            body.append(draw(plain_layers()))
        body.append(draw(recurrent_or_wrapped(number)))
    body += draw(st.lists(plain_layers(), max_size=1))
    return tuple(body)


@st.composite
def cases(draw):
    labels = draw(st.sampled_from(["steps", "steps", "sequence", "class", "one-hot"]))
    num_targets = 1 if labels in ("class", "one-hot") else draw(st.integers(1, 2))
    exp = Experiment(
        layers=draw(bodies()),
        head=draw(st.one_of(st.none(), st.lists(plain_layers(), min_size=1, max_size=2).map(tuple))),
        timesteps=draw(SIZES),
        horizon=draw(st.integers(1, 3)),
        lags=draw(st.sampled_from(["timesteps", "timesteps", "features"])),
        labels=labels,
        flat_labels=False,
        batch_size=BATCH,
        shuffle=False,
        loss=draw(st.sampled_from([None, None, *LOSSES])),
    )
    names = tuple("abc"[: draw(st.integers(1, 3))])
    parts = (PartFacts("train", 60, 2 * BATCH), PartFacts("validation", 20, BATCH), PartFacts("test", 20, 8))
    classes = tuple("pqr"[: draw(st.integers(2, 3))]) if labels in ("class", "one-hot") else ()
    return exp, Facts(100, 3, names, names[:num_targets], parts, classes)


@dataclass
class Seen:
    """What Keras said."""

    error: str = ""
    layers: tuple = ()
    parameters: int = 0
    loss: float = 0.0
    output: np.ndarray | None = None


def ask_keras(exp, facts, prediction, y) -> Seen:
    from lstm_course.keras_bridge.build import build_for_shape, compile_for
    from lstm_course.keras_bridge.observe import KERAS_ERRORS, measure

    specs = network_of(exp, facts)
    shape = prediction.stage("input-layer").shape
    x = np.random.default_rng(0).normal(size=shape).astype("float32")
    try:
        model = build_for_shape(specs, shape[1:], BATCH if exp.stateful else None)
        seen = Seen(parameters=model.count_params())
        seen.layers = tuple(measure(specs, model.layers[-len(specs) :], x)[0])
        seen.output = np.asarray(model(x, training=False))
        compile_for(model, exp)
        seen.loss = float(model.compute_loss(x, y, seen.output))
    except KERAS_ERRORS as error:
        return Seen(error=f"{type(error).__name__}: {error}")
    return seen


def labels_for(prediction, facts):
    rng = np.random.default_rng(1)
    shape = prediction.label.shape
    if facts.class_names and len(shape) == 1:
        return rng.integers(facts.num_classes, size=shape)
    if facts.class_names:
        return np.eye(facts.num_classes, dtype="float32")[rng.integers(facts.num_classes, size=shape[0])]
    return rng.uniform(size=shape).astype("float32")


@settings(
    max_examples=200, deadline=None, derandomize=True, phases=[Phase.generate],  # shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(cases())
def test_rules_agree_with_keras(case):
    exp, facts = case
    prediction = predict(exp, facts)
    y = labels_for(prediction, facts)
    seen = ask_keras(exp, facts, prediction, y)
    if seen.error:
        assert not prediction.runs, f"Keras raises, the rules say nothing: {seen.error}"
        return
    assert prediction.runs, f"the rules refuse what Keras runs: {prediction.findings[0]}"
    assert prediction.output.shape == seen.output.shape
    assert prediction.parameters == seen.parameters
    for rule, keras_own in zip(prediction.layers, seen.layers, strict=True):
        assert rule.input.shape == keras_own.input.shape
        assert rule.output.shape == keras_own.output.shape
        assert rule.parameters == keras_own.parameters
        assert [weight.shape for weight in rule.weights] == [weight.shape for weight in keras_own.weights]
        assert [state.shape for state in rule.states] == [state.shape for state in keras_own.states]
        assert (rule.masked, rule.passes_mask) == (keras_own.masked, keras_own.passes_mask)
    _assert_same_terms(prediction, seen, y)


def _assert_same_terms(prediction, seen, y):
    """The mean over as many terms as the rules count is Keras's loss, and silence is flagged."""
    comparison = prediction.comparison
    if comparison.loss in ("mse", "mae") and not any(layer.masked for layer in prediction.layers):
        label, output = aligned(y.shape, seen.output.shape)
        distance = y.reshape(label).astype("float64") - seen.output.reshape(output)
        mean = np.mean(distance**2 if comparison.loss == "mse" else np.abs(distance))
        assert distance.size == comparison.num_terms
        np.testing.assert_allclose(seen.loss, mean, rtol=1e-4, atol=1e-6)
    if comparison.verdict == "broadcast":
        assert any(finding.code == "silent-broadcast" for finding in prediction.findings)


@pytest.mark.parametrize("layers", [(LSTM(3), LSTM(3)), (LSTM(3), TimeDistributed(Dense(1)))])
def test_known_mistakes_are_refused_by_both(layers):
    exp = Experiment(layers=layers, timesteps=4, batch_size=BATCH)
    parts = tuple(PartFacts(name, 20, 8) for name in ("train", "validation", "test"))
    facts = Facts(60, 1, ("a",), ("a",), parts)
    prediction = predict(exp, facts)
    assert not prediction.runs
    assert ask_keras(exp, facts, prediction, np.zeros((BATCH, 1), "float32")).error


def test_examples_are_of_every_kind():
    """The strategy must reach both sides: networks that run and networks that do not."""
    kinds = set()

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(cases())
    def look(case):
        exp, facts = case
        kinds.add(predict(exp, facts).runs)
        assert any(recurrent_of(layer) for layer in exp.layers)

    look()
    assert kinds == {True, False}
