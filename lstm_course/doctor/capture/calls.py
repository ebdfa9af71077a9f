"""Hooks on fit, evaluate, predict and the like: describe what goes in, cut long work short."""

from __future__ import annotations

import functools
import inspect
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_course.doctor.ahead import seen_ahead
from lstm_course.doctor.arrays import look_at
from lstm_course.doctor.capture.layers import shapes_of
from lstm_course.doctor.capture.losses import compile_note
from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of, peek, shuffled_apart
from lstm_course.doctor.capture.recorder import MAX_CALLS, Recorder
from lstm_course.doctor.capture.shorten import common_length, shorten, whole_number
from lstm_course.doctor.capture.tells import earlier_fits, note_datasets
from lstm_course.doctor.capture.wholes import whole_of
from lstm_course.doctor.groups import across_groups
from lstm_course.doctor.held_back import Judged
from lstm_course.doctor.pairing import unpaired
from lstm_course.doctor.relations import alignment, in_series, steps_ahead
from lstm_course.doctor.rows import order_of_rows
from lstm_course.doctor.seen import ArraySeen, CallSeen
from lstm_course.doctor.tails import unseen_classes

TRAININGS, MAX_INPUTS = ("fit", "train_on_batch"), 3
MIN_REPEATS = 3  # batches of a generator that have to be alike
MAX_JUDGED = 8  # sets of samples that judge a network
METHODS = (
    "fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch", "__call__",
)  # fmt: skip


def hook_method(recorder: Recorder, method: str) -> None:
    """Wrap one method of keras.Model."""
    original = getattr(keras.Model, method)
    signature = inspect.signature(original)

    @functools.wraps(original)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.depth or (method == "__call__" and not _holds_data(args)):
            return original(self, *args, **kwargs)
        recorder.failing = recorder.making = None
        if method == "__call__":
            given = {"x": args[0] if args else None}
            if kwargs.get("training") is True and not recorder.tapes:
                recorder.event("asked-in-training", model=id(self))
            return _watch(recorder, self, method, given, lambda: original(self, *args, **kwargs))
        try:
            given = dict(signature.bind(self, *args, **kwargs).arguments)
        except TypeError:
            return _watch(recorder, self, method, kwargs, lambda: original(self, *args, **kwargs))
        given.pop("self", None)
        more: dict[str, Any] = given.pop("kwargs", None) or {}
        given = {**more, **given}
        return _watch(recorder, self, method, given, None, original)

    recorder.patches.put(keras.Model, method, wrapper)


def _holds_data(args: tuple[Any, ...]) -> bool:
    first = args[0] if args else None
    while isinstance(first, list | tuple) and first:
        first = first[0]
    if isinstance(first, keras.KerasTensor) or not tf.executing_eagerly():
        return False
    return shapes_of(first) != () and hasattr(first, "__array__")


def _watch(
    recorder: Recorder, model: Any, method: str, given: dict[str, Any], plain: Any, original: Any = None
) -> Any:
    note, given, asked = describe_call(recorder, model, method, given)
    recorder.depth, recorder.call_line = recorder.depth + 1, note["line"]
    result, error = None, ""
    try:
        result = plain() if plain else original(model, **given)
    except Exception as raised:
        text = [line for line in str(raised).splitlines() if line.strip()]
        error = f"{type(raised).__name__}: {text[0] if text else ''}"
        raise
    finally:
        recorder.depth -= 1
        with recorder.looking(_at(note)):
            if method == "__call__" and recorder.tapes:
                recorder.taped = (model, asked.get("x"), result)
            whole, digests = note.pop("whole", (None, None)), note.pop("digests", [])
            call = CallSeen(**note, error=error, **_came_back(model, method, result))
            recorder.layers.setdefault(id(model), model)  # Keras may have made it on the program's behalf
            recorder.add_call(call, whole[0], whole[1], result)
            _judging(recorder, call, asked)
            if method == "fit" and len(digests) >= MIN_REPEATS and len(set(digests)) == 1:
                recorder.event("same-batch", line=call.line, count=len(digests))
    return _answer(recorder, method, result, asked, note)


