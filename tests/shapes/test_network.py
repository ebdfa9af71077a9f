from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lstm_course.data import Facts
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
    TimeDistributed,
)
from lstm_course.shapes import fitting_head, network_of
from lstm_course.shapes.network import batch_of, input_tensor, label_tensor, places, walk

Make = Callable[..., Facts]
DECODER = (LSTM(8), RepeatVector(24), LSTM(8, return_sequences=True))


@pytest.mark.parametrize(
    ("changes", "shape"),
    [({}, (32, 12, 3)), ({"lags": "features"}, (32, 1, 36)), ({"batch_size": 200}, (89, 12, 3))],
)
def test_the_input_of_one_batch(changes: dict[str, Any], shape: tuple[int, ...], facts_with: Make) -> None:
    assert input_tensor(Experiment(**changes), facts_with(features=3)).shape == shape


def test_a_stateful_batch_has_its_full_size(facts_with: Make) -> None:
    assert batch_of(Experiment(batch_size=200, layers=(LSTM(4, stateful=True),)), facts_with()) == 200
    assert batch_of(Experiment(batch_size=200), facts_with(train=(5, 0))) == 200


LABELS = [
    ({}, 1, (32, 1), "batch horizon"),
    ({"flat_labels": True}, 1, (32,), "batch"),
    ({"horizon": 24}, 1, (32, 24), "batch horizon"),
    ({}, 2, (32, 2), "batch targets"),
    ({"horizon": 24}, 2, (32, 24, 2), "batch horizon targets"),
    ({"labels": "sequence"}, 1, (32, 12, 1), "batch timesteps targets"),
    ({"labels": "class"}, 1, (32,), "batch"),
    ({"labels": "one-hot"}, 1, (32, 5), "batch classes"),
]


@pytest.mark.parametrize(("changes", "targets", "shape", "axes"), LABELS)
def test_the_labels_of_one_batch(
    changes: dict[str, Any], targets: int, shape: tuple[int, ...], axes: str, facts_with: Make
) -> None:
    tensor = label_tensor(Experiment(**changes), facts_with(targets=targets, classes=5))
    assert (tensor.shape, tensor.axes) == (shape, tuple(axes.split()))


HEADS = [
    ({}, 1, (Dense(1),)),
    ({"horizon": 24}, 1, (Dense(24),)),
    ({}, 2, (Dense(2),)),
    ({"horizon": 24}, 2, (Dense(48), Reshape((24, 2)))),
    ({"labels": "sequence", "layers": (LSTM(4, return_sequences=True),)}, 2, (TimeDistributed(Dense(2)),)),
    ({"labels": "class"}, 1, (Dense(5, activation="softmax"),)),
    ({"labels": "one-hot"}, 1, (Dense(5, activation="softmax"),)),
    ({"horizon": 24, "layers": DECODER}, 1, (TimeDistributed(Dense(1)),)),
]


@pytest.mark.parametrize(("changes", "targets", "head"), HEADS)
def test_the_fitting_head_gives_the_labels_their_shape(
    changes: dict[str, Any], targets: int, head: tuple[Layer, ...], facts_with: Make
) -> None:
    exp, facts = Experiment(**changes), facts_with(targets=targets, classes=5)
    assert fitting_head(exp, facts) == head
    output, label = walk(exp, facts).output, label_tensor(exp, facts)
    assert output is not None
    assert output.shape[: label.rank] == label.shape


NETWORKS = [
    ((LSTM(4),), None, "recurrent-layer-1 head"),
    ((Masking(), LSTM(4)), None, "input-layer recurrent-layer-1 head"),
    ((LSTM(4, return_sequences=True), GRU(4)), None, "recurrent-layer-1 recurrent-layer-2 head"),
    (
        (LSTM(4, return_sequences=True), Dropout(0.1), GRU(4), Dropout(0.1)),
        None,
        "recurrent-layer-1 between-layers recurrent-layer-2 between-layers-2 head",
    ),
    ((LSTM(4), RepeatVector(2), Dropout(0.1), Bidirectional(GRU(4))), None,
     "recurrent-layer-1 between-layers between-layers recurrent-layer-2 head"),
    ((LSTM(4), Dropout(0.1), Dense(8), Dense(1)), None, "recurrent-layer-1 between-layers head head"),
    ((LSTM(4), Dense(8)), (Dense(1),), "recurrent-layer-1 between-layers head"),
    ((Dense(3), Masking(), LSTM(4)), (), "between-layers between-layers recurrent-layer-1"),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "head", "stages"), NETWORKS)
