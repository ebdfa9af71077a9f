"""Turning a page: the next step begins at its top, not where the step before was left."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
let last; // the place that was shown before; this module outlives the pages
const HEADER = 60; // pixels
const FAR = 120; // who is at the top already keeps place and focus

export default function ({ data, parentElement }) {
  const turned = last !== undefined && last !== data.place;
  last = data.place;
  const page = (parentElement.getRootNode().host ?? parentElement).closest('[data-testid="stMain"]');
  if (!turned || !page || page.scrollTop < FAR) return;
  // On a phone the diagram stays on top from here on, and the lesson's title has been read.
  const title = matchMedia("(max-width: 640px)").matches && page.querySelector(".lc-question");
  const top = title ? page.scrollTop + title.getBoundingClientRect().bottom - HEADER : 0;
  page.scrollTo({ top, behavior: "instant" });
  page.focus({ preventScroll: true });
}
"""


def begin_at_top(place: str) -> None:
    """Bring the top of the page into view, and the keyboard there, when `place` is another one than before."""
    _component()(data={"place": place}, key="turning")


@cache
def _component() -> Any:
    return st.components.v2.component("lstm_course_turning", html="<span></span>", js=_SCRIPT)
