"""Changes that a control makes to an Experiment: values in, a value out."""

from __future__ import annotations

from dataclasses import fields, replace

from lstm_course.experiment import Experiment
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Layer,
    Masking,
    Recurrent,
    SimpleRNN,
    recurrent_of,
)
from lstm_course.problems import ProblemError

CELLS: dict[str, type[Recurrent]] = {"LSTM": LSTM, "GRU": GRU, "SimpleRNN": SimpleRNN}


def positions(exp: Experiment) -> list[int]:
    """Return the places of the recurrent layers in `exp.layers`, from the bottom up."""
    return [place for place, layer in enumerate(exp.layers) if recurrent_of(layer)]


def recurrent(exp: Experiment, number: int) -> Recurrent:
    """Return recurrent layer `number` (from 1), without its wrapper."""
    return exp.recurrent_layers[number - 1]


def set_recurrent(exp: Experiment, number: int, **arguments: object) -> Experiment:
    """Change arguments of recurrent layer `number` (from 1)."""
    place = positions(exp)[number - 1]
    return _put(exp, place, _rewrap(exp.layers[place], replace(recurrent(exp, number), **arguments)))  # type: ignore[arg-type]


def set_cell(exp: Experiment, number: int, kind: str) -> Experiment:
    """Give recurrent layer `number` another cell; arguments that both know stay.

    >>> set_cell(Experiment(layers=(LSTM(8, dropout=0.2),)), 1, "GRU").layers[0].code
    'GRU(8, dropout=0.2)'
    """
    old = recurrent(exp, number)
    cell = CELLS[kind]
    shared = {field.name for field in fields(cell)} & {field.name for field in fields(old)}
    new = cell(**{name: getattr(old, name) for name in shared})
    place = positions(exp)[number - 1]
    return _put(exp, place, _rewrap(exp.layers[place], new))


def set_all_cells(exp: Experiment, kind: str) -> Experiment:
    """Give every recurrent layer another cell."""
    for number in range(1, len(exp.recurrent_layers) + 1):
        exp = set_cell(exp, number, kind)
    return exp


def set_bidirectional(exp: Experiment, number: int, wrapped: bool) -> Experiment:
    """Put recurrent layer `number` into Bidirectional, or take it out."""
    place = positions(exp)[number - 1]
    inner = recurrent(exp, number)
    return _put(exp, place, Bidirectional(inner) if wrapped else inner)


def set_stateful(exp: Experiment, stateful: bool) -> Experiment:
    """Let every recurrent layer keep its state from batch to batch, or none."""
    for number in range(1, len(exp.recurrent_layers) + 1):
        exp = set_recurrent(exp, number, stateful=stateful)
    return exp


def set_num_layers(exp: Experiment, count: int) -> Experiment:
    """Stack `count` recurrent layers; layers that gain one above hand on every timestep.

    A new layer is like the top one, with half its units. Taking layers away gives the one that is now on
    top the old top's return_sequences, so that the output keeps its shape.
    """
    places = positions(exp)
    while len(places) < count:
        exp = _add_layer(exp, places[-1])
        places = positions(exp)
    last_returns = exp.recurrent_layers[-1].return_sequences
    while len(places) > count:
        exp = exp.change(layers=exp.layers[: places[-1]] + exp.layers[places[-1] + 1 :])
        places = positions(exp)
        exp = set_recurrent(exp, len(places), return_sequences=last_returns)
    return exp


def _add_layer(exp: Experiment, place: int) -> Experiment:
    top = recurrent_of(exp.layers[place])
    if top is None:
        raise ProblemError("There is no recurrent layer to put another one on.")
    below = _rewrap(exp.layers[place], replace(top, return_sequences=True))
    above = replace(top, units=max(1, top.units // 2), initial_state=None)
    return exp.change(layers=(*exp.layers[:place], below, above, *exp.layers[place + 1 :]))


def has_layer(exp: Experiment, kind: str) -> bool:
    """Whether the network holds a layer of that Keras class."""
    return any(layer.keras_name == kind for layer in exp.layers)


def set_masking(exp: Experiment, masked: bool) -> Experiment:
    """Put Masking at the bottom of the network, or take it away."""
    rest = tuple(layer for layer in exp.layers if not isinstance(layer, Masking))
    return exp.change(layers=(Masking(exp.pad_value), *rest) if masked else rest)


def _put(exp: Experiment, place: int, layer: Layer) -> Experiment:
    return exp.change(layers=(*exp.layers[:place], layer, *exp.layers[place + 1 :]))


def _rewrap(old: Layer, inner: Recurrent) -> Layer:
    return replace(old, layer=inner) if isinstance(old, Bidirectional) else inner


def set_merge_mode(exp: Experiment, mode: str) -> Experiment:
    """Choose how the two directions of the first recurrent layer become one."""
    place = positions(exp)[0]
    return _put(exp, place, replace(exp.layers[place], merge_mode=mode))  # type: ignore[call-arg]
