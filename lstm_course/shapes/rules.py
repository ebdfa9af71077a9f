"""The rule of each layer: which shape leaves when a given shape enters, or why none can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from lstm_course.layers import (
    GRU,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Masking,
    Recurrent,
    RepeatVector,
    Reshape,
    TimeDistributed,
)
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.stage import LayerShape, Weight
from lstm_course.shapes.tensor import BATCH, FEATURES, TIMESTEPS, UNITS, Tensor
from lstm_course.shapes.weights import Formula, parameter_formula


class Impossible(Exception):
    """No shape leaves the layer; Keras raises here."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.explanation)
        self.finding = finding


@dataclass(frozen=True)
class Entry:
    """What a layer meets: where it stands, and what comes in."""

    position: int  # place of the layer in the network, from 0
    stage: str  # id of the stage that the layer belongs to
    tensor: Tensor  # what comes in
    masked: bool = False  # whether a mask comes with it
    below: Layer | None = None  # the layer that it comes from; None: the input


def shape_of(layer: Layer, entry: Entry) -> LayerShape:
    """Apply the layer's rule.

    Args:
        layer: the layer as the Experiment holds it.
        entry: the tensor that comes in, of shape (batch, …), and where the layer stands.

    Returns:
        What enters, what leaves, the weights and the formulas with this layer's numbers.

    Raises:
        Impossible: where Keras raises, with the finding that says why and what to type.

    >>> from lstm_course.layers import LSTM
    >>> entry = Entry(0, "recurrent-layer-1", Tensor((32, 12, 1), (BATCH, TIMESTEPS, FEATURES)))
    >>> shape_of(LSTM(4), entry).output.shape
    (32, 4)
    """
    return _RULES[_rule_name(layer)](layer, entry)


def _rule_name(layer: Layer) -> str:
    return "Recurrent" if isinstance(layer, Recurrent) else layer.keras_name


def _recurrent(layer: Recurrent, entry: Entry) -> LayerShape:
    _need_sequence(layer, entry)
    batch, timesteps, features = entry.tensor.shape
    formula = _recurrent_weights(layer, features)
    vector = Tensor((batch, layer.units), (BATCH, UNITS))
    sequence = Tensor((batch, timesteps, layer.units), (BATCH, entry.tensor.axes[1], UNITS))
    output = sequence if layer.return_sequences else vector
    flag = f"return_sequences={layer.return_sequences}"
    return LayerShape(
        position=entry.position, layer=layer, input=entry.tensor, output=output,
        states=(vector,) * layer.num_states if layer.return_state else (),
        weights=_weights(formula), parameters=formula.total,
        shape_formula=f"{entry.tensor} → {output}, {flag}",
        parameter_formula=formula.text,
        masked=entry.masked, passes_mask=entry.masked and layer.return_sequences,
    )  # fmt: skip


def _recurrent_weights(layer: Recurrent, features: int) -> Formula:
    reset_after = layer.reset_after if isinstance(layer, GRU) else True
    return parameter_formula(layer.keras_name, layer.units, features, layer.use_bias, reset_after)


def _weights(formula: Formula, prefix: str = "") -> tuple[Weight, ...]:
    return tuple(Weight(prefix + name, shape) for name, shape in formula.weights)


def _bidirectional(layer: Bidirectional, entry: Entry) -> LayerShape:
    inner = _recurrent(layer.layer, entry)
    formula = _recurrent_weights(layer.layer, entry.tensor.last)
    joined = layer.merge_mode == "concat"
    output = inner.output.with_last(inner.output.last * 2, UNITS) if joined else inner.output
    how = f"2 × {layer.layer.units} units side by side" if joined else f"{layer.merge_mode} of two readings"
    return LayerShape(
        position=entry.position, layer=layer, input=entry.tensor, output=output, states=inner.states * 2,
        weights=_weights(formula, "forward/") + _weights(formula, "backward/"),
        parameters=2 * formula.total,
        shape_formula=f"{entry.tensor} → {output}, {how}",
        parameter_formula=f"2 · {inner.parameters:,} = {2 * inner.parameters:,}",
        masked=inner.masked, passes_mask=inner.passes_mask,
    )  # fmt: skip


