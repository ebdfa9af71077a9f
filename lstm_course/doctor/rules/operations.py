"""Arithmetic of the program's own that stretches arrays in silence."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.seen import OperationSeen, Shape
from lstm_course.shapes.findings import Finding

VERBS = {"-": "subtracts", "*": "multiplies", "==": "compares"}


def stretched(case: Case) -> Iterator[Finding]:
    """Labels, predictions and scalers' figures meet in shapes of which one is stretched."""
    for seen in case.capture.operations:
        found = _judge(case, seen)
        if found:
            yield found
            return


def _judge(case: Case, seen: OperationSeen) -> Finding | None:
    if seen.where in ("tape", "keras") and seen.sign in ("-", "*", "=="):
        return _in_a_loss(case, seen)
    if not seen.predicted or len(seen.left) == len(seen.right):
        return None
    column, flat = (seen.left, seen.right) if len(seen.left) == 2 else (seen.right, seen.left)
    if seen.sign in ("-", "==") and flat[0] == column[0]:
        return _error(seen, column, flat)
    if (flat[0] or 0) < 200 and flat[0] in _widths(case):
        return _inverse(seen, column, flat)
    return None


def _widths(case: Case) -> set[int | None]:
    return {array.shape[-1] for array in case.arrays if array.rank > 1}


def _in_a_loss(case: Case, seen: OperationSeen) -> Finding | None:
    if len(seen.left) == len(seen.right):
        if seen.sign != "-":
            return None
        sides = {seen.left[1:], seen.right[1:]}
        pairs = [(site.label(), site.output()) for site in case.sites()]
        known = any(y and out and y[-1] > out[-1] and {y[1:], out[1:]} == sides for y, out in pairs)
        return _too_wide(seen) if known and seen.where == "keras" else None
    column, flat = (seen.left, seen.right) if len(seen.left) == 2 else (seen.right, seen.left)
    if column[0] != flat[0] and (seen.sign != "-" or None not in (column[0], flat[0])):
        return None
    count = column[0] or flat[0] or "n"
    return finding(
        "loss-of-two-ranks", "loss", "wrong-result", "A loss of your own compares every label with every output",
        f"Line {seen.line} {VERBS[seen.sign]} {_written(seen.left)} and {_written(seen.right)}: one axis of labels "
        f"meets a column of outputs, and TensorFlow stretches both to {count} × {count}: every label meets the "
        "output of every sample, and nothing is raised.",
        "Bring both to one shape first: y = y.reshape(-1, 1) (in TensorFlow y[:, None]) for labels of shape "
        "(samples, 1), or take the column of the output: pred[:, 0].",
        "targets",
    )  # fmt: skip


def _too_wide(seen: OperationSeen) -> Finding:
    wide = max(seen.left[-1] or 0, seen.right[-1] or 0)
    return finding(
        "head-width", "head", "wrong-result", f"The head gives 1 number, the labels have {wide}",
        f"Line {seen.line}, in a loss of your own, subtracts {_written(seen.left)} and {_written(seen.right)}: the one "
        f"output of a sample is compared with all {wide} of its labels, and learns their average.",
        f"Make the head as wide as the labels: Dense({wide}).", "targets",
    )  # fmt: skip


def _written(shape: Shape) -> str:
    sizes = ["samples" if size is None else str(size) for size in shape]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def _error(seen: OperationSeen, column: Shape, flat: Shape) -> Finding:
    both = (column[0] or 1, flat[0] or 1)
    joined = "subtracted" if seen.sign == "-" else "compared"
    return finding(
        "error-broadcast", "prediction", "wrong-result",
        f"Labels and predictions are {joined} in two different shapes",
        f"Line {seen.line}{f', {seen.text}' if seen.text else ''}: shapes {column} and {flat}. NumPy stretches them to "
        f"{both}, {prod(both):,} pairs instead of {column[0]:,}: each prediction is compared with every label.",
        "Bring both to one shape first: predict(…)[:, 0], or .ravel() on both, before they are subtracted.",
        "features",
    )  # fmt: skip


def _inverse(seen: OperationSeen, column: Shape, flat: Shape) -> Finding:
    return finding(
        "inverse-of-all-columns", "scaling", "wrong-result", "The inverse scaling uses the figures of all columns",
        f"Line {seen.line}{f', {seen.text}' if seen.text else ''}: predictions {column} meet the figures of all "
        f"{flat[0]} columns, {flat}. NumPy stretches them to {(column[0], flat[0])}: one column per feature, of which "
        "at most one is in the target's units.",
        "Use the figures of the target's column alone: pred * (high[k] - low[k]) + low[k], with k the target's column; "
        "or keep a scaler of its own for the target. With scikit-learn put the predictions into column k of an array "
        f"with all {flat[0]} columns before inverse_transform.",
        "features",
    )  # fmt: skip
