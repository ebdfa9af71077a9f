"""How deep the diagram is opened, above it: the whole, a layer, a cell, one number."""

from __future__ import annotations

import streamlit as st

from lstm_course.drawing import Diagram
from lstm_course.view import state

_NAMES = {"whole": "Whole", "layer": "› Layer", "cell": "› Cell", "number": "› One number"}


def breadcrumb(drawn: Diagram) -> None:
    """Show how deep the diagram is opened and lead to any other depth, where there is something to open."""
    if not drawn.opens:
        return
    choice = state.session().choice

    def choose() -> None:
        choice.depth = state.bound("depth") or choice.depth  # a click on the present one says nothing

    depth = st.segmented_control(
        "How deep the diagram is opened", list(_NAMES), default=choice.depth, format_func=_name, on_change=choose,
        key=state.bind("depth", choice.depth), label_visibility="collapsed",
    )  # fmt: skip
    if depth == "whole":
        st.caption("Click a cell, or the name of a recurrent layer, to look inside. Esc leads back out.")


def _name(depth: str) -> str:
    layers = len(state.session().exp.recurrent_layers)
    return f"› Layer {state.session().choice.layer}" if depth == "layer" and layers > 1 else _NAMES[depth]
