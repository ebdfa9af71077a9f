"""What scikit-learn's scalers, and arithmetic in their place, refuse before a network is trained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, shapes_there
from lstm_course.shapes.findings import Finding


def not_a_table(case: Case) -> Iterator[Finding]:
    """A scaler is given one axis, or three."""
    error = case.error
    flat = case.says(
        "Expected 2D array, got 1D array",
        "Expected a 2-dimensional container",
        "Expected 2D array, got scalar",
    )
    deep = case.says("Found array with dim 3", "Found array with dim 4")
    if error is None or not (flat or deep) or case.with_predictions:
        return
    yield finding(
        "scaler-takes-a-table", "scaling", "error",
        f"The scaler takes rows and columns, and gets {'a single row of numbers' if flat else 'windows'}",
        f"Line {error.line}: {error.source}\n{error.first_line} The arrays there: {shapes_there(case)}. A scaler "
        "keeps one "
        "minimum and range (or mean and deviation) per column of a table (rows, columns).",
        "Give a single series its column: scaler.fit_transform(series.reshape(-1, 1))." if flat else
        "Scale the table of rows first and cut windows after; or flatten for the scaler: scaled = "
        "scaler.fit_transform(X.reshape(-1, X.shape[-1])).reshape(X.shape).",
        "features",
    )  # fmt: skip


def windows_in_a_table(case: Case) -> Iterator[Finding]:
    """A pandas table is made of windows."""
    error = case.error
    if error is None or not case.says("Must pass 2-d input", "Per-column arrays must each be 1-dimensional"):
        return
    scaling = re.search(
        r"scal|standard|normal|mean|std|minmax", case.program.function_at(error.line) + error.source
    )
    yield finding(
        "windows-in-a-table", "scaling" if scaling and not case.with_predictions else "windowing", "error",
        "A table has two axes, windows have three",
        f"Line {error.line}: {error.source}\n{error.first_line}. The arrays there: {shapes_there(case)}.",
        "Scale the table of rows first and cut windows after; or flatten the windows, X.reshape(-1, X.shape[-1]), "
        "and give "
        "the result back its shape: .reshape(X.shape). With NumPy no table is needed: X.mean(axis=(0, 1)).",
        "features",
    )  # fmt: skip


def not_fitted(case: Case) -> Iterator[Finding]:
    """A scaler is used before it has seen any rows."""
    error = case.error
    if error is None or not (error.type == "NotFittedError" or case.says("is not fitted yet")):
        return
    yield finding(
        "scaler-not-fitted", "prediction" if "inverse_transform" in error.source else "scaling", "error",
        "This scaler has not seen any rows yet",
        f"Line {error.line}: {error.source}\n{error.first_line} Each scaler keeps its own figures; another one that "
        "was "
        "fitted does not lend them.",
        "Fit it on the training rows, once: scaler.fit(train); then scaler.transform(train), scaler.transform(test), "
        "and "
        "the same one for inverse_transform.",
        "features",
    )  # fmt: skip


def other_columns(case: Case) -> Iterator[Finding]:
    """A scaler is given another number of columns than it was fitted on."""
    error = case.error
    match = re.search(r"X has (\d+) features?, but (\w+) is expecting (\d+)", error.text if error else "")
    if error is None or match is None or case.with_predictions or "inverse" in error.source:
        return
    yield finding(
        "scaler-of-other-columns", "scaling", "error",
        f"The scaler was fitted on {match[3]} columns and gets {match[1]}",
        f"Line {error.line}: {error.source}\n{error.first_line} It keeps one pair of figures per column.",
        "Give training, test and new rows the same columns in the same order; give the target a scaler of its own.",
        "features",
    )  # fmt: skip
