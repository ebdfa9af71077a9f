from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import prepare
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.weighting import weights_of
from lstm_course.problems import ProblemError

pytestmark = pytest.mark.keras

VOWELS = Experiment(dataset="japanese_vowels", labels="class", timesteps=20)
CLASSES = prepare(VOWELS)
NUMBERS = prepare(Experiment())
EACH_STEP = prepare(Experiment(labels="sequence"))


def test_classes_that_are_not_named_count_one():
    weights = weights_of(prepare(VOWELS.change(class_weight=((2, 4.0),))))
    assert set(weights[CLASSES.y["train"] == 2]) == {4.0}
    assert set(weights[CLASSES.y["train"] != 2]) == {1.0}


def test_balanced_classes_weigh_the_same_in_all():
    weights, classes = weights_of(prepare(VOWELS.change(class_weight="balanced"))), CLASSES.y["train"]
    sums = [weights[classes == number].sum() for number in np.unique(classes)]
    np.testing.assert_allclose(sums, len(classes) / len(sums), rtol=1e-5)


@pytest.mark.parametrize(
    ("prepared", "given", "said"),
    [
        (prepare(VOWELS.change(class_weight="balanced")), {"sample_weight": [1.0]}, "expected one of them"),
        (prepare(VOWELS.change(class_weight=((9, 1.0),))), {}, "names class 9: expected numbers from 0 to 8"),
        (prepare(Experiment(class_weight=((0, 1.0),))), {}, "these labels are numbers. Use sample_weight"),
        (
            NUMBERS,
            {"sample_weight": [1.0, 2.0]},
            r"has shape \(2,\): expected one finite number for each of the 89",
        ),
        (NUMBERS, {"sample_weight": [float("nan")] * 89}, "finite"),
        (EACH_STEP, {"sample_weight": [1.0] * 89}, r"expected \(89, 12\), one number for each timestep"),
    ],
)
def test_weights_that_do_not_fit_are_refused(prepared, given, said):
    with pytest.raises(ProblemError, match=said):
        weights_of(prepared, **given)
