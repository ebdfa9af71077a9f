"""Follow the states of LSTM layers: which tensor is h, which is c, and where each goes in."""

from __future__ import annotations

from typing import Any

from lstm_course.doctor.capture.recorder import Recorder

ROLES = {
    3: ("out", "h", "c"),
    5: ("out", "h", "c", "h", "c"),
}  # by the number of tensors of an LSTM, Bidirectional
KEEPING = ("Concatenate", "Dense", "Dropout", "Add", "Average", "BatchNormalization", "Activation", "Reshape")
MAX_FOLLOWED = 600


def note_roles(recorder: Recorder, layer: Any, args: tuple[Any, ...], initial: Any, outputs: Any) -> None:
    """Remember what the outputs of a layer are, and note states that enter another in the wrong place."""
    if isinstance(initial, list | tuple) and _cell(layer) == "LSTM":
        _judge(recorder, layer, list(initial))
    if len(recorder.origins) > MAX_FOLLOWED:
        return
    if isinstance(outputs, list | tuple) and _cell(layer) == "LSTM" and len(outputs) in ROLES:
        for tensor, role in zip(outputs, ROLES[len(outputs)], strict=True):
            recorder.origins[id(tensor)] = (tensor, id(layer), role)
    elif type(layer).__name__ in KEEPING and args:
        given = args[0] if isinstance(args[0], list | tuple) else [args[0]]
        known = [_origin(recorder, tensor) for tensor in given]
        roles = {one[2] for one in known if one}
        if roles and None not in known and "out" not in roles:
            first = next(one for one in known if one)
            recorder.origins[id(outputs)] = (outputs, first[1], roles.pop() if len(roles) == 1 else "both")


def _cell(layer: Any) -> str:
    inner = getattr(layer, "forward_layer", layer)
    return type(inner).__name__


def _origin(recorder: Recorder, tensor: Any) -> tuple[Any, int, str] | None:
    found = recorder.origins.get(id(tensor))
    return found if found is not None and found[0] is tensor else None


def _judge(recorder: Recorder, layer: Any, given: list[Any]) -> None:
    known = [_origin(recorder, tensor) for tensor in given]
    roles = [one[2] if one else "" for one in known]
    source = next((one[1] for one in known if one), 0)
    if "both" in roles:
        recorder.switched.append((id(layer), source, "joined"))
    elif (
        len(roles) in (2, 4) and all(roles) and "out" not in roles and roles != ["h", "c"] * (len(roles) // 2)
    ):
        recorder.switched.append((id(layer), source, "swapped"))
