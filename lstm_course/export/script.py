"""Write an experiment as one program that runs without this package."""

from __future__ import annotations

from pathlib import PurePath

from lstm_course.data import Sequences, Series
from lstm_course.experiment import Experiment
from lstm_course.export import errors, network, rows, samples, sequences
from lstm_course.export.sections import Material, Section, material_of
from lstm_course.problems import ProblemError


def export_script(exp: Experiment, series: Series | Sequences | None = None) -> str:
    """Write plain pandas, NumPy and Keras that does exactly what the experiment says.

    The script reads the data set's CSV file beside it, or the one whose path it is given, prints the
    shapes and the errors in original units, and gives the losses of `model.fit`.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.

    Returns:
        The text of a Python program.

    Raises:
        ProblemError: when the experiment cannot run; the text says what to change.

    Example:
        >>> "LSTM(32)," in export_script(Experiment(dataset="air_passengers"))
        True
    """
    material = material_of(exp, series)
    return join(head(material), imports(material, path_lines(material)), *sections(material))


def code_up_to(exp: Experiment, stage_id: str, series: Series | Sequences | None = None) -> str:
    """Write the program up to one stage of the diagram: the code so far.

    Args:
        exp: the experiment.
        stage_id: id of a stage, such as "windowing" or "recurrent-layer-1".
        series: data of the learner's own; None: the data set that the experiment names.

    Raises:
        ProblemError: when there is no such stage, or the experiment cannot run.

    Example:
        >>> "keras.Input" in code_up_to(Experiment(), "windowing"), "keras.Input" in code_up_to(Experiment(), "head")
        (False, True)
    """
    material = material_of(exp, series)
    written = sections(material)
    reached = [place for place, section in enumerate(written) if _belongs(stage_id, section)]
    if not reached:
        known = ", ".join(stage for section in written for stage in section.stages)
        raise ProblemError(f"No part of the program belongs to the stage {stage_id!r}; there are: {known}.")
    so_far = written[: reached[0] + 1]
    needs_keras = any("keras" in section.code for section in so_far)
    return join(head(material), imports(material, path_lines(material), needs_keras), *so_far)


def rows_as_csv(series: Series) -> str:
    """Write rows of the learner's own as the program reads them: commas, points, and the time in front.

    Args:
        series: the rows, however their file was written.

    Example:
        >>> from lstm_course.data import load_csv
        >>> rows_as_csv(load_csv(b"day;x\\n02.01.2020;1,5\\n03.01.2020;2,5\\n")).splitlines()[:2]
        ['day,x', '2020-01-02,1.5']
    """
    if series.times is None:
        return series.frame.to_csv(index=False)
    return series.frame.to_csv(index_label=str(series.times.name or "time"))


def _belongs(stage_id: str, section: Section) -> bool:
    return any(
        stage_id == stage
        or (stage in ("recurrent-layer", "between-layers") and stage_id.startswith(f"{stage}-"))
        for stage in section.stages
    )


def sections(material: Material) -> list[Section]:
    """Return the sections of the program from the bottom up, without its head."""
    source = material.source
    if isinstance(source, Sequences):
        below = [
            sequences.read_sequences(material, source),
            sequences.scale_sequences(material),
            sequences.pad_sequences(material),
            sequences.sequence_labels(material),
        ]
    else:
        below = [
            rows.read_rows(material, source),
            rows.split_and_scale(material),
            samples.windows(material),
            samples.labels(material),
        ]
    return [*below, network.network(material), network.training(material), errors.forecasts(material)]


def head(material: Material) -> str:
    """Return what the program says of itself and of its data, as plain lines."""
    layers = ", ".join(layer.code for layer in material.exp.layers)
    goal = ", ".join(material.targets)
    lines = [f"Forecast {goal} of {material.source.name} with {layers}.", ""]
    lines += ["Needs numpy, pandas, keras and tensorflow; it runs without lstm-course.", ""]
    card = material.source.card
    if card:
        lines += [
            f"Data: {card.title}. {card.description}",
            f"Source: {card.source}",
            f"Licence: {card.licence}",
        ]
    else:
        lines += [f"Data: your own rows, as the page saves them: {', '.join(material.source.columns)}."]
    lines += [f"Put the file beside this program as {csv_name(material)}, or give its path."]
    return "\n".join(lines)


def csv_name(material: Material) -> str:
    """Name of the data file that the program looks for."""
    return f"{PurePath(material.source.name).stem}.csv"  # an uploaded file is named with its ending


def path_lines(material: Material) -> list[str]:
    """Return the lines of a script that find the data file."""
    return [f"path = sys.argv[1] if len(sys.argv) > 1 else {csv_name(material)!r}"]


def imports(material: Material, path: list[str], needs_keras: bool = True) -> str:
    """Return the lines that import what the program needs."""
    plain = ["import sys", ""] if any("sys." in line for line in path) else []
    quiet = [
        "import os",
        *plain,
        'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # no messages of TensorFlow',
    ]
    start = [*quiet, 'os.environ.setdefault("KERAS_BACKEND", "tensorflow")', ""] if needs_keras else plain
    keras = ["import keras"] if needs_keras else []
    layers = [f"from keras.layers import {network.layer_imports(material)}"] if needs_keras else []
    return "\n".join([*start, *keras, "import numpy as np", "import pandas as pd", *layers, "", *path])


def join(title: str, start: str, *written: Section) -> str:
    """Put the program together, each section under its title."""
    blocks = [f'"""{title}\n"""\n\n{start}']
    for number, section in enumerate(written, start=1):
        text = "\n".join(f"# {line}" for line in _wrapped(section.text))
        gap = "\n\n\n" if section.code.startswith("def ") else "\n\n"
        blocks.append(f"# {number}. {section.title}\n{text}{gap}{section.code}")
    return "\n\n\n".join(blocks) + "\n"


def _wrapped(text: str) -> list[str]:
    lines, line = list[str](), ""
    for word in text.split():
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line] if line else lines
