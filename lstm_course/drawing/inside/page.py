"""A page of its own: the SVG, its numbers and the player in one file that needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files

from lstm_course.drawing.palette import COLOURS

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; {light}; font: 14px/1.4 system-ui, "DejaVu Sans", sans-serif; }}
@media (prefers-color-scheme: dark) {{ body:has(.lc-auto) {{ {dark}; }} }}
body:has(.lc-dark) {{ {dark}; }}
pre {{ white-space: pre-wrap; }}
main {{ max-width: max-content; margin: 0 auto; padding: 12px; }}
main svg {{ max-width: 100%; height: auto; }}
{css}
main svg.lc-diagram .lc-way {{ display: none; }}
</style>
</head>
<body>
<main aria-label="{title}">
{svg}
</main>
<script type="application/json" id="lc-data">{data}</script>
<script type="module">
{js}
const data = JSON.parse(document.getElementById("lc-data").textContent);
mount(document.querySelector("main"), {{ data, state: {{ timestep: data.timestep }} }});
</script>
</body>
</html>
"""


def standalone_html(svg_text: str, data: Mapping[str, object], title: str) -> str:
    """Write a page that plays in any browser, without a server and without a network.

    Args:
        svg_text: one SVG element.
        data: what `player_data` or `whole_data` gives for it.
        title: title of the page.

    Example:
        >>> page = standalone_html("<svg></svg>", {}, "a < b")
        >>> "<title>a &lt; b</title>" in page, "export function mount" in page
        (True, True)
    """
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    light, dark = (
        f"background: {COLOURS['paper'][theme]}; color: {COLOURS['ink'][theme]}" for theme in (0, 1)
    )
    return _PAGE.format(
        title=escape(title),
        css=player_css(),
        svg=svg_text,
        data=packed,
        js=player_js(),
        light=light,
        dark=dark,
    )


@cache
def player_js() -> str:
    """Read the player, an ES module that exports `mount`."""
    return (files("lstm_course.drawing") / "assets" / "player.js").read_text(encoding="utf-8")


@cache
def player_css() -> str:
    """Read the player's rules; a shadow root needs them inside."""
    return (files("lstm_course.drawing") / "assets" / "player.css").read_text(encoding="utf-8")