def _dense(layer: Dense, entry: Entry) -> LayerShape:
    if entry.tensor.rank < 2:
        raise Impossible(_wrong_rank(layer, entry, "at least (batch, features)"))
    formula = parameter_formula("Dense", layer.units, entry.tensor.last, layer.use_bias)
    output = entry.tensor.with_last(layer.units, UNITS)
    return LayerShape(
        position=entry.position, layer=layer, input=entry.tensor, output=output, states=(),
        weights=_weights(formula), parameters=formula.total,
        shape_formula=f"{entry.tensor} → {output}: the last axis becomes {layer.units}",
        parameter_formula=formula.text, masked=entry.masked, passes_mask=entry.masked,
    )  # fmt: skip


def _without_weights(
    layer: Layer, entry: Entry, output: Tensor, formula: str, passes_mask: bool
) -> LayerShape:
    return LayerShape(
        position=entry.position, layer=layer, input=entry.tensor, output=output, states=(), weights=(),
        parameters=0, shape_formula=formula, parameter_formula="", masked=entry.masked, passes_mask=passes_mask,
    )  # fmt: skip


def _dropout(layer: Dropout, entry: Entry) -> LayerShape:
    return _without_weights(layer, entry, entry.tensor, f"{entry.tensor}, unchanged", entry.masked)


def _masking(layer: Masking, entry: Entry) -> LayerShape:
    if entry.tensor.rank < 2:
        raise Impossible(_wrong_rank(layer, entry, "(batch, timesteps, features)"))
    return _without_weights(layer, entry, entry.tensor, f"{entry.tensor}, with a mask", True)


def _repeat_vector(layer: RepeatVector, entry: Entry) -> LayerShape:
    if entry.tensor.rank != 2:
        raise Impossible(_repeats_a_sequence(layer, entry))
    batch, width = entry.tensor.shape
    output = Tensor((batch, layer.n, width), (BATCH, TIMESTEPS, entry.tensor.axes[1]))
    formula = f"{entry.tensor} → {output}: the vector, {layer.n} times"
    return _without_weights(layer, entry, output, formula, False)


def _flatten(layer: Flatten, entry: Entry) -> LayerShape:
    sizes = entry.tensor.shape[1:]
    output = Tensor((entry.tensor.shape[0], prod(sizes)), (BATCH, FEATURES))
    formula = f"{' · '.join(map(str, sizes)) or '1'} = {prod(sizes)}"
    return _without_weights(layer, entry, output, formula, False)


def _reshape(layer: Reshape, entry: Entry) -> LayerShape:
    have = prod(entry.tensor.shape[1:])
    sizes = _resolved(layer.target_shape, have)
    if sizes is None:
        raise Impossible(_does_not_divide(layer, entry, have))
    axes = (BATCH, *((TIMESTEPS, FEATURES) if len(sizes) == 2 else (UNITS,) * len(sizes)))
    output = Tensor((entry.tensor.shape[0], *sizes), axes)
    return _without_weights(layer, entry, output, f"{have} = {' · '.join(map(str, sizes))}", False)


