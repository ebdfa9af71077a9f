"""Errors that Python, NumPy or Keras raise around a network, told by what they say and where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def class_numbers(case: Case) -> Iterator[Finding]:
    """to_categorical is given text, or numbers that do not fit the columns."""
    error = case.error
    if error is None or "to_categorical" not in error.source:
        return
    outside = re.search(r"index (\d+) is out of bounds for axis 1 with size (\d+)", error.text)
    if outside:
        number, size = map(int, outside.groups())
        yield finding(
            "class-outside-columns", "labels", "error", "A class number lies outside the columns",
            f"Line {error.line}: {error.source}\nto_categorical makes {size} columns, for the numbers 0 to {size - 1}; "
            f"there is a {number}.",
            f"Number the classes from 0: to_categorical(y - y.min(), num_classes={size}); or give it one column more, "
            f"num_classes={number + 1}, and the head as many outputs.",
            "units",
        )  # fmt: skip
    elif re.search(r"invalid literal for int|could not convert string|DType", error.text):
        yield finding(
            "class-names-as-text", "labels", "error", "to_categorical takes numbers, and gets text",
            f"Line {error.line}: {error.source}\n{error.first_line}. One column stands for one number; names "
            "have to be numbered first.",
            "Number the names: names, y = np.unique(y, return_inverse=True), then to_categorical(y, "
            "num_classes=len(names)); keep names, to read the answers.",
            "units",
        )  # fmt: skip


def no_gradient(case: Case) -> Iterator[Finding]:
    """No weight has a gradient: the way from the weights to the loss is broken."""
    error = case.error
    if error is None:
        return
    called = case.program.called_on(error.line)
    if "apply_gradients" in called and case.says("to unpack", "cannot unpack", "Iterating over"):
        yield _gradients_alone(case)
    elif "gradient" in called and case.says("has no attribute '_id'", "'NoneType' object", "not a Tensor"):
        yield _loss_left_tensorflow(case)
    elif case.says("No gradients provided for any variable"):
        yield _way_is_broken(case)


def _gradients_alone(case: Case) -> Finding:
    error = case.error
    assert error is not None
    return finding(
        "gradients-without-weights", "loss", "error", "The gradients are given without their weights",
        f"Line {error.line}: {error.source}\n{error.first_line}. apply_gradients takes pairs: each gradient with the "
        "weight that it belongs to.",
        "Pair them: optimizer.apply_gradients(zip(gradients, model.trainable_variables)).",
        "", "build-and-train",
    )  # fmt: skip


def _loss_left_tensorflow(case: Case) -> Finding:
    error = case.error
    assert error is not None
    return finding(
        "loss-is-no-tensor", "loss", "error", "The loss is a number, not a tensor of TensorFlow",
        f"Line {error.line}: {error.source}\n{error.first_line}. A tape follows operations of TensorFlow alone; what "
        ".numpy(), float(), np.mean or model.predict made is a plain number to it.",
        "Compute the loss inside the tape with tensors: pred = model(x, training=True), then "
        "loss = tf.reduce_mean((y - pred) ** 2); print float(loss) afterwards.",
        "", "build-and-train",
    )  # fmt: skip


BREAKS = (
    r"\b(?:argmax|argsort|round|rint|sign|floor|ceil|numpy|predict|one_hot|greater|less)\b(?=\()|"
    r"\bint32\b|\bint64\b"
)


def _towards_the_loss(case: Case) -> str:
    """Give the text of what lies between weights and loss: tapes, call methods, functions handed to compile."""
    losses = case.program.handed_to("compile")
    parts = [
        ast.unparse(node) for node in case.program.nodes
        if (isinstance(node, ast.FunctionDef) and (node.name in losses or node.name == "call"))
        or (isinstance(node, ast.With) and "GradientTape" in ast.unparse(node.items[0]))
    ]  # fmt: skip
    return "\n".join(parts)


def _way_is_broken(case: Case) -> Finding:
    error = case.error
    assert error is not None
    breaks = re.findall(BREAKS, _towards_the_loss(case))
    which = f" There this program uses {', '.join(dict.fromkeys(breaks))}." if breaks else ""
    return finding(
        "no-gradient", "loss", "error", "No weight has a gradient",
        f"Line {error.line}: {error.source}\n{error.first_line} The loss does not depend on the weights in a way that "
        "can be differentiated: a choice or a count (argmax, round, a comparison, a conversion to whole numbers or to "
        f"NumPy) stands between, or the model was called outside the tape.{which}",
        "Compute the loss from the probabilities or logits themselves: loss = loss_fn(y, model(x, training=True)) "
        "inside the tape; take argmax afterwards, for metrics only.",
        "", "build-and-train",
    )  # fmt: skip


def not_connected(case: Case) -> Iterator[Finding]:
    """A model is made of outputs that do not hang on its inputs."""
    error = case.error
    if error is None or not case.says("is not connected to `inputs`", "Graph disconnected"):
        return
    hands_states = "initial_state" in case.capture.source and any(
        layer.recurrent and layer.get("return_state") for layer in case.capture.layers
    )
    new = (
        " To run a decoder by itself, call its layers again, with the new states: seq, h, c = decoder_lstm(embedded, "
        "initial_state=[in_h, in_c]); probs = head(seq); Model([dec_in, in_h, in_c], [probs, h, c])."
        if hands_states
        else ""
    )
    yield finding(
        "outputs-not-connected", "state" if hands_states else "between-layers", "error",
        "The outputs do not come from these inputs",
        f"Line {error.line}: {error.source}\n{error.first_line}. The outputs were computed from other inputs; those "
        "that are named here lead nowhere.",
        f"Name the inputs from which the outputs were computed, or compute the outputs again from the new ones.{new}",
        "", "wrappers-and-seq2seq",
    )  # fmt: skip
