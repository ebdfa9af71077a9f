"""Lesson prose on the page: the learner's numbers filled in, words of an axis in its colour."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from lstm_course.course.prose import convert_axes, fill
from lstm_course.view.style import axis_word


def show_prose(text: str, numbers: Mapping[str, str]) -> None:
    """Draw a text."""
    if not text:
        return
    safe = {
        name: escape(value, quote=False) for name, value in numbers.items()
    }  # names of columns are a visitor's own
    st.markdown(
        convert_axes(fill(text, safe), lambda words, axis: axis_word(axis, words)), unsafe_allow_html=True
    )
