"""tf.data: windows that are data sets themselves, elements of unequal shape, single samples for batches."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def windows_of_datasets(case: Case) -> Iterator[Finding]:
    """Dataset.window hands out data sets, not arrays."""
    error = case.error
    if error is None or not case.says("VariantDataset", "DatasetSpec", "DatasetV2"):
        return
    yield finding(
        "window-is-a-dataset", "windowing", "error", "window() hands out data sets, not arrays",
        f"Line {error.line}: {error.source}\n{error.first_line} Each element after window(n) is itself a small data "
        "set of "
        "n rows; it has no shape and cannot be cut.",
        "Make an array of each window first: ds.window(n, shift=1, drop_remainder=True).flat_map(lambda w: "
        "w.batch(n)), "
        "then .map(lambda w: (w[:-1], w[-1])).",
        "timesteps",
    )  # fmt: skip


def unequal_elements(case: Case) -> Iterator[Finding]:
    """Elements of different shapes cannot be one batch."""
    error = case.error
    match = re.search(
        r"Cannot batch tensors with different shapes in component (\d).*?element (\d+) had shape (\[[\d,]*\]).*?"
        r"(\[[\d,]*\])|Cannot add tensor to the batch", error.text if error else "", re.S,
    )  # fmt: skip
    if error is None or match is None:
        return
    windows = "window" in case.capture.source
    seen = f" The first element has shape {match[3]}, another {match[4]}." if match[3] else ""
    yield finding(
        "elements-of-unequal-shape", "windowing", "error", "The elements of a batch have different shapes",
        f"Line {error.line}: {error.source}\nA batch is one array, so all its elements need one shape.{seen}"
        + (" Where window() reaches the end of the rows, its last windows are shorter." if windows else ""),
        "Drop the short windows: window(n, shift=1, drop_remainder=True)." if windows else
        "Pad while batching: ds.padded_batch(32), with a Masking layer (or mask_zero=True) above the input.",
        "timesteps",
    )  # fmt: skip


def single_samples(case: Case) -> Iterator[Finding]:
    """A data set hands out samples, and Keras takes their first axis for the batch without a word."""
    for call in case.capture.trainings:
        model = case.capture.model(call.model)
        if model is None or call.error or not call.batched or len(call.x) != 1 or not model.inputs:
            continue
        x, declared = call.x[0], model.inputs[0]
        if x.rank != len(declared) - 1 or (x.shape[1:] == declared[1 : x.rank] and x.shape != declared[1:]):
            continue
        if any(want not in (None, size) for want, size in zip(declared[1:], x.shape, strict=True)):
            continue
        yield finding(
            "dataset-of-single-samples", "batching", "wrong-result", "The data set hands out single samples",
            f"One element of the data set has shape {x}, which is one sample; the model expects {declared}. Keras "
            "takes the "
            f"first axis for the batch: each sample counts as a batch of {x.shape[0]} samples, of which every one "
            "meets "
            "the same label.",
            "Batch the data set before fit: ds = ds.batch(32). Batches then have shape (32, timesteps, features).",
            "batch",
        )  # fmt: skip
        return


def pairs_shuffled_apart(case: Case) -> Iterator[Finding]:
    """Inputs and labels were shuffled each by themselves, and paired afterwards."""
    for call in case.capture.trainings:
        if call.apart:
            yield finding(
                "shuffled-apart", "batching", "wrong-result", "Inputs and labels are shuffled each by themselves",
                f"Line {call.line}: the data set was zipped from parts of which at least one is shuffled by itself. "
                "Each part "
                "draws an order of its own, so sample i no longer meets its label.",
                "Pair first, shuffle then: tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1000).batch(32).",
                "samples",
            )  # fmt: skip
            return


def one_shape_for_all(case: Case) -> Iterator[Finding]:
    """A data set is made of arrays with different numbers of entries."""
    error = case.error
    if error is None or "from_tensor_slices" not in case.program.called_on(error.line):
        return
    match = re.search(r"Dimensions (\d+) and (\d+) are not compatible", error.text)
    if match:
        yield finding(
            "slices-of-different-lengths", "labels", "error", f"{match[1]} samples and {match[2]} labels",
            f"Line {error.line}: {error.source}\nfrom_tensor_slices pairs entry i of every array: the first axes hold "
            f"{match[1]} and {match[2]} entries.",
            "Cut X and y with the same indices before: X, y = X[:n], y[:n]; with windows start y where the first "
            "window ends.",
            "samples",
        )  # fmt: skip
    elif case.says("non-rectangular", "inhomogeneous"):
        yield finding(
            "slices-of-unequal-length", "windowing", "error", "The sequences differ in length",
            f"Line {error.line}: {error.source}\n{error.first_line}. A tensor needs one length for all.",
            "Pad first: keras.utils.pad_sequences(sequences, padding='post', dtype='float32'); or hand them out one "
            "by one "
            "with Dataset.from_generator and use padded_batch.",
            "timesteps", "unequal-lengths",
        )  # fmt: skip


def _methods_of_batches(case: Case, name: str) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef]]:
    """Give the classes of the program that hand out batches by number, with one of their methods."""
    for made in case.program.nodes:
        if isinstance(made, ast.ClassDef) and re.search(
            r"PyDataset|Sequence", ast.unparse(made).split(":")[0]
        ):
            found = [one for one in made.body if isinstance(one, ast.FunctionDef) and one.name == name]
            yield from ((made, one) for one in found[:1])


def batch_too_many(case: Case) -> Iterator[Finding]:
    """A PyDataset counts one batch more than it has."""
    error = case.error
    if error is None or not case.says(*EMPTY):
        return
    for made, counts in _methods_of_batches(case, "__len__"):
        if not re.search(r"//.*\+ *1|1 *\+.*//", ast.unparse(counts)):
            continue
        yield finding(
            "one-batch-too-many", "batching", "error", f"{made.name} counts one batch too many",
            f"Line {counts.lineno}: {ast.unparse(counts.body[-1])}. Where the batch size divides the number of samples "
            "there is no batch behind the last whole one: __getitem__ is asked for one without samples.",
            "Round up instead of adding one: math.ceil(len(self.x) / self.batch_size).",
            "batch", "batches-and-state",
        )  # fmt: skip
        return


EMPTY = (
    "empty sequence",
    "zero-size array",
    "need at least one array",
    "index 0 is out of bounds",
    "empty list",
)


def batch_without_number(case: Case) -> Iterator[Finding]:
    """__getitem__ of a PyDataset does not look at the number of the batch."""
    for made, gives in _methods_of_batches(case, "__getitem__"):
        number = gives.args.args[1].arg if len(gives.args.args) > 1 else ""
        used = {part.id for part in ast.walk(gives) if isinstance(part, ast.Name)}
        if not number or number in used or re.search(r"random|rng|choice|sample", ast.unparse(gives)):
            continue
        yield finding(
            "same-batch-again", "batching", "wrong-result", "The generator hands out the same batch every time",
            f"Line {gives.lineno}: {made.name}.__getitem__ takes {number}, the number of the batch, and no line of it "
            f"reads {number}: every batch of an epoch is the same.",
            f"Cut by the number: start = {number} * self.batch_size, and rows = self.order[start:start + "
            "self.batch_size].",
            "batch", "batches-and-state",
        )  # fmt: skip
        return
