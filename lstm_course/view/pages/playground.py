"""The playground: the whole Experiment, every control, and presets good and bad."""

from __future__ import annotations

import streamlit as st

from lstm_course.data import Sequences
from lstm_course.problems import ProblemError
from lstm_course.view import controls, state
from lstm_course.view.code_so_far import code_so_far
from lstm_course.view.controls.rows import current_data
from lstm_course.view.diagram_part import show_diagram
from lstm_course.view.pane import pane_heights
from lstm_course.view.presets import PRESETS
from lstm_course.view.training import train_panel
from lstm_course.view.upload import upload

_DATA = ("dataset", "features", "targets", "split", "scaling", "scaler_fit", "missing", "absent")
_WINDOWS = ("timesteps", "horizon", "stride", "labels", "lags", "border", "gap_windows", "flat_labels")
_SEQUENCES = ("timesteps", "padding", "masking", "labels")
_NETWORK = ("cell", "num_layers", "units", "return_sequences", "bidirectional", "dropout", "layers", "head")
_MORE = ("return_state", "go_backwards", "stateful", "shuffle", "recurrent_dropout")
_TRAINING = (
    "batch_size",
    "epochs",
    "loss",
    "class_weight",
    "optimizer",
    "learning_rate",
    "early_stopping",
    "seed",
)


def show() -> None:
    """Draw the playground."""
    st.title("Playground")
    left, right = st.columns([0.38, 0.62], gap="medium")
    with right:
        pane_heights()
        prediction = show_diagram(
            look=_moved()
        )  # first: what a control moves must not wait for the other controls
    with left:
        _presets()
        _history()
        _panels()
        st.subheader("Train")
        train_panel(prediction)
        code_so_far()


def _moved() -> str:
    """Name the lowest stage that the last change moved, so that the change is in view; empty before any."""
    try:
        stages = {stage.id: stage for stage in state.session().predict().stages}
    except ProblemError:
        return ""
    before = state.remember("stages", stages)
    moved = next((name for name, stage in stages.items() if before.get(name) != stage), "")
    state.store("stages", stages)
    state.store("moved", moved or state.remember("moved", ""))
    return str(state.remember("moved", ""))


def _presets() -> None:
    names = list(PRESETS)

    def take() -> None:
        chosen = st.session_state["preset"]
        if chosen is not None:
            state.session().change(PRESETS[chosen].experiment)

    st.selectbox(
        "Start from a preset",
        names,
        index=None,
        key="preset",
        on_change=take,
        placeholder="good ones and bad ones",
    )
    chosen = st.session_state["preset"]
    if chosen is not None and PRESETS[chosen].experiment == state.session().exp:
        st.info(PRESETS[chosen].comment, icon=":material/lightbulb:")


def _history() -> None:
    now = state.session()
    with st.container(horizontal=True, gap="small"):
        st.button("Undo", icon=":material/undo:", on_click=now.undo, disabled=not now.past)
        st.button("Redo", icon=":material/redo:", on_click=now.redo, disabled=not now.future)
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset)


def _reset() -> None:
    now = state.session()
    now.change(type(now.exp)())


def _panels() -> None:
    windows = _SEQUENCES if isinstance(current_data(), Sequences) else _WINDOWS
    panels = (
        ("Rows and columns", _DATA), ("Windows and labels", windows), ("Network", _NETWORK),
        ("Network, more arguments", _MORE), ("Training", _TRAINING),
    )  # fmt: skip
    for number, (title, names) in enumerate(panels):
        panel = st.expander(title, expanded=number in (1, 2), key=f"panel-{number}", on_change="rerun")
        if not panel.open:
            continue  # controls that nobody sees would slow every turn of the others
        with panel:
            if number == 0:
                upload()
            controls.show(names)
