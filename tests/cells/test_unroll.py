from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_course.cells import CELLS, unroll

ADDING = [[[1.0]], [[0.5]]]  # h = x + h/2, with a linear activation
X = [[1.0], [2.0], [4.0]]


def adding(x: Any = X, **more: Any) -> Any:
    return unroll("SimpleRNN", x, ADDING, activation="linear", **more)


def test_each_state_goes_into_the_next_step() -> None:
    trace = adding()
    assert trace.outputs.ravel().tolist() == [1.0, 2.5, 5.25]
    assert [step["h_prev"].tolist() for step in trace.steps] == [[0.0], [1.0], [2.5]]
    assert trace.last_output.tolist() == trace.final_states[0].tolist() == [5.25]


def test_initial_states_replace_the_zeros() -> None:
    assert adding(initial_states=[[8.0]]).outputs.ravel().tolist() == [5.0, 4.5, 6.25]


def test_going_backwards_starts_with_the_last_timestep_and_keeps_that_order() -> None:
    trace = adding(go_backwards=True)
    assert trace.order == (2, 1, 0)
    assert trace.outputs.ravel().tolist() == [4.0, 4.0, 3.0]


def test_a_masked_timestep_carries_the_state_and_repeats_the_output() -> None:
    trace = adding(mask=[True, False, True])
    assert trace.outputs.ravel().tolist() == [1.0, 1.0, 4.5]
    assert trace.steps[1]["h"].tolist() == [1.0]
    assert bool(trace.steps[1].skipped)


def test_before_the_first_timestep_that_counts_the_output_is_zero_and_the_state_is_not() -> None:
    trace = adding(mask=[False, True, True], initial_states=[[8.0]])
    assert trace.outputs.ravel().tolist() == [0.0, 6.0, 7.0]
    assert trace.steps[0]["h"].tolist() == [8.0]


def test_masked_outputs_can_be_zero() -> None:
    trace = adding(mask=[True, False, True], zero_output_for_mask=True)
    assert trace.outputs.ravel().tolist() == [1.0, 0.0, 4.5]


def test_the_mask_turns_round_with_the_timesteps() -> None:
    trace = adding(mask=[True, True, False], go_backwards=True)
    assert trace.mask is not None
    assert trace.mask.tolist() == [False, True, True]
    assert trace.outputs.ravel().tolist() == [0.0, 2.0, 2.0]


def test_a_batch_masks_each_sample_by_itself() -> None:
    trace = adding([X, X], mask=[[True, True, True], [True, True, False]])
    assert trace.outputs[:, :, 0].tolist() == [[1.0, 2.5, 5.25], [1.0, 2.5, 2.5]]
    assert trace.sample(1).outputs.ravel().tolist() == [1.0, 2.5, 2.5]
    assert trace.sample(1).steps[2]["h"].tolist() == [2.5]


def test_quantities_and_states_are_collected_over_time() -> None:
    random = np.random.default_rng(3)
    trace = unroll(
        "LSTM", random.normal(size=(2, 5, 1)), [random.normal(size=(1, 12)), random.normal(size=(3, 12))]
    )
    assert trace.quantity("f").shape == (2, 5, 3)
    assert list(trace.states) == ["h", "c"]
    assert trace.states["c"][:, -1].tolist() == trace.final_states[1].tolist()


def test_everything_is_computed_in_the_dtype_of_the_weights() -> None:
    weights = [np.ones((1, 4), dtype="float32"), np.ones((1, 4), dtype="float32")]
    trace = unroll("LSTM", np.ones((3, 1)), weights)
    assert {value.dtype for step in trace.steps for value in step.values.values()} == {np.dtype("float32")}


@pytest.mark.parametrize(
    ("x", "more", "message"),
    [
        ([1.0, 2.0], {}, r"Got x of shape \(2,\), expected \(timesteps, features\) .* np.newaxis"),
        ([[1.0, 2.0]], {}, r"that is 2 features, expected 1, the rows of the kernel"),
        (np.ones((0, 1)), {}, r"Got x of shape \(0, 1\), expected at least 1 timestep"),
        (X, {"mask": [True]}, r"Got a mask of shape \(1,\), expected \(3,\)"),
        (
            X,
            {"initial_states": [[0.0, 0.0]]},
            r"Got 1 states of shapes \[\(2,\)\], expected 1 \(h\) of shape \(1,\)",
        ),
        (X, {"reset_after": True}, r"Got the argument reset_after, but a SimpleRNN cell takes activation"),
    ],
)
def test_what_does_not_fit_is_refused(x: Any, more: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        adding(x, **more)


def test_an_unknown_cell_is_refused() -> None:
    with pytest.raises(ValueError, match=rf"Got the cell 'RNN', expected one of {', '.join(CELLS)}"):
        unroll("RNN", X, ADDING)


def test_a_sample_is_taken_only_out_of_a_batch() -> None:
    with pytest.raises(ValueError, match="Got a trace of one sample"):
        adding().sample(0)
