"""`lstm-course shapes`: every shape of an experiment, by rule or as Keras measures it."""

from __future__ import annotations

import json
from typing import Any

import click

from lstm_course.cli.options import as_json as plain
from lstm_course.cli.options import experiment_options, read_experiment
from lstm_course.cli.tensorflow import with_tensorflow
from lstm_course.data import facts_of
from lstm_course.shapes import Prediction, Stage, predict

_COLOURS = {"error": "red", "wrong-result": "red", "degraded": "yellow", "benign": "blue"}


@click.command()
@experiment_options
@click.option(
    "--keras", "ask_keras", is_flag=True, help="Build the model in Keras too, and say whether it agrees."
)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def shapes(start: str | None, ask_keras: bool, as_json: bool, **given: Any) -> None:
    """Print every stage from the rows to the loss, read from the bottom up, with its shape."""
    exp, source = read_experiment(start, given)
    prediction = predict(exp, facts_of(exp, source))
    observed = _observed(prediction, source) if ask_keras else None
    if as_json:
        click.echo(json.dumps(_values(prediction, observed), indent=2))
    else:
        _print(prediction, observed)
    if not prediction.runs:
        raise SystemExit(1)


def _observed(prediction: Prediction, source: Any) -> tuple[Stage, ...]:
    observed: tuple[Stage, ...] = with_tensorflow("observe").observe_stages(prediction.exp, source)
    return observed


def _values(prediction: Prediction, observed: tuple[Stage, ...] | None) -> dict[str, Any]:
    return {
        "experiment": plain(prediction.exp),
        "stages": [_stage(stage) for stage in prediction.stages],
        "observed": None if observed is None else [_stage(stage) for stage in observed],
        "findings": [vars(finding) for finding in prediction.findings],
        "parameters": prediction.parameters,
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.id, "title": stage.title, "shape": stage.shape, "axes": stage.axes,
        "label_shape": stage.label.shape if stage.label else None, "parameters": stage.parameters,
        "formula": stage.formula,
    }  # fmt: skip


def _print(prediction: Prediction, observed: tuple[Stage, ...] | None) -> None:
    measured = {stage.id: stage for stage in observed or ()}
    for stage in reversed(prediction.stages):
        click.secho(f"{stage.title:<28}", bold=True, nl=False)
        click.echo(f"{stage.tensor!s:<20} {stage.tensor.named}")
        parameters = (
            f"   {stage.parameters:,} parameters: {stage.parameter_formula}" if stage.parameters else ""
        )
        click.echo(f"{'':<28}{stage.formula}{parameters}")
        if observed is not None:
            _say_agreement(stage, measured.get(stage.id))
    click.echo("↑ read from the bottom")
    for finding in prediction.findings:
        click.secho(f"\n{finding.stage}: {finding.title}", fg=_COLOURS[finding.severity], bold=True)
        click.echo(f"  {finding.explanation}\n  {finding.fix}")


def _say_agreement(predicted: Stage, measured: Stage | None) -> None:
    if measured is None:
        click.echo(f"{'':<28}Keras did not come this far.")
    elif (measured.shape, measured.parameters) == (predicted.shape, predicted.parameters):
        click.secho(f"{'':<28}✓ Keras agrees", fg="green")
    else:
        click.secho(f"{'':<28}✗ Keras says {measured.shape}, {measured.parameters:,} parameters", fg="red")
