"""The code editor: CodeMirror 6, bundled with the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st


def edit_code(key: str, code: str, version: int, label: str) -> tuple[str, str]:
    """Draw an editor, and return its text and what was asked for by keyboard: "", "run" or "check".

    Args:
        key: name of the editor on the page.
        code: text to start from.
        version: a new number puts `code` into the editor again, for a reset.
        label: what is edited, for a screen reader.
    """
    result = _component()(
        data={"code": code, "version": version, "label": label}, key=key, default={"code": code},
        on_code_change=lambda: None, on_asked_change=lambda: None,
    )  # fmt: skip
    return result.code if isinstance(result.code, str) else code, result.asked or ""


@cache
def _component() -> Any:
    assets = files("lstm_course.view") / "assets" / "editor"
    return st.components.v2.component(
        "lstm_course_editor",
        html='<div class="lc-editor"></div>',
        css=(assets / "editor.css").read_text("utf-8"),
        js=(assets / "editor.bundle.js").read_text("utf-8"),
    )
