"""Hooks on fit, evaluate, predict and the like: describe what goes in, cut long work short."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_course.doctor.capture.answers import as_asked, came_back
from lstm_course.doctor.capture.describing import at, describe_call
from lstm_course.doctor.capture.layers import shapes_of
from lstm_course.doctor.capture.losses import compile_note
from lstm_course.doctor.capture.pipelines import arrays_of
from lstm_course.doctor.capture.recorder import Recorder
from lstm_course.doctor.capture.tells import earlier_fits, note_given
from lstm_course.doctor.held_back import Judged
from lstm_course.doctor.seen import CallSeen

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
        with recorder.looking(at(note)):
            if method == "__call__" and recorder.tapes:
                recorder.taped = (model, asked.get("x"), result)
            whole, digests = note.pop("whole", (None, None)), note.pop("digests", [])
            call = CallSeen(**note, error=error, **came_back(model, method, result))
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
    note_given(recorder, call, asked)
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


def _answer(recorder: Recorder, method: str, result: Any, asked: dict[str, Any], note: dict[str, Any]) -> Any:
    """Give the program what it asked for, and remember predictions."""
    with recorder.looking(at(note)):
        answer = as_asked(method, result, asked, note)
        if method in ("predict", "predict_on_batch", "__call__"):
            for item in arrays_of(answer):
                recorder.operations.predicts(item)
                recorder.answers += (
                    [item] if isinstance(item, np.ndarray) and len(recorder.answers) < 40 else []
                )
        return answer
    return result
