"""Findings on the page: what is wrong, why, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lstm_course.course.loading import readable_lessons
from lstm_course.shapes import Finding
from lstm_course.view import state

WORDS = {
    "error": "Keras raises",
    "wrong-result": "Keras says nothing, and the result is wrong",
    "degraded": "it runs, but worse than it could",
    "benign": "harmless",
}


def show_findings(findings: Iterable[Finding], key: str) -> None:
    """Draw findings, the most likely first.

    Args:
        findings: what was found.
        key: name of the place on the page, for its links.
    """
    for number, finding in enumerate(findings):
        _show(finding, f"{key}/{number}")


def _show(finding: Finding, key: str) -> None:
    tell = {"error": st.error, "wrong-result": st.error, "degraded": st.warning}.get(
        finding.severity, st.info
    )
    sentence, _, diff = finding.fix.partition("\n")
    what = f"**{finding.title}** · {stage_in_words(finding.stage)} · {WORDS[finding.severity]}"
    tell(f"{what}\n\n{finding.explanation}\n\n**To do:** {sentence}")
    if diff:
        st.code(diff, language="diff", wrap_lines=True)
    for lesson in readable_lessons()[0]:
        if lesson.slug == finding.lesson:
            state.link(lesson.slug, f"Lesson {lesson.number} · {lesson.title}", ":material/school:")


def stage_in_words(stage: str) -> str:
    """Name a stage as a person would.

    >>> stage_in_words("recurrent-layer-2"), stage_in_words("raw-data")
    ('recurrent layer 2', 'raw data')
    """
    return stage.replace("-", " ")