def _judging(recorder: Recorder, call: CallSeen, asked: dict[str, Any]) -> None:
    """Keep the inputs that a network is judged by: validation_data, and those of evaluate."""
    value, trained, what = asked.get("x"), None, call.method
    if what == "fit":
        validation = asked.get("validation_data")
        pair = validation if isinstance(validation, list | tuple) and len(validation) in (2, 3) else (None,)
        value, trained, what = pair[0], asked.get("x"), "validation_data"
    elif what in ("evaluate", "predict"):
        trained = next((x for method, _, x, _ in reversed(recorder.raw) if method == "fit"), None)
    note_datasets(recorder, call, asked)
    if (
        isinstance(value, np.ndarray)
        and isinstance(trained, np.ndarray)
        and len(recorder.judged) < MAX_JUDGED
    ):
        earlier = earlier_fits(recorder, call.model) if what == "evaluate" else ()
        recorder.judged.append(Judged(call.line, what, trained, value, earlier))


def note_step(recorder: Recorder, loss: Any, labels: Any, outputs: Any, weights: Any) -> None:
    """Note a step of a loop of the program's own, where a loss meets what a model gave under a tape.

    Args:
        recorder: takes the step, as a training of one batch.
        loss: a Loss of Keras or of the program.
        labels: what the loss is given first.
        outputs: what it is given second.
        weights: sample_weight of the loss.
    """
    model, x, result = recorder.taped
    recorder.taped = (None, None, None)
    if model is None or outputs is not result or not tf.executing_eagerly():
        return
    left_open = getattr(loss, "reduction", "") in (None, "none")  # the program weighs the terms by itself
    recorder.compiled.setdefault(id(model), compile_note({"loss": loss}, model, recorder.line()))
    note, _, _ = describe_call(recorder, model, "train_on_batch", {"x": x, "y": labels})
    note["weights_given"] = weights is not None or left_open
    whole, _ = note.pop("whole"), note.pop("digests", [])
    recorder.add_call(CallSeen(**note, outputs=shapes_of(outputs)), *whole)


def _at(note: dict[str, Any]) -> str:
    return f"{note['method']} (line {note['line']})"


def _answer(recorder: Recorder, method: str, result: Any, asked: dict[str, Any], note: dict[str, Any]) -> Any:
    """Give the program what it asked for, and remember predictions."""
    with recorder.looking(_at(note)):
        answer = _as_asked(method, result, asked, note)
        if method in ("predict", "predict_on_batch", "__call__"):
            for item in arrays_of(answer):
                recorder.operations.predicts(item)
                recorder.answers += (
                    [item] if isinstance(item, np.ndarray) and len(recorder.answers) < 40 else []
                )
        return answer
    return result


