"""`lstm-course train`: train an experiment and print its errors beside those of simple forecasts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import click

from lstm_course.cli.options import as_json as plain
from lstm_course.cli.options import experiment_options, read_experiment
from lstm_course.cli.tensorflow import with_tensorflow
from lstm_course.data import facts_of
from lstm_course.evaluate import Run
from lstm_course.shapes import predict, require_runnable

Engine = Literal["auto", "compiled", "model.fit"]
PARTS = ("train", "validation", "test")


@click.command()
@experiment_options
@click.option("--seeds", default=1, show_default=True, help="Train with so many seeds and print the range.")
@click.option(
    "--engine", type=click.Choice(["auto", "compiled", "model.fit"]), default="auto", show_default=True
)
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the last run to a .npz file."
)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def train(
    start: str | None, seeds: int, engine: Engine, save: Path | None, as_json: bool, **given: Any
) -> None:
    """Train, and compare with forecasts that need no network."""
    exp, source = read_experiment(start, given)
    require_runnable(predict(exp, facts_of(exp, source)))
    run_training = with_tensorflow("train").train

    runs = []
    for seed in range(exp.seed, exp.seed + max(1, seeds)):
        quiet = as_json or seeds > 1
        runs.append(
            run_training(exp.change(seed=seed), source, engine=engine, on_epoch=None if quiet else click.echo)
        )
    if save is not None:
        runs[-1].save(save)
    if as_json:
        click.echo(json.dumps([_values(run) for run in runs], indent=2))
    else:
        _print(runs)


def _values(run: Run) -> dict[str, Any]:
    return {
        "experiment": plain(run.experiment), "seconds": run.seconds, "engine": run.engine,
        "engine_reason": run.engine_reason, "history": run.history, "metrics": run.metrics,
        "baselines": run.baselines, "notes": list(run.notes),
    }  # fmt: skip


def _print(runs: list[Run]) -> None:
    measure = "accuracy" if runs[0].experiment.is_classification else "rmse"
    parts = [part for part in PARTS if measure in runs[0].metrics.get(part, {})]
    click.echo(f"\n{measure:<24}" + "".join(f"{part:>14}" for part in parts))
    for run in runs:
        name = "this network" if len(runs) == 1 else f"seed {run.experiment.seed}"
        _row(name, {part: run.metrics[part][measure] for part in parts})
    for name, figures in runs[0].baselines.items():
        _row(name, {part: figures[part][measure] for part in parts if measure in figures.get(part, {})})
    last = runs[-1]
    click.echo(f"\n{len(last.history['loss'])} epochs in {last.seconds:.2f} s ({last.engine}).")
    for note in last.notes:
        click.echo(note)


def _row(name: str, figures: dict[str, float]) -> None:
    click.echo(f"{name:<24}" + "".join(f"{value:>14.4g}" for value in figures.values()))
