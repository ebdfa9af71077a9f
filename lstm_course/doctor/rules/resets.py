"""Stateful layers, and when their state is set back to zero."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import CallSeen
from lstm_course.shapes.findings import Finding


def carried_between_samples(case: Case) -> Iterator[Finding]:
    """A stateful copy of a network that was trained without kept states answers sample after sample without a reset."""
    if (
        any(event.what == "reset_state" for event in case.capture.events)
        or "reset_state" in case.capture.source
    ):
        return
    plain = [model for model in case.capture.trained_models if model.recurrents and not model.stateful]
    trained = {call.model for call in case.capture.trainings}
    for model in case.capture.models:
        calls = [call for call in case.capture.calls if call.model == model.id and not call.error
                 and call.method in ("predict", "predict_on_batch", "__call__") and call.x]  # fmt: skip
        long = [call for call in calls if call.x[0].rank == 3 and call.x[0].shape[1] > 1]
        if not model.stateful or model.id in trained or len(long) < 3 or not plain:
            continue
        if not any(
            plain_model.recurrents[0].get("units") == model.recurrents[0].get("units")
            for plain_model in plain
        ):
            continue
        yield finding(
            "state-carried-between-samples", "state", "wrong-result", "The state of one sample goes into the next",
            f"Line {long[0].line}: a stateful model is asked {len(long)} times or more, with {long[0].x[0]}, and "
            "never reset. "
            "The network was trained without kept states: each sample began from zero. Here each begins where the "
            "one before "
            "it ended.",
            "Reset before each sample: for layer in model.layers: if hasattr(layer, 'reset_state'): "
            "layer.reset_state(); or "
            "build the copy with stateful=False.",
            "batch", "batches-and-state",
        )  # fmt: skip
        return


def never_reset(case: Case) -> Iterator[Finding]:
    """A stateful network reads chunk after chunk of several samples, and is never reset between them."""
    for one in case.capture.told:
        if one.kind == "samples-without-reset":
            yield finding(
                "state-carried-between-samples", "state", "wrong-result", "The state of one sample goes into the next",
                one.sentence.replace("{line}", str(one.line)),
                "Reset before each sample, in training and in prediction: for layer in model.layers: if hasattr(layer, "
                "'reset_state'): layer.reset_state().",
                "batch", "batches-and-state",
            )  # fmt: skip
            return


def kept_over_epochs(case: Case) -> Iterator[Finding]:
    """A stateful network reads its series again and again, and its state is never reset."""
    if re.search(r"reset_states?\b", case.capture.source) or any(never_reset(case)):
        return
    for model in case.capture.trained_models:
        fits = [call for call in case.capture.trainings if call.model == model.id]
        asked = [
            call
            for call in case.capture.calls
            if call.model == model.id and call.method in ("predict", "evaluate")
        ]
        epochs = sum(call.epochs for call in fits if call.method == "fit")
        epochs += _passes([call for call in fits if call.method != "fit"])
        if not model.stateful or not fits or any(call.error for call in fits) or (epochs < 2 and not asked):
            continue
        name = model.stateful[0].core.cls
        yield finding(
            "state-kept-over-epochs", "state", "degraded",
            "The state of an epoch's end begins the next epoch" if epochs > 1
            else "The state of the training's end begins the forecasts",
            f"{name} is stateful, the training goes through its samples {epochs} time{'s' * (epochs > 1)}, and nothing "
            "resets the state: at the beginning of the series the network remembers its end. Keras resets neither "
            "between epochs nor before predict.",
            "Reset at the beginning of each epoch and before predict: a callback with on_epoch_begin that calls "
            "layer.reset_state() for the stateful layers; or one epoch per fit, and a reset before each.",
            "batch", "batches-and-state",
        )  # fmt: skip
        return


def _passes(calls: list[CallSeen]) -> int:
    """Count how often a program's own loop came back to the batch that it began with."""
    return sum(call.x[:1] == calls[0].x[:1] for call in calls)


def old_reset(case: Case) -> Iterator[Finding]:
    """model.reset_states() is gone."""
    if case.error and re.search(r"no attribute '(reset_states|reset_state)'", case.error.text):
        owner = case.error.source.split(".reset_state")[0].strip() or "model"
        yield finding(
            "reset-states-gone", "state", "error", "reset_states() is gone in Keras 3",
            f"Line {case.error.line} calls {owner}.reset_states(). Models have no such method any more; a "
            "recurrent layer "
            "has reset_state(), without s.",
            with_diff(
                "Reset the layers: for layer in model.layers: if hasattr(layer, 'reset_state'): "
                "layer.reset_state().",
                f"- {case.error.source}\n+ for layer in {owner}.layers:\n+     if hasattr(layer, "
                "'reset_state'):\n"
                "+         layer.reset_state()",
            ),
            "batch",
        )  # fmt: skip