def describe_call(
    recorder: Recorder, model: Any, method: str, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Describe a call; give the description, the arguments to use, and those that were asked for.

    What cannot be looked at is left out: the call itself goes on as the program wrote it.
    """
    asked, short = dict(given), given
    note: dict[str, Any] = {"method": method, "model": id(model), "line": recorder.line()}
    with recorder.looking(_at(note)):
        pipeline = peek(given.get("x", given.get("generator")))
        if pipeline:
            short = given = {**given, "x": pipeline.again}
            if pipeline.refused:
                recorder.event("data-refused", text=pipeline.refused)
        x, y = (pipeline.x, pipeline.y) if pipeline else (given.get("x"), given.get("y"))
        x, y = in_order(x, model, "inputs"), in_order(y, model, "outputs")
        whole = note["whole"] = (x, y)
        note |= _plain_facts(recorder, given, pipeline, x, y)
        note["frozen"] = (
            method in TRAININGS and bool(getattr(model, "weights", ())) and not model.trainable_weights
        )
        with recorder.looking(_at(note)):
            known = recorder.history if len(recorder.calls) < MAX_CALLS else []
            whole = note["whole"] = whole_of(known, method, x, y, pipeline)
            note |= {"x": describe(x, whole[0]), "y": describe(y, whole[1])}
        for look in (_relations, _order):
            with recorder.looking(_at(note)):
                note |= look(recorder, asked, method, (x, y), whole, pipeline)
        short = shorten(method, given, pipeline)
        note["unfinished"] = short is not given
        note["digests"] = pipeline.digests if pipeline else []
    return note, short, asked


def _plain_facts(
    recorder: Recorder, given: dict[str, Any], pipeline: Pipeline | None, x: Any, y: Any
) -> dict[str, Any]:
    """Describe what a call was given, without comparing anything."""
    val_x, val_y = _validation(given.get("validation_data"))
    weights = given.get("sample_weight")
    note: dict[str, Any] = {
        "x": describe(x), "y": describe(y), "val_x": describe(val_x), "val_y": describe(val_y),
        "batch_size": whole_number(given.get("batch_size")), "epochs": whole_number(given.get("epochs")) or 1,
        "steps": whole_number(given.get("steps_per_epoch")),
        "shuffle": given.get("shuffle"), "validation_split": float(given.get("validation_split") or 0.0),
        "weights_given": any(given.get(name) is not None for name in ("sample_weight", "class_weight"))
        or bool(pipeline and pipeline.weighted),
        "weights": look_at(weights) if hasattr(weights, "shape") else None,
    }  # fmt: skip
    if pipeline:
        note |= {
            "source": pipeline.kind,
            "batched": True,
            "num_batches": pipeline.count,
            "last_batch": pipeline.last,
            "reshuffled": pipeline.reshuffled,
            "apart": pipeline.kind == "dataset" and shuffled_apart(pipeline.again),
        }
    return note


Pair = tuple[Any, Any]


def _held_back(asked: dict[str, Any]) -> tuple[float, Any]:
    """Give validation_split, and the labels of validation_data where these are arrays."""
    val = asked.get("validation_data")
    labels = val[1] if isinstance(val, list | tuple) and len(val) in (2, 3) else None
    return float(asked.get("validation_split") or 0.0), labels


def _relations(
    recorder: Recorder, asked: dict[str, Any], method: str, seen: Pair, whole: Pair, pipeline: Pipeline | None
) -> dict[str, Any]:
    """Say what samples and labels tell of one another; of several inputs each is asked."""
    if len(recorder.calls) >= MAX_CALLS:
        return {}  # later ones are not kept
    inputs, x, y = arrays_of(whole[0])[:MAX_INPUTS], _single(whole[0]), _single(whole[1])
    split, held_back = _held_back(asked)
    mixed = bool(pipeline and pipeline.reshuffled) or (pipeline is not None and whole[0] is seen[0])
    return {
        **_first_said([alignment(one, y, shuffled=mixed, earlier=recorder.history) for one in inputs]),
        "ahead": steps_ahead(arrays_of(whole[0]), y),
        "in_series": in_series(x, y, recorder.history),
        "unseen": unseen_classes(seen[1], split, _single(held_back)),
    }


def _order(
    recorder: Recorder, asked: dict[str, Any], method: str, seen: Pair, whole: Pair, pipeline: Pipeline | None
) -> dict[str, str]:
    """Say what the rows behind samples and labels tell about their order."""
    if method not in TRAININGS or len(recorder.calls) >= MAX_CALLS:
        return {}
    given = pipeline.whole if pipeline and pipeline.whole else seen
    said = [
        {
            "across": across_groups(recorder.grouped, x),
            "rows": order_of_rows(recorder.tables, x),
            "foresight": seen_ahead(recorder.source, x, recorder.history),
        }
        for x in arrays_of(whole[0])[:MAX_INPUTS]
    ]
    return {
        **_first_said(said),
        "unpaired": unpaired(_single(given[0]), _single(given[1]), recorder.history),
    }


def _first_said(told: list[dict[str, str]]) -> dict[str, str]:
    """Give for each question the first answer that says something."""
    found: dict[str, str] = {}
    for one in told:
        found |= {key: sentence for key, sentence in one.items() if not found.get(key)}
    return found


def describe(value: Any, whole: Any = None) -> tuple[ArraySeen, ...]:
    """Describe inputs or labels, one entry for each: a batch in the values of the array that it is cut from."""
    items, behind = arrays_of(value), arrays_of(whole)
    if value is whole or len(items) != len(behind):
        return tuple(found for item in items if (found := look_at(item)) is not None)
    pairs = [(look_at(item), look_at(from_)) for item, from_ in zip(items, behind, strict=True)]
    return tuple(
        replace(far, shape=near.shape) for near, far in pairs if near is not None and far is not None
    )


def in_order(value: Any, model: Any, side: str) -> Any:
    """Put a dict of inputs or labels into the order of the model's own, which goes by the names and not by the dict."""
    if not isinstance(value, dict) or not getattr(model, f"{side}", None):
        return value
    named = isinstance(getattr(model, f"_{side}_struct", None), dict)
    names = (
        sorted(value) if named else getattr(model, "input_names" if side == "inputs" else "output_names", ())
    )
    return {name: value[name] for name in names} if set(names) == set(value) else value


def _single(value: Any) -> Any:
    items = arrays_of(value)
    return items[0] if len(items) == 1 else None


def _validation(value: Any) -> tuple[Any, Any]:
    if isinstance(value, list | tuple) and len(value) in (2, 3):
        return value[0], value[1]
    if isinstance(value, np.ndarray):
        return value, None  # a pair was meant
    pipeline = peek(value) if value is not None else None
    return (pipeline.x, pipeline.y) if pipeline and pipeline.rewinds else (None, None)


def _came_back(model: Any, method: str, result: Any) -> dict[str, Any]:
    if method == "fit" and result is not None:
        losses = tuple(float(np.mean(value)) for value in result.history.get("loss", ()))
        return {"losses": losses, "outputs": shapes_of(_safe_outputs(model))}
    if method.startswith(("predict", "__call__")):
        values = [np.asarray(item) for item in arrays_of(result) if hasattr(item, "shape")]
        numbers = [item for item in values if item.dtype.kind == "f" and item.size]
        return {
            "outputs": tuple(tuple(map(int, item.shape)) for item in values),
            "output_nan": any(bool(np.isnan(item).any()) for item in numbers),
        }  # fmt: skip
    return {"outputs": shapes_of(_safe_outputs(model))}


def _safe_outputs(model: Any) -> Any:
    try:
        return getattr(model, "outputs", None)
    except (AttributeError, ValueError):
        return None


def _as_asked(method: str, result: Any, asked: dict[str, Any], note: dict[str, Any]) -> Any:
    """Give the program as many epochs and predictions as it asked for."""
    if method == "fit" and result is not None:
        wanted = (whole_number(asked.get("epochs")) or 1) - (whole_number(asked.get("initial_epoch")) or 0)
        for values in result.history.values():
            values.extend(values[-1:] * (wanted - len(values) if "callbacks" not in asked else 0))
        result.epoch = list(range(max(wanted, len(result.epoch))))
    if method == "predict":
        count = _all_samples(note) if note.get("batched") else common_length(asked.get("x"))
        return result if count is None else _filled(result, count)
    return result


def _all_samples(note: dict[str, Any]) -> int | None:
    """Count the samples of a data set that says how many batches it has."""
    batches, last, x = note.get("num_batches"), note.get("last_batch"), note["x"]
    return (batches - 1) * x[0].shape[0] + last if batches and last and x else None


def _filled(result: Any, count: int) -> Any:
    if isinstance(result, dict):
        return {key: _filled(value, count) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return type(result)(_filled(value, count) for value in result)
    if not isinstance(result, np.ndarray) or not len(result) or len(result) == count:
        return result
    return np.resize(result, (count, *result.shape[1:])).copy() if len(result) < count else result
