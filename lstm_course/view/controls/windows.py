"""Controls for windows and labels."""

from __future__ import annotations

import streamlit as st

from lstm_course.data import Sequences
from lstm_course.experiment import Experiment
from lstm_course.view import state
from lstm_course.view.controls.kit import field_of, number, pick, segments, switch
from lstm_course.view.controls.rows import current_data


def _max_timesteps() -> int:
    data = current_data()
    if isinstance(data, Sequences):
        return int(data.lengths.max())
    return max(2, min(336, data.num_rows // 4))


def timesteps() -> None:
    """Choose how many rows make one window."""
    number("timesteps", "timesteps", _max_timesteps(), "Rows in one window: the second axis of the input.")


def horizon() -> None:
    """Choose how far ahead the labels reach."""
    number("horizon", "horizon", 48, "Rows ahead that the network forecasts.")


def stride() -> None:
    """Choose how far the window moves on."""
    number("stride", "stride", 24, "Rows from the start of one window to the start of the next.")


def lags() -> None:
    """Choose the axis on which the rows of a window lie."""
    now = state.session().exp.lags
    segments(
        "lags",
        "Rows of a window on",
        ["timesteps", "features"],
        now,
        field_of("lags"),
        "The axis they lie on.",
    )


def border() -> None:
    """Choose whether a window may start in the part before."""
    now = state.session().exp.border
    note = "reach-back: the inputs of a test window may lie in earlier rows, its labels may not."
    segments("border", "Windows at the border", ["inside", "reach-back"], now, field_of("border"), note)


def padding() -> None:
    """Choose where short sequences are filled up."""
    now = state.session().exp.padding
    segments(
        "padding",
        "padding",
        ["pre", "post"],
        now,
        field_of("padding"),
        "In front of the sequence or behind it.",
    )


def labels() -> None:
    """Choose what a label looks like."""
    shown = {
        "steps": "the next values",
        "sequence": "a value at every timestep",
        "class": "a class, as a number",
        "one-hot": "a class, one-hot",
    }
    has_classes = isinstance(data := current_data(), Sequences) or bool(data.class_columns)
    now = state.session().exp.labels
    options = [kind for kind in shown if has_classes or kind in ("steps", "sequence", now)]
    if isinstance(data, Sequences):
        options = ["class", "one-hot"]

    def apply(exp: Experiment, kind: str) -> Experiment:
        classes = kind in ("class", "one-hot")
        return exp.change(labels=kind, targets=exp.targets if classes == exp.is_classification else ())

    pick("labels", "Labels", options, now, apply, "What the network should say.", shown.get)


def flat_labels() -> None:
    """Choose labels without their last axis."""
    switch(
        "flat_labels", "labels (samples,)", state.session().exp.flat_labels, field_of("flat_labels"),
        "Off: labels of shape (samples, 1). On: (samples,).",
    )  # fmt: skip


def pad_value() -> None:
    """Choose the value that fills short sequences up."""
    now = state.session().exp.pad_value
    st.number_input(
        "pad_value", value=now, key=state.bind("pad_value", now), step=1.0,
        help="Masking must look for the same value.", on_change=state.on_change("pad_value", field_of("pad_value")),
    )  # fmt: skip
