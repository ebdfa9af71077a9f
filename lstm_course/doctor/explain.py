"""Put an error of Keras into the words of a finding, where only its text is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules import diagnose_capture
from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.rules.heads import compared
from lstm_course.doctor.rules.versions import gone_arguments, gone_names, not_compiled
from lstm_course.doctor.seen import Capture, ErrorSeen
from lstm_course.shapes.findings import Finding

SHAPE = r"\(([\dNone, ]*)\)"


def explain_keras_error(text: str, context: Capture | None = None) -> Finding | None:
    """Explain what Keras said.

    Args:
        text: message of the exception, with or without its class in front.
        context: what was seen until then, where there is a capture; then its rules decide.

    Returns:
        The most likely finding, or None where the text says nothing on shapes or arguments.

    >>> explain_keras_error("expected ndim=3, found ndim=2. Full shape received: (None, 8)").stage
    'between-layers'
    """
    if context is not None:
        seen = context if context.error else Capture(**{**vars(context), "error": _error(text)})
        return next((item for item in diagnose_capture(seen) if item.code != "unexplained-error"), None)
    case = Case(Capture("", "", error=_error(text)))
    found = [*_ranks(text), *_target(text), *_cardinality(text), *_batches(text), *_sizes(text)]
    found += [*gone_arguments(case), *gone_names(case), *not_compiled(case)]
    return found[0] if found else None


def _error(text: str) -> ErrorSeen:
    match = re.match(r"(\w*(?:Error|Exception)): (.*)", text, re.S)
    return ErrorSeen(match[1] if match else "ValueError", match[2] if match else text, 0, "")


def _shape(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(32 if part == "None" else int(part) for part in parts)


def _ranks(text: str) -> Iterator[Finding]:
    match = re.search(r"expected (?:min_)?ndim=(\d), found ndim=(\d)\. Full shape received: " + SHAPE, text)
    if not match:
        return
    want, have, shape = int(match[1]), int(match[2]), match[3]
    below = have < want
    yield finding(
        "layer-rank", "between-layers" if below else "input-layer", "error",
        f"A layer gets {have} axes and takes {want}",
        f"({shape}) came in, {have} axes; the layer expects {want}: (batch, timesteps, features).",
        "Set return_sequences=True on the recurrent layer below; right above the input declare (timesteps, "
        "features)."
        if below else "Declare (timesteps, features) without samples or batch: Input(shape=(timesteps, features)).",
        "timesteps",
    )  # fmt: skip


def _target(text: str) -> Iterator[Finding]:
    match = re.search(r"target\.shape=" + SHAPE + r", output\.shape=" + SHAPE, text)
    if match:
        label, output = _shape(match[1]), _shape(match[2])
        result = compared(label, output, "categorical_crossentropy")
        yield finding(
            "labels-against-output", "loss" if label[-1:] == (1,) and output[-1] > 1 else "head", "error",
            "Labels and output have different shapes",
            f"Labels ({match[1]}) meet an output of ({match[2]}); a cross-entropy needs the same shape on "
            "both sides.",
            f"{result.fix} For class numbers in one column use loss='sparse_categorical_crossentropy'.".strip(),
            "classes",
        )  # fmt: skip


def _cardinality(text: str) -> Iterator[Finding]:
    match = re.search(r"'?x'? sizes: (\d+).*?'?y'? sizes: (\d+)", text, re.S)
    if match:
        yield finding(
            "sample-counts", "labels", "error", f"{match[1]} samples and {match[2]} labels",
            f"X has {match[1]} samples, y has {match[2]}: every sample needs one entry of y.",
            "Cut X and y with the same indices; with windows start y where the first window ends.", "samples",
        )  # fmt: skip


def _batches(text: str) -> Iterator[Finding]:
    if "batch size must be static" in text:
        yield finding(
            "stateful-without-batch-size", "batching", "error", "A stateful layer is not told the batch size",
            "stateful=True keeps one state per row of the batch, so the batch size must be fixed.",
            "Declare Input(batch_shape=(batch_size, timesteps, features)).", "batch",
        )  # fmt: skip


def _sizes(text: str) -> Iterator[Finding]:
    match = re.search(r"Dimensions must be equal, but are (\d+) and (\d+)", text)
    if not match:
        return
    in_loss = "loss" in text
    yield finding(
        "sizes-differ", "head" if in_loss else "input-layer", "error", f"{match[1]} meets {match[2]}",
        f"An axis of {match[1]} meets one of {match[2]} "
        + ("where labels and output are compared." if in_loss else "in a product: other features were declared."),
        "Make the output as wide as the "
        "labels." if in_loss else "Declare the features that X has: its last axis.", "features",
    )  # fmt: skip
