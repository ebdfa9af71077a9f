from __future__ import annotations

import pytest

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
from lstm_course.shapes import Entry, Finding, Impossible, Tensor, shape_of

SEQUENCE = Tensor((32, 12, 3), ("batch", "timesteps", "features"))
VECTOR = Tensor((32, 8), ("batch", "units"))
MAPS = Tensor((32, 2, 3, 4), ("batch", "units", "units", "units"))


def entry(tensor: Tensor, below: Layer | None = None, masked: bool = False) -> Entry:
    return Entry(1, "here", tensor, masked, below)


def obstacle(layer: Layer, tensor: Tensor, below: Layer | None = None) -> Finding:
    with pytest.raises(Impossible) as caught:
        shape_of(layer, entry(tensor, below))
    assert str(caught.value) == caught.value.finding.explanation
    return caught.value.finding


# (layer, input, output, axes, parameters); LSTM: 4·(4·(3+4)+4) = 128, GRU: 3·(4·(3+4)+2·4) = 108, RNN: 32
SHAPES = [
    (LSTM(4), SEQUENCE, (32, 4), "batch units", 128),
    (LSTM(4, return_sequences=True), SEQUENCE, (32, 12, 4), "batch timesteps units", 128),
    (LSTM(4, use_bias=False), SEQUENCE, (32, 4), "batch units", 112),
    (GRU(4), SEQUENCE, (32, 4), "batch units", 108),
    (GRU(4, reset_after=False), SEQUENCE, (32, 4), "batch units", 96),
    (SimpleRNN(4, go_backwards=True, unroll=True, stateful=True), SEQUENCE, (32, 4), "batch units", 32),
    (Bidirectional(LSTM(4)), SEQUENCE, (32, 8), "batch units", 256),
    (Bidirectional(LSTM(4), merge_mode="ave"), SEQUENCE, (32, 4), "batch units", 256),
    (Bidirectional(GRU(4, return_sequences=True)), SEQUENCE, (32, 12, 8), "batch timesteps units", 216),
    (Dense(5), VECTOR, (32, 5), "batch units", 45),
    (Dense(5, use_bias=False), SEQUENCE, (32, 12, 5), "batch timesteps units", 15),
    (Dropout(0.5), SEQUENCE, (32, 12, 3), "batch timesteps features", 0),
    (Masking(), SEQUENCE, (32, 12, 3), "batch timesteps features", 0),
    (RepeatVector(24), VECTOR, (32, 24, 8), "batch timesteps units", 0),
    (Flatten(), SEQUENCE, (32, 36), "batch features", 0),
    (Flatten(), VECTOR, (32, 8), "batch features", 0),
    (Reshape((2, 4)), VECTOR, (32, 2, 4), "batch timesteps features", 0),
    (Reshape((-1, 4)), SEQUENCE, (32, 9, 4), "batch timesteps features", 0),
    (Reshape((36,)), SEQUENCE, (32, 36), "batch units", 0),
    (Reshape((2, 3, 6)), SEQUENCE, (32, 2, 3, 6), "batch units units units", 0),
    (TimeDistributed(Dense(5)), SEQUENCE, (32, 12, 5), "batch timesteps units", 20),
    (TimeDistributed(Dropout(0.1)), SEQUENCE, (32, 12, 3), "batch timesteps features", 0),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "came", "left", "axes", "parameters"), SHAPES)
def test_each_layer_has_its_rule(
    layer: Layer, came: Tensor, left: tuple[int, ...], axes: str, parameters: int
) -> None:
    shape = shape_of(layer, entry(came))
    assert (shape.input, shape.output) == (came, Tensor(left, tuple(axes.split())))
    assert shape.parameters == parameters
    assert bool(shape.parameter_formula) == bool(parameters)
    assert (shape.position, shape.keras_name) == (1, type(layer).__name__)


@pytest.mark.parametrize(
    ("layer", "formula", "parameters"),
    [
        (LSTM(4), "(32, 12, 3) → (32, 4), return_sequences=False", "4 · (4 · (3 + 4) + 4) = 128"),
        (
            Bidirectional(LSTM(64)),
            "(32, 12, 3) → (32, 128), 2 × 64 units side by side",
            "2 · 17,408 = 34,816",
        ),
        (Bidirectional(LSTM(4), "mul"), "(32, 12, 3) → (32, 4), mul of two readings", "2 · 128 = 256"),
        (Dense(5), "(32, 12, 3) → (32, 12, 5): the last axis becomes 5", "3 · 5 + 5 = 20"),
        (Flatten(), "12 · 3 = 36", ""),
        (Reshape((-1, 4)), "36 = 9 · 4", ""),
        (Masking(), "(32, 12, 3), with a mask", ""),
        (Dropout(0.5), "(32, 12, 3), unchanged", ""),
        (
            TimeDistributed(Dense(5)),
            "(32, 12, 3) → (32, 12, 5): the same Dense at each of 12 timesteps",
            "3 · 5 + 5 = 20",
        ),
    ],
)
def test_each_shape_says_how_it_comes_about(layer: Layer, formula: str, parameters: str) -> None:
    shape = shape_of(layer, entry(SEQUENCE))
    assert (shape.shape_formula, shape.parameter_formula) == (formula, parameters)


