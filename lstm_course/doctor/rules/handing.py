"""What fit is handed besides plain arrays: generators, data sets, shares held back, weights of classes, callbacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.shapes.findings import Finding


def of_generators(case: Case) -> Iterator[Finding]:
    """A generator hands out something else than pairs."""
    error = case.error
    if error is None or not case.says(
        "the generator must return a tuple", "`PyDataset` must return", "must return a tuple"
    ):
        return
    pair = (re.search(r"Received: \[", error.text) and "list") or "array"
    yield finding(
        "generator-without-pairs", "batching", "error", "The generator does not hand out pairs (X, y)",
        f"Line {error.line}: {error.source}\nEach item must be a tuple: (inputs, labels) or (inputs, labels, weights). "
        f"This one hands out a{'n' if pair == 'array' else ''} {pair}.",
        "Yield a tuple with round brackets: yield X_batch, y_batch. A list in square brackets counts as several "
        "inputs.",
        "batch", "build-and-train",
    )  # fmt: skip


def same_batch_again(case: Case) -> Iterator[Finding]:
    """A generator hands out the same batch every time."""
    for event in case.capture.events:
        if event.what == "same-batch":
            yield finding(
                "same-batch-again", "batching", "wrong-result", "The generator hands out the same batch every time",
                f"Line {event.line}: the first {event.detail['count']} batches are the same, number by number, so "
                "the network "
                "never sees the rest of the samples.",
                "Move on inside the endless loop: set the position to 0 before while True, add the batch size after "
                "each "
                "yield, and go back to 0 only behind the last batch.",
                "batch", "build-and-train",
            )  # fmt: skip
            return


def shares_held_back(case: Case) -> Iterator[Finding]:
    """validation_split on something that cannot be split, or that leaves nothing."""
    error = case.error
    if error is None:
        return
    if case.says("`validation_split` is only supported"):
        yield finding(
            "split-of-a-dataset", "batching", "error", "A data set cannot be split by validation_split",
            f"Line {error.line}: {error.source}\nvalidation_split takes the last rows of arrays away; a data set or a "
            "generator has no last rows that could be counted.",
            with_diff(
                "Split before: train = ds.take(n), val = ds.skip(n), and pass validation_data=val.",
                case.program.change(error.line, "fit", validation_split=None),
            ),
            "samples", "build-and-train",
        )  # fmt: skip
    elif case.says("not sufficient to split it", "`validation_split` must be"):
        yield finding(
            "split-leaves-nothing", "batching", "error", "validation_split leaves nothing to train on",
            f"Line {error.line}: {error.source}\n{error.first_line}",
            "Give a share between 0 and 1, such as validation_split=0.2: the last fifth of the samples.",
            "samples", "build-and-train",
        )  # fmt: skip


def labels_beside_a_dataset(case: Case) -> Iterator[Finding]:
    """fit was given a data set or a generator, and labels or a batch size of their own besides."""
    error = case.error
    match = re.search(
        r"When providing `x` as a [\w .`]+?, `?(\w+)`? (?:should|must) not be passed|`(y|batch_size|sample_weight)` "
        r"(?:argument )?(?:should not|is not supported|must not)", error.text if error else "",
    )  # fmt: skip
    if error is None or match is None:
        return
    name = match[1] or match[2]
    yield finding(
        "beside-a-dataset", "batching", "error", f"{name} is given beside a data set that holds it already",
        f"Line {error.line}: {error.source}\n{error.first_line} A data set or generator hands out whole batches, with "
        "their labels and weights.",
        with_diff(
            f"Take {name} away: the data set hands it out with each batch.",
            case.program.change(error.line, "fit", **{name: None})),
        "batch", "build-and-train",
    )  # fmt: skip


def weights_of_classes(case: Case) -> Iterator[Finding]:
    """class_weight is no dict from class number to weight."""
    error = case.error
    if error is None or "class_weight" not in error.source:
        return
    refused = re.search(
        r"has no attribute '(?:get|items|keys|values)'|class_weight.* dict|`class_weight`", error.text
    )
    if not refused:
        return
    yield finding(
        "class-weight-no-dict", "batching", "error", "class_weight is a dict: class number to weight",
        f"Line {error.line}: {error.source}\n{error.first_line}.",
        "Write class_weight={0: 1.0, 1: 5.0}; from a list: dict(enumerate(weights)).",
        "classes", "build-and-train",
    )  # fmt: skip


def inputs_of_different_lengths(case: Case) -> Iterator[Finding]:
    """Several inputs, of which one holds another number of samples."""
    call = case.stopped_call
    if call is None or len(call.x) < 2 or not case.says("cardinality is ambiguous"):
        return
    trained = next((one for one in case.capture.trainings if one.model == call.model), None)
    if trained and any(x.rank < known.rank for x, known in zip(call.x, trained.x, strict=False)):
        return  # single samples, without the axis of the batch
    sizes = [x.shape[0] for x in call.x if x.shape]
    labels = {y.shape[0] for y in call.y if y.shape}
    if len(set(sizes)) < 2:
        return
    smallest = min([*sizes, *labels])
    yield finding(
        "inputs-of-different-lengths", "batching", "error", "The inputs hold different numbers of samples",
        f"{call.method} was given inputs of {', '.join(f'{size:,}' for size in sizes)} samples and labels of "
        f"{', '.join(f'{size:,}' for size in sorted(labels))}. Sample i is made of row i of every input.",
        f"Cut all of them with the same indices, so that each holds {smallest:,}: where windows took the first rows "
        "of one "
        "input, drop as many from the others.",
        "samples", "windows",
    )  # fmt: skip


def counts_of_fit(case: Case) -> Iterator[Finding]:
    """epochs, batch_size or steps_per_epoch are no whole number."""
    error, call = case.error, case.stopped_call
    if error is None or call is None or error.type not in ("TypeError", "ValueError"):
        return
    for name in ("batch_size", "epochs", "steps_per_epoch", "validation_steps"):
        value = case.program.constant_of(call.line, call.method, name)
        if isinstance(value, str | float):
            yield finding(
                "count-not-whole", "batching", "error", f"{name}={value!r} is no whole number",
                f"Line {error.line}: {error.source}\n{error.first_line}. {name} counts.",
                with_diff(f"Give a whole number, without quotes: {name}={_whole(value)}.",
                          case.program.change(call.line, call.method, **{name: str(_whole(value))})),
                "batch", "build-and-train",
            )  # fmt: skip
            return


def _whole(value: str | float) -> int:
    try:
        return max(1, int(float(value)))
    except (ValueError, OverflowError):
        return 32


def callbacks_of_fit(case: Case) -> Iterator[Finding]:
    """callbacks= holds something that is no callback."""
    error = case.error
    if error is None or not re.search(r"has no attribute '(set_model|set_params|on_\w+)'", error.text):
        return
    yield finding(
        "callback-not-made", "batching", "error", "Something in callbacks is no callback",
        f"Line {error.line}: {error.source}\n{error.first_line}.",
        "Give a list of callbacks that were made: callbacks=[keras.callbacks.EarlyStopping(patience=5)]; names in "
        "quotes "
        "are not taken.",
        "", "build-and-train",
    )  # fmt: skip


def validation_without_labels(case: Case) -> Iterator[Finding]:
    """validation_data is an array instead of a pair."""
    call = case.stopped_call
    if (
        call is None
        or not call.val_x
        or call.val_y
        or not case.says("None values not supported", "unpack", "NoneType")
    ):
        return
    yield finding(
        "validation-without-labels", "batching", "error", "validation_data holds no labels",
        f"{call.method} was given validation_data of shape {', '.join(map(str, call.val_x))} and no labels with it.",
        "Give a pair with round brackets: validation_data=(X_val, y_val).", "samples", "build-and-train",
    )  # fmt: skip


def length_of_a_sequence(case: Case) -> Iterator[Finding]:
    """A PyDataset does not say how many batches it has."""
    error = case.error
    if error is None or not case.says("implement the `num_batches` property", "`__len__`", "has no len()"):
        return
    yield finding(
        "dataset-without-length", "batching", "error", "The data set does not say how many batches it holds",
        f"Line {error.line}: {error.source}\n{error.first_line} A PyDataset is asked for its batches by number.",
        "Add the method: def __len__(self): return math.ceil(len(self.x) / "
        "self.batch_size).", "batch", "build-and-train",
    )  # fmt: skip
