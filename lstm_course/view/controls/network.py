"""Controls for the layers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_course.codec import parse_layers
from lstm_course.layers import (
    ACTIVATIONS,
    CONSTRAINTS,
    INITIALIZERS,
    MERGE_MODES,
    REGULARIZERS,
    Bidirectional,
)
from lstm_course.view import edits, state
from lstm_course.view.controls.kit import Apply, number, pick, segments, switch


def cell() -> None:
    """Choose the kind of cell for all recurrent layers."""
    now = state.session().exp.recurrent_layers[0].keras_name
    segments(
        "cell", "Cell", list(edits.CELLS), now, edits.set_all_cells, "What is inside the recurrent layer."
    )


def num_layers() -> None:
    """Choose how many recurrent layers are stacked."""
    count = len(state.session().exp.recurrent_layers)
    number("num-layers", "recurrent layers", 4, "Stacked one on the other.", edits.set_num_layers, count)


def units(layer: int = 1) -> None:
    """Choose the units of a recurrent layer."""
    exp = state.session().exp
    number(
        f"units-{layer}", "units" if layer == 1 else f"units of layer {layer}", 128,
        "Numbers in the state h; nothing to do with timesteps.",
        lambda exp, value: edits.set_recurrent(exp, layer, units=value), edits.recurrent(exp, layer).units,
    )  # fmt: skip


def return_sequences(layer: int | None = None) -> None:
    """Choose whether a layer hands on every timestep; without a number, the top layer."""
    exp = state.session().exp
    position = layer or len(exp.recurrent_layers)
    label = "return_sequences" if position == 1 else f"return_sequences of layer {position}"
    switch(
        f"return_sequences-{position}", label, edits.recurrent(exp, position).return_sequences,
        lambda exp, value: edits.set_recurrent(exp, position, return_sequences=value),
        "Off: only the last output leaves the layer. On: one output per timestep.",
    )  # fmt: skip


def bidirectional() -> None:
    """Choose whether the first layer reads in both directions."""
    exp = state.session().exp
    wrapped = exp.layers[edits.positions(exp)[0]].keras_name == "Bidirectional"
    switch(
        "bidirectional", "Bidirectional", wrapped, lambda exp, value: edits.set_bidirectional(exp, 1, value),
        "Read the window forwards and backwards, with two copies of the layer.",
    )  # fmt: skip


def go_backwards() -> None:
    """Choose whether the first layer reads from the end."""
    switch(
        "go_backwards", "go_backwards", edits.recurrent(state.session().exp, 1).go_backwards,
        lambda exp, value: edits.set_recurrent(exp, 1, go_backwards=value), "Read the window from its end.",
    )  # fmt: skip


def return_state() -> None:
    """Choose whether the last state leaves the first layer."""
    switch(
        "return_state", "return_state", edits.recurrent(state.session().exp, 1).return_state,
        lambda exp, value: edits.set_recurrent(exp, 1, return_state=value),
        "The last state leaves the layer beside its output.",
    )  # fmt: skip


def stateful() -> None:
    """Choose whether the state is kept from batch to batch."""
    switch(
        "stateful", "stateful", state.session().exp.stateful, edits.set_stateful,
        "Row i of a batch goes on where row i of the batch before ended.",
    )  # fmt: skip


def masking() -> None:
    """Choose whether padding is masked."""
    has = edits.has_layer(state.session().exp, "Masking")
    switch("masking", "Masking", has, edits.set_masking, "Recurrent layers skip timesteps that are padding.")


def dropout() -> None:
    """Choose the dropout on the first layer's input."""
    _share("dropout", "Share of the input that is dropped while training.")


def recurrent_dropout() -> None:
    """Choose the dropout on the first layer's state."""
    _share("recurrent_dropout", "Share of the state that is dropped while training.")


def _share(argument: str, note: str) -> None:
    st.slider(
        argument, 0.0, 0.9, _first(argument), 0.05, key=state.bind(argument, _first(argument)), help=note,
        on_change=state.on_change(argument, _set(argument)),
    )  # fmt: skip


