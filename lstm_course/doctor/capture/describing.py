"""Describe a call of a model: what goes in, how samples and labels belong together, and how it is cut short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lstm_course.doctor.ahead import seen_ahead
from lstm_course.doctor.arrays import look_at
from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of, peek, shuffled_apart
from lstm_course.doctor.capture.recorder import MAX_CALLS, Recorder
from lstm_course.doctor.capture.shorten import shorten, whole_number
from lstm_course.doctor.capture.tells import TRAININGS
from lstm_course.doctor.capture.wholes import whole_of
from lstm_course.doctor.groups import across_groups
from lstm_course.doctor.pairing import unpaired
from lstm_course.doctor.relations import alignment, in_series, steps_ahead
from lstm_course.doctor.rows import order_of_rows
from lstm_course.doctor.seen import ArraySeen
from lstm_course.doctor.tails import unseen_classes

MAX_INPUTS = 3  # inputs that are compared with the labels


def at(note: dict[str, Any]) -> str:
    """Say which call it is."""
    return f"{note['method']} (line {note['line']})"


def describe_call(
    recorder: Recorder, model: Any, method: str, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Describe a call; give the description, the arguments to use, and those that were asked for.

    What cannot be looked at is left out: the call itself goes on as the program wrote it.
    """
    asked, short = dict(given), given
    note: dict[str, Any] = {"method": method, "model": id(model), "line": recorder.line()}
    with recorder.looking(at(note)):
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
        with recorder.looking(at(note)):
            known = recorder.history if len(recorder.calls) < MAX_CALLS else []
            whole = note["whole"] = whole_of(known, method, x, y, pipeline)
            note |= {"x": describe(x, whole[0]), "y": describe(y, whole[1])}
        for look in (_relations, _order):
            with recorder.looking(at(note)):
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
