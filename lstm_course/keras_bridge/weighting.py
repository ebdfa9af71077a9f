"""How much each training sample counts in the loss, as `model.fit` understands it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from keras.src.trainers.data_adapters.data_adapter_utils import class_weight_to_sample_weights

from lstm_course.data import Prepared
from lstm_course.keras_bridge.feed import labels_of
from lstm_course.problems import ProblemError

Array = npt.NDArray[Any]


def weights_of(prepared: Prepared, sample_weight: Array | None = None) -> Array | None:
    """Return the weight of each training sample: the one given, or that of its class by the experiment's class_weight.

    Args:
        prepared: the experiment's arrays.
        sample_weight: one number for each training sample, (samples,), or for each of its timesteps.

    Returns:
        float32 array with the samples first; None where all count the same.

    Raises:
        ProblemError: when both are given, or one does not fit the labels.

    Source: `class_weight_to_sample_weights` in keras/src/trainers/data_adapters/data_adapter_utils.py.
    """
    class_weight = class_weight_of(prepared)
    if sample_weight is not None and class_weight is not None:
        raise ProblemError("Both sample_weight and class_weight were given: expected one of them.")
    if class_weight is not None:
        return _of_classes(prepared, class_weight)
    return None if sample_weight is None else _of_samples(prepared, np.asarray(sample_weight))


def class_weight_of(prepared: Prepared) -> dict[int, float] | None:
    """Return the experiment's class_weight as `model.fit` takes it: {class number: weight}; None: all the same.

    Raises:
        ProblemError: when the labels are no classes.
    """
    given = prepared.experiment.class_weight
    if given is None:
        return None
    return balanced(prepared) if given == "balanced" else {number: float(weight) for number, weight in given}


def balanced(prepared: Prepared) -> dict[int, float]:
    """Return class weights with which every class counts as much as every other: samples / (classes * its samples).

    Raises:
        ProblemError: when the labels are no classes.

    Example:
        >>> from lstm_course.data import prepare
        >>> from lstm_course.experiment import Experiment
        >>> exp = Experiment(dataset="japanese_vowels", labels="class", timesteps=20)
        >>> round(balanced(prepare(exp))[0], 3)
        0.987
    """
    _require_classes(prepared)
    numbers, counts = np.unique(prepared.truth("train"), return_counts=True)
    shares = counts.sum() / (len(counts) * counts)
    return {int(number): float(share) for number, share in zip(numbers, shares, strict=True)}


def _of_classes(prepared: Prepared, class_weight: dict[int, float]) -> Array:
    _require_classes(prepared)
    num_classes = len(prepared.class_names)
    unknown = sorted(set(class_weight) - set(range(num_classes)))
    if unknown:
        raise ProblemError(
            f"class_weight names class {unknown[0]!r}: expected numbers from 0 to {num_classes - 1}."
        )
    weights: Array = class_weight_to_sample_weights(labels_of(prepared, "train"), class_weight)
    return weights.astype(np.float32)


def _of_samples(prepared: Prepared, sample_weight: Array) -> Array:
    num_samples = prepared.num_samples("train")
    if sample_weight.ndim < 1 or len(sample_weight) != num_samples or not np.isfinite(sample_weight).all():
        raise ProblemError(
            f"sample_weight has shape {sample_weight.shape}: expected one finite number for each of the "
            f"{num_samples:,} training samples."
        )
    wanted = (num_samples, prepared.label_shape[0]) if prepared.experiment.labels == "sequence" else None
    if wanted and sample_weight.shape != wanted:  # Keras would take the samples for timesteps
        raise ProblemError(
            f"sample_weight has shape {sample_weight.shape}: expected {wanted}, one number for each timestep of each "
            "label sequence."
        )
    return np.ascontiguousarray(sample_weight, dtype=np.float32)


def _require_classes(prepared: Prepared) -> None:
    if not prepared.class_names:
        raise ProblemError("class_weight weighs classes, but these labels are numbers. Use sample_weight.")
