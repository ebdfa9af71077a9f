"""A verdict that comes below the window, or above it, is brought into view once."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
const noticed = new Set(); // this module outlives the pages, so that nobody who comes back is moved
const HEADER = 60; // pixels
const ROOM = 140; // of a verdict, so that its first lines are there to be read

export default function ({ data, parentElement }) {
  if (noticed.has(data.told)) return;
  noticed.add(data.told);
  const own = parentElement.getRootNode().host ?? parentElement;
  requestAnimationFrame(() => {
    const page = own.closest('[data-testid="stMain"]');
    const verdict = own.closest('[data-testid="stColumn"]')?.querySelector('[data-testid="stAlert"]');
    if (!page || !verdict) return;
    const { top, height } = verdict.getBoundingClientRect();
    if (top >= HEADER && top + Math.min(height, ROOM) <= innerHeight) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    page.scrollBy({ top: top - innerHeight * 0.4, behavior: still ? "instant" : "smooth" });
  });
}
"""


def bring_into_view(told: str, key: str) -> None:
    """Bring the first message of this column into view, unless it is there, once for each `told`."""
    _component()(data={"told": told}, key=key)


@cache
def _component() -> Any:
    return st.components.v2.component("lstm_course_noticing", html="<span></span>", js=_SCRIPT)
