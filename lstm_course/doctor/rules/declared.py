"""Declared input: what Input or input_shape says, before any data comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, Shape
from lstm_course.shapes.findings import Finding

TRAINING = ("fit", "train_on_batch", "evaluate", "test_on_batch", "")


def declared_input(case: Case) -> Iterator[Finding]:
    """A recurrent layer right above the input refuses the number of declared axes."""
    layer = case.failing
    if layer is None or not layer.recurrent or layer.core.cls.startswith("ConvLSTM"):
        return
    if (
        case.below_failing is not None
        or case.in_call(*TRAINING[:4])
        or not case.error
        or not case.error.layer_inputs
    ):
        return
    declared = case.error.layer_inputs[0]
    if len(declared) > 3:
        yield _too_many_axes(case, declared)
    elif len(declared) == 2:
        yield too_few_axes(case, declared)


def _too_many_axes(case: Case, declared: Shape) -> Finding:
    inner = declared[1:]
    x = next((array for array in case.arrays if array.rank == 4 and tuple(array.shape[1:]) == inner), None)
    if x is not None:
        return four_axes(case, x)
    x = next((array for array in case.arrays if array.rank >= 2), None)
    steps, features = inner[-2], inner[-1]
    what = f"X has shape {x}: " if x is not None and x.rank == 3 else ""
    first = (
        f"the first number, {inner[0]}, is the number of samples (or the batch)"
        if inner[0] is not None
        else ("None stands for the batch axis")
    )
    return finding(
        "sample-axis-in-input-shape", "input-layer", "error",
        f"The input shape {inner} counts the samples axis too",
        f"{what}Input(shape={inner}) has {len(inner)} axes; {first}. Keras puts the batch axis in front by "
        "itself, so "
        f"the recurrent layer sees {len(declared)} axes, {declared}, where it expects 3: (batch, timesteps, "
        "features).",
        with_diff(
            f"Give only (timesteps, features), without samples: Input(shape=({steps}, {features})). For one "
            "label per "
            "sample leave return_sequences=False on the last recurrent layer and end with Dense(1).",
            input_diff(case, f"({steps}, {features})"),
        ),
        "samples",
    )  # fmt: skip


def four_axes(case: Case, x: ArraySeen) -> Finding:
    """Say that X has four axes where a recurrent layer takes three."""
    samples, *inner = x.shape
    ones = 1 in inner
    kept = tuple(size for size in inner if size != 1) if ones else (inner[0], inner[1] * inner[2])
    kept = kept if len(kept) == 2 else (inner[-2], inner[-1])
    return finding(
        "one-axis-too-many", "windowing" if ones else "input-layer", "error",
        f"X has {x.rank} axes, a recurrent layer takes 3",
        f"X has shape {x} and the input is declared as {tuple(inner)}: with the batch axis these are {x.rank} "
        "axes. "
        "A recurrent layer expects 3: (batch, timesteps, features)."
        + (" One of the axes has size 1 and holds nothing." if ones else ""),
        f"Bring X to three axes: X = X.reshape({samples}, {kept[0]}, {kept[1]}) and declare "
        f"Input(shape={kept}); each "
        "timestep then holds all of its values as features.",
        "timesteps",
    )  # fmt: skip


def too_few_axes(case: Case, declared: Shape) -> Finding:
    """Say that one declared axis leaves no timesteps."""
    size = declared[-1]
    x = next((array for array in case.arrays if array.rank >= 2 and array.dtype != "bool"), None)
    seen = f"X has shape {x}; " if x is not None else ""
    if x is not None and x.rank == 3:
        steps, features = x.shape[1:]
        return finding(
            "timesteps-axis-missing", "input-layer", "error", "The input shape lacks the timesteps axis",
            f"{seen}Input(shape=({size},)) declares one axis. With the batch axis these are 2, and a "
            "recurrent layer "
            "expects 3: (batch, timesteps, features).",
            with_diff(
                f"Declare both axes of a sample: Input(shape=({steps}, {features})), that is (timesteps, "
                "features).",
                input_diff(case, f"({steps}, {features})"),
            ),
            "timesteps",
        )  # fmt: skip
    return finding(
        "timesteps-axis-missing", "input-layer", "error", "A table goes in where a sequence is expected",
        f"{seen}Input(shape=({size},)) declares one axis. With the batch axis these are 2, (batch, {size}), "
        "and a "
        "recurrent layer expects 3: (batch, timesteps, features). The timesteps axis is missing.",
        with_diff(
            f"If the {size} columns are {size} successive values of one series, add a features axis: X = "
            "X[..., "
            f"np.newaxis] gives (samples, {size}, 1), and Input(shape=({size}, 1)). If they are {size} "
            "different "
            f"features measured at one time, cut windows of L rows: X (samples, L, {size}), Input(shape=(L, "
            f"{size})); "
            f"X.reshape(-1, 1, {size}) with Input(shape=(1, {size})) runs too, with a single timestep.",
            input_diff(case, f"({size}, 1)"),
        ),
        "timesteps",
    )  # fmt: skip


def input_diff(case: Case, shape: str) -> str:
    """Write the declared shape anew, as a diff of the program's line."""
    for call in case.program.calls_of("Input"):
        return case.program.change_first(call.lineno, "Input", f"shape={shape}" if not call.args and any(
            keyword.arg == "batch_shape" for keyword in call.keywords) else shape, "shape")  # fmt: skip
    for layer in case.capture.layers:
        if "input_shape" in layer.given and layer.line:
            return case.program.change(layer.line, layer.cls, input_shape=shape)
    return ""


