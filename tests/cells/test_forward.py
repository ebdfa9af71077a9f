from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_course.cells import (
    bidirectional,
    dense,
    dropout,
    flatten,
    masking,
    recurrent_layer,
    repeat_vector,
    reshape,
    time_distributed,
)

ADDING: list[Any] = [[[1.0]], [[0.5]]]  # h = x + h/2, with a linear activation
X = [[[1.0], [2.0], [4.0]]]
# Forwards: 1, 2.5, 5.25. Backwards, in the order of the input: 3, 4, 4.


def both(mode: Any = "concat", **more: Any) -> Any:
    return bidirectional("SimpleRNN", X, ADDING + ADDING, mode, activation="linear", **more)


def test_a_recurrent_layer_is_the_cell_unrolled() -> None:
    trace = recurrent_layer("SimpleRNN", X, ADDING, activation="linear")
    assert trace.last_output.tolist() == [[5.25]]


@pytest.mark.parametrize(
    ("mode", "outputs", "last"),
    [
        ("concat", [[[1.0, 3.0], [2.5, 4.0], [5.25, 4.0]]], [[5.25, 3.0]]),
        ("sum", [[[4.0], [6.5], [9.25]]], [[8.25]]),
        ("ave", [[[2.0], [3.25], [4.625]]], [[4.125]]),
        ("mul", [[[3.0], [10.0], [21.0]]], [[15.75]]),
    ],
)
def test_bidirectional_joins_each_timestep_and_each_directions_own_last_step(
    mode: str, outputs: Any, last: Any
) -> None:
    trace = both(mode)
    assert trace.outputs.tolist() == outputs
    assert trace.last_output.tolist() == last


def test_without_a_merge_mode_both_outputs_are_kept() -> None:
    forward, backward = both(None).outputs
    assert forward.ravel().tolist() == [1.0, 2.5, 5.25]
    assert backward.ravel().tolist() == [3.0, 4.0, 4.0]


def test_the_states_come_forward_layer_first() -> None:
    assert [state.tolist() for state in both().final_states] == [[[5.25]], [[3.0]]]
    started = both(initial_states=[[[8.0]], [[0.0]]])
    assert [state.tolist() for state in started.final_states] == [[[6.25]], [[3.0]]]


def test_masked_timesteps_are_zero_in_the_sequence_and_repeated_in_the_last_output() -> None:
    trace = both(mask=[[True, True, False]])
    assert trace.outputs.tolist() == [[[1.0, 2.0], [2.5, 2.0], [0.0, 0.0]]]
    assert trace.last_output.tolist() == [[2.5, 2.0]]


def test_bidirectional_refuses_what_cannot_be_halved_or_merged() -> None:
    with pytest.raises(ValueError, match=r"Got 3 weights, expected an even number"):
        bidirectional("SimpleRNN", X, [*ADDING, [0.0]])
    with pytest.raises(ValueError, match=r"Got 1 initial_states, expected an even number"):
        both(initial_states=[[[0.0]]])
    with pytest.raises(
        ValueError, match=r"Got merge_mode='avg', expected one of concat, sum, ave, mul, or None"
    ):
        both("avg")


def test_dense_works_on_the_last_axis() -> None:
    assert dense([[1.0, 2.0]], [[1.0, 0.0], [10.0, 1.0]], [0.5, -3.0], "relu").tolist() == [[21.5, 0.0]]
    assert dense(np.ones((2, 5, 3)), np.ones((3, 4))).shape == (2, 5, 4)


def test_dense_refuses_a_kernel_for_other_features() -> None:
    with pytest.raises(
        ValueError, match=r"Got x of shape \(1, 2\) and a kernel of shape \(3, 1\), expected the last"
    ):
        dense([[1.0, 2.0]], np.ones((3, 1)))


def test_dropout_changes_nothing_outside_training() -> None:
    assert dropout([[1.0, 2.0]]).tolist() == [[1.0, 2.0]]


def test_masking_skips_a_timestep_only_if_every_feature_has_the_value() -> None:
    values, mask = masking([[[0.0, 1.0], [0.0, 0.0], [9.0, 9.0]]])
    assert mask.tolist() == [[True, False, True]]
    assert values.tolist() == [[[0.0, 1.0], [0.0, 0.0], [9.0, 9.0]]]


def test_masking_blanks_what_it_skips() -> None:
    assert masking([[[9.0], [1.0]]], mask_value=9.0)[0].tolist() == [[[0.0], [1.0]]]


def test_repeat_vector_makes_a_sequence_of_one_row() -> None:
    assert repeat_vector([[1.0, 2.0]], 2).tolist() == [[[1.0, 2.0], [1.0, 2.0]]]
    with pytest.raises(ValueError, match=r"expected \(samples, features\). Set return_sequences=False"):
        repeat_vector(np.ones((1, 2, 3)), 2)


def test_time_distributed_applies_the_same_function_to_each_timestep() -> None:
    x = np.arange(6.0).reshape(1, 3, 2)
    assert time_distributed(lambda step: dense(step, [[1.0], [1.0]]), x).tolist() == [[[1.0], [5.0], [9.0]]]
    with pytest.raises(ValueError, match=r"Got x of shape \(3, 2\).*Set return_sequences=True"):
        time_distributed(lambda step: step, x[0])


def test_flatten_and_reshape_leave_the_samples_alone() -> None:
    x = np.arange(12).reshape(2, 3, 2)
    assert flatten(x).tolist() == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert reshape(x, (2, -1)).tolist() == [[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]


@pytest.mark.parametrize("target", [(4,), (-1, 4), (-1, -1)])
def test_reshape_refuses_a_shape_of_another_size(target: tuple[int, ...]) -> None:
    with pytest.raises(
        ValueError, match=r"for x of shape \(2, 3, 2\), expected a shape of 6 numbers a sample"
    ):
        reshape(np.zeros((2, 3, 2)), target)