def test_states_leave_only_where_they_are_returned() -> None:
    state = Tensor((32, 4), ("batch", "units"))
    assert shape_of(LSTM(4), entry(SEQUENCE)).states == ()
    assert shape_of(LSTM(4, return_state=True), entry(SEQUENCE)).states == (state, state)
    assert shape_of(GRU(4, return_state=True), entry(SEQUENCE)).states == (state,)
    assert shape_of(Bidirectional(LSTM(4, return_state=True)), entry(SEQUENCE)).states == (state,) * 4


def test_weights_are_listed_in_the_order_of_keras() -> None:
    weights = shape_of(LSTM(4), entry(SEQUENCE)).weights
    assert [(w.name, w.shape) for w in weights] == [
        ("kernel", (3, 16)),
        ("recurrent_kernel", (4, 16)),
        ("bias", (16,)),
    ]
    both = shape_of(Bidirectional(GRU(4)), entry(SEQUENCE)).weights
    assert [(w.name, w.shape) for w in both][2:4] == [("forward/bias", (2, 12)), ("backward/kernel", (3, 12))]


@pytest.mark.parametrize(
    ("layer", "passes"),
    [
        (LSTM(4), False), (LSTM(4, return_sequences=True), True), (Dropout(0.1), True), (Flatten(), False),
        (Reshape((36,)), False), (TimeDistributed(Dense(1)), True), (Bidirectional(GRU(4)), False),
    ],
)  # fmt: skip
def test_a_mask_goes_on_or_ends(layer: Layer, passes: bool) -> None:
    with_mask = shape_of(layer, entry(SEQUENCE, masked=True))
    assert (with_mask.masked, with_mask.passes_mask) == (True, passes)
    assert not shape_of(layer, entry(SEQUENCE)).passes_mask


def test_masking_starts_a_mask() -> None:
    assert shape_of(Masking(), entry(SEQUENCE)).passes_mask


def test_stacking_without_sequences_names_the_layer_below() -> None:
    found = obstacle(GRU(4), VECTOR, below=LSTM(8))
    assert (found.code, found.stage, found.severity) == (
        "stacked-without-sequences",
        "between-layers",
        "error",
    )
    assert found.title == "LSTM hands on one vector, GRU needs one per timestep"
    assert found.explanation == (
        "LSTM(8) returns only its last output, (32, 8) (32 batch × 8 units): the timesteps axis is gone. The GRU above "
        "reads a sequence (batch, timesteps, features)."
    )
    assert "Set return_sequences=True on the LSTM below" in found.fix
    assert obstacle(GRU(4), VECTOR, below=Bidirectional(LSTM(4))).code == "stacked-without-sequences"


def test_a_wrong_number_of_axes_is_explained() -> None:
    found = obstacle(LSTM(4), VECTOR, below=Dense(8))
    assert found.code == "wrong-rank"
    assert found.explanation == (
        "LSTM expects (batch, timesteps, features), but (32, 8) (32 batch × 8 units) comes in."
    )
    assert "Keep the timesteps axis" in found.fix
    maps = obstacle(LSTM(4), MAPS, below=Reshape((2, 3, 4)))
    assert (maps.title, maps.fix) == (
        "LSTM gets 4 axes",
        "Let the Reshape below it give (timesteps, features), two sizes.",
    )


def test_repeat_vector_wants_a_vector() -> None:
    found = obstacle(RepeatVector(24), SEQUENCE)
    assert found.code == "repeat-of-a-sequence"
    assert found.explanation.startswith("RepeatVector(24) expects (batch, features), but (32, 12, 3)")
    assert "return_sequences=False" in found.fix


@pytest.mark.parametrize(
    ("target", "explanation"),
    [
        (
            (2, 5),
            "Reshape keeps the numbers of each sample: (32, 8) holds 8 of them, and (2, 5) asks for 10.",
        ),
        ((-1, 3), "Reshape keeps the numbers of each sample: 8 of them do not divide by 3, as (-1, 3) asks."),
    ],
)
def test_reshape_keeps_the_numbers(target: tuple[int, ...], explanation: str) -> None:
    found = obstacle(Reshape(target), VECTOR)
    assert (found.code, found.explanation) == ("reshape-size", explanation)
    assert "whose product is 8" in found.fix


def test_time_distributed_wants_timesteps() -> None:
    found = obstacle(TimeDistributed(Dense(1)), VECTOR)
    assert found.code == "time-distributed-without-time"
    assert found.fix == "Set return_sequences=True on the recurrent layer below, or write Dense(1) alone."
