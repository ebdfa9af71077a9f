"""View of every argument of the recurrent layer: one question at a time, so that a phone has room for the answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from lstm_course.course.arguments import argument_table
from lstm_course.shapes import Prediction
from lstm_course.view.tables import row, table

_NAMES = ("argument", "default", "now")


def every_argument(prediction: Prediction) -> None:
    """Show the table of all arguments of the current cell: its name, its value, and what was asked of it."""
    kind = prediction.exp.recurrent_layers[0].keras_name
    rows = argument_table(kind, prediction.exp, prediction.facts)
    questions = [name for name in rows[0] if name not in _NAMES]
    asked = st.selectbox("Column to read", questions, key="argument-column")
    st.html(table_of(rows, asked or questions[0]))


def table_of(rows: list[dict[str, str]], asked: str) -> str:
    """Write the arguments and one column of their table as HTML.

    >>> units = {"argument": "units", "default": "required", "now": "8", "shape": "(32, 8)"}
    >>> table_of([units], "shape").count("<td>(32, 8)</td>")
    1
    """
    return table("lc-arguments", ("argument", asked), (row(_head(each), [each[asked]]) for each in rows))


def _head(argument: Mapping[str, str]) -> str:
    """Name an argument and its value; a long name may break where a word ends."""
    name = escape(argument["argument"]).replace("_", "_<wbr>")
    same = argument["now"] == argument["default"]
    values = f"{argument['now']}, the default" if same else _both(argument)
    return f"<code>{name}</code><small>{escape(values)}</small>"


def _both(argument: Mapping[str, str]) -> str:
    if not argument["now"]:
        return f"default: {argument['default']}"
    needed = argument["default"] if argument["default"] == "required" else f"default {argument['default']}"
    return f"{argument['now']}; {needed}"