def _resolved(target: tuple[int, ...], have: int) -> tuple[int, ...] | None:
    """Fill in the -1, or None where the numbers do not fit."""
    known = prod(size for size in target if size != -1)
    if -1 not in target:
        return target if known == have else None
    return tuple(have // known if size == -1 else size for size in target) if have % known == 0 else None


def _time_distributed(layer: TimeDistributed, entry: Entry) -> LayerShape:
    if entry.tensor.rank < 3:
        raise Impossible(_needs_time_axis(layer, entry))
    batch, timesteps, *rest = entry.tensor.shape
    one_step = Tensor((batch, *rest), (BATCH, *entry.tensor.axes[2:]))
    inner = shape_of(layer.layer, Entry(entry.position, entry.stage, one_step, entry.masked, entry.below))
    output = Tensor(
        (batch, timesteps, *inner.output.shape[1:]), (BATCH, entry.tensor.axes[1], *inner.output.axes[1:])
    )
    return LayerShape(
        position=entry.position, layer=layer, input=entry.tensor, output=output, states=(),
        weights=inner.weights, parameters=inner.parameters,
        shape_formula=f"{entry.tensor} → {output}: the same {layer.layer.keras_name} at each of {timesteps} timesteps",
        parameter_formula=inner.parameter_formula, masked=entry.masked, passes_mask=entry.masked,
    )  # fmt: skip


_RULES: dict[str, Callable[[Any, Entry], LayerShape]] = {
    "Recurrent": _recurrent,
    "Bidirectional": _bidirectional,
    "Dense": _dense,
    "Dropout": _dropout,
    "Masking": _masking,
    "RepeatVector": _repeat_vector,
    "Flatten": _flatten,
    "Reshape": _reshape,
    "TimeDistributed": _time_distributed,
}


def _need_sequence(layer: Recurrent, entry: Entry) -> None:
    if entry.tensor.rank == 3:
        return
    below = entry.below.layer if isinstance(entry.below, Bidirectional) else entry.below
    if isinstance(below, Recurrent) and entry.tensor.rank == 2:
        raise Impossible(_stacked_without_sequences(layer, below, entry))
    raise Impossible(_wrong_rank(layer, entry, "(batch, timesteps, features)"))


def _stacked_without_sequences(layer: Recurrent, below: Recurrent, entry: Entry) -> Finding:
    return Finding(
        code="stacked-without-sequences", stage="between-layers", severity="error", axis=TIMESTEPS, lesson="the-layer",
        title=f"{below.keras_name} hands on one vector, {layer.keras_name} needs one per timestep",
        explanation=(
            f"{below.code} returns only its last output, {entry.tensor} ({entry.tensor.named}): the timesteps axis "
            f"is gone. The {layer.keras_name} above reads a sequence (batch, timesteps, features)."
        ),
        fix=(
            f"Set return_sequences=True on the {below.keras_name} below, so that it hands on every timestep; "
            "for an encoder–decoder put RepeatVector(n) between the two instead."
        ),
    )  # fmt: skip


def _wrong_rank(layer: Layer, entry: Entry, expected: str) -> Finding:
    fix = "Keep the timesteps axis below it (return_sequences=True), or take out the layer that removes it."
    if entry.tensor.rank > 3:
        fix = "Let the Reshape below it give (timesteps, features), two sizes."
    return Finding(
        code="wrong-rank", stage=entry.stage, severity="error", axis=TIMESTEPS, lesson="the-layer",
        title=f"{layer.keras_name} gets {entry.tensor.rank} axes",
        explanation=f"{layer.keras_name} expects {expected}, but {entry.tensor} ({entry.tensor.named}) comes in.",
        fix=fix,
    )  # fmt: skip


def _repeats_a_sequence(layer: RepeatVector, entry: Entry) -> Finding:
    return Finding(
        code="repeat-of-a-sequence", stage=entry.stage, severity="error", axis=TIMESTEPS,
        lesson="wrappers-and-seq2seq", title="RepeatVector repeats one vector, and gets a sequence",
        explanation=(
            f"RepeatVector({layer.n}) expects (batch, features), but {entry.tensor} ({entry.tensor.named}) comes in."
        ),
        fix="Set return_sequences=False on the recurrent layer below, so that only its last output is repeated.",
    )  # fmt: skip


def _does_not_divide(layer: Reshape, entry: Entry, have: int) -> Finding:
    return Finding(
        code="reshape-size", stage=entry.stage, severity="error", lesson="wrappers-and-seq2seq",
        title=f"{have} numbers do not fill {layer.target_shape}",
        explanation=(
            f"Reshape keeps the numbers of each sample: {entry.tensor} holds {have} of them, "
            f"and {layer.target_shape} asks for {prod(layer.target_shape)}."
            if -1 not in layer.target_shape
            else f"Reshape keeps the numbers of each sample: {have} of them do not divide by "
            f"{prod(size for size in layer.target_shape if size != -1)}, as {layer.target_shape} asks."
        ),
        fix=f"Choose sizes whose product is {have}, or give the layer below as many units as the new shape needs.",
    )  # fmt: skip


def _needs_time_axis(layer: TimeDistributed, entry: Entry) -> Finding:
    return Finding(
        code="time-distributed-without-time", stage=entry.stage, severity="error", axis=TIMESTEPS,
        lesson="wrappers-and-seq2seq", title="TimeDistributed finds no timesteps",
        explanation=(
            f"{layer.code} expects (batch, timesteps, …), but {entry.tensor} ({entry.tensor.named}) comes in: "
            "the layer below returned only its last output."
        ),
        fix=f"Set return_sequences=True on the recurrent layer below, or write {layer.layer.code} alone.",
    )  # fmt: skip
