"""Sequences of unequal length, arrays of objects, words."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.seen import ArraySeen, CallSeen
from lstm_course.shapes.findings import Finding

PAD = (
    "Pad them to one length and mask the padding: X = keras.utils.pad_sequences(sequences, padding='post', "
    "dtype='float32', value=-1.0), then keras.layers.Masking(mask_value=-1.0) under the recurrent layer (a "
    "value that "
    "does not occur in the data). Or train with batches of equal length."
)


def unequal_or_objects(case: Case) -> Iterator[Finding]:
    """fit was given something that is no array of numbers."""
    for call in case.capture.calls:
        for place, arrays in (("X", call.x), ("y", call.y)):
            for array in arrays:
                found = _judge(case, call, place, array)
                if found:
                    yield found
                    return


def _judge(case: Case, call: CallSeen, place: str, array: ArraySeen) -> Finding | None:
    if not case.raised or (call.error == "" and not case.capture.live):
        return None
    if array.kind == "ragged" and array.inner:
        return _array_of_arrays(call, place, array)
    if array.kind == "ragged":
        return _ragged(call, place, array)
    if array.kind == "text":
        return _words(case, call, place, array)
    if array.kind == "object":
        return _mixed(place, array)
    refused = case.says("Unrecognized data type") or (place == "y" and case.says("tuple index out of range"))
    if array.kind == "list" and refused:
        return finding(
            "list-instead-of-array", _place_of(call, place), "error",
            f"{place} is a Python list",
            f"{place} is a list that would make an array of shape {array}; fit takes NumPy arrays, tensors "
            "and data "
            "sets.",
            f"Convert it: {place} = np.array({place}, dtype='float32').", "samples",
        )  # fmt: skip
    return None


def _place_of(call: CallSeen, place: str) -> str:
    if place == "y":
        return "labels"
    return "prediction" if call.method.startswith("predict") else "windowing"


def _ragged(call: CallSeen, place: str, array: ArraySeen) -> Finding:
    lengths = ", ".join(map(str, array.lengths[:5]))
    return finding(
        "unequal-lengths", "windowing", "error", "The sequences differ in length",
        f"{place} holds {array.shape[0]} sequences of lengths {lengths}, …: they cannot make one array, so "
        "NumPy keeps "
        "objects, and Keras cannot turn objects into a tensor. It expects one array (samples, timesteps, "
        "features).",
        PAD, "timesteps", "unequal-lengths",
    )  # fmt: skip


def _array_of_arrays(call: CallSeen, place: str, array: ArraySeen) -> Finding:
    return finding(
        "array-of-arrays", "windowing", "error", "An array of arrays instead of one array",
        f"{place} has shape {array} and dtype object: each entry is itself an array of shape {array.inner}. "
        "Keras "
        "cannot turn objects into a tensor.",
        f"Stack them: {place} = np.stack({place}).astype('float32') has shape "
        f"({array.shape[0]}, {', '.join(map(str, array.inner))}).",
        "samples",
    )  # fmt: skip


def _words(case: Case, call: CallSeen, place: str, array: ArraySeen) -> Finding:
    if place == "y":
        return finding(
            "labels-are-words", "labels", "error", "The labels are words",
            f"y has shape {array} and dtype {array.dtype}; a loss compares numbers.",
            "Number the classes: classes, y = np.unique(y, return_inverse=True), with "
            "loss='sparse_categorical_crossentropy' and Dense(len(classes), activation='softmax').",
            "classes", "unequal-lengths",
        )  # fmt: skip
    return finding(
        "text-as-input", "raw-data", "error", "X holds text",
        f"X has shape {array} and dtype {array.dtype}; a network takes numbers.",
        "Drop the columns of text or turn them into numbers (dates into numbers of days, names into one-hot "
        "columns), "
        "then X = X.astype('float32'). Sentences go through keras.layers.TextVectorization and Embedding.",
        "features",
    )  # fmt: skip


def _mixed(place: str, array: ArraySeen) -> Finding:
    return finding(
        "object-dtype", "labels" if place == "y" else "raw-data", "error", f"{place} has dtype object",
        f"{place} has shape {array} and dtype object: numbers mixed with something else (None, dates, texts). "
        "Keras "
        "cannot turn objects into a tensor.",
        f"Find the columns that are no numbers, convert or drop them, then {place} = "
        f"{place}.astype('float32').",
        "features",
    )  # fmt: skip


def numpy_refuses(case: Case) -> Iterator[Finding]:
    """NumPy would not make an array of unequal sequences."""
    if case.says("inhomogeneous shape", "setting an array element with a sequence") and case.error:
        yield finding(
            "unequal-lengths", "windowing", "error", "The sequences differ in length",
            f"Line {case.error.line} makes an array of sequences that differ in length: "
            f"{case.error.first_line} An "
            "array needs one length for all.",
            PAD, "timesteps", "unequal-lengths",
        )  # fmt: skip
    elif case.error and "pad_sequences" in case.error.source and case.says("invalid literal for int"):
        yield finding(
            "text-as-input", "raw-data", "error", "pad_sequences takes numbers, and gets text",
            f"Line {case.error.line}: {case.error.source}\n{case.error.first_line}. Only lists of token numbers can be "
            "padded.",
            "Number the words first: vectorize = keras.layers.TextVectorization(output_sequence_length=…), "
            "vectorize.adapt(texts), X = vectorize(texts); it pads as well.",
            "timesteps", "unequal-lengths",
        )  # fmt: skip
    elif case.says("could not convert string to float") and case.error:
        yield finding(
            "text-as-input", "raw-data", "error", "A text stands where a number belongs",
            f"Line {case.error.line}: {case.error.first_line}.",
            "Drop or convert the columns of text before astype('float32'); pandas.to_numeric(column, "
            "errors='coerce') "
            "turns what is no number into NaN.",
            "features",
        )  # fmt: skip
