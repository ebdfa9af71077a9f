"""What no other rule explains: where it happened, and what Keras said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, recurrent_stage
from lstm_course.shapes.findings import Finding

WHERE = {
    "predict": "prediction",
    "__call__": "prediction",
    "evaluate": "prediction",
    "predict_on_batch": "prediction",
}


def missing_things(case: Case) -> Iterator[Finding]:
    """A package or a file that the program needs is not here."""
    error = case.error
    if error is None:
        return
    if error.type in ("SyntaxError", "IndentationError", "TabError"):
        yield finding(
            "syntax-error", "raw-data", "error", "Python cannot read the program",
            f"Line {error.line}: {error.source} ({error.text}). Nothing was run.",
            "Close brackets and quotes, and indent blocks evenly; a notebook's % and ! lines have to go.",
        )  # fmt: skip
        return
    package = re.search(r"No module named '([\w.]+)'", error.text)
    if package and not package[1].startswith(("keras", "tensorflow")):
        yield finding(
            "package-missing", "raw-data", "error", f"The package {package[1]} is not installed",
            f"Line {error.line} imports {package[1]}, which is not there. What comes before it was judged.",
            f"Install it where the doctor runs (pip install {package[1].split('.')[0]}), or take the import "
            "out for this "
            "check.",
        )  # fmt: skip
    elif error.type in ("FileNotFoundError", "URLError", "HTTPError", "gaierror", "ConnectionError") or (
        "URL fetch failure" in error.text
    ):
        yield finding(
            "file-missing", "saving" if "load" in error.source else "raw-data", "error",
            "A file that the program needs is not here",
            f"Line {error.line}: {error.first_line}. The doctor runs the program next to its own files, "
            "without the "
            "network.",
            "Put the file beside the script, or replace the data by random numbers of the same shape: shapes "
            "are all that "
            "the check needs.",
        )  # fmt: skip


def whatever_else(case: Case) -> Iterator[Finding]:
    """An error that no rule explains."""
    error = case.error
    if error is None:
        return
    stage = _stage(case)
    shapes = ", ".join(map(str, error.layer_inputs))
    place = f" {case.failing.cls} was given {shapes}." if case.failing and shapes else ""
    given = case.stopped_call
    arrays = (
        f" {given.method} was given X {', '.join(map(str, given.x))} and y "
        f"{', '.join(map(str, given.y)) or '-'}."
        if given and given.x else ""
    )  # fmt: skip
    yield finding(
        "unexplained-error", stage, "error", f"Line {error.line} stops with {error.type}",
        f"Line {error.line}: {error.source}\n{error.first_line}.{place}{arrays}",
        "Compare these shapes with what the layer or function expects: (batch, timesteps, features) for a "
        "recurrent layer, "
        "the labels' shape for the output.",
    )  # fmt: skip


def _stage(case: Case) -> str:
    call, layer = case.stopped_call, case.failing or (case.error.making if case.error else None)
    if call and call.method in WHERE and any(not one.error for one in case.capture.trainings):
        return WHERE[call.method]
    if layer is not None and layer.recurrent:
        return recurrent_stage(case.failing_model, layer)
    if layer is not None:
        order = [item for item in case.layers if item.cls != "InputLayer"]
        return "head" if order and order[-1].id == layer.id else "between-layers"
    if case.says("target", "y_true", "labels", "logits", "loss"):
        return "loss"
    return "raw-data" if not case.capture.models else "input-layer"