def test_each_layer_has_its_place(
    layers: tuple[Layer, ...], head: tuple[Layer, ...] | None, stages: str, facts_with: Make
) -> None:
    placed = places(Experiment(layers=layers, head=head), facts_with())
    assert [place.stage for place in placed] == stages.split()


def test_layers_that_end_in_an_output_layer_need_no_other_head(facts_with: Make) -> None:
    own = Experiment(layers=(LSTM(4), Dropout(0.2), Dense(1)))
    assert network_of(own, facts_with()) == own.layers
    flat = Experiment(layers=(LSTM(4, return_sequences=True), Flatten()))
    assert network_of(flat, facts_with()) == (*flat.layers, Dense(1))


def test_the_walk_ends_where_no_shape_leaves(facts_with: Make) -> None:
    steps = walk(Experiment(layers=(LSTM(8), LSTM(4))), facts_with())
    assert [shape.output.shape for shape in steps.layers] == [(32, 8)]
    assert steps.output is None
    assert steps.obstacle is not None
    assert steps.obstacle.code == "stacked-without-sequences"


def test_dropout_between_layers_hides_nothing(facts_with: Make) -> None:
    steps = walk(Experiment(layers=(LSTM(8), Dropout(0.2), LSTM(4))), facts_with())
    assert steps.obstacle is not None
    assert steps.obstacle.explanation.startswith("LSTM(8) returns only its last output")


@pytest.mark.parametrize(
    ("changes", "axes"),
    [
        ({}, "batch horizon"),
        ({"flat_labels": True}, "batch targets"),
        ({"layers": (LSTM(1),), "head": ()}, "batch horizon"),
    ],
)
def test_an_output_that_fits_takes_the_names_of_the_labels(
    changes: dict[str, Any], axes: str, facts_with: Make
) -> None:
    output = walk(Experiment(**changes), facts_with()).output
    assert output is not None
    assert output.axes == tuple(axes.split())


def test_an_output_that_does_not_fit_keeps_its_own(facts_with: Make) -> None:
    output = walk(Experiment(layers=(LSTM(4, return_sequences=True),)), facts_with()).output
    assert output is not None
    assert (output.shape, output.axes) == ((32, 12, 1), ("batch", "timesteps", "units"))


STATES: list[tuple[tuple[Layer, ...], str | None, str]] = [
    ((LSTM(8, return_state=True), RepeatVector(2), LSTM(8, initial_state=0)), None, ""),
    ((LSTM(8, return_state=True), RepeatVector(2), GRU(8, initial_state=0)), None, ""),
    ((LSTM(8), RepeatVector(2), LSTM(8, initial_state=0)), "state-not-returned",
     "LSTM(8) returns its output only; the state that should start the layer above stays inside."),
    ((LSTM(8, return_state=True), RepeatVector(2), LSTM(8, initial_state=1)), "state-from-nowhere",
     "initial_state=1 names no LSTM, GRU or SimpleRNN below this LSTM, but RepeatVector(2)."),
    ((LSTM(8, return_state=True), RepeatVector(2), LSTM(8, initial_state=2)), "state-from-nowhere",
     "initial_state=2 names no LSTM, GRU or SimpleRNN below this LSTM."),
    ((LSTM(8, return_state=True), RepeatVector(2), LSTM(9, initial_state=0)), "state-does-not-fit",
     "LSTM with 8 units hands over 2 state(s) of 8; LSTM with 9 units starts from 2 of 9."),
    ((GRU(8, return_state=True), RepeatVector(2), LSTM(8, initial_state=0)), "state-does-not-fit",
     "GRU with 8 units hands over 1 state(s) of 8; LSTM with 8 units starts from 2 of 8."),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "code", "explanation"), STATES)
def test_a_state_is_handed_over_or_the_reason_is_given(
    layers: tuple[Layer, ...], code: str | None, explanation: str, facts_with: Make
) -> None:
    obstacle = walk(Experiment(layers=layers), facts_with()).obstacle
    assert (obstacle and obstacle.code) == code
    assert (obstacle.explanation if obstacle else "") == explanation
