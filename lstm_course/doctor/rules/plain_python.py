"""Errors of Python, NumPy and pandas on the way to the network and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lstm_course.doctor.places import STAGE_OF, stage_of_calls
from lstm_course.doctor.rules.after_training import prediction_shape
from lstm_course.doctor.rules.context import Case, finding, shapes_there
from lstm_course.doctor.rules.versions import gone_class
from lstm_course.doctor.seen import Event
from lstm_course.shapes.findings import Finding


def _dates_not_read(event: Event, lost: int, count: int) -> Finding:
    texts = ", ".join(map(repr, event.detail.get("texts", ())))
    return finding(
        "dates-not-read", "raw-data", "wrong-result", f"{lost:,} of {count:,} dates were not read",
        f"Line {event.line}: to_datetime made NaT of what it could not read, such as {texts}. Where the day stands "
        "first, the "
        "others were read with day and month in each other's place, so the order of the rows is wrong as well.",
        "Say how they are written: pd.to_datetime(table['date'], format='%d/%m/%Y').",
        "samples",
    )  # fmt: skip


def numbers_not_read(case: Case) -> Iterator[Finding]:
    """pandas could not read some entries as numbers, and was told to say nothing."""
    for event in case.capture.events:
        lost, count = event.detail.get("lost", 0), event.detail.get("count", 0)
        if event.what not in ("to_numeric", "to_datetime") or not lost or lost < 0.01 * count:
            continue
        if event.what == "to_datetime":
            yield _dates_not_read(event, lost, count)
            return
        texts = ", ".join(map(repr, event.detail.get("texts", ())))
        comma = any("," in text for text in event.detail.get("texts", ()))
        yield finding(
            "numbers-not-read", "raw-data", "wrong-result", f"{lost:,} of {count:,} entries were not read as numbers",
            f"Line {event.line}: to_numeric was told to make NaN of what it cannot read, such as {texts}. These were "
            "values, "
            "not gaps; what fills them afterwards is made up.",
            ("Read them as they are written: pd.read_csv(…, thousands=','), or decimal=',' where the comma is the "
             "decimal point." if comma else
             "Look at table[column][bad].unique(), and clean the texts before: .str.replace(…)."),
            "features",
        )  # fmt: skip
        return


def missing_column(case: Case) -> Iterator[Finding]:
    """A table is asked for a column that it does not have."""
    error = case.error
    if error is None or error.type != "KeyError" or "history" in error.source:
        return
    tables = {
        name: columns for name, columns in error.columns.items() if re.search(rf"\b{name}\b", error.source)
    }
    asked = re.findall(r"'([^']+)'", error.text) or [error.text]
    if not tables:
        return
    name, columns = next(iter(tables.items()))
    close = get_close_matches(asked[0].lower(), [one.lower() for one in columns], n=1, cutoff=0.4)
    better = next((one for one in columns if one.lower() in close), "")
    index = (
        " A column that became the index (set_index, index_col) is no column any more: name.index."
        if not better
        else ""
    )
    yield finding(
        "column-missing", "raw-data", "error", f"The table has no column {asked[0]!r}",
        f"Line {error.line}: {error.source}\n{name} has the columns {', '.join(map(repr, columns[:12]))}"
        f"{', …' if len(columns) > 12 else ''}. Names are told apart by capitals and blanks.",
        f"Write {name}[{better!r}]." if better else
        f"Look at list({name}.columns) and take the name from there.{index}",
        "features",
    )  # fmt: skip


def past_the_end(case: Case) -> Iterator[Finding]:
    """A loop over windows, or an index, runs past the end of an array."""
    error = case.error
    if error is None or error.type != "IndexError" or (case.capture.calls and case.capture.calls[-1].error):
        return
    if case.with_predictions:
        yield prediction_shape(case)
        return
    rank = re.search(
        r"too many indices for array: array is (\d)-dimensional, but (\d) were indexed", error.text
    )
    shapeless = "tuple index out of range" in error.text and ".shape[" in error.source
    if rank or shapeless:
        yield _lacks_an_axis(case)
    elif re.search(
        r"index (-?\d+) is out of bounds for axis 0|list index out of range|single positional indexer",
        error.text,
    ):
        yield finding(
            "window-past-the-end", "windowing", "error", "The loop over windows runs past the last row",
            f"Line {error.line}: {error.source}\n{error.first_line}. A window of L rows and a label h rows behind it "
            "need "
            "L + h rows from their start on.",
            "Stop earlier: for i in range(len(series) - L - h + 1), with the window series[i:i + L] and the label "
            "series[i + L + h - 1].",
            "timesteps",
        )  # fmt: skip
    elif re.search(r"out of bounds for axis (\d)", error.text):
        yield finding(
            "column-past-the-end", "windowing", "error", "An index lies outside its axis",
            f"Line {error.line}: {error.source}\n{error.first_line}. Columns are numbered from 0.",
            f"The arrays there: {shapes_there(case)}. Count from 0, or from the end: [..., -1].", "features",
        )  # fmt: skip


def _lacks_an_axis(case: Case) -> Finding:
    error = case.error
    assert error is not None
    return finding(
        "axis-not-there", "windowing", "error", "An axis is asked for that the array does not have",
        f"Line {error.line}: {error.source}\n{error.first_line}. The arrays there: {shapes_there(case)}.",
        "A recurrent layer takes three axes (samples, timesteps, features). For a single series give windows their "
        "features axis: X = X[..., np.newaxis], or X.reshape(X.shape[0], X.shape[1], 1).",
        "features",
    )  # fmt: skip


def undefined_name(case: Case) -> Iterator[Finding]:
    """A name that nothing was assigned to."""
    error = case.error
    match = re.search(r"name '(\w+)' is not defined", error.text if error else "")
    if error is None or match is None or gone_class(error.text):
        return
    name = match[1]
    stage = STAGE_OF.get(name) or stage_of_calls(case.program.called_on(error.line)) or "raw-data"
    imported = {"np": "import numpy as np", "pd": "import pandas as pd", "tf": "import tensorflow as tf",
                "plt": "import matplotlib.pyplot as plt", "keras": "import keras"}  # fmt: skip
    place = "keras.layers" if STAGE_OF.get(name) in ("recurrent-layer", "between-layers", "head") else ""
    fix = imported.get(name) or (f"from {place} import {name}" if place else "")
    yield finding(
        "name-unknown", f"{stage}-1" if stage == "recurrent-layer" else stage, "error",
        f"Nothing is called {name} here",
        f"Line {error.line}: {error.source}\n{error.first_line}.",
        f"Import it above: {fix}." if fix else f"Assign {name} before this line, or correct its spelling.",
    )  # fmt: skip


def whole_numbers(case: Case) -> Iterator[Finding]:
    """A fraction stands where rows are counted."""
    error = case.error
    counted = case.says(
        "slice indices must be integers", "'float' object cannot be interpreted as an integer",
        "'numpy.float64' object cannot be interpreted as an integer", "cannot do slice indexing",
        "only integers, slices", "cannot do positional indexing",
    )  # fmt: skip
    if error is None or not counted or (case.capture.calls and case.capture.calls[-1].error):
        return
    if {"LSTM", "GRU", "SimpleRNN", "Dense"} & set(case.program.called_on(error.line)):
        return
    words = "only integers, slices" in error.text and "str" in error.text
    yield finding(
        "rows-not-whole", "windowing", "error", "Rows are counted in whole numbers",
        f"Line {error.line}: {error.source}\n{error.first_line}. A share of the rows, such as len(rows) * 0.8 or a "
        "division with /, is a fraction.",
        "Round it: split = int(len(rows) * 0.8), or divide with //."
        if not words else
        "A NumPy array has no named columns: take them by number, values[:, 0], or before to_numpy() by name.",
        "samples",
    )  # fmt: skip


def gone_elsewhere(case: Case) -> Iterator[Finding]:
    """A name that NumPy, pandas or TensorFlow 1 had once."""
    error = case.error
    match = re.search(
        r"module '(numpy|pandas|tensorflow)' has no attribute '(\w+)'|"
        r"'(DataFrame|Series)' object has no attribute '(\w+)'",
        error.text if error else "",
    )  # fmt: skip
    if error is None or match is None:
        return
    owner, name = (match[1], match[2]) if match[1] else ("pandas", match[4])
    now = NOW.get(name, "")
    if (owner == "tensorflow" and name not in NOW) or (match[3] and not now):
        return
    yield finding(
        "name-gone", "input-layer" if name == "placeholder" else "raw-data", "error", f"{owner} has no {name} any more",
        f"Line {error.line}: {error.source}\n{error.text.strip().splitlines()[0]}",
        now or f"Look the name up in the documentation of {owner}: it was taken out, or it is spelt otherwise.",
    )  # fmt: skip


NOW = {
    "float": "Write float, or np.float32 where the size matters.", "int": "Write int, or np.int64.",
    "bool": "Write bool, or np.bool_.", "object": "Write object.", "float_": "Write np.float64.",
    "append": "Put the rows together once: pd.concat([table, pd.DataFrame([row])], ignore_index=True).",
    "ix": "Write .loc[…] for names and .iloc[…] for numbers.", "as_matrix": "Write .to_numpy().",
    "iteritems": "Write .items().", "get_value": "Write .at[row, column].",
    "placeholder": "Write keras.Input(shape=(timesteps, features)): TensorFlow 2 has no placeholders.",
    "Session": "Drop it: TensorFlow 2 runs at once; models are trained with model.fit.",
    "ConfigProto": "Drop it, or use tf.config.", "get_default_graph": "Drop it: TensorFlow 2 has no default graph.",
    "reset_default_graph": "Write keras.utils.clear_session().",
    "set_random_seed": "Write keras.utils.set_random_seed(0).",
    "global_variables_initializer": "Drop it: TensorFlow 2 sets variables when they are made.",
    "log": "Write tf.math.log, or keras.ops.log.",
}  # fmt: skip
"""What to write instead."""


def table_indexed_as_array(case: Case) -> Iterator[Finding]:
    """A pandas table is indexed by places, as only an array can be."""
    error = case.error
    if (
        error is None
        or error.type not in ("InvalidIndexError", "KeyError", "IndexingError")
        or "history" in error.source
    ):
        return
    by_places = (
        "slice(" in error.text
        or error.type == "InvalidIndexError"
        or re.fullmatch(r"\(?-?\d+\)?", error.text.strip())
    )
    if not by_places:
        return
    yield finding(
        "table-indexed-as-array", "windowing", "error", "A pandas table is indexed by labels, not by places",
        f"Line {error.line}: {error.source}\n{error.first_line}. table[…] looks for a label of the index or a "
        "column; after "
        "a cut the labels go on where the cut was, so there need not be a 0.",
        "Take the numbers out first: values = table.to_numpy(), then values[i:i + L, 0]; or count places: "
        "table.iloc[i:i + "
        "L, 0].",
        "samples", "windows",
    )  # fmt: skip


def dates_among_numbers(case: Case) -> Iterator[Finding]:
    """Dates or missing entries stand where numbers are expected."""
    error = case.error
    match = re.search(
        r"must be a string or a real number, not '(Timestamp|datetime\.\w+|NoneType|NAType|Period|dict|str)'|"
        r"Cannot (?:cast|convert) .*?(datetime64|DatetimeArray|Timestamp)|Invalid (?:object )?dtype: (datetime64)",
        error.text if error else "",
    )  # fmt: skip
    if error is None or match is None:
        return
    what = next(part for part in match.groups() if part)
    yield finding(
        "dates-among-numbers", "raw-data", "error", f"A {what} stands among the numbers",
        f"Line {error.line}: {error.source}\n{error.first_line}. A network takes numbers alone.",
        "Make the dates the index, table.set_index('date'), so that they are no column; or turn them into numbers: "
        "hour, "
        "weekday, sine and cosine of the time of year. Fill what is missing before.",
        "features",
    )  # fmt: skip


def of_train_test_split(case: Case) -> Iterator[Finding]:
    """Arrays of different lengths are to be split together."""
    match = re.search(
        r"inconsistent numbers of samples: \[(\d+), (\d+)", case.error.text if case.error else ""
    )
    if case.error is None or match is None or case.with_predictions:
        return
    yield finding(
        "split-of-different-lengths", "labels", "error", f"{match[1]} samples and {match[2]} labels",
        f"Line {case.error.line}: {case.error.source}\nThe arrays hold {match[1]} and {match[2]} entries; each "
        "sample needs "
        "one label.",
        "Cut X and y with the same indices before they are split: with windows start y where the first window ends.",
        "samples",
    )  # fmt: skip


def types_that_differ(case: Case) -> Iterator[Finding]:
    """TensorFlow joins no numbers of different types."""
    error = case.error
    match = re.search(
        r"was expected to be a (\w+) tensor but is a (\w+) tensor|"
        r"Tensor conversion requested dtype (\w+) for Tensor with dtype (\w+)|"
        r"must have the same type[^.]*?(\w+)[^.]*?(\w+)", error.text if error else "",
    )  # fmt: skip
    if error is None or match is None or case.stopped_call is not None:
        return
    one, other = [part for part in match.groups() if part][:2]
    yield finding(
        "types-differ", "loss" if case.says("Sub", "loss") else "raw-data", "error", f"{one} meets {other}",
        f"Line {error.line}: {error.source}\n{error.first_line}. NumPy makes float64 (double), a network computes in "
        "float32, and TensorFlow does not convert by itself.",
        "Convert once, where the arrays are made: X = X.astype('float32'), y = y.astype('float32').",
        "", "build-and-train",
    )  # fmt: skip
