"""The widgets that controls are made of, each bound to the Experiment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lstm_course.experiment import Experiment
from lstm_course.view import state

Apply = Callable[[Experiment, Any], Experiment]


def field_of(name: str) -> Apply:
    """Return a change of one field."""
    return lambda exp, value: exp.change(**{name: value})


def number(
    name: str, label: str, most: int, note: str, apply: Apply | None = None, value: int | None = None
) -> None:
    """Draw a slider for a count."""
    now = getattr(state.session().exp, name) if value is None else value
    key = state.bind(name, now)
    st.slider(
        label,
        1,
        max(most, now),
        now,
        key=key,
        help=note,
        on_change=state.on_change(name, apply or field_of(name)),
    )


def pick(
    name: str, label: str, options: list[Any], now: Any, apply: Apply, note: str, shown: Any = str
) -> None:
    """Draw a list to choose from."""
    key = state.bind(name, now)
    st.selectbox(
        label,
        options,
        options.index(now),
        key=key,
        format_func=lambda value: str(shown(value)),
        help=note or None,
        on_change=state.on_change(name, apply),
    )


def segments(name: str, label: str, options: list[str], now: str, apply: Apply, note: str) -> None:
    """Draw a row of choices."""

    def kept(exp: Experiment, value: Any) -> Experiment:
        return exp if value is None else apply(exp, value)  # a second click on the chosen one unselects it

    key = state.bind(name, now)
    st.segmented_control(
        label, options, default=now, key=key, help=note, on_change=state.on_change(name, kept)
    )


def switch(name: str, label: str, now: bool, apply: Apply, note: str) -> None:
    """Draw a switch."""
    st.toggle(label, now, key=state.bind(name, now), help=note, on_change=state.on_change(name, apply))
