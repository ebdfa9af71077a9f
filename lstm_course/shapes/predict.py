"""Everything the rules say of one Experiment: stages, findings and how the labels meet the output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from lstm_course.data import Facts, facts_of
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError
from lstm_course.shapes import stages as describe
from lstm_course.shapes.checks import data_findings, network_findings
from lstm_course.shapes.compare import Comparison, compare
from lstm_course.shapes.findings import Finding, most_severe_first
from lstm_course.shapes.network import Walk, label_tensor, misses_horizon, reads_steps_as_timesteps, walk
from lstm_course.shapes.output_checks import output_findings
from lstm_course.shapes.stage import LayerShape, Stage
from lstm_course.shapes.tensor import HORIZON, Tensor


@dataclass(frozen=True)
class Prediction:
    """What the rules say of an Experiment, before Keras is asked."""

    exp: Experiment  # the experiment
    facts: Facts  # the figures of its rows
    stages: tuple[Stage, ...]  # from the bottom up, as far as the network is possible
    findings: tuple[Finding, ...]  # what is wrong, the most severe first
    layers: tuple[LayerShape, ...]  # the layers that have a shape
    label: Tensor  # labels of one batch
    output: Tensor | None  # output for one batch; None when the network is impossible
    comparison: Comparison | None  # how the two meet; None when there is no output

    @property
    def runs(self) -> bool:
        """Whether Keras would run it without an error."""
        return not any(finding.blocks for finding in self.findings)

    @property
    def parameters(self) -> int:
        """Numbers that training changes."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def steps_per_epoch(self) -> int:
        """Gradient steps in one epoch."""
        return describe.steps_per_epoch(self.exp, self.facts)

    def stage(self, stage_id: str) -> Stage | None:
        """Return a stage by its id, or None where the network does not reach it."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)


def fitting_loss(exp: Experiment) -> str:
    """Name the loss that fits the label kind.

    >>> fitting_loss(Experiment(labels="class")), fitting_loss(Experiment())
    ('sparse_categorical_crossentropy', 'mse')
    """
    return {"class": "sparse_categorical_crossentropy", "one-hot": "categorical_crossentropy"}.get(
        exp.labels, "mse"
    )


def loss_of(exp: Experiment) -> str:
    """The loss that the experiment names, or else the fitting one."""
    return exp.loss or fitting_loss(exp)


def predict(exp: Experiment, facts: Facts | None = None) -> Prediction:
    """Apply the rules to an Experiment.

    Args:
        exp: the experiment.
        facts: the figures of its rows; None: those of the data set that it names.

    Returns:
        Stages from the rows to the loss, and all findings. Nothing is raised for an experiment that cannot
        run: its findings say why, and its stages end where the network does.

    Raises:
        DataError: when the data set, a column or the split cannot be.

    >>> predict(Experiment(timesteps=12)).stage("windowing").shape
    (89, 12, 1)
    """
    facts = facts_of(exp) if facts is None else facts
    steps = walk(exp, facts)
    label = label_tensor(exp, facts)
    comparison = _met(exp, facts, label, steps) if steps.output else None
    return Prediction(
        exp=exp, facts=facts, stages=_stages(exp, facts, steps, comparison),
        findings=most_severe_first(_findings(exp, facts, steps, comparison)),
        layers=steps.layers, label=label, output=steps.output, comparison=comparison,
    )  # fmt: skip


def _met(exp: Experiment, facts: Facts, label: Tensor, steps: Walk) -> Comparison:
    """The comparison, which knows what the axes mean and which layer made the output's timesteps."""
    assert steps.output is not None
    found = compare(label, steps.output, loss_of(exp))
    if found.is_right and reads_steps_as_timesteps(exp, steps):
        return _met_by_chance(exp, found)
    misses = None if found.is_right else misses_horizon(exp)
    if misses is None:
        return found
    fix = (
        f"Repeat the vector once for each step of the horizon, RepeatVector({exp.horizon}) instead of "
        f"RepeatVector({misses.n}), and end with TimeDistributed(Dense({max(1, len(facts.targets))}))."
    )
    return replace(found, fix=fix)


def _met_by_chance(exp: Experiment, found: Comparison) -> Comparison:
    """The comparison of labels with timesteps that are as many as the steps ahead, and mean something else."""
    label = found.label
    end = f" and Reshape({label.shape[1:]})" if label.rank > 2 else ""
    return replace(
        found, verdict="chance", position=1, axis=HORIZON,
        sentence=(
            f"The output has one value for each of {exp.timesteps} timesteps, the label one for each of "
            f"{exp.horizon} steps ahead. They are as many, but the first output has read one row only."
        ),
        fix=(
            f"Set return_sequences=False on the last recurrent layer and end with "
            f"Dense({prod(label.shape[1:])}){end}: the head then speaks after the last row."
        ),
    )  # fmt: skip


def _stages(exp: Experiment, facts: Facts, steps: Walk, comparison: Comparison | None) -> tuple[Stage, ...]:
    below = (describe.raw_data, describe.scaling, describe.windowing, describe.labels, describe.batching)
    found = tuple(stage(exp, facts) for stage in below) + describe.network_stages(exp, facts, steps)
    if comparison is None:
        return found
    return (*found, describe.loss(comparison, label_tensor(exp, facts).size, exp.class_weight is not None))


def _findings(exp: Experiment, facts: Facts, steps: Walk, comparison: Comparison | None) -> list[Finding]:
    found = data_findings(exp, facts) + network_findings(exp, facts, steps)
    if steps.obstacle:
        found.insert(0, steps.obstacle)
    if comparison is not None:
        found += output_findings(exp, facts, steps, comparison)
    return found


def require_runnable(prediction: Prediction) -> None:
    """Raise what would stop Keras, as a sentence.

    Raises:
        ProblemError: with the most severe finding's explanation and fix.
    """
    for finding in prediction.findings:
        if finding.blocks:
            raise ProblemError(f"{finding.explanation} {finding.fix}")


def predict_stages(exp: Experiment, facts: Facts | None = None) -> tuple[Stage, ...]:
    """Return the stages from the rows to the loss, by rule alone; see `predict`.

    >>> [stage.id for stage in predict_stages(Experiment())][-2:]
    ['head', 'loss']
    """
    return predict(exp, facts).stages


def check(exp: Experiment, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with an Experiment, the most severe first; nothing where all is well.

    >>> check(Experiment(timesteps=200))[0].title
    'The window is longer than the training rows'
    """
    return predict(exp, facts).findings
