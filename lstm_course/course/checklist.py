"""The checklist: what a reviewer would ask of an experiment, each line worked out from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.shapes import Prediction

MIN_SEEDS = 3


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist."""

    sentence: str  # what should hold
    holds: bool  # whether it does
    detail: str = ""  # what was found


def checklist(prediction: Prediction, run: Run | None, others: Sequence[Run] = ()) -> tuple[CheckItem, ...]:
    """Look at an experiment as a reviewer would, the lines that make later ones worthless first.

    Args:
        prediction: what the rules say of the experiment.
        run: its finished training; None while there is none.
        others: further finished trainings; those that differ in the seed alone count.

    >>> from lstm_course.shapes import predict
    >>> [item.holds for item in checklist(predict(Experiment()), None)]
    [True, True, True, True, True, False, False, False]
    """
    runs = _same_but_seed(prediction.exp, [*([run] if run else []), *others])
    return (*_before_training(prediction), *_after_training(prediction, run, runs))


def _before_training(prediction: Prediction) -> tuple[CheckItem, ...]:
    exp, facts = prediction.exp, prediction.facts
    grave = [finding for finding in prediction.findings if finding.severity in ("error", "wrong-result")]
    comparison = prediction.comparison
    test = facts.part("test").num_samples
    validation = facts.part("validation").num_samples
    return (
        CheckItem(
            "The scaler has seen the training rows only.", exp.scaler_fit == "train" or exp.scaling == "none"
        ),
        CheckItem(
            "No finding is an error or gives a wrong result.", not grave, "; ".join(each.title for each in grave)
        ),
        CheckItem(
            "The labels match the output.", comparison is not None and comparison.is_right,
            f"labels {prediction.label}, output {prediction.output or 'none'}",
        ),
        CheckItem("There are validation samples to decide by.", bool(validation), f"{validation:,} samples"),
        CheckItem("There are test samples that nothing was fitted on.", bool(test), f"{test:,} samples"),
    )  # fmt: skip


def _after_training(prediction: Prediction, run: Run | None, runs: Sequence[Run]) -> tuple[CheckItem, ...]:
    measure = measure_of(prediction.exp)
    rival = best_baseline(run) if run else None
    mine = run.metrics.get("test", {}).get(measure) if run else None
    figures = ""
    if mine is not None and rival is not None:
        figures = f"{measure}: network {mine:.4g}, {rival[0]} {rival[1]:.4g}"
    return (
        CheckItem("The network has been trained.", run is not None),
        CheckItem(
            "On the test rows it beats every forecast that needs no network.",
            run is not None and beats_baselines(run),
            figures,
        ),
        _over_seeds(runs),
    )


def _over_seeds(runs: Sequence[Run]) -> CheckItem:
    wins = sum(map(beats_baselines, runs))
    detail = f"{wins} of {len(runs)} seeds" if runs else ""
    return CheckItem(
        f"It does so with each of {MIN_SEEDS} seeds or more.",
        len(runs) >= MIN_SEEDS and wins == len(runs),
        detail,
    )


def _same_but_seed(exp: Experiment, runs: Sequence[Run]) -> list[Run]:
    """Keep one run for each seed, of trainings that differ in nothing else."""
    kept: dict[int, Run] = {}
    for run in runs:
        if run.experiment.change(seed=exp.seed) == exp:
            kept.setdefault(run.experiment.seed, run)
    return list(kept.values())


def measure_of(exp: Experiment) -> str:
    """Name the figure that an experiment is judged by: accuracy for classes, else RMSE."""
    return "accuracy" if exp.is_classification else "rmse"


def best_baseline(run: Run, part: str = "test") -> tuple[str, float] | None:
    """Return the forecast without a network that is hardest to beat on a part, with its figure; None without any."""
    measure = measure_of(run.experiment)
    found = {
        name: parts[part][measure] for name, parts in run.baselines.items() if measure in parts.get(part, {})
    }
    if not found:
        return None
    best = (max if run.experiment.is_classification else min)(found, key=lambda name: found[name])
    return best, found[best]


def beats_baselines(run: Run) -> bool:
    """Whether a network is better on the test rows than every forecast that needs none."""
    rival = best_baseline(run)
    mine = run.metrics.get("test", {}).get(measure_of(run.experiment))
    if rival is None or mine is None:
        return False
    return mine > rival[1] if run.experiment.is_classification else mine < rival[1]
