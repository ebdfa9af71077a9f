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
[data-testid="stCaptionContainer"] code {{ font-size: .88em; color: inherit; }}
[data-testid="stSliderThumbValue"], [data-variant][aria-checked="true"] p {{ color: light-dark(#5a43d6, #a99cf5); }}
[data-testid="stTab"][aria-selected="true"] p {{ color: light-dark(#5a43d6, #a99cf5); }}
[data-testid="stMarkdownContainer"] > p, [data-testid="stMarkdownContainer"] > ul {{ max-width: 80ch; }}
[data-testid="stMarkdownContainer"] :is(th, td) {{ overflow-wrap: anywhere; }} /* a long call fits a phone */
[class*="st-key-doctor-text"] textarea, .st-key-doctor-layers input {{ font-family: monospace; font-size: .9rem; }}
.st-key-go-on a {{ background: #5a43d6; padding: .55rem 1rem; width: fit-content; }}
.st-key-go-on a:hover {{ background: #4a35bd; }}
.st-key-go-on a * {{ color: #fff; }}
[data-testid="stMain"] {{ scroll-padding-top: 4.5rem; }} /* what is focused must not hide under the header */
[data-testid="stTopNavLink"]:focus-visible {{ outline: 2px solid light-dark(#5a43d6, #a99cf5); }}
[data-testid="stAlert"] :is(pre, pre *) {{ white-space: pre-wrap !important; overflow-wrap: anywhere; }}
.lc-keys {{ font-size: .875rem; margin: -0.4rem 0 0; opacity: .8; }}
@media (hover: none), (max-width: 640px) {{ .lc-keys {{ display: none; }} }}
.lc-question {{ font-size: 1.15rem; margin: -0.4rem 0 0.6rem; opacity: .85; }}
.lc-table {{ width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.45; }}
.lc-table th, .lc-table td {{ text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }}
.lc-table th {{ font-weight: 400; }}
.lc-arguments th {{ width: 36%; overflow-wrap: anywhere; }}
.lc-arguments td {{ overflow-wrap: anywhere; }}
.lc-wide {{ overflow-x: auto; }}
.lc-tall {{ max-height: 17rem; overflow: auto; }}
.lc-counts td {{ white-space: nowrap; }}
.lc-figures td, .lc-figures thead th + th {{ text-align: right; font-variant-numeric: tabular-nums; }}
.lc-table thead th {{ font-weight: 600; }}
.lc-table small {{ display: block; opacity: .8; }}
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
