"""Hooks in Keras that write into a Recorder: making, calling and compiling layers and models."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src import backend
from keras.src.ops.operation import Operation
from keras.src.trainers.trainer import Trainer

from lstm_course.doctor.capture.calls import METHODS, hook_method, note_step
from lstm_course.doctor.capture.conversions import watch_conversions
from lstm_course.doctor.capture.layers import shapes_of
from lstm_course.doctor.capture.losses import compile_note, loss_name
from lstm_course.doctor.capture.operations import watch_tensors
from lstm_course.doctor.capture.recorder import KERAS, Recorder
from lstm_course.doctor.capture.roles import note_roles
from lstm_course.doctor.capture.softmaxes import watch_softmax


@contextmanager
def installed(recorder: Recorder) -> Iterator[None]:
    """Hook everything that a program may call, and leave Keras afterwards as it was."""
    try:
        _install(recorder)
        yield
    finally:
        recorder.patches.undo()


def _install(recorder: Recorder) -> None:
    _hook_making(recorder)
    _hook_layer_calls(recorder)
    _hook_compile(recorder)
    _hook_loss(recorder)
    for method in METHODS:
        hook_method(recorder, method)
    _hook_reset(recorder)
    _hook_weights(recorder)
    _hook_preparation(recorder)
    watch_conversions(recorder)
    _hook_tapes(recorder)
    watch_softmax(recorder)
    watch_tensors(recorder.operations, lambda: recorder.call_line, recorder.patches)


def _hook_tapes(recorder: Recorder) -> None:
    def by(change: int) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def step(self: Any, *args: Any) -> Any:
                recorder.tapes += change
                return original(self, *args)

            return step

        return make

    recorder.patches.wrap(tf.GradientTape, "__enter__", by(1))
    recorder.patches.wrap(tf.GradientTape, "__exit__", by(-1))


def _hook_making(recorder: Recorder) -> None:
    original = Operation.__new__

    def __new__(cls: type, *args: Any, **kwargs: Any) -> Any:
        layer = original(cls, *args, **kwargs)
        if isinstance(layer, keras.layers.Layer) and _from_program():
            recorder.made(layer, args, kwargs)
        return layer

    recorder.patches.put(Operation, "__new__", staticmethod(__new__))


def _from_program() -> bool:
    """Whether the layer is made by the program, and not by another layer on its behalf."""
    frame = sys._getframe(2)
    while frame.f_code.co_name == "__new__" and frame.f_back is not None:
        frame = frame.f_back
    return not frame.f_code.co_filename.startswith(KERAS)


@contextmanager
def watch_layers(recorder: Recorder) -> Iterator[None]:
    """Note the calls of layers, and leave Keras afterwards as it was."""
    _hook_layer_calls(recorder)
    try:
        yield
    finally:
        recorder.patches.undo()


def _hook_layer_calls(recorder: Recorder) -> None:
    original = keras.layers.Layer.__call__

    @functools.wraps(original)
    def __call__(self: Any, *args: Any, **kwargs: Any) -> Any:
        recorder.making = None
        try:
            outputs = original(self, *args, **kwargs)
        except Exception:
            if recorder.failing is None:
                recorder.failing = (self, (*args, kwargs.get("initial_state")))
            raise
        if not isinstance(self, keras.Model):
            with recorder.looking(f"{type(self).__name__} (line {recorder.line()})"):
                _note_call(recorder, self, args, kwargs, outputs)
            recorder.last_output = (outputs, id(self))
        elif recorder.last_output[0] is outputs:
            recorder.note(self)["last"] = recorder.last_output[1]
        return outputs

    recorder.patches.put(keras.layers.Layer, "__call__", __call__)


def _note_call(
    recorder: Recorder, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any], outputs: Any
) -> None:
    note = recorder.note(layer)
    symbolic = any(isinstance(item, keras.KerasTensor) for item in _flat(args[:1]))
    if symbolic:
        note["inputs"], note["outputs"] = shapes_of(args[:1]), shapes_of(outputs)
    else:
        note.setdefault("fed", shapes_of(args[:1]))
        note.setdefault("inputs", shapes_of(args[:1]))
        note.setdefault("outputs", shapes_of(outputs))
    note["mask_in"] = note.get("mask_in", False) or _masked(args[:1]) or kwargs.get("mask") is not None
    note["mask_out"] = note.get("mask_out", False) or _masked(outputs)
    initial = kwargs.get("initial_state")
    note_roles(recorder, layer, args, initial, outputs)
    if initial is not None and "initial" not in note:
        note["initial"] = shapes_of(initial)
        note["initial_from"] = tuple(
            id(item._keras_history.operation) for item in _flat(initial) if hasattr(item, "_keras_history")
        )


def _masked(value: Any) -> bool:
    return any(backend.get_keras_mask(item) is not None for item in _flat(value))


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return [item for part in value for item in _flat(part)]
    return [value]


def _hook_compile(recorder: Recorder) -> None:
    def make(original: Any) -> Any:
        def compile_(self: Any, *args: Any, **kwargs: Any) -> Any:
            line = recorder.line()
            names = ("optimizer", "loss", "loss_weights", "metrics")
            arguments = dict(zip(names, args, strict=False)) | kwargs
            result = original(self, *args, **kwargs)
            with recorder.looking(f"compile (line {line})"):
                recorder.compiled[id(self)] = compile_note(arguments, self, line)
            return result

        return compile_

    recorder.patches.wrap(Trainer, "compile", make)  # where a loaded model asks whether compile is its own


def _hook_loss(recorder: Recorder) -> None:
    def make(original: Any) -> Any:
        def compute_loss(
            self: Any, x: Any = None, y: Any = None, y_pred: Any = None, *args: Any, **kwargs: Any
        ) -> Any:
            recorder.note(self).setdefault("met", (shapes_of(y), shapes_of(y_pred)))
            return original(self, x, y, y_pred, *args, **kwargs)

        return compute_loss

    recorder.patches.wrap(keras.Model, "compute_loss", make)

    def by_hand(original: Any) -> Any:
        def call(self: Any, y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
            if not recorder.depth:
                kind = "class" if type(self).__module__.startswith("keras") else "custom-class"
                shapes: dict[str, Any] = {"label": shapes_of([y_true]), "output": shapes_of([y_pred])}
                shapes["from_logits"] = bool(getattr(self, "_fn_kwargs", {}).get("from_logits", False))
                recorder.event("loss", name=loss_name(self), kind=kind, **shapes)
                with recorder.looking(f"loss (line {recorder.line()})"):
                    weights = args[0] if args else kwargs.get("sample_weight")
                    note_step(recorder, self, y_true, y_pred, weights)
            return original(self, y_true, y_pred, *args, **kwargs)

        return call

    recorder.patches.wrap(keras.losses.Loss, "__call__", by_hand)


def _hook_reset(recorder: Recorder) -> None:
    from keras.src.layers.rnn.rnn import RNN

    def make(original: Any) -> Any:
        def reset(self: Any, *args: Any, **kwargs: Any) -> Any:
            recorder.event("reset_state", model=id(self))
            return original(self, *args, **kwargs)

        return reset

    for owner in (RNN, keras.layers.Bidirectional):
        for name in ("reset_state", "reset_states"):
            if hasattr(owner, name):
                recorder.patches.wrap(owner, name, make)


def _hook_weights(recorder: Recorder) -> None:
    def weights(original: Any) -> Any:
        def set_weights(self: Any, given: Any, *args: Any, **kwargs: Any) -> Any:
            recorder.event(
                "set_weights", owner=type(self).__name__, name=str(self.name), id=id(self),
                given=shapes_of(list(given)), expected=shapes_of(list(self.weights)),
                model=isinstance(self, keras.Model),
            )  # fmt: skip
            return original(self, given, *args, **kwargs)

        return set_weights

    def files(name: str) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def call(self: Any, filepath: Any = "", *args: Any, **kwargs: Any) -> Any:
                recorder.event(name, path=str(filepath), id=id(self))
                where = recorder.here(filepath, name.startswith("save"))
                if isinstance(where, str) and name.startswith("save") and os.path.islink(where):
                    os.unlink(where)  # HDF5 writes through links, past every guard
                return original(self, where, *args, **kwargs)

            return call

        return make

    recorder.patches.wrap(keras.layers.Layer, "set_weights", weights)
    for name in ("load_weights", "save_weights", "save"):
        recorder.patches.wrap(keras.Model, name, files(name))
    _hook_load_model(recorder)


def _hook_load_model(recorder: Recorder) -> None:
    def make(original: Any) -> Any:
        def load_model(filepath: Any, *args: Any, **kwargs: Any) -> Any:
            recorder.event("load_model", path=str(filepath))
            model = original(recorder.here(filepath, False), *args, **kwargs)
            if isinstance(model, keras.Model):
                recorder.layers[id(model)] = model
                recorder.note(model)["line"] = recorder.line()
            return model

        return load_model

    recorder.patches.wrap_everywhere(keras.models, "load_model", make)


def _hook_preparation(recorder: Recorder) -> None:
    def windows(original: Any) -> Any:
        def timeseries(*args: Any, **kwargs: Any) -> Any:
            names = ("data", "targets", "sequence_length", "sequence_stride", "sampling_rate", "batch_size")
            given = dict(zip(names, args, strict=False)) | kwargs
            plain: dict[str, Any] = {key: given[key] for key in given if isinstance(given[key], int | None)}
            recorder.event("timeseries_dataset_from_array", **plain, late=_targets_late(given))
            return original(*args, **kwargs)

        return timeseries

    recorder.patches.wrap_everywhere(keras.utils, "timeseries_dataset_from_array", windows)
    _hook_padding(recorder)


def _hook_padding(recorder: Recorder) -> None:
    def padding(original: Any) -> Any:
        def pad_sequences(sequences: Any, *args: Any, **kwargs: Any) -> Any:
            names = ("maxlen", "dtype", "padding", "truncating", "value")
            given = dict(zip(names, args, strict=False)) | kwargs
            plain: dict[str, Any] = {key: str(value) for key, value in given.items()}
            cut = _cut_short(sequences, given.get("maxlen"))
            recorder.event("pad_sequences", **plain, floats=_holds_floats(sequences), cut=cut)
            return original(sequences, *args, **kwargs)

        return pad_sequences

    recorder.patches.wrap_everywhere(keras.utils, "pad_sequences", padding)


def _cut_short(sequences: Any, longest: Any) -> float:
    """Give the share of sequences that are longer than they may be."""
    lengths = [len(one) for one in list(sequences)[:2_000] if hasattr(one, "__len__")]
    return float(np.mean([length > int(longest) for length in lengths])) if lengths and longest else 0.0


def _holds_floats(sequences: Any) -> bool:
    for sequence in list(sequences)[:50]:
        values = np.asarray(sequence)
        if values.dtype.kind == "f" and values.size and bool((values != np.round(values)).any()):
            return True
    return False


def _targets_late(given: dict[str, Any]) -> int | None:
    """Give the row of the series, counted from the first window's first, that its target is; None if unknown."""
    try:
        data, targets = np.asarray(given.get("data"), float), np.asarray(given.get("targets"), float)
    except (TypeError, ValueError):
        return None
    if data.ndim < 1 or targets.ndim < 1 or len(targets) < 5:
        return None
    columns, goal = data.reshape(len(data), -1), targets.reshape(len(targets), -1)[:, 0]
    if len(np.unique(goal[:200])) < 5:
        return None
    for late in range(min(len(data) - 4, 400)):
        size = min(len(data) - late, len(goal), 200)
        if size >= 5 and bool((columns[late : late + size] == goal[:size, None]).all(axis=0).any()):
            return late
    return None
