"""`lstm-course diagram`: draw an experiment, or a model from a .keras file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lstm_course.cli.options import experiment_options, read_experiment
from lstm_course.cli.tensorflow import with_tensorflow
from lstm_course.data import facts_of, prepare
from lstm_course.drawing import Diagram, ModelDiagram
from lstm_course.drawing import diagram as draw
from lstm_course.evaluate import Run
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, predict


@click.command()
@click.argument("model", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@experiment_options
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write: .svg, .png or .html."
)
@click.option(
    "--depth", type=click.Choice(["whole", "layer", "cell", "number"]), default="whole", show_default=True
)
@click.option("--width", default=1080, show_default=True, help="Pixels that the drawing is made for.")
@click.option("--theme", type=click.Choice(["auto", "light", "dark"]), default="auto", show_default=True)
@click.option(
    "--run", "run_file", type=click.Path(exists=True, path_type=Path), help="A run saved by `train --save`."
)
@click.option("--outline", is_flag=True, help="Print the diagram in words instead.")
def diagram(
    model: Path | None, out: Path | None, depth: str, width: int, theme: str, run_file: Path | None, outline: bool,
    start: str | None, **given: Any,
) -> None:  # fmt: skip
    """Draw an experiment, or the Keras model in the file MODEL (.keras); no code in the file is run."""
    look = {"depth": depth, "width": width, "theme": theme}
    drawn = _of_model(model, look) if model else _of_experiment(start, given, run_file, look)
    if outline:
        click.echo(drawn.outline())
    elif out is None:
        click.echo(drawn.to_svg())
    else:
        drawn.save(out)
        click.echo(f"Wrote {out}.")


def _of_experiment(
    start: str | None, given: dict[str, Any], run_file: Path | None, look: dict[str, Any]
) -> Diagram:
    run = Run.load(run_file) if run_file else None
    exp, source = (run.experiment, None) if run else read_experiment(start, given)
    prediction = predict(exp, facts_of(exp, source))
    return draw(exp, source, prepared=_arrays(prediction, source), prediction=prediction, run=run, **look)


def _arrays(prediction: Prediction, source: Any) -> Any:
    try:
        return prepare(prediction.exp, source)
    except ProblemError:
        return None  # the diagram shows why there are no arrays


def _of_model(path: Path, look: dict[str, Any]) -> ModelDiagram:
    drawn: ModelDiagram = with_tensorflow("describe").diagram_of_file(
        path, width=look["width"], theme=look["theme"]
    )
    return drawn
