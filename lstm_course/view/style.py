"""The few rules of style that Streamlit's theme cannot express."""

from __future__ import annotations

import streamlit as st

from lstm_course.drawing.palette import AXIS_COLOURS
from lstm_course.view.pane import PANE_CSS

_AXES = "".join(
    f".lc-axis-{axis}{{color:light-dark({light},{dark});font-weight:600}}"
    for axis, (light, dark) in AXIS_COLOURS.items()
)

_CSS = f"""
<style>
.block-container {{ padding-top: 4.2rem; padding-bottom: 4rem; max-width: 1600px; }}
@media (min-width: 640.02px) {{
  [data-testid="stColumn"]:has(.lc-stays) {{ position: sticky; top: 4rem; align-self: flex-start;
    max-height: calc(100vh - 4.5rem); overflow-y: auto; }}
}}
[data-testid="stCaptionContainer"] {{ opacity: .75; }}
[data-testid="stCaptionContainer"] code {{ font-size: .88em; }}
[data-testid="stSliderThumbValue"], [data-variant][aria-checked="true"] {{ color: light-dark(#5a43d6, #a99cf5); }}
.lc-question {{ font-size: 1.15rem; margin: -0.4rem 0 0.6rem; opacity: .85; }}
.lc-arguments {{ width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.45; }}
.lc-arguments th, .lc-arguments td {{ text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); overflow-wrap: anywhere; }}
.lc-arguments th {{ width: 36%; font-weight: 400; }}
.lc-arguments thead th {{ font-weight: 600; }}
.lc-arguments small {{ display: block; opacity: .8; }}
{PANE_CSS}
{_AXES}
</style>
"""


def page_style() -> None:
    """Put the rules into the page."""
    st.html(_CSS)


def axis_word(axis: str, text: str) -> str:
    """Colour a word or number like its axis; the word itself says which axis it is."""
    return f'<span class="lc-axis-{axis}" data-axis="{axis}">{text}</span>'