def undeclared_input(case: Case) -> Iterator[Finding]:
    """A model that declares no input begins with a recurrent layer and is given a table."""
    call = case.stopped_call
    model = case.capture.model(call.model) if call else None
    if call is None or model is None or model.inputs or len(call.x) != 1 or not call.x:
        return
    x = call.x[0]
    first = next(
        (layer for layer in model.layers if layer.cls != "InputLayer"), None
    )  # Keras adds one as it builds
    if first is None or not first.recurrent or x.rank != 2:
        return
    rows, columns = x.shape
    yield finding(
        "features-axis-missing", "input-layer", "error", "X has two axes, a recurrent layer takes three",
        f"X has shape {x}; the first layer, {first.cls}, reads (batch, timesteps, features).",
        "If each row is a window of one feature, add the features axis: X[..., np.newaxis] gives "
        f"({rows}, {columns}, 1). If each row is one moment with {columns} features, cut windows of L rows: "
        f"X (samples, L, {columns}).",
        "features",
    )  # fmt: skip


def no_shape(case: Case) -> Iterator[Finding]:
    """A bare number stands where a tuple of sizes belongs."""
    match = re.search(r"Cannot convert '(\d+)' to a shape", case.error.text if case.error else "")
    if match is None or case.error is None:
        return
    size = match[1]
    yield finding(
        "shape-is-a-number", "input-layer", "error", f"The input shape is the number {size}, not a tuple",
        f"Line {case.error.line}: {case.error.source}\nA shape lists the size of each axis of one sample; ({size}) is "
        f"the number {size} in brackets, and ({size},) would be one axis. A recurrent layer needs two: (timesteps, "
        "features).",
        f"Write both axes as a tuple: Input(shape=({size}, 1)) for {size} timesteps of one feature, or "
        f"Input(shape=(timesteps, {size})) for {size} features.",
        "timesteps",
    )  # fmt: skip


def length_unknown(case: Case) -> Iterator[Finding]:
    """A Dense layer after Flatten needs to know the number of timesteps."""
    layer, error = case.failing, case.error
    if (
        layer is None
        or error is None
        or layer.recurrent
        or not case.says("fully-defined", "should be defined")
    ):
        return
    if not error.layer_inputs or error.layer_inputs[0][-1:] != (None,):
        return
    below = case.below_failing
    x = next((array for array in case.arrays if array.rank == 3), None)
    steps, features = x.shape[1:] if x is not None else ("timesteps", "features")
    yield finding(
        "length-unknown", "input-layer", "error", f"{layer.cls} cannot know how many numbers come in",
        f"{below.cls if below else 'The layer below'} hands on {error.layer_inputs[0]}: the number of timesteps is "
        f"declared as None, so the width after {below.cls if below else 'it'} is unknown, and {layer.cls} cannot make "
        "its weights.",
        with_diff(
            f"Declare the timesteps: Input(shape=({steps}, {features})); or join them in a way that does not depend on "
            "their number: return_sequences=False on the last recurrent layer, or GlobalAveragePooling1D().",
            input_diff(case, f"({steps}, {features})"),
        ),
        "timesteps",
    )  # fmt: skip
