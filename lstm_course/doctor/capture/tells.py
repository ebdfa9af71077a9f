"""What the calls and arrays of a program tell together, once it has ended or when it is asked in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from lstm_course.doctor.axes import counted_rows, time_first
from lstm_course.doctor.capture.pipelines import dealt_out_anew, shuffled_before_windows
from lstm_course.doctor.changes import added_to_one_level, horizons_flattened
from lstm_course.doctor.chunks import recordings_without_reset, samples_without_reset
from lstm_course.doctor.forecasts import compared_with_the_past, fed_back_otherwise, recursions
from lstm_course.doctor.handed_on import states_left_behind
from lstm_course.doctor.held_back import judged_by
from lstm_course.doctor.held_back_scales import scaled_otherwise
from lstm_course.doctor.marks import marks_of_missing
from lstm_course.doctor.mixed import mixed_units
from lstm_course.doctor.named import Compared
from lstm_course.doctor.numbering import numbered_twice
from lstm_course.doctor.order_in_windows import shuffled_before_cut, turned_round
from lstm_course.doctor.own_rows import (
    before_the_window,
    change_in_the_window,
    drifting,
    of_other_samples,
    of_the_first_row,
)
from lstm_course.doctor.rows import rows_twice
from lstm_course.doctor.scales import scalings_of
from lstm_course.doctor.seen import CallSeen, ScalingSeen, Told
from lstm_course.doctor.steps_read import another_step
from lstm_course.doctor.swapped import inputs_swapped
from lstm_course.doctor.tails import weighed_the_wrong_way

if TYPE_CHECKING:
    from lstm_course.doctor.capture.recorder import Recorder

TRAININGS = ("fit", "train_on_batch")
ASKING = ("predict", "predict_on_batch", "__call__")  # methods that give a forecast
MAX_COMPARED = 6  # calls whose samples are followed to where they come from


def scales_of(seen: Recorder) -> list[ScalingSeen]:
    """Say how arrays were scaled."""
    found = scalings_of(seen.history, seen.raw)
    trained = next((x for method, _, x, _ in seen.raw if method in TRAININGS), None)
    asked = [
        x for method, _, x, _ in seen.raw if method in ("predict", "evaluate") and isinstance(x, np.ndarray)
    ]
    return found or (scaled_otherwise(trained, asked, seen.history) if trained is not None else [])


def units_of(seen: Recorder) -> list[ScalingSeen]:
    """Say where predictions and labels are compared in two units."""
    return mixed_units(_compared(seen), seen.answers, seen.raw, seen.history)


def told_of(seen: Recorder) -> list[Told]:
    """Say what several calls tell together."""
    asked = [x for method, _, x, _ in seen.raw if method in ASKING]
    found = (
        *_marked(seen), *_swapped(seen), *(judged_by(one, seen.history) for one in seen.judged), _kept_states(seen),
        fed_back_otherwise(seen.asked), states_left_behind(seen.steps), numbered_twice(seen.numberings),
        *_by_labels(seen), rows_twice(seen.tables), *seen.operations.told, *seen.told,
    )  # fmt: skip
    past = compared_with_the_past(_compared(seen), asked, _fits(seen))
    return [*recursions(seen.asked), *past, *(one for one in found if one is not None)]


def note_given(seen: Recorder, call: CallSeen, asked: dict[str, Any]) -> None:
    """Look at what a call was given: data sets, what judges the network, weights of classes."""
    held = asked.get("validation_data") if call.method == "fit" else asked.get("x")
    seen.dataset = asked.get("x") if call.method == "fit" else seen.dataset
    if call.method == "fit" and shuffled_before_windows(seen.dataset):
        seen.told.append(Told("rows-shuffled-in-a-set", call.line, (
            "The data set of line {line} shuffles rows and cuts windows afterwards: neighbouring timesteps have "
            "nothing to do with each other, and neither have windows and their labels."
        )))  # fmt: skip
    validation = asked.get("validation_data")
    if isinstance(validation, list | tuple) and len(validation) in (2, 3):
        seen.validations.append((call.line, "validation_data", validation[0], validation[1]))
    if call.method == "fit" and held is not None and held is asked.get("x"):
        seen.told.append(Told("judged-by-the-training", call.line, (
            "validation_data (line {line}) is what fit trains on: the figure says how well it is remembered, and "
            "overfitting cannot show."
        )))  # fmt: skip
    if call.method == "fit" and isinstance(asked.get("class_weight"), dict):
        weighed = weighed_the_wrong_way(call.line, asked["class_weight"], asked.get("y"))
        seen.told += [weighed] if weighed is not None else []
    if not seen.told and held is not None and dealt_out_anew(seen.dataset, held):
        seen.told.append(Told("split-of-a-reshuffled-set", call.line, (
            "The samples of the training and those that judge it (line {line}) are cut out of one data set that "
            "shuffle(…) deals out in a new order at every reading: take and skip hold back other samples each time, "
            "and after a few epochs the network has been trained on those that judge it."
        )))  # fmt: skip


def earlier_fits(seen: Recorder, number: int) -> tuple[Any, ...]:
    """Give the inputs of a network's trainings before the last; none where its weights are set back in between."""
    if any(name in seen.source for name in ("set_weights", "load_weights", "load_model", "clone_model")):
        return ()
    return tuple(x for method, model, x, _ in seen.raw if method == "fit" and model == number)[:-1]


