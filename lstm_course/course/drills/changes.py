"""Which change repairs a broken experiment: found by trying, so that the right answer is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional, Layer, Recurrent, recurrent_of
from lstm_course.problems import ProblemError
from lstm_course.shapes import Finding, Prediction, predict

NUM_OPTIONS = 4
_BAD = ("error", "wrong-result")


@dataclass(frozen=True)
class Change:
    """One thing to change, and what comes of it."""

    key: str  # its name
    text: str  # the change in words
    why: str  # what happens then


def changes_of(prediction: Prediction, rng: Random) -> tuple[str, str, tuple[Change, ...]] | None:
    """Find one change that repairs a broken experiment and some that do not.

    Returns:
        What is wrong, the key of the change that helps, and the changes in random order; None where the experiment is
        not broken, or there is no such choice.
    """
    problem = _problem(prediction)
    if problem is None:
        return None
    helping, others = [], []
    for text, changed in _candidates(prediction.exp):
        try:
            after = _problem(predict(changed))
        except ProblemError:
            continue
        if after is None:
            helping.append(Change(text, text, "With this change nothing is left to mend."))
        else:
            others.append(Change(text, text, f"Then this is left: {after.title}. {after.explanation}"))
    if not helping or len(others) < 2:
        return None
    right = rng.choice(helping)
    options = [right, *rng.sample(others, min(NUM_OPTIONS - 1, len(others)))]
    rng.shuffle(options)
    return f"{problem.title}: {problem.explanation}", right.key, tuple(options)


def _problem(prediction: Prediction) -> Finding | None:
    return next((finding for finding in prediction.findings if finding.severity in _BAD), None)


def _candidates(exp: Experiment) -> Iterator[tuple[str, Experiment]]:
    for position, layer in enumerate(exp.layers):
        recurrent = recurrent_of(layer)
        if recurrent is None:
            continue
        flag = not recurrent.return_sequences
        name = f"the {layer.keras_name} at place {position + 1}"
        yield f"return_sequences={flag} in {name}", exp.change(layers=_with_flag(exp.layers, position, flag))
    if exp.head is not None:
        yield "a head that has one output for each label", exp.change(head=None)
    for labels in ("steps", "sequence"):
        if exp.labels != labels and not exp.is_classification:
            yield f"labels={labels!r}", exp.change(labels=labels)
    if exp.flat_labels:
        yield "flat_labels=False", exp.change(flat_labels=False)
    for size in (1, 2 * exp.batch_size):
        yield f"batch_size={size}", exp.change(batch_size=size)
    yield f"timesteps={2 * exp.timesteps}", exp.change(timesteps=2 * exp.timesteps)
    yield "loss='mae'", exp.change(loss="mae")
    yield "scaling='minmax'", exp.change(scaling="minmax")


def _with_flag(layers: tuple[Layer, ...], position: int, flag: bool) -> tuple[Layer, ...]:
    layer = layers[position]
    if isinstance(layer, Bidirectional):
        changed: Layer = replace(layer, layer=replace(layer.layer, return_sequences=flag))
    elif isinstance(layer, Recurrent):
        changed = replace(layer, return_sequences=flag)
    else:
        changed = layer
    return (*layers[:position], changed, *layers[position + 1 :])
