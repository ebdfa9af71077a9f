from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.experiment import LOSSES
from lstm_course.shapes import Comparison, Tensor, compare
from lstm_course.shapes.compare import aligned, broadcast

AXES = ("batch", "timesteps", "units", "targets")
SHAPES = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)


def of(shape: tuple[int, ...]) -> Tensor:
    return Tensor(shape, AXES[: len(shape)])


def meet(label: tuple[int, ...], output: tuple[int, ...], loss: str = "mse") -> Comparison:
    return compare(of(label), of(output), loss)


@given(SHAPES, SHAPES)
def test_broadcasting_is_numpys(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    try:
        expected = np.broadcast_shapes(left, right)
    except ValueError:
        expected = None
    assert broadcast(left, right) == expected


@given(SHAPES, SHAPES, st.sampled_from(["mse", "mae", "huber", "log_cosh"]))
def test_a_regression_loss_averages_the_terms_that_numpy_would_make(
    label: tuple[int, ...], output: tuple[int, ...], loss: str
) -> None:
    met = meet(label, output, loss)
    left, right = aligned(label, output)
    try:
        difference = np.zeros(left) - np.zeros(right)
    except ValueError:
        assert (met.verdict, met.num_terms) == ("refused", 0)
        return
    assert met.num_terms == difference.size
    assert met.is_right == (left == right)
    assert met.verdict == ("broadcast" if left != right else "match" if label == output else "aligned")


@given(SHAPES, SHAPES, st.sampled_from(LOSSES))
def test_every_verdict_is_whole(label: tuple[int, ...], output: tuple[int, ...], loss: str) -> None:
    met = meet(label, output, loss)
    assert met.num_labels == np.prod(label)
    assert met.sentence.endswith(".")
    assert (met.position is None, met.fix == "", met.axis == "") == (met.is_right,) * 3
    assert met.is_right or met.fix.endswith(".")


# (label, output, loss, verdict, terms): numbers by hand
CASES = [
    ((32, 1), (32, 1), "mse", "match", 32),
    ((32,), (32, 1), "mse", "aligned", 32),
    ((32, 12), (32, 12, 1), "mae", "aligned", 384),
    ((32, 12, 1), (32, 12), "mse", "aligned", 384),
    ((32,), (32, 12, 1), "mse", "broadcast", 12_288),  # 32 × 12 × 32
    ((32, 1), (32, 12, 1), "huber", "broadcast", 384),
    ((32, 1), (32, 3), "mse", "broadcast", 96),
    ((32, 24), (32, 1), "mse", "broadcast", 768),
    ((32, 2), (32, 3), "mse", "refused", 0),
    ((32, 1), (32, 12), "binary_crossentropy", "refused", 0),
    ((32,), (32, 1), "binary_crossentropy", "aligned", 32),
    ((32, 9), (32, 9), "categorical_crossentropy", "match", 32),
    ((32,), (32, 9), "categorical_crossentropy", "refused", 0),
    ((32,), (32, 9), "sparse_categorical_crossentropy", "match", 32),
    ((32, 1), (32, 9), "sparse_categorical_crossentropy", "match", 32),
    ((32, 9), (32, 9), "sparse_categorical_crossentropy", "refused", 0),
    ((32,), (32, 12, 9), "sparse_categorical_crossentropy", "refused", 0),
    ((32, 12), (32, 12, 9), "sparse_categorical_crossentropy", "match", 384),
]


@pytest.mark.parametrize(("label", "output", "loss", "verdict", "terms"), CASES)
def test_cases_by_hand(
    label: tuple[int, ...], output: tuple[int, ...], loss: str, verdict: str, terms: int
) -> None:
    met = meet(label, output, loss)
    assert (met.verdict, met.num_terms) == (verdict, terms)


@pytest.mark.parametrize(
    ("label", "output", "position", "axis"),
    [
        ((32, 1), (32, 12, 1), 1, "timesteps"),
        ((32,), (32, 3), 1, "timesteps"),
        ((32, 4, 3), (32, 4, 2), 2, "units"),
    ],
)
def test_the_axis_where_they_part_is_named(
    label: tuple[int, ...], output: tuple[int, ...], position: int, axis: str
) -> None:
    met = meet(label, output)
    assert (met.position, met.axis) == (position, axis)


@pytest.mark.parametrize(
    ("label", "output", "loss", "sentence"),
    [
        ((32, 1), (32, 1), "mse", "Labels (32, 1) match the output (32, 1): the loss compares 32 pairs."),
        ((1, 1), (1, 1), "mse", "Labels (1, 1) match the output (1, 1): the loss compares 1 pair."),
        (
            (32,), (32, 1), "mse",
            "Labels (32,) match the output (32, 1): the loss compares 32 pairs. Keras adds or drops the last axis, of "
            "size 1, by itself.",
        ),
        (
            (32, 9), (32, 9), "categorical_crossentropy",
            "Labels (32, 9) match the output (32, 9): the loss compares 32 pairs of rows.",
        ),
        (
            (32,), (32, 9), "sparse_categorical_crossentropy",
            "Each of the 32 labels names one of the 9 outputs of its sample.",
        ),
        (
            (32,), (32, 12, 1), "mse",
            "Labels (32,) against an output (32, 12, 1): mse raises nothing. It stretches both to 32 × 12 × 32 = "
            "12,288 terms, so outputs are compared with labels that are not theirs.",
        ),
        (
            (32, 2), (32, 3), "mse",
            "Labels (32, 2) (32 batch × 2 timesteps) do not fit the output (32, 3) (32 batch × 3 timesteps): mse "
            "raises an error.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_loss_does(
    label: tuple[int, ...], output: tuple[int, ...], loss: str, sentence: str
) -> None:
    assert meet(label, output, loss).sentence == sentence


@pytest.mark.parametrize(
    ("label", "output", "loss", "fix"),
    [
        ((32,), (32, 12, 1), "mse", "Set return_sequences=False on the last recurrent layer"),
        ((32,), (32, 32, 1), "mse", "Set return_sequences=False on the last recurrent layer"),
        ((32, 1), (32, 12, 1), "mse", "Set return_sequences=False on the last recurrent layer"),
        ((32,), (32, 12, 9), "sparse_categorical_crossentropy", "Set return_sequences=False"),
        ((32,), (32, 3), "mse", "Give the head one unit, Dense(1), for one number per sample"),
        ((32, 24), (32, 1), "mse", "Give the head one unit per label: Dense(24), so that it returns (32, 24)."),
        ((32, 24, 2), (32, 1), "mse", "End with Dense(48) and Reshape((24, 2));"),
        ((32, 12, 2), (32, 12, 3), "mse", "one unit per target: TimeDistributed(Dense(2))."),
        ((32, 12, 2), (32, 24, 2), "mse", "The output has 24 timesteps and the labels 12: make them equally long."),
        ((32,), (32, 9), "categorical_crossentropy", "Use loss='sparse_categorical_crossentropy' for class numbers"),
        ((32, 9), (32, 9), "sparse_categorical_crossentropy", "Give each sample one class number, labels (batch,)"),
        ((32, 2, 2), (32, 2, 2, 2), "mse", "Make the output (32, 2, 2): it has to have the labels' shape."),
    ],
)  # fmt: skip
def test_the_fix_says_what_to_type(
    label: tuple[int, ...], output: tuple[int, ...], loss: str, fix: str
) -> None:
    assert fix in meet(label, output, loss).fix