def _fits(seen: Recorder) -> list[tuple[Any, Any]]:
    return [(x, y) for method, _, x, y in seen.raw if method in TRAININGS]


def _compared(seen: Recorder) -> list[Compared]:
    return [(pair.line, pair.text, pair.prediction, pair.other) for pair in seen.operations.pairs]


def _swapped(seen: Recorder) -> list[Told | None]:
    fits = _fits(seen)
    return [
        inputs_swapped(call.line, call.method, fits[0][0], x, seen.history)
        for call, (_, _, x, _) in zip(seen.calls, seen.raw, strict=True)
        if call.method in (*ASKING, "evaluate") and fits
    ][:1]  # fmt: skip


def _marked(seen: Recorder) -> list[Told | None]:
    return [
        marks_of_missing(call.line, x)
        for call, (_, _, x, _) in zip(seen.calls, seen.raw, strict=True)
        if call.method == "fit" and not _masks(seen, call.model)
    ][:1]


def _by_labels(seen: Recorder) -> list[Told | None]:
    """Look at samples beside their labels, and at forecasts beside what the labels were made of."""
    pairs, fits = _compared(seen), _fits(seen)
    calls = [
        (call.line, method, x, y) for call, (method, _, x, y) in zip(seen.calls, seen.raw, strict=True)
        if y is not None and method in ("fit", "evaluate")
    ][:MAX_COMPARED]  # fmt: skip
    asked = [
        (line, "predict", x, other) for line, _, _, other in pairs[:MAX_COMPARED] for method, _, x, _ in seen.raw
        if method in ASKING and isinstance(x, np.ndarray) and len(x) == len(other)
    ][:MAX_COMPARED]  # fmt: skip
    answers = [one for one in seen.answers if isinstance(one, np.ndarray)]
    labels = fits[0][1] if fits else None
    return [
        *(
            of_other_samples(line, method, x, y, seen.history)
            for line, method, x, y in [*calls, *asked, *seen.validations[:MAX_COMPARED]]
        ),
        *(one for line, _, x, y in calls[:1] for one in _of_the_windows(seen, line, x, y)),
        another_step(pairs, answers, seen.history),
        added_to_one_level(pairs, answers, labels, seen.history),
        horizons_flattened(pairs, answers, labels, seen.history),
    ]


def _of_the_windows(seen: Recorder, line: int, x: Any, y: Any) -> list[Told | None]:
    """Look at the windows of the first training, and at the labels beside them."""
    return [
        time_first(line, x, y), change_in_the_window(line, x, y),
        None if _backwards(seen) else turned_round(line, x, y),
        shuffled_before_cut(line, x, seen.history), counted_rows(line, x), drifting(line, x, y, seen.history),
        before_the_window(line, x, y), of_the_first_row(line, x, y, seen.history),
    ]  # fmt: skip


def _backwards(seen: Recorder) -> bool:
    """Whether a layer reads its windows from their end."""
    return any(
        getattr(layer, "go_backwards", False) or isinstance(layer, keras.layers.Bidirectional)
        for layer in seen.layers.values()
    )


def _kept_states(seen: Recorder) -> Told | None:
    """Look at what a stateful network was given, where the program never resets it."""
    if "reset_state" in seen.source:
        return None
    given: dict[int, list[Any]] = {}
    lines: dict[int, int] = {}
    for call, (method, number, x, _) in zip(seen.calls, seen.raw, strict=True):
        if method in ("train_on_batch", *ASKING):
            given.setdefault(number, []).append(x)
            lines.setdefault(number, call.line)
    found = (
        samples_without_reset(lines[number], inputs, seen.history) or recordings_without_reset(lines[number], inputs)
        for number, inputs in given.items()
        if number in seen.layers and any(getattr(one, "stateful", False) for one in layers_of(seen.layers[number]))
    )  # fmt: skip
    return next((one for one in found if one is not None), None)


def _masks(seen: Recorder, number: int) -> bool:
    """Whether a model skips timesteps that are marked."""
    model = seen.layers.get(number)
    return model is not None and any(isinstance(layer, keras.layers.Masking) for layer in layers_of(model))


def layers_of(model: Any) -> list[Any]:
    """Give a model's layers; none where Keras refused the model."""
    return list(model.layers) if is_ready(model) else []


def is_ready(layer: Any) -> bool:
    """Whether its own __init__ got as far as Keras's, and Keras did not refuse the model."""
    return hasattr(layer, "_layers") and (
        type(layer).__name__ != "Functional" or hasattr(layer, "_operations")
    )
