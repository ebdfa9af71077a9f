"""View of every argument of the recurrent layer: one question at a time, so that a phone has room for the answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from lstm_course.course.arguments import argument_table
from lstm_course.shapes import Prediction

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

    >>> row = {"argument": "units", "default": "required", "now": "8", "shape": "(32, 8)"}
    >>> table_of([row], "shape").count("<td>(32, 8)</td>")
    1
    """
    body = "".join(f"<tr>{_head(row)}<td>{escape(row[asked])}</td></tr>" for row in rows)
    heads = f'<th scope="col">argument</th><th scope="col">{escape(asked)}</th>'
    return (
        f'<table class="lc-table lc-arguments"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _head(row: Mapping[str, str]) -> str:
    """Name an argument and its value; a long name may break where a word ends."""
    name = escape(row["argument"]).replace("_", "_<wbr>")
    values = f"{row['now']}, the default" if row["now"] == row["default"] else _both(row)
    return f'<th scope="row"><code>{name}</code><small>{escape(values)}</small></th>'


def _both(row: Mapping[str, str]) -> str:
    if not row["now"]:
        return f"default: {row['default']}"
    needed = row["default"] if row["default"] == "required" else f"default {row['default']}"
    return f"{row['now']}; {needed}"
