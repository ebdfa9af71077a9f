"""Words and other numbered things on their way into an Embedding."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, CallSeen, LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding


def embedding_input(case: Case) -> Iterator[Finding]:
    """An Embedding takes whole numbers from 0 to input_dim - 1, one per timestep."""
    for layer in case.layers:
        if layer.cls != "Embedding":
            continue
        x = _fed(case, layer)
        size = layer.get("input_dim")
        if x is None or not isinstance(size, int):
            continue
        if not x.whole:
            yield finding(
                "floats-into-embedding", "input-layer", "wrong-result", "An Embedding gets measured values",
                f"X runs from {x.low:.4g} to {x.high:.4g} with fractions. Embedding({size}, …) looks up whole "
                "numbers "
                f"from 0 to {size - 1}; fractions are cut off, so most values fall on the same few rows.",
                "Leave the Embedding out and feed the values as features: Input(shape=(timesteps, features)) "
                "straight "
                "into the recurrent layer. An Embedding is for words and other numbered things.",
                "features",
            )  # fmt: skip
        elif x.low < 0 and not case.raised and _direct(case, layer):
            yield _negative(case, layer, x, size)
        elif case.raised and (x.high >= size or x.low < 0):
            yield finding(
                "token-out-of-range", "input-layer", "error", "A token number lies outside the Embedding",
                f"X holds whole numbers from {x.low:.0f} to {x.high:.0f}; Embedding(input_dim={size}) knows 0 "
                "to "
                f"{size - 1}.",
                with_diff(
                    f"Set input_dim to the largest number plus one: Embedding({int(x.high) + 1}, …); number 0 "
                    "is "
                    "usually kept for padding.",
                    case.program.change_first(layer.line, "Embedding", str(int(x.high) + 1), "input_dim"),
                ),
                "features",
            )  # fmt: skip


def _direct(case: Case, layer: LayerSeen) -> bool:
    """Whether nothing lies between the input and the Embedding that could change the numbers."""
    for model in case.capture.models:
        entries = {one.id for one in model.layers if one.cls == "InputLayer"}
        first = next((one for one in model.layers if one.cls != "InputLayer"), None)
        if model.kind == "Sequential" and first is not None and first.id == layer.id:
            return True
        if model.kind == "Functional" and not layer.through and set(layer.inbound) & entries:
            return True
    return False


def _negative(case: Case, layer: LayerSeen, x: ArraySeen, size: int) -> Finding:
    padded = x.padding is not None and x.padding.value == x.low
    return finding(
        "negative-tokens", "input-layer", "wrong-result", "Negative numbers enter an Embedding",
        f"X holds whole numbers from {x.low:.0f} to {x.high:.0f}. Keras 3 counts a negative number from the end of the "
        f"table: {x.low:.0f} reads row {size + x.low:.0f} of {size}, the vector of another token"
        f"{', at every padded place' if padded else ''}, and nothing is raised; mask_zero masks 0 alone.",
        "Number the tokens from 1 and pad with 0: X = X + 1, pad_sequences(…, value=0), and "
        f"Embedding({size + 1}, …, mask_zero=True).",
        "features", "unequal-lengths",
    )  # fmt: skip


def _fed(case: Case, layer: LayerSeen) -> ArraySeen | None:
    """Give the array that enters an Embedding; None where that cannot be told."""
    calls = [call for call in case.capture.calls if call.x and call.x[0].rank >= 1]
    for call in calls:
        if len(call.x) == 1:
            return call.x[0]
        model = case.capture.model(call.model)
        if model is not None and any(item.id == layer.id for item in model.layers):
            return _by_name(model, call, layer)
    return None


def _by_name(model: ModelSeen, call: CallSeen, layer: LayerSeen) -> ArraySeen | None:
    entries = {item.id: item.name for item in model.layers if item.cls == "InputLayer"}
    name = next((entries[one] for one in layer.inbound if one in entries), "")
    if name not in model.input_names or len(model.input_names) != len(call.x):
        return None
    return call.x[model.input_names.index(name)]
