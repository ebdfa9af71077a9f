"""Several inputs and outputs: their number, their order and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.seen import ArraySeen, CallSeen, ModelSeen, Shape
from lstm_course.shapes.findings import Finding

PLURAL = {"loss": "losses", "input": "inputs", "label": "labels", "metrics": "metrics"}


def number_of_inputs(call: CallSeen, declared: tuple[Shape, ...]) -> Finding:
    """Say that a model gets another number of arrays than it has inputs."""
    many = len(call.x) > len(declared)
    shapes = ", ".join(str(x) for x in call.x[:4]) + (", …" if len(call.x) > 4 else "")
    fix = (
        "Join the arrays into one before the call: X = np.stack(list_of_windows) gives (samples, timesteps, "
        "features)."
        if many and len(declared) == 1
        else f"Pass one array per input, in the order of Model(inputs=…): a list of {len(declared)}."
    )
    return finding(
        "number-of-inputs", _stage_of_inputs(call, declared), "error",
        f"The model has {len(declared)} input{'s' * (len(declared) > 1)} and gets {len(call.x)}",
        f"{call.method} was given {len(call.x)} array{'s' * (len(call.x) > 1)}, {shapes}; the model declares "
        f"{', '.join(map(str, declared))}. A Python list of arrays means one array per input, not one per "
        "sample.",
        fix, "samples",
    )  # fmt: skip


def _stage_of_inputs(call: CallSeen, declared: tuple[Shape, ...]) -> str:
    if call.method.startswith("predict"):
        return "prediction"
    return "windowing" if len(call.x) > len(declared) == 1 else "batching"


def swapped_inputs(call: CallSeen, model: ModelSeen) -> Finding | None:
    """Say that all arrays fit, but in another order."""
    if len(call.x) not in (2, 3, 4) or _fit(call.x, model.inputs):
        return None
    order = next(
        (one for one in permutations(range(len(call.x))) if _fit([call.x[i] for i in one], model.inputs)),
        None,
    )
    if order is None:
        return None
    given = ", ".join(map(str, call.x))
    names = ", ".join(model.input_names) or "the order of Model(inputs=…)"
    return finding(
        "inputs-in-other-order", "input-layer", "error", "The inputs are given in another order",
        f"{call.method} was given arrays of shape {given}; the model was built for {', '.join(map(str, model.inputs))} "
        f"({names}). Each array fits one of the inputs, but not the one that stands at its place.",
        f"Give them in the order of Model(inputs=…), array {', '.join(str(place + 1) for place in order)} of yours; or "
        "by name, in a dict: {'name of the input': array, …}.",
        "samples",
    )  # fmt: skip


def _fit(arrays: tuple[ArraySeen, ...] | list[ArraySeen], declared: tuple[Shape, ...]) -> bool:
    return all(
        x.rank == len(want) and all(w in (None, s) for w, s in zip(want[1:], x.shape[1:], strict=True))
        for x, want in zip(arrays, declared, strict=True)
    )


def names(case: Case) -> Iterator[Finding]:
    """A dict of inputs, labels or losses uses names that the model does not have."""
    error, call = case.error, case.stopped_call
    model = case.capture.model(call.model) if call else None
    if error is None or model is None:
        return
    if match := re.search(r"Expected keys \[(.*?)\] in (\w+) dict, but found \S+?=\[(.*?)\]", error.text):
        yield _names("loss", match[2], match[3], match[1])
    elif match := re.search(
        r"Missing data for input .*? keys \[(.*?)\]\. Expected the following keys: \[(.*?)\]", error.text
    ):
        yield _names(
            "prediction" if call and call.method.startswith("predict") else "batching",
            "input",
            match[1],
            match[2],
        )
    elif "Invalid `metrics`" in error.text:
        yield _metrics(model)
    elif (
        re.search(r"Expected \w+, but got (\w+) of type 'str'|structure|KeyError", error.text)
        and len(model.output_names) > 1
    ):
        yield _names("labels", "label", "of y", ", ".join(map(repr, model.output_names)))


def _metrics(model: ModelSeen) -> Finding:
    outputs = ", ".join(map(repr, model.output_names))
    lists = ", ".join("['mae']" for _ in model.output_names)
    return finding(
        "metrics-per-output", "loss", "error", f"The model has {len(model.output_names)} outputs; metrics names others",
        f"The outputs are called {outputs}. With several outputs metrics= says for each of them what is measured.",
        f"Give a list of lists, in the order of the outputs: metrics=[{lists}]; or a dict with their names as "
        "the keys.",
        "targets",
    )  # fmt: skip


def _names(stage: str, what: str, given: str, wanted: str) -> Finding:
    side = "inputs" if what == "input" else "outputs"
    return finding(
        "names-differ", stage, "error", f"The dict of {PLURAL.get(what, what)} uses other names than the model",
        f"The names given are {given}; the model's {side} are called {wanted}. Keras matches a dict by these names.",
        f"Use the names of the {side}, {wanted}, as the keys"
        + (", for y as for loss and metrics: they are the names of the last layers, Dense(1, name='…')."
           if side == "outputs" else ": they are those of Input(…, name='…').")
        + f" Or give a list in the order of Model({side}=…).",
        "targets",
    )  # fmt: skip
