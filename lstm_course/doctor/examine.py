"""Examine a script, a text or a live model: start the capture, take what comes back, report."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lstm_course import jobs
from lstm_course.doctor.report import Report, report_of
from lstm_course.doctor.seen import Capture
from lstm_course.problems import ProblemError
from lstm_course.shapes.findings import Finding

SECONDS, MEMORY_MB = 60.0, 4096
RUN = "lstm_course.doctor.capture.run:capture_script"


class DoctorError(ProblemError):
    """There is no program to examine."""


def diagnose(target: Any, x: Any = None, y: Any = None, **options: Any) -> list[Finding]:
    """Say why a model does not fit its data.

    Args:
        target: path of a script, the text of a program, or a Keras model.
        x: with a model: the inputs as for fit, (samples, timesteps, features).
        y: with a model: the labels as for fit.
        options: with a model: batch_size, epochs, shuffle, validation_split as for fit; with a script: seconds.

    Returns:
        The findings, the most likely cause first; empty where nothing is wrong.

    Raises:
        DoctorError: there is no such script, or a model was given without data that can be looked at.

    Example:
        >>> diagnose("my_script.py")  # doctest: +SKIP
        [Finding(code='stacked-without-sequences', ...)]
    """
    return list(examine(target, x, y, **options).findings)


def examine(target: Any, x: Any = None, y: Any = None, **options: Any) -> Report:
    """Give the whole report; the arguments are those of `diagnose`."""
    if hasattr(target, "layers") and hasattr(target, "fit"):
        _check_given(x)
        live = importlib.import_module("lstm_course.doctor.capture.live")
        capture = live.capture_model(target, x, y, options.pop("batch_size", None), options)
        return report_of(capture, "model")
    job, name = start(target, **options)
    return finish(job, name)


def start(target: str | Path, *, seconds: float = SECONDS, owner: str = "") -> tuple[jobs.Job, str]:
    """Start to run a script or a program's text in a process of its own.

    Args:
        target: path of a script, or the text of a program (it holds a line break).
        seconds: how long it may run.
        owner: whose job it is, for the queue.

    Returns:
        The job, whose place, progress and cancel are those of every job, and the program's name for `finish`.
    """
    path, source = _program(target)
    limits = jobs.Limits(seconds=seconds + 30, memory_mb=MEMORY_MB, kept_output_kb=16)
    job = jobs.submit(
        RUN, args=(path, source, seconds), limits=limits, label="check", owner=owner, is_short=True
    )
    return job, Path(path).name


def finish(job: jobs.Job, name: str) -> Report:
    """Wait for a started check and report; a program that kills its process is judged by what was seen before."""
    try:
        capture = job.result()
    except jobs.JobError as error:
        seen = [event for event in job.events() if isinstance(event, Capture)]
        last = seen[-1] if seen else Capture(name, "")
        return report_of(replace(last, notes=(*last.notes, error.failure.sentence)), name)
    if not isinstance(capture, Capture):
        raise DoctorError(f"The check of {name} returned {type(capture).__name__}; expected a Capture.")
    return report_of(capture, name)


def _check_given(x: Any) -> None:
    if x is None:
        raise DoctorError(
            "A model was given without data. Pass the inputs and labels too: diagnose(model, x, y)."
        )
    if isinstance(x, Iterator):
        raise DoctorError(
            "x is a generator, which can be read only once: looking at its first batch would take that away from fit. "
            "Pass one batch instead: x, y = next(make_batches()); diagnose(model, x, y)."
        )


def _program(target: str | Path) -> tuple[str, str | None]:
    if isinstance(target, str) and "\n" in target:
        return "program.py", target
    path = Path(target)
    if not path.is_file():
        raise DoctorError(
            f"There is no file {path}. Give the path of a Python script, or the program's text."
        )
    return str(path.resolve()), None
