"""The diagram's pane on a phone: it stays above what is read and turned, as high as the visitor wants it."""

from __future__ import annotations

import streamlit as st

_HEIGHTS = {"folded": "away", "half": "half", "full": "full"}

_PAPER = "light-dark(#fff, #171614)"  # as the page: what passes under the pane must not shine through

PANE_CSS = f"""
.lc-pane {{ display: none; }}
@media (max-width: 640px) {{
  [data-testid="stColumn"]:has(.lc-pane) {{ order: -1; position: sticky; top: 3.75rem; z-index: 20; overflow-y: auto;
    height: 46vh; background: {_PAPER}; border-bottom: 1px solid #8888; }}
  [data-testid="stColumn"]:has(.lc-pane input[value="full"]:checked) {{ height: calc(100vh - 4.5rem); }}
  [data-testid="stColumn"]:has(.lc-pane input[value="folded"]:checked) {{ height: auto; }}
  [data-testid="stColumn"]:has(.lc-pane input[value="folded"]:checked)
    [data-testid="stElementContainer"]:not(:has(.lc-pane)) {{ display: none; }}
  [data-testid="stColumn"]:has(.lc-pane input[value="half"]:checked) [data-testid="stBidiComponentIsolated"] {{
    overflow: hidden; }} /* the player's buttons end the diagram here: over it they would take half of the pane */
  [data-testid="stColumn"]:has(.lc-pane) > [data-testid="stVerticalBlock"] {{ height: auto; }}
  [data-testid="stElementContainer"]:has(.lc-pane) {{ position: sticky; top: 0; z-index: 6;
    background: {_PAPER}; }}
  .lc-pane {{ display: flex; gap: 1.2rem; margin: 0; padding: .4rem 0; border: 0; }}
  .lc-pane legend {{ float: left; padding: 0; margin-right: 1.2rem; font-weight: 600; }}
  .lc-pane label {{ display: inline-flex; align-items: center; gap: .35rem; min-height: 1.75rem; }}
  [data-testid="stMain"] {{ scroll-padding-top: calc(46vh + 4rem); }}
}}
"""


def pane_heights() -> None:
    """Let the visitor of a narrow page choose how much of it the diagram may take; the browser alone follows."""
    choices = "".join(
        f'<label><input type="radio" name="lc-pane" value="{value}"{" checked" * (value == "half")}> {word}</label>'
        for value, word in _HEIGHTS.items()
    )
    st.html(f'<fieldset class="lc-pane"><legend>Diagram</legend>{choices}</fieldset>')
