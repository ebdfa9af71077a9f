"""units: how many numbers a layer's state holds, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lstm_course.doctor.rules.context import Case, finding, recurrent_stage, with_diff
from lstm_course.doctor.seen import RECURRENT, LayerSeen
from lstm_course.shapes.findings import Finding


def impossible_units(case: Case) -> Iterator[Finding]:
    """units that are no whole number from 1 on."""
    layers = [layer for layer in case.capture.layers if layer.cls in (*RECURRENT, "Dense")]
    for layer in layers:
        units = layer.given.get("units")
        if (
            units is None
            or (isinstance(units, int) and not isinstance(units, bool) and units > 0)
            or not case.error
        ):
            continue
        yield _impossible(case, layer, units, layers)
        return
    if case.says("missing 1 required positional argument: 'units'"):
        name = (
            next((word for word in (*RECURRENT, "Dense") if word in case.error.text), "LSTM")
            if case.error
            else ""
        )
        yield finding(
            "units-missing", "recurrent-layer-1", "error", f"{name} is not told its units",
            f"{name} needs units as its first argument: how many numbers its state and its output hold.",
            f"Give a number, such as {name}(32); the input shape belongs into keras.Input(shape=(timesteps, "
            "features)).",
            "units", "inside-a-cell",
        )  # fmt: skip


def _impossible(case: Case, layer: LayerSeen, units: Any, layers: list[LayerSeen]) -> Finding:
    order = [item.id for item in layers if item.cls in RECURRENT]
    stage = f"recurrent-layer-{order.index(layer.id) + 1}" if layer.id in order else "head"
    if isinstance(units, tuple) and any(str(one).endswith("Cell") for one in units):
        return finding(
            "cells-as-units", stage, "error", f"{layer.cls} was given cells where units belong",
            f"{layer.cls}([{', '.join(map(str, units))}], …): the first argument of {layer.cls} is units, one whole "
            "number; it makes its cell by itself.",
            f"Give cells of your own to keras.layers.RNN([{', '.join(f'{one}(…)' for one in units)}]); or stack "
            f"layers: {layer.cls}(32, return_sequences=True), then {layer.cls}(32).",
            "units", "wrappers-and-seq2seq",
        )  # fmt: skip
    if isinstance(units, tuple):
        steps = units[0] if units else "timesteps"
        shape = f"Input(shape={units})" if len(units) == 2 else f"Input(shape=({steps}, features))"
        return finding(
            "units-as-shape", stage, "error", f"{layer.cls} was given a shape where units belong",
            f"{layer.cls}({units}, …): the first argument is units, one whole number, the size of the state. "
            f"{units} looks "
            "like (timesteps, features), the shape of a sample; Keras only says that a tuple cannot be "
            "compared with a "
            "number.",
            with_diff(
                f"Choose the units freely, such as {layer.cls}(32), and give the shape to the input: {shape}.",
                case.program.change_first(layer.line, layer.cls, "32", "units"),
            ),
            "units", "inside-a-cell",
        )  # fmt: skip
    return finding(
        "units-no-count", stage, "error", f"units={units!r} is no count",
        f"{layer.cls}(units={units!r}): units is how many numbers the layer gives, a whole number from 1 on.",
        with_diff(
            "Give a whole number, such as 32; a division needs // or int(…): int(n / 2).",
            case.program.change_first(layer.line, layer.cls, str(max(1, round(units))), "units")
            if isinstance(units, float) and units == units else "",
        ),
        "units", "inside-a-cell",
    )  # fmt: skip


def sample_batch_as_timesteps(case: Case) -> Iterator[Finding]:
    """The number of samples or the batch size stands where timesteps are declared."""
    for site in case.sites():
        declared, x = (site.model.inputs or ((),))[0], site.x
        if x is None or len(declared) != 3 or x.rank != 3 or declared[1] is None or declared[1] == x.shape[1]:
            continue
        if declared[1] in (x.shape[0], site.call.batch_size) and declared[1] > 1 and not site.call.error:
            what = "the number of samples" if declared[1] == x.shape[0] else "the batch size"
            yield finding(
                "samples-as-timesteps", "input-layer", "degraded", f"{what.capitalize()} is declared as timesteps",
                f"The network was declared for {declared[1]} timesteps, which is {what}; each sample of X, "
                f"{x}, has "
                f"{x.shape[1]}. A Sequential model does not check it.",
                f"Declare what one sample holds: Input(shape=({x.shape[1]}, {x.shape[2]})).", "timesteps",
            )  # fmt: skip


def return_state_into_layer(case: Case) -> Iterator[Finding]:
    """return_state=True gives a list, which a Sequential model or the next layer does not take."""
    for model in (*case.capture.models, None):
        layers = model.layers if model else case.layers
        for layer in layers:
            if not layer.recurrent or not layer.get("return_state") or not case.error:
                continue
            sequential = model is not None and model.kind == "Sequential"
            if not sequential and not _next_got_list(case):
                continue
            count = {"LSTM": 2}.get(layer.core.cls, 1) * (2 if layer.cls == "Bidirectional" else 1)
            names = (
                ", ".join(["output", "h", "c"][: 1 + count])
                if count <= 2
                else "output, forward_h, forward_c, …"
            )
            stage = recurrent_stage(model, layer) if model else _stage_by_order(case, layer)
            if not sequential and re.search(r"\)\s*\(\s*\[", case.error.source):
                continue  # the states are in a list that the program wrote itself
            if not case.says("expects 1 input", "received", "list", "tuple", "shape"):
                continue
            if re.search(r"expects [2-9] (named )?input", case.error.text):
                continue  # a model of several inputs
            yield finding(
                "return-state-in-sequential", stage, "error",
                f"{layer.core.cls} returns its states too, and the next layer takes one tensor",
                f"return_state=True makes {layer.core.cls} return a list of {1 + count} tensors, [{names}]. "
                + ("A Sequential model passes exactly one tensor from layer to layer." if sequential else
                   "The next layer was given the whole list."),
                with_diff(
                    f"Take return_state away, or use the functional API and unpack: {names} = "
                    f"{layer.core.cls}(…, return_state=True)(x), then go on with output.",
                    case.program.change(layer.place, layer.core.cls, return_state=None),
                ),
                "units", "the-layer",
            )  # fmt: skip
            return


def _next_got_list(case: Case) -> bool:
    error = case.error
    return bool(error and len(error.layer_inputs) > 1 and case.says("expects 1 input", "but it received"))


def _stage_by_order(case: Case, layer: LayerSeen) -> str:
    ids = [item.id for item in case.capture.layers if item.recurrent]
    return f"recurrent-layer-{ids.index(layer.id) + 1 if layer.id in ids else 1}"


def share_dropped(case: Case) -> Iterator[Finding]:
    """dropout is a share; 1 and more drop everything."""
    order = [layer for layer in case.layers if layer.recurrent]
    for number, layer in enumerate(order, 1):
        for name in ("dropout", "recurrent_dropout"):
            share = layer.get(name)
            if not isinstance(share, int | float) or share < 1:
                continue
            yield finding(
                "everything-dropped", f"recurrent-layer-{number}", "wrong-result", f"{name}={share} drops everything",
                f"{layer.core.cls} was made with {name}={share}. {name} is the share of numbers that is set to zero "
                "while "
                "training; Keras cuts what is above 1 down to 1 without a word, and then nothing reaches the layer.",
                with_diff(
                    "Give a share below 1, such as 0.2.",
                    case.program.change(layer.place, layer.core.cls, **{name: "0.2"}),
                ),
                "units", "the-layer",
            )  # fmt: skip
            return
