"""Samples that are not kept apart, and timesteps that see what comes after them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding

ATTENTION = ("Attention", "AdditiveAttention", "MultiHeadAttention", "GroupedQueryAttention")
LESSON = "wrappers-and-seq2seq"


def samples_mixed(case: Case) -> Iterator[Finding]:
    """The answer for one sample depends on the samples beside it in the batch."""
    for number, what in case.capture.mixing:
        model = case.capture.model(number)
        if what != "samples" or model is None:
            continue
        flat = next(((layer, shape) for layer in model.layers if layer.cls in ATTENTION
                     for shape in layer.inputs if len(shape) == 2), None)  # fmt: skip
        yield _attention(case, model, *flat) if flat else _somewhere(case)
        return


def _attention(case: Case, model: ModelSeen, layer: LayerSeen, shape: tuple[int | None, ...]) -> Finding:
    giver = next(
        (
            one
            for one in model.recurrents
            if not one.get("return_sequences") and one.get("units") == shape[-1]
        ),
        None,
    )
    name = f"{giver.core.cls}({shape[-1]})" if giver else "the layer below"
    diff = case.program.change(giver.place, giver.core.cls, return_sequences="True") if giver else ""
    return finding(
        "attention-over-samples", "between-layers", "wrong-result", f"{layer.cls} takes the batch axis for time",
        f"{layer.cls} gets an input of shape {_batch(shape)}: {name} gives only its last output, without an axis of "
        "timesteps. Attention then weighs the samples of a batch against each other. Asked twice, with other samples "
        "beside it, the model gave another answer for the same sample; nothing is raised.",
        with_diff(
            f"Give attention every timestep: return_sequences=True on {name}, so that it reads "
            f"(batch, timesteps, {shape[-1]}).", diff,
        ),
        "batch", LESSON,
    )  # fmt: skip


def _batch(shape: tuple[int | None, ...]) -> str:
    return f"(batch, {', '.join(str(size) for size in shape[1:])})"


def _somewhere(case: Case) -> Finding:
    places = _along_batch(case)
    where = "; ".join(f"line {line}: {text}" for line, text in places[:3])
    seen = f" What works along axis 0: {where}." if places else ""
    return finding(
        "samples-mixed", "between-layers", "wrong-result", "The samples of a batch are mixed with one another",
        "The model was asked twice for the same sample, with other samples beside it in the batch, and gave another "
        f"answer. Some step takes the batch axis (axis 0) for timesteps or features.{seen}",
        "Leave axis 0 alone: softmax, sums, means and reshapes belong on the axes after it, such as axis=1 for the "
        "timesteps of (batch, timesteps, features); a reshape keeps the batch first: (-1, timesteps, features) is "
        "right only when no axis was moved before it.",
        "batch",
    )  # fmt: skip


def _along_batch(case: Case) -> list[tuple[int, str]]:
    """Give calls inside functions that name axis 0 or move axes."""
    found: list[tuple[int, str]] = []
    for call in case.program.calls:
        words = {one.arg: one.value for one in call.keywords}
        axis = words.get("axis")
        zero = isinstance(axis, ast.Constant) and axis.value == 0
        name = getattr(call.func, "attr", "")
        if zero and name in ("softmax", "Softmax", "reduce_sum", "reduce_mean", "reduce_max", "sum", "mean", "max",
                             "cumsum", "argmax", "concat", "concatenate"):  # fmt: skip
            found.append((call.lineno, ast.unparse(call)))
    return found


def later_steps_seen(case: Case) -> Iterator[Finding]:
    """The output of a timestep depends on later inputs, and the labels are those inputs."""
    for site in case.sites():
        if (site.model.id, "later timesteps") not in case.capture.mixing:
            continue
        layer = next(
            (one for one in site.model.layers if one.cls in (*ATTENTION, "Conv1D", "SeparableConv1D")), None
        )
        ahead = next((one for one in site.call.ahead if one), 1)
        yield finding(
            "later-steps-seen", "between-layers", "wrong-result", "The output of a timestep has seen its label",
            f"The label of timestep t is the input of timestep t + {ahead}. With other values in the second half of "
            "the timesteps the model's outputs in the first half changed: it reads the values that it should predict"
            f"{f', by way of {layer.cls}' if layer else ''}, and shows a loss that no forecast can have.",
            "Let each timestep see only earlier ones: Conv1D(padding='causal'), attention with use_causal_mask=True, "
            "recurrent layers without Bidirectional.",
            "timesteps", LESSON,
        )  # fmt: skip
        return


def first_step_alone(case: Case) -> Iterator[Finding]:
    """With other values in every timestep but the first, the model's answers stayed as they were."""
    for number, what in case.capture.mixing:
        model = case.capture.model(number)
        if what != "first timestep" or model is None:
            continue
        giver = next((one for one in reversed(model.recurrents) if one.get("return_sequences")), None)
        name = f"{giver.core.cls} returns its whole sequence, and the" if giver else "The"
        yield finding(
            "only-the-first-timestep", "between-layers", "wrong-result",
            "The answer depends on the first timestep alone",
            "The model was asked again with other values in every timestep but the first, and gave the same answers. "
            f"{name} first timestep is what the head is given: there a layer that reads forwards has read one row.",
            "Take the last timestep, where everything has been read: h[:, -1] in place of h[:, 0]. Or let the layer "
            "give its last output alone, return_sequences=False, and leave the index away.",
            "timesteps", "the-layer",
        )  # fmt: skip
        return
