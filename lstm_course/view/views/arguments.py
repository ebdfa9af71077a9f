"""View of every argument of the recurrent layer: one question at a time, so that a phone has room for the answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from lstm_course.course.argument_texts import NO_SPEED
from lstm_course.course.arguments import argument_table
from lstm_course.shapes import Prediction
from lstm_course.view.tables import row, table

_NAMES = ("argument", "default", "now")


def every_argument(prediction: Prediction) -> None:
    """Show the table of all arguments of the current cell: its name, its value, and what was asked of it."""
    rows = _rows(prediction)
    questions = [name for name in rows[0] if name not in _NAMES]
    asked = st.selectbox("Column to read", questions, key="argument-column")
    st.html(table_of(rows, asked or questions[0]))


def refused(prediction: Prediction) -> None:
    """Show what Keras refuses of each argument, and what it takes in silence."""
    _show_column(prediction, "refused, or taken in silence")


def speed(prediction: Prediction) -> None:
    """Show the arguments on which the time of a training depends."""
    left = _show_column(prediction, "speed")
    st.caption(f"The other {left} arguments make no difference to the time that is worth measuring.")


def _show_column(prediction: Prediction, asked: str) -> int:
    """Show one column of the table, without the arguments of which it has nothing to say; return their number."""
    rows = _rows(prediction)
    told = [each for each in rows if each[asked] not in ("", NO_SPEED)]
    st.html(table_of(told, asked))
    return len(rows) - len(told)


def _rows(prediction: Prediction) -> list[dict[str, str]]:
    return argument_table(prediction.exp.recurrent_layers[0].keras_name, prediction.exp, prediction.facts)


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