def _first(argument: str) -> Any:
    return getattr(edits.recurrent(state.session().exp, 1), argument, None)


def _set(argument: str) -> Apply:
    return lambda exp, value: edits.set_recurrent(exp, 1, **{argument: value})


def _flag(argument: str, note: str) -> None:
    """Draw a switch for an argument, where the cell has it."""
    if _first(argument) is not None:
        switch(argument, argument, _first(argument), _set(argument), note)


def use_bias() -> None:
    """Choose whether the layer adds a bias."""
    _flag("use_bias", "Without it, the gates start from sums alone.")


def unit_forget_bias() -> None:
    """Choose whether the forget gate's bias starts at 1."""
    _flag("unit_forget_bias", "LSTM only: the forget gate starts open.")


def reset_after() -> None:
    """Choose where a GRU's reset gate acts."""
    _flag("reset_after", "GRU only: after the matrix product (with a second bias) or before it.")


def unroll() -> None:
    """Choose whether the loop over timesteps is written out."""
    _flag("unroll", "Same numbers, a larger graph: sometimes faster on short windows.")


def activation() -> None:
    """Choose the function of the candidate and of the cell state."""
    pick(
        "activation",
        "activation",
        list(ACTIVATIONS),
        _first("activation"),
        _set("activation"),
        "Keras: tanh.",
    )


def recurrent_activation() -> None:
    """Choose the function of the gates."""
    now = _first("recurrent_activation")
    if now is not None:
        pick(
            "recurrent_activation",
            "recurrent_activation",
            list(ACTIVATIONS),
            now,
            _set("recurrent_activation"),
            "",
        )


def initializers() -> None:
    """Choose the first values of the weights."""
    for argument in ("kernel_initializer", "recurrent_initializer", "bias_initializer"):
        pick(
            argument,
            argument,
            list(INITIALIZERS),
            _first(argument),
            _set(argument),
            "Values before training.",
        )


def regularizers() -> None:
    """Choose penalties on the weights."""
    for argument in (
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "activity_regularizer",
    ):
        pick(
            argument, argument, [None, *REGULARIZERS], _first(argument), _set(argument), "Added to the loss."
        )


def constraints() -> None:
    """Choose rules that the weights obey."""
    for argument in ("kernel_constraint", "recurrent_constraint", "bias_constraint"):
        pick(
            argument,
            argument,
            [None, *CONSTRAINTS],
            _first(argument),
            _set(argument),
            "Applied after each step.",
        )


def merge_mode() -> None:
    """Choose how two directions become one."""
    exp = state.session().exp
    wrapper = exp.layers[edits.positions(exp)[0]]
    if isinstance(wrapper, Bidirectional):
        pick("merge_mode", "merge_mode", list(MERGE_MODES), wrapper.merge_mode, edits.set_merge_mode, "")


def layers() -> None:
    """Write the network as calls."""
    text = "; ".join(layer.code for layer in state.session().exp.layers)
    st.text_input(
        "Layers, from the bottom up", text, key=state.bind("layers", text),
        help="Calls as in Keras, with semicolons between: LSTM(32, return_sequences=True); LSTM(16)",
        on_change=state.on_change("layers", lambda exp, value: exp.change(layers=parse_layers(value))),
    )  # fmt: skip


def head() -> None:
    """Write the head as calls, or leave it to the labels."""
    exp = state.session().exp
    text = "" if exp.head is None else "; ".join(layer.code for layer in exp.head)
    st.text_input(
        "Head", text, key=state.bind("head", text), placeholder="the one that fits the labels",
        help="Calls as in Keras, such as Dense(24); empty: the head that fits the labels.",
        on_change=state.on_change(
            "head", lambda exp, value: exp.change(head=parse_layers(value) if value.strip() else None)
        ),
    )  # fmt: skip
