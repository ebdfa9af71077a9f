"""The controls that a page can offer: one small function for each choice an Experiment makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from lstm_course.view import state
from lstm_course.view.controls import network, rows, training, windows

CONTROLS: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        rows.dataset, rows.group, rows.features, rows.targets, rows.split, rows.scaling, rows.scaler_fit, rows.missing,
        rows.absent, rows.gap_windows, rows.limits,
        windows.timesteps, windows.horizon, windows.stride, windows.lags, windows.border, windows.padding,
        windows.pad_value, windows.labels, windows.flat_labels,
        network.cell, network.num_layers, network.units, network.return_sequences, network.return_state,
        network.bidirectional, network.merge_mode, network.go_backwards, network.stateful, network.masking,
        network.dropout, network.recurrent_dropout, network.use_bias, network.unit_forget_bias, network.reset_after,
        network.unroll, network.activation, network.recurrent_activation, network.initializers, network.regularizers,
        network.constraints, network.layers, network.head,
        training.batch_size, training.epochs, training.shuffle, training.reset_state, training.loss,
        training.class_weight,
        training.optimizer, training.learning_rate, training.clipnorm, training.seed, training.early_stopping,
    )
}  # fmt: skip


def show(names: Iterable[str]) -> None:
    """Draw the named controls one below the other; one whose change was refused says why."""
    now = state.session()
    unsaid = now.problem if now.refused else ""
    for name in names:
        CONTROLS[name]()
        if unsaid and name == now.refused.replace("-", "_"):
            _say(unsaid)
            unsaid = ""
    if unsaid and now.refused not in CONTROLS:  # one of several widgets of one control
        _say(unsaid)


def _say(problem: str) -> None:
    st.warning(problem, icon=":material/info:")
