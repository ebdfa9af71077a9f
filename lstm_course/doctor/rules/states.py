"""States that leave one layer and enter another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import LayerSeen
from lstm_course.shapes.findings import Finding, Severity

PER_CELL = {"LSTM": 2, "GRU": 1, "SimpleRNN": 1}
LESSON = "wrappers-and-seq2seq"


def num_states(layer: LayerSeen) -> int:
    """Give the number of state tensors of a layer."""
    return PER_CELL.get(layer.core.cls, 1) * (2 if layer.cls == "Bidirectional" else 1)


def initial_state(case: Case) -> Iterator[Finding]:
    """The states that a layer is given do not have its number or its size."""
    for layer in _with_initial(case):
        given = layer.initial or ()
        want, units = num_states(layer), layer.get("units")
        severity: Severity = "error" if case.error else "wrong-result"
        if any(len(shape) == 3 for shape in given) and not layer.core.cls.startswith("ConvLSTM"):
            yield _sequence(layer, given, severity)
        elif (
            layer.cls == "Bidirectional" and len(given) * 2 == want and PER_CELL.get(layer.core.cls)
        ) or len(given) != want:
            yield _count(case, layer, given, want, severity)
        elif any(shape and shape[-1] not in (None, units) for shape in given):
            yield _size(case, layer, given, severity)
        else:
            continue
        return


def _with_initial(case: Case) -> list[LayerSeen]:
    known = {layer.id: layer for layer in (*case.layers, *case.capture.layers)}
    return [layer for layer in known.values() if layer.recurrent and layer.initial is not None]


def _names(layer: LayerSeen) -> str:
    one = "h, c" if layer.core.cls == "LSTM" else "h"
    if layer.cls != "Bidirectional":
        return f"[{one}]"
    return "[forward_h, forward_c, backward_h, backward_c]" if one == "h, c" else "[forward_h, backward_h]"


def _sequence(layer: LayerSeen, given: tuple[object, ...], severity: Severity) -> Finding:
    return finding(
        "state-is-a-sequence", "state", severity, "A whole sequence is passed as a state",
        f"initial_state holds {', '.join(map(str, given))}: outputs of every timestep. {layer.core.cls} begins with "
        f"one state per sample, (batch, {layer.get('units')}).",
        f"Let the first layer hand out its last state: return_state=True, output, {_names(layer)[1:-1]} = "
        f"{layer.core.cls}(…)(x), and pass initial_state={_names(layer)}.",
        "timesteps", LESSON,
    )  # fmt: skip


def _count(case: Case, layer: LayerSeen, given: tuple[object, ...], want: int, severity: Severity) -> Finding:
    kind = f"Bidirectional({layer.core.cls})" if layer.cls == "Bidirectional" else layer.core.cls
    fix = f"Pass exactly {_names(layer)}: initial_state={_names(layer)}."
    if len(given) == 4 and want == 2:
        fix = (
            "Join the two directions of the encoder: h = Concatenate()([forward_h, backward_h]), c = "
            "Concatenate()([forward_c, backward_c]), and give the decoder twice the units: LSTM(2 * units)(…, "
            "initial_state=[h, c])."
        )
    elif want == 1 and len(given) == 2:
        fix = (
            "A GRU has one state: initial_state=h alone; it ignores a second one without a word. If the cell "
            "state c must "
            "be kept, use an LSTM."
        )
    return finding(
        "number-of-states", "state", severity, f"{kind} has {want} state{'s' * (want > 1)} and is given {len(given)}",
        f"initial_state holds {len(given)} tensor{'s' * (len(given) > 1)}, {', '.join(map(str, given))}; "
        f"{kind} keeps "
        f"{want}: {_names(layer)}.",
        fix, "units", LESSON,
    )  # fmt: skip


def _size(case: Case, layer: LayerSeen, given: tuple[object, ...], severity: Severity) -> Finding:
    size = given[0][-1] if isinstance(given[0], tuple) else None
    units = layer.get("units")
    return finding(
        "state-size", "state", severity, f"A state of {size} numbers enters a layer of {units} units",
        f"initial_state has shape {given[0]}; {layer.core.cls}({units}) keeps states of shape (batch, "
        f"{units}). Encoder "
        "and decoder need the same units"
        + (", or, after joining two directions, the decoder twice as many." if size == 2 * (units or 0) else "."),
        with_diff(
            f"Give both layers the same units: {layer.core.cls}({size}), or bring the state to size with "
            f"Dense({units}).",
            case.program.change_first(layer.place, layer.core.cls, str(size), "units"),
        ),
        "units", LESSON,
    )  # fmt: skip


def states_in_a_list(case: Case) -> Iterator[Finding]:
    """Keras 2 took [x, h, c] as the input of a recurrent layer."""
    layer, error = case.failing, case.error
    if layer is None or error is None or not layer.recurrent or len(error.layer_inputs) < 2:
        return
    if not re.search(r"\)\s*\(\s*\[", error.source) or not case.says("expects 1 input"):
        return
    yield finding(
        "states-in-a-list", "state", "error", f"{layer.core.cls} gets its states as a second input",
        f"Line {error.line} calls {layer.core.cls} on a list of {len(error.layer_inputs)} tensors, "
        f"{', '.join(map(str, error.layer_inputs))}. Keras 3 takes one input, and the states by name.",
        f"Pass them by name: {layer.core.cls}(…)(x, initial_state={_names(layer)}).", "units", LESSON,
    )  # fmt: skip


def unpacking(case: Case) -> Iterator[Finding]:
    """The program takes another number of tensors than a layer with return_state gives."""
    error = case.error
    layer = _last_with_states(case)
    if error is None or layer is None:
        return
    match = re.search(r"values to unpack \(expected (\d+)", error.text)
    iterating = "Iterating over a symbolic KerasTensor" in error.text or (
        "cannot unpack non-iterable" in error.text and "Tensor" in error.text
    )
    if "evaluate" in case.program.called_on(error.line):
        return
    if not match and not iterating:
        return
    kind = f"Bidirectional({layer.core.cls})" if layer.cls == "Bidirectional" else layer.core.cls
    stage = f"recurrent-layer-{[item.id for item in _recurrent(case)].index(layer.id) + 1}"
    if iterating or not layer.get("return_state"):
        yield finding(
            "no-states-returned", stage, "error", f"{kind} returns its output alone",
            f"Line {error.line} unpacks several tensors, but return_state is False: {kind} returns one.",
            with_diff(
                "Set return_state=True.", case.program.change(layer.place, layer.core.cls, return_state="True")
            ),
            "units", LESSON,
        )  # fmt: skip
        return
    want = int(match[1]) if match else 0
    count = 1 + num_states(layer)
    names = ", ".join(["output", *_names(layer).strip("[]").split(", ")])
    yield finding(
        "states-unpacked", stage, "error", f"{kind} returns {count} tensors, {want} names are there to take them",
        f"Line {error.line}: with return_state=True {kind} returns {count} tensors: {names}.",
        f"Take them all: {names} = {kind}(…, return_state=True)(x)."
        + (" For a decoder that reads in one direction join them: Concatenate()([forward_h, backward_h])."
           if layer.cls == "Bidirectional" else ""),
        "units", LESSON,
    )  # fmt: skip


def _recurrent(case: Case) -> list[LayerSeen]:
    layers = [layer for layer in case.capture.layers if layer.recurrent]
    wrapped = {
        below.id
        for below, above in pairwise(layers)
        if above.inner is not None
        and above.inner.cls == below.cls
        and not below.inputs
        and above.line == below.line
    }  # fmt: skip
    # Bidirectional copies the layer it is given, which then stays unused
    inside = {layer.inner.id for layer in layers if layer.inner}
    return [layer for layer in layers if layer.id not in wrapped | inside]


def _last_with_states(case: Case) -> LayerSeen | None:
    layers = _recurrent(case)
    line = case.error.line if case.error else 0
    same = [layer for layer in layers if layer.line == line or layer.place == line]
    found = same or layers
    return found[-1] if found else None


def silent_unpacking(case: Case) -> Iterator[Finding]:
    """Bidirectional(GRU(return_state=True)) gives three tensors, as an LSTM does, but others."""
    for layer in _recurrent(case):
        if layer.cls != "Bidirectional" or layer.core.cls == "LSTM" or not layer.get("return_state"):
            continue
        users = [
            other for other in _with_initial(case) if layer.id in other.initial_from and other.id != layer.id
        ]
        for other in users:
            if other.core.cls == "LSTM":
                yield finding(
                    "forward-backward-as-h-c", "state", "wrong-result", "Two directions are taken for h and c",
                    f"Bidirectional({layer.core.cls}) with return_state=True returns output, forward_h, "
                    "backward_h. They "
                    "enter an LSTM as h and c: the backward state becomes the cell state, and nothing is "
                    "raised.",
                    "Join the directions, h = Concatenate()([forward_h, backward_h]), and give the decoder "
                    "the same kind "
                    f"of cell: {layer.core.cls}(2 * units)(…, initial_state=h).",
                    "units", LESSON,
                )  # fmt: skip
                return


def unused_states(case: Case) -> Iterator[Finding]:
    """An encoder hands out states that nothing takes, in a model with a decoder."""
    for model in case.capture.trained_models:
        if model.kind != "Functional" or len(model.inputs) < 2:
            continue
        giving = [layer for layer in model.recurrents if layer.get("return_state")]
        taking = [layer for layer in model.recurrents if layer.initial is not None]
        if giving and not taking and len(model.recurrents) > 1:
            yield finding(
                "states-not-passed-on", "state", "degraded", "The encoder's states go nowhere",
                f"{giving[0].core.cls} has return_state=True, and no recurrent layer is given an "
                "initial_state: the decoder "
                "starts from zeros and never learns what was read.",
                f"Pass them: decoder(…, initial_state={_names(giving[0])}).", "units", LESSON,
            )  # fmt: skip


def dead_inputs(case: Case) -> Iterator[Finding]:
    """A model has an input that none of its layers reads."""
    for model in case.capture.trained_models:
        entries = [layer for layer in model.layers if layer.cls == "InputLayer"]
        read = {source for layer in model.layers for source in layer.sources}
        dead = [layer for layer in entries if layer.id not in read]
        if model.kind != "Functional" or len(entries) < 2 or not dead or not read:
            continue
        inside = {layer.id for layer in model.layers}
        encoder = next(
            (
                one
                for one in case.capture.layers
                if one.recurrent and one.get("return_state") and one.id not in inside
            ),
            None,
        )
        what = (
            f"{encoder.core.cls} (line {encoder.place}) reads it and hands out states, but nothing takes them"
            if encoder
            else "no layer between it and the outputs reads it"
        )
        yield finding(
            "input-leads-nowhere", "state" if encoder else "between-layers", "wrong-result",
            "An input of the model leads nowhere",
            f"The input {dead[0].name} {', '.join(map(str, dead[0].outputs))} does not reach the outputs: {what}. "
            "Keras "
            "leaves such layers out without a word, and the model learns from its other inputs alone.",
            f"Hand the states on: decoder(…, initial_state={_names(encoder)})." if encoder else
            "Join it with the others, keras.layers.Concatenate()([…]), or take it out of Model(inputs=…).",
            "units", LESSON,
        )  # fmt: skip
        return


def switched(case: Case) -> Iterator[Finding]:
    """h enters an LSTM where c belongs, and c where h belongs."""
    for number, source, what in case.capture.switched:
        taker, giver = case.capture.layer(number), case.capture.layer(source)
        if taker is None or giver is None:
            continue
        order = f"output, {_names(giver)[1:-1]}"
        seen = (
            "a state was joined of an h and a c: one of each entered the same Concatenate"
            if what == "joined"
            else f"they enter {taker.core.cls}({taker.get('units')}) as c, h: the cell state starts as its hidden "
            "state and the hidden state as its cell state"
        )
        yield finding(
            "h-and-c-swapped", "state", "wrong-result", "h and c have changed places",
            f"{giver.cls} (line {giver.place}) with return_state=True returns {order}, in this order; here {seen}. "
            "Both have the same shape, so nothing is raised.",
            f"Unpack in the order of the layer, {order} = {giver.cls}(…)(x), and pass initial_state={_names(taker)}. "
            "Join h with h and c with c.",
            "units", LESSON,
        )  # fmt: skip
        return


def handed_over_in_vain(case: Case) -> Iterator[Finding]:
    """A layer or model of the program's own is given states, and does not use them."""
    for made in case.program.nodes:
        if not isinstance(made, ast.ClassDef) or case.error is not None:
            continue
        call = next(
            (one for one in made.body if isinstance(one, ast.FunctionDef) and one.name == "call"), None
        )
        names = [one.arg for one in call.args.args[2:]] if call else []
        used = {part.id for part in ast.walk(call) if isinstance(part, ast.Name)} if call else set()
        idle = [name for name in names if name not in used and re.search(STATES, name)]
        text = ast.unparse(made)
        if call is None or not idle or not re.search(r"\b(LSTM|GRU|SimpleRNN|RNN)\(", text):
            continue
        yield finding(
            "state-handed-over-in-vain", "state", "wrong-result", f"{made.name} does not use the state it is given",
            f"Line {call.lineno}: {made.name}.call takes {idle[0]}, and no line of it reads {idle[0]}: the recurrent "
            "layer inside begins from zero, and nothing of what was read before reaches it.",
            f"Hand it to the layer: self.gru(x, initial_state={idle[0]}); an LSTM takes [h, c].",
            "units", LESSON,
        )  # fmt: skip
        return


STATES = r"^(initial_)?(hidden|states?|h|c|h0|c0|enc\w*|\w*(hidden|state)s?|context)$"
