"""The table of all arguments of a recurrent layer, with the effect that each has on one experiment."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_course.course.argument_texts import TEXTS
from lstm_course.data import Facts
from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Layer, Masking, Recurrent, SimpleRNN, recurrent_of
from lstm_course.problems import ProblemError, shown
from lstm_course.shapes import LayerShape, Prediction, predict

CELLS: Mapping[str, type[Recurrent]] = {"LSTM": LSTM, "GRU": GRU, "SimpleRNN": SimpleRNN}
REQUIRED = "required"
REST = "**kwargs"
NO_CHANGE = "no change"
_WEIGHTS = ("kernel", "recurrent", "bias")
_ARGUMENTS = (
    "units", "activation", "recurrent_activation", "use_bias",
    *(f"{part}_initializer" for part in _WEIGHTS), "unit_forget_bias",
    *(f"{part}_regularizer" for part in (*_WEIGHTS, "activity")), *(f"{part}_constraint" for part in _WEIGHTS),
    "dropout", "recurrent_dropout", "seed",
    "return_sequences", "return_state", "go_backwards", "stateful", "unroll", "reset_after", "use_cudnn", REST,
)  # fmt: skip
_OTHER: Mapping[str, tuple[object, object]] = {
    "activation": ("relu", "tanh"),
    "recurrent_activation": ("hard_sigmoid", "sigmoid"),
    "kernel_initializer": ("he_normal", "glorot_uniform"),
    "recurrent_initializer": ("glorot_uniform", "orthogonal"),
    "bias_initializer": ("ones", "zeros"),
    **{f"{part}_regularizer": ("l2", None) for part in (*_WEIGHTS, "activity")},
    **{f"{part}_constraint": ("max_norm", None) for part in _WEIGHTS},
    "dropout": (0.2, 0.0),
    "recurrent_dropout": (0.2, 0.0),
    "seed": (1, None),
    "use_cudnn": (False, "auto"),
}
"""Value that is tried for an argument, and the one to try where that is the value it has."""


@dataclass(frozen=True)
class _Case:
    """One experiment with the layer that is looked at."""

    exp: Experiment  # the experiment, its first recurrent layer of the kind that is asked for
    place: int  # place of that layer in `exp.layers`
    layer: Recurrent  # the layer, without its wrapper
    prediction: Prediction  # what the rules say

    @property
    def shape(self) -> LayerShape | None:
        """Shapes of the layer, or None where the network ends below it."""
        return next((found for found in self.prediction.layers if found.position == self.place), None)

    def with_value(self, name: str, value: object) -> _Case:
        """Change one argument of the layer; raises ProblemError where that cannot be written."""
        return _case(self.exp, self.place, _with(self.layer, name, value), self.prediction.facts)


def _with(layer: Recurrent, name: str, value: object) -> Recurrent:
    changes: dict[str, Any] = {name: value}
    return dataclasses.replace(layer, **changes)


def argument_table(kind: str, exp: Experiment, facts: Facts | None = None) -> list[dict[str, str]]:
    """List every argument of a Keras layer, with what it does to this experiment here and now.

    The effect on shape and parameters is worked out: the experiment is predicted with another value of the
    argument, and the two predictions are compared.

    Args:
        kind: "LSTM", "GRU" or "SimpleRNN".
        exp: the experiment; its first recurrent layer is taken as a layer of that kind.
        facts: the figures of its rows; None: those of the data set that it names.

    Returns:
        One row for each argument, in the order of the Keras signature, `**kwargs` last.

    Raises:
        ProblemError: when the kind is none of the three.

    >>> rows = argument_table("LSTM", Experiment(layers=(LSTM(4),)))
    >>> rows[0]["argument"], rows[0]["parameters"]
    ('units', 'units=8: 96 → 320; the whole network 101 → 329')
    """
    if kind not in CELLS:
        raise ProblemError(f"kind={shown(kind)}: expected one of {', '.join(CELLS)}.")
    place = next(place for place, layer in enumerate(exp.layers) if recurrent_of(layer))
    now = _case(exp, place, _as_kind(exp.recurrent_layers[0], CELLS[kind]), facts)
    return [_row(name, now) for name in argument_names(kind)]


def argument_names(kind: str) -> tuple[str, ...]:
    """Name the arguments of a layer in the order of Keras's signature.

    >>> argument_names("SimpleRNN")[-3:]
    ('unroll', 'seed', '**kwargs')
    """
    known = {field.name for field in dataclasses.fields(CELLS[kind])} | {REST}
    names = [name for name in _ARGUMENTS if name in known]
    if kind == "SimpleRNN":  # Keras puts its seed last
        names.remove("seed")
        names.insert(-1, "seed")
    return tuple(names)


def why_not_fused(layer: Recurrent, masked_left: bool = False) -> tuple[str, ...]:
    """Say what keeps a layer from a fused GPU kernel (cuDNN); nothing where a GPU would use it.

    Args:
        layer: the recurrent layer.
        masked_left: whether it gets a mask of sequences that are padded in front.

    >>> why_not_fused(LSTM(8, recurrent_dropout=0.2)), why_not_fused(GRU(8))
    (('recurrent_dropout=0.2',), ())

    Source: the cuDNN requirements in the documentation of `keras.layers.LSTM` and `GRU`.
    """
    if not isinstance(layer, LSTM | GRU):
        return (f"{layer.keras_name} has none",)
    needed = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "recurrent_dropout": 0.0,
        "unroll": False,
    }
    needed |= {"use_bias": True, **({"reset_after": True} if isinstance(layer, GRU) else {})}
    blocked = [name for name, value in needed.items() if getattr(layer, name) != value]
    blocked += ["use_cudnn"] if layer.use_cudnn is False else []
    reasons = [f"{name}={getattr(layer, name)!r}" for name in blocked]
    return (*reasons, *(["a mask that is not padded at the end"] if masked_left else []))


def _as_kind(layer: Recurrent, cell: type[Recurrent]) -> Recurrent:
    shared = {field.name for field in dataclasses.fields(cell)} & {
        field.name for field in dataclasses.fields(layer)
    }
    return cell(**{name: getattr(layer, name) for name in shared})


def _case(exp: Experiment, place: int, layer: Recurrent, facts: Facts | None) -> _Case:
    old = exp.layers[place]
    new: Layer = dataclasses.replace(old, layer=layer) if isinstance(old, Bidirectional) else layer
    changed = exp.change(layers=(*exp.layers[:place], new, *exp.layers[place + 1 :]))
    return _Case(changed, place, layer, predict(changed, facts))


def _row(name: str, now: _Case) -> dict[str, str]:
    text = TEXTS[name]
    row = {
        "argument": name,
        "default": _default(name, now.layer),
        "now": "none" if name == REST else repr(getattr(now.layer, name)),
        "what it does": text.does,
        **_effect(name, now),
        "output": text.output,
        "speed": text.speed,
        "refused, or taken in silence": text.refused,
    }
    kernel = _kernel(name, now)
    return row | ({"speed": f"{text.speed} {kernel}"} if kernel else {})


def _default(name: str, layer: Recurrent) -> str:
    if name == REST:
        return ""
    field = next(field for field in dataclasses.fields(layer) if field.name == name)
    return REQUIRED if field.default is dataclasses.MISSING else repr(field.default)


def _tried(name: str, layer: Recurrent) -> object:
    value = getattr(layer, name)
    if isinstance(value, bool) and name not in _OTHER:
        return not value
    if name == "units":
        return 2 * layer.units
    other, instead = _OTHER[name]
    return instead if value == other else other


def _effect(name: str, now: _Case) -> dict[str, str]:
    """Predict the experiment with another value, and say what is different then."""
    if name == REST:
        count = f"{now.shape.parameters:,}" if now.shape else "its"
        return {
            "shape": NO_CHANGE,
            "parameters": f"trainable=False: {count} stay as they are, none is trained",
        }
    value = _tried(name, now.layer)
    trial = f"{name}={value!r}"
    try:
        then = now.with_value(name, value)
    except ProblemError as problem:
        return {"shape": f"{trial} is refused: {problem}", "parameters": "–"}
    return {"shape": _shape_effect(trial, now, then), "parameters": _parameter_effect(trial, now, then)}


def _shape_effect(trial: str, now: _Case, then: _Case) -> str:
    known = {finding.code for finding in now.prediction.findings}
    new = [finding.title for finding in then.prediction.findings if finding.code not in known]
    told = [f"then: {title}" for title in new]
    if now.shape is None or then.shape is None:
        return "; ".join([f"{trial}: the network ends below this layer", *told])
    parts = []
    if now.shape.output != then.shape.output:
        parts.append(f"{now.shape.output} → {then.shape.output}")
    if now.shape.states != then.shape.states:
        parts.append(_states(then.shape))
    if parts and None not in (now.prediction.output, then.prediction.output):
        same = now.prediction.output == then.prediction.output
        parts.append(
            "the network's output stays" if same else f"the network's becomes {then.prediction.output}"
        )
    return f"{trial}: {'; '.join(parts + told)}" if parts or told else NO_CHANGE


def _states(shape: LayerShape) -> str:
    if not shape.states:
        return "no state leaves"
    return "beside the output " + " and ".join(str(state) for state in shape.states)


def _parameter_effect(trial: str, now: _Case, then: _Case) -> str:
    if now.shape is None or then.shape is None:
        return "–"
    before, after = now.shape.parameters, then.shape.parameters
    if before == after:
        return NO_CHANGE
    layer = f"{trial}: {before:,} → {after:,}"
    if now.prediction.output is None or then.prediction.output is None:
        return layer
    return f"{layer}; the whole network {now.prediction.parameters:,} → {then.prediction.parameters:,}"


def _kernel(name: str, now: _Case) -> str:
    """Say what the other value would do to the fused kernel, where it matters."""
    if name == REST:
        return ""
    if isinstance(now.layer, SimpleRNN):
        return "SimpleRNN has none." if "fused" in TEXTS[name].speed else ""
    masked = any(isinstance(layer, Masking) for layer in now.exp.layers) and now.exp.padding == "pre"
    trial = _tried(name, now.layer)
    then = _with(now.layer, name, trial)
    before, after = why_not_fused(now.layer, masked), why_not_fused(then, masked)
    if bool(before) == bool(after):
        return f"Here it is not possible: {', '.join(before)}." if name == "use_cudnn" and before else ""
    if before:
        return f"Here: {name}={trial!r} would make the fused kernel possible."
    return f"Here: possible now, no longer with {name}={trial!r}."
