"""Weights and files: what is loaded must fit what was built."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import Event
from lstm_course.shapes.findings import Finding


def left_out(case: Case) -> Iterator[Finding]:
    """load_weights is told to leave out what does not fit."""
    for call in case.program.calls_of("load_weights"):
        given = {one.arg: one.value for one in call.keywords}
        chosen = given.get("skip_mismatch")
        if not isinstance(chosen, ast.Constant) or chosen.value is not True or case.error is not None:
            continue
        told = next(
            (
                text
                for text in case.capture.warnings
                if re.search("skip|mismatch|could not be loaded", text.lower())
            ),
            "",
        )
        if not told:
            continue
        yield finding(
            "weights-left-out", "saving", "degraded", "Weights that do not fit were left out",
            f"Line {call.lineno} loads weights with skip_mismatch=True, and Keras left some out: {told[:160]} Those "
            "layers "
            "keep the random weights that they began with.",
            "Build the model with the sizes that it was saved with, and leave skip_mismatch away; or train the "
            "layers that "
            "were left out.",
            "units", "build-and-train",
        )  # fmt: skip
        return


def wrong_best(case: Case) -> Iterator[Finding]:
    """A callback takes the largest loss, or the smallest accuracy, for the best."""
    for name in ("ModelCheckpoint", "EarlyStopping", "ReduceLROnPlateau"):
        for call in case.program.calls_of(name):
            given = {one.arg: one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)}
            watched, mode = str(given.get("monitor", "val_loss")), given.get("mode")
            falls = any(word in watched for word in ("loss", "mae", "mse", "error", "mape"))
            rises = any(word in watched for word in ("acc", "auc", "precision", "recall", "r2", "f1"))
            if not ((falls and mode == "max") or (rises and mode == "min")):
                continue
            right = "min" if falls else "max"
            yield finding(
                "best-is-worst", "saving" if name == "ModelCheckpoint" else "batching", "wrong-result",
                f"{name} takes the worst for the best",
                f"Line {call.lineno}: monitor={watched!r} with mode={mode!r}. {watched} is better the "
                f"{'smaller' if falls else 'larger'} it is; so the worst epoch counts as the best.",
                with_diff(f"Write mode={right!r}, or leave mode away: Keras tells by the name.",
                          case.program.change(call.lineno, name, mode=repr(right))),
                "", "build-and-train",
            )  # fmt: skip
            return


def untrained(case: Case) -> Iterator[Finding]:
    """A model predicts that was never trained, while another of the same build was."""
    trained = {call.model for call in case.capture.trainings if not call.error}
    learnt = {
        layer.id for number in trained if (model := case.capture.model(number)) for layer in model.layers
    }
    filled = any(
        event.what in ("load_weights", "load_model", "set_weights", "weights")
        for event in case.capture.events
    )
    filling = {
        "set_weights",
        "load_weights",
        "load_model",
        "assign",
        "apply_gradients",
    }
    if not trained or filled or any(name in case.capture.source for name in filling):
        return
    for call in case.capture.calls:
        model = case.capture.model(call.model)
        if (
            call.method not in ("predict", "evaluate", "__call__")
            or call.error
            or model is None
            or call.model in trained
        ):
            continue
        fresh = [layer for layer in model.layers if layer.parameters and layer.id not in learnt]
        kinds = {(layer.cls, layer.weights[0][1]) for number in trained if (one := case.capture.model(number))
                 for layer in one.layers if layer.weights}  # fmt: skip
        twins = [layer for layer in fresh if layer.weights and (layer.cls, layer.weights[0][1]) in kinds]
        if not twins:
            continue
        whole = len(fresh) == sum(bool(layer.parameters) for layer in model.layers)
        names = ", ".join(f"{layer.cls} (line {layer.place})" for layer in twins[:4])
        yield finding(
            "untrained-model", "saving" if "clone_model" in case.capture.source else "prediction", "wrong-result",
            "A model predicts that was never "
            "trained" if whole else "A model predicts with layers that were never trained",
            f"Line {call.line}: {call.method} is asked of a model (line {model.line}) whose {names} fit never saw. "
            "Layers of "
            "the same kind and size were trained in another model; these have the random weights that they began with.",
            "Ask the model that was trained, or call its own layers again, the same objects; or copy the weights: "
            "new.set_weights(trained.get_weights()).",
            "units", "build-and-train",
        )  # fmt: skip
        return


def saved_too_early(case: Case) -> Iterator[Finding]:
    """Weights are saved before the training, and read back after it."""
    events = [event for event in case.capture.events if event.what in LOADING]
    for place, event in enumerate(events):
        saved = next((one for one in reversed(events[:place]) if one.what.startswith("save")
                      and one.detail.get("path") == event.detail.get("path")), None)  # fmt: skip
        if not event.what.startswith("load") or saved is None:
            continue
        fits = [number for number, call in enumerate(case.capture.calls)
                if call.method in ("fit", "train_on_batch") and call.model == saved.detail.get("id")]  # fmt: skip
        if not fits or fits[0] < saved.during or fits[0] >= event.during or event.line == saved.line:
            continue
        if saved.line == case.capture.calls[fits[0]].line:
            continue  # ModelCheckpoint saved it, while fit ran
        asked = [
            call for call in case.capture.calls[event.during :] if call.method in ("predict", "evaluate")
        ]
        if asked:
            yield finding(
                "saved-before-training", "saving", "wrong-result", "The weights were saved before the training",
                f"Line {saved.line} saves {event.detail.get('path')}, line {case.capture.calls[fits[0]].line} trains, "
                f"line {event.line} reads the file back: what predicts afterwards has the weights of before.",
                "Save after fit; or let ModelCheckpoint(…, save_best_only=True) save while fit runs.",
                "", "build-and-train",
            )  # fmt: skip
            return


def set_weights(case: Case) -> Iterator[Finding]:
    """set_weights gets other arrays than the layer or model has."""
    error = case.error
    last = next((event for event in reversed(case.capture.events) if event.what == "set_weights"), None)
    if error is None or last is None or not case.says("weight"):
        return
    given, expected = last.detail["given"], last.detail["expected"]
    owner = last.detail["owner"]
    fix = "Build the same architecture (same units, features and layers) before copying weights."
    if len(given) != len(expected):
        what = f"{len(given)} arrays were given, {owner} has {len(expected)}"
        order = ", ".join(map(str, expected))
        fix = f"Give all {len(expected)}, in the order of get_weights(): {order}. {_order(owner)}"
    else:
        pairs = [(a, b) for a, b in zip(given, expected, strict=True) if a != b]
        what = (
            f"array {pairs[0][0]} was given where {pairs[0][1]} is expected" if pairs else "the shapes differ"
        )
        fix = f"{_reason(owner, pairs)} {fix}" if pairs else fix
    yield finding(
        "weights-do-not-fit", "saving", "error", f"The weights do not fit {owner}",
        f"Line {error.line}: {what}. Given: {', '.join(map(str, given))}; expected: "
        f"{', '.join(map(str, expected))}.",
        fix, "units", "inside-a-cell",
    )  # fmt: skip


def _order(owner: str) -> str:
    gates = {"LSTM": "kernel (features, 4·units), recurrent_kernel (units, 4·units), bias (4·units,)",
             "GRU": "kernel (features, 3·units), recurrent_kernel (units, 3·units), bias (2, 3·units)"}  # fmt: skip
    return f"{owner} holds {gates[owner]}." if owner in gates else ""


def _reason(owner: str, pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> str:
    given, want = pairs[0]
    if owner == "GRU" and sorted(map(len, (given, want))) == [1, 2]:
        return (
            "reset_after decides on the bias: (2, 3·units) with reset_after=True, the default, (3·units,) "
            "with False. "
            "Set it as it was where the weights come from."
        )
    if owner in ("LSTM", "GRU") and given == tuple(reversed(want)):
        return "Transpose it: other libraries store (4·units, features), Keras (features, 4·units)."
    return _order(owner)


def files(case: Case) -> Iterator[Finding]:
    """A file of weights or of a model cannot be read into this model."""
    error = case.error
    last = next((event for event in reversed(case.capture.events) if event.what in LOADING), None)
    if error is None:
        return
    if case.says(".weights.h5", "Invalid filepath extension", "filepath provided must end"):
        yield _ending(case)
    elif last is not None and last.line == error.line:
        yield _loading(case, last)


LOADING = ("load_weights", "load_model", "save_weights", "save")


def _ending(case: Case) -> Finding:
    error = case.error
    weights = case.says("weights")
    return finding(
        "file-ending", "saving", "error", "The file name has no ending that Keras 3 takes",
        f"Line {error.line if error else 0}: {error.first_line if error else ''}.",
        "Name weights something.weights.h5." if weights else "Name the model file something.keras.", "",
        "build-and-train",
    )  # fmt: skip


def _loading(case: Case, event: Event) -> Finding:
    error, path = case.error, event.detail.get("path", "")
    text, line = (error.text, error.line) if error else ("", 0)
    if "No such file" in text or "not found" in text.lower() or "doesn't exist" in text:
        return finding(
            "file-missing", "saving", "error", f"There is no file {path}",
            f"Line {line} loads {path}, which does not exist where the program runs.",
            "Save it first, or give the full path.", "", "build-and-train",
        )  # fmt: skip
    shapes = re.search(r"variable\.shape=(\([^)]*\)).*?value\.shape=(\([^)]*\))", text, re.S)
    shapes = shapes or re.search(r"expected shape (\([^)]*\)).*?(\([^)]*\))", text, re.S)
    if event.what == "load_weights" and (shapes or "could not be loaded" in text or "layer" in text.lower()):
        what = (
            f"a weight of the model has shape {shapes[1]}, the one in the file {shapes[2]}"
            if shapes
            else (error.first_line if error else "")
        )
        return finding(
            "weights-do-not-fit", "saving", "error", "The file's weights do not fit this model",
            f"Line {line} loads {path}: {what}. The last axis of a kernel is 4·units for LSTM, 3·units for "
            "GRU; its first "
            "is the number of features.",
            "Build the same network as the one that was saved: same units, same number of features, same "
            "layers in the "
            "same order; or save and load the whole model (model.save('model.keras'), "
            "keras.models.load_model).",
            "units", "build-and-train",
        )  # fmt: skip
    return finding(
        "file-of-another-version", "saving", "error", f"{path} cannot be read by Keras 3",
        f"Line {line}: {error.first_line if error else ''}.",
        "Rebuild the network in code and load the weights only, or save it again with the version that made "
        "it, as "
        "model.keras. An old folder (SavedModel) can be used through keras.layers.TFSMLayer. Custom layers "
        "and losses "
        "need custom_objects={…}.",
        "", "build-and-train",
    )  # fmt: skip
