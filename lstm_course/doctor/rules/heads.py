"""Labels against output: the head and the loss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lstm_course.doctor.rules.context import Case, Site, finding
from lstm_course.doctor.rules.head_mismatch import explained, seen, sequence_against_one
from lstm_course.shapes import Comparison, Tensor, compare
from lstm_course.shapes.findings import Finding, Severity

AXES = ("batch", "timesteps", "units", "features", "targets", "rows")


def compared(label: tuple[int, ...], output: tuple[int, ...], loss: str) -> Comparison:
    """Compare two shapes as the loss would."""
    names = ("batch", "units") if len(output) == 2 else AXES
    label_names = ("batch", "targets") if len(label) == 2 else AXES
    return compare(
        Tensor(label, label_names[: len(label)]),
        Tensor(output, names[: len(output)]),
        loss or "mean_squared_error",
    )


def labels_against_output(case: Case) -> Iterator[Finding]:
    """The labels of a training do not have the output's shape."""
    for site in case.sites():
        if site.model.custom_step or not site.model.loss or _input_failed(case, site):
            continue
        if len(site.call.y) == 1 < len(site.model.outputs) and site.call.error:
            yield _number_of_outputs(site)
        elif site.single:
            yield from _one(case, site, 0)
        elif len(site.call.y) == len(site.model.outputs):
            for index in range(len(site.call.y)):
                yield from _one(case, site, index)
        elif site.call.y and case.raised and site.model.outputs:
            yield _number_of_outputs(site)


def _input_failed(case: Case, site: Site) -> bool:
    """Whether the data never came as far as the loss."""
    return bool(site.call.error) and case.failing is not None


def behind_the_error(case: Case) -> Iterator[Finding]:
    """Labels and a declared output that would not fit either, once the data came as far as the loss."""
    for site in case.sites():
        known = site.model.outputs and site.model.loss and site.single and not site.model.custom_step
        if not known or not _input_failed(case, site) or site.model.loss_kind.startswith("custom"):
            continue
        label, output = site.label(), site.output()
        if label is None or output is None or site.call.y[0].kind in ("text", "object", "ragged"):
            continue
        result = compared(label, output, site.loss())
        if result.is_right or (result.verdict == "broadcast" and label[1:] == output[1:]):
            continue
        severity: Severity = "error" if result.verdict == "refused" else "wrong-result"
        second = explained(case, site, site.call.y[0], label, output, site.loss(), result, severity)
        yield replace(second, explanation=f"Behind the first error waits a second one. {second.explanation}")
        return


def _number_of_outputs(site: Site) -> Finding:
    have, want = len(site.call.y), len(site.model.outputs)
    triple = (
        " A batch (x, y1, y2) is read as inputs, labels and weights: hand out (x, (y1, y2))."
        if site.call.batched and site.call.weights_given else ""
    )  # fmt: skip
    return finding(
        "number-of-outputs", "batching" if triple else "labels", "error",
        f"The model has {want} output{'s' * (want > 1)}, the labels are {have}",
        f"The model returns {', '.join(map(str, site.model.outputs))}; fit was given {have} label "
        f"array{'s' * (have > 1)}: {', '.join(map(str, site.call.y[:6]))}.",
        "A Python list of arrays means one array per output: make one array of all samples, y = np.stack(y) "
        "(sequences of "
        "different lengths are padded before, with keras.utils.pad_sequences)."
        if have > 1 == want else
        f"Give one label array per output, as a list or a dict in the order of Model(outputs=…): {want} of "
        "them. If "
        "they are the columns of one target, join them: y = np.column_stack(…), and end with one Dense of "
        f"that width.{triple}",
        "targets",
    )  # fmt: skip


def _one(case: Case, site: Site, index: int) -> Iterator[Finding]:
    label, output, loss = site.label(index), site.output(index), site.loss(index)
    if label is None or output is None or site.call.y[index].kind in ("text", "object", "ragged"):
        return
    if site.call.y[index].shape[0] != (site.x.shape[0] if site.x else 0):
        return
    if site.model.loss_kind.startswith("custom"):
        yield from _own_loss(case, site, label, output)
        return
    result = compared(label, output, loss)
    if result.is_right or (result.verdict == "refused" and not case.raised):
        return
    if result.verdict == "broadcast" and label[1:] == output[1:]:
        return
    severity: Severity = "error" if result.verdict == "refused" or site.call.error else "wrong-result"
    yield explained(case, site, site.call.y[index], label, output, loss, result, severity)


def _own_loss(case: Case, site: Site, label: tuple[int, ...], output: tuple[int, ...]) -> Iterator[Finding]:
    """Judge a loss of the program's own, which may compare as it likes, only where the ranks part."""
    result = compared(label, output, "mean_squared_error")
    if site.model.loss_kind == "custom-class" and result.verdict == "aligned":
        yield own_loss(label, output)
    elif result.verdict == "broadcast" and len(output) == 3 > len(label):
        yield sequence_against_one(case, site, label, output, result, "wrong-result")


def own_loss(label: tuple[int, ...], output: tuple[int, ...]) -> Finding:
    """Say that a Loss class of the program's own gets two ranks."""
    count = output[0]
    return finding(
        "own-loss-ranks", "loss", "wrong-result",
        "A loss of your own gets labels and outputs of two ranks",
        f"Labels have shape {label}, outputs {output}. Keras adds the missing axis for its own losses and for "
        f"functions given to compile, not for a subclass of Loss: y_true - y_pred stretches to {count} × {count} = "
        f"{count * count:,} differences for {count} samples.",
        "Bring both to one shape: give y the shape (samples, 1), y = y.reshape(-1, 1); or reshape in call: "
        "y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred)).",
        "targets",
    )  # fmt: skip


def labels_across(case: Case) -> Iterator[Finding]:
    """One label per timestep, but along the wrong axis."""
    for site in case.sites():
        label, output = site.label(), site.output()
        if label is None or output is None or len(label) != 3 or len(output) != 3 or site.call.error:
            continue
        if label[1] == output[2] == 1 and label[2] == output[1] and (label[2] or 0) > 1:
            yield finding(
                "labels-lie-across", "labels", "wrong-result", "The labels of a sample lie along the wrong axis",
                f"A batch of labels has shape {label}, the output {output}: {label[2]} labels per sample lie along the "
                "last axis, that of the targets. The loss stretches both to a table of every timestep against every "
                "label, and nothing is raised.",
                "Put the timesteps second: y = np.swapaxes(y, 1, 2), shape (samples, timesteps, 1).", "timesteps",
            )  # fmt: skip
            return


def loss_by_hand(case: Case) -> Iterator[Finding]:
    """A loss that the program calls itself, in a loop of its own."""
    for event in case.capture.events:
        if event.what != "loss" or len(event.detail["label"]) != 1 or len(event.detail["output"]) != 1:
            continue
        label, output = event.detail["label"][0], event.detail["output"][0]
        if None in label or None in output or not label or not output:
            continue
        result = compared(label, output, event.detail["name"])
        if event.detail["kind"] == "custom-class" and result.verdict == "aligned":
            yield own_loss(label, output)
            return
        if result.verdict == "broadcast" and event.detail["kind"] == "class":
            yield finding(
                "loss-by-hand", "head" if len(output) != len(label) else "loss", "wrong-result",
                "Labels and output have different shapes",
                f"Line {event.line}: {seen(label, output, result, 'wrong-result')}", result.fix, "targets",
            )  # fmt: skip
            return
