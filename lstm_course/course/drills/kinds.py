"""The kinds of drills: each makes a question of an experiment, or declines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from lstm_course.course.drills.changes import changes_of
from lstm_course.course.drills.experiments import random_experiment
from lstm_course.course.judging import right_answer
from lstm_course.course.quantities import (
    last_batch_size,
    num_samples,
    parameters_of,
    shape_after,
    steps_per_epoch,
    weight_shape,
)
from lstm_course.course.questions import Choice, Number, Option, Question, Shape
from lstm_course.experiment import Experiment
from lstm_course.layers import recurrent_of
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, network_of, predict

TRIES = 200


@dataclass(frozen=True)
class Drill:
    """One random question, with the experiment that it is about."""

    kind: str  # which kind of question
    level: int  # how hard, from 1
    seed: int  # makes the same drill again
    exp: Experiment  # the experiment
    question: Question  # what is asked

    @property
    def prediction(self) -> Prediction:
        """What the rules say of the experiment."""
        return predict(self.exp)


Maker = Callable[[Prediction, Random, str], Question | None]


def make_drill(kind: str, level: int, seed: int) -> Drill:
    """Make a drill; the same arguments always make the same one.

    Args:
        kind: one of KINDS.
        level: 1 to 5.
        seed: any number.

    Raises:
        KeyError: when there is no such kind.

    >>> make_drill("windows", 1, 7).exp == make_drill("windows", 1, 7).exp
    True
    """
    make = _MAKERS[kind]
    rng = Random(f"{kind} {level} {seed}")
    lowest = LOWEST_LEVEL.get(kind, 1)
    for _ in range(TRIES):
        try:
            exp = random_experiment(rng, max(level, lowest))
            prediction = predict(exp)
        except ProblemError:
            continue
        question = make(prediction, rng, f"{kind}-{level}-{seed}")
        if question is not None and right_answer(question, prediction) is not None:
            return Drill(kind, level, seed, exp, question)
    raise RuntimeError(f"No drill of kind {kind!r} at level {level} came about in {TRIES} tries.")


def _data(prediction: Prediction) -> str:
    exp = prediction.exp
    columns = ", ".join(prediction.facts.features)
    stride = f", stride {exp.stride}" if exp.stride > 1 else ""
    return (
        f"`{exp.dataset}`, {{train_rows}} training rows; what goes in: {columns}; windows of {{timesteps_text}}, "
        f"horizon {exp.horizon}{stride}"
    )


def _network(prediction: Prediction) -> str:
    layers = network_of(prediction.exp, prediction.facts)
    return " → ".join(f"`{layer.code}`" for layer in layers)


def _shape(prediction: Prediction, rng: Random, name: str) -> Question | None:
    reached = [stage.id for stage in prediction.stages if stage.layers]
    stage = rng.choice([*reached, "windowing", "labels"])
    if stage in ("windowing", "labels"):
        what = "all training windows together" if stage == "windowing" else "all training labels together"
        kind = f", labels={prediction.exp.labels!r}" + (", flat" if prediction.exp.flat_labels else "")
        prompt = f"{_data(prediction)}{kind if stage == 'labels' else ''}. What is the shape of {what}?"
        explanation = "{right}: " + (
            "{window_formula} samples." if stage == "windowing" else "one label for each sample."
        )
    else:
        prompt = (
            f"A batch of shape {{batch_shape}} enters {_network(prediction)}. What is the shape of what leaves "
            f"**{_escaped(stage)}**?"
        )
        layer = next(each for each in prediction.stages if each.id == stage).layers[-1]
        explanation = f"{_escaped(layer.shape_formula)}."
    return Shape(
        id=name, prompt=prompt, answer=shape_after(stage, labels=stage == "labels"), explanation=explanation
    )


def _windows(prediction: Prediction, rng: Random, name: str) -> Question | None:
    prompt = f"{_data(prediction)}. How many training windows are there?"
    answer = num_samples()
    return Number(id=name, prompt=prompt, answer=answer, explanation="{window_formula}.", unit="windows")


def _steps(prediction: Prediction, rng: Random, name: str) -> Question | None:
    if not prediction.steps_per_epoch:
        return None
    start = "{num_windows} training samples, batch_size {batch_size}. "
    if prediction.exp.stateful or rng.random() < 0.7:
        return Number(
            id=name, prompt=f"{start}How many gradient steps has an epoch?", answer=steps_per_epoch(), unit="steps",
            explanation="⌈{num_windows} / {batch_size}⌉ = {right}: the last batch may be smaller.",
        )  # fmt: skip
    return Number(
        id=name, prompt=f"{start}How many samples are in the last batch?", answer=last_batch_size(), unit="samples",
        explanation="{right} are left after the full batches.",
    )  # fmt: skip


def _parameters(prediction: Prediction, rng: Random, name: str) -> Question | None:
    stages = [
        stage for stage in prediction.stages
        if any(recurrent_of(layer.layer) for layer in stage.layers) or stage.id == "head"
    ]  # fmt: skip
    if not stages:
        return None
    stage = rng.choice(stages)
    layer = stage.layers[-1]
    enters = f"{_escaped(str(layer.input))} enters `{_escaped(layer.layer.code)}`. "
    if recurrent_of(layer.layer) and layer.keras_name != "Bidirectional" and rng.random() < 0.3:
        weight = rng.choice(("kernel", "recurrent_kernel", "bias"))
        answer = weight_shape(weight, stage.id)
        return Shape(
            id=name, prompt=f"{enters}What is the shape of its {weight}?", answer=answer,
            explanation=f"{{right}}: {_escaped(layer.parameter_formula)} in all.",
        )  # fmt: skip
    if len(stage.layers) > 1 or not layer.parameters:
        return None
    return Number(
        id=name, prompt=f"{enters}How many parameters has it?", answer=parameters_of(stage.id), unit="parameters",
        explanation=f"{_escaped(layer.parameter_formula)}.",
    )  # fmt: skip


def _match(prediction: Prediction, rng: Random, name: str) -> Question | None:
    comparison = prediction.comparison
    if comparison is None or comparison.verdict == "chance":  # none of the options says it
        return None
    wanted = rng.choice(("fits", "silent", "refused"))  # or nearly all would fit
    verdict = {"match": "fits", "aligned": "fits", "broadcast": "silent"}.get(comparison.verdict, "refused")
    if verdict != wanted:
        return None
    sentence = _escaped(comparison.sentence)
    options = (
        Option("fits", "Each output meets its own label.", sentence),
        Option("silent", "No error, but outputs are compared with labels that are not theirs.", sentence),
        Option("refused", "Keras raises an error.", sentence),
    )
    return Choice(
        id=name,
        prompt="Labels {label_shape}, output {output_shape}, loss {loss}. What happens?",
        options=options, answer=lambda _: verdict, explanation=f"{sentence} {_escaped(comparison.fix)}".strip(),
    )  # fmt: skip


def _axis(prediction: Prediction, rng: Random, name: str) -> Question | None:
    comparison = prediction.comparison
    if comparison is None or comparison.is_right or comparison.verdict == "chance":  # no size differs
        return None
    axes = sorted({*comparison.output.axes, *comparison.label.axes})
    sentence = _escaped(f"The first axis at which they part is {comparison.axis}. {comparison.sentence}")
    return Choice(
        id=name,
        prompt=f"Output {_escaped(comparison.output.named)}, labels {_escaped(comparison.label.named)}, loss {{loss}}. "
        "In which axis do they part first?",
        options=tuple(Option(axis, axis, sentence) for axis in axes),
        answer=lambda _: comparison.axis, explanation=f"{sentence} {_escaped(comparison.fix)}",
    )  # fmt: skip


def _change(prediction: Prediction, rng: Random, name: str) -> Question | None:
    found = changes_of(prediction, rng)
    if found is None:
        return None
    problem, right, options = found
    return Choice(
        id=name,
        prompt=f"{_data(prediction)}, labels={prediction.exp.labels!r}, batch_size {{batch_size}}; "
        f"{_network(prediction)}. {_escaped(problem)} Which change makes it right?",
        options=tuple(Option(each.key, _escaped(each.text), _escaped(each.why)) for each in options),
        answer=lambda _: right, explanation=f"{_escaped(next(o.why for o in options if o.key == right))}",
    )  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


_MAKERS: Mapping[str, Maker] = {
    "shape": _shape,
    "windows": _windows,
    "steps": _steps,
    "parameters": _parameters,
    "match": _match,
    "axis": _axis,
    "change": _change,
}
KINDS = tuple(_MAKERS)
"""Names of the kinds."""

LOWEST_LEVEL: Mapping[str, int] = {"match": 3, "axis": 3, "change": 3}
"""Kinds that need more than the simplest experiments, and the level that theirs have at least."""
