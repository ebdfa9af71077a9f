"""A list to put in order, by pressing its items one after the other."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lstm_course.view import state


def put_in_order(texts: Mapping[str, str], key: str) -> list[str] | None:
    """Draw the items of a list, each with the place that it was given; return their order when it is committed to.

    Args:
        texts: what to write for each item, by its key.
        key: name of the list on its page.
    """
    placed = state.remember(f"order/{key}", ())
    st.caption("Press them in order, the first one first; press again to take one back.")
    for item, text in texts.items():
        place = placed.index(item) + 1 if item in placed else 0
        st.button(
            f"**{place}** · {text}" if place else text, key=f"place/{key}/{item}", on_click=_press, args=(key, item),
            icon=":material/check_box:" if place else ":material/check_box_outline_blank:",
        )  # fmt: skip
    is_whole = len(placed) == len(texts)
    if not st.button("Commit", icon=":material/check:", key=f"commit/{key}", disabled=not is_whole):
        return None
    state.drop(f"order/{key}")
    return list(placed)


def _press(key: str, item: str) -> None:
    """Give an item the next place, or take its place away; those behind it move up."""
    placed = state.remember(f"order/{key}", ())
    rest = tuple(other for other in placed if other != item)
    state.store(f"order/{key}", rest if item in placed else (*placed, item))
