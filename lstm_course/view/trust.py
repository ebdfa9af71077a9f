"""Whether this server may run programs that a visitor types."""

from __future__ import annotations

import os

import streamlit as st

ALLOW = "LSTM_COURSE_ALLOW_CODE"
_LOCAL = ("localhost", "127.0.0.1", "::1")


def code_may_run() -> bool:
    """Return whether a visitor's programs may run here.

    They may where only this machine can reach the course, or where its host has said so by setting
    LSTM_COURSE_ALLOW_CODE=1.
    """
    return st.get_option("server.address") in _LOCAL or os.environ.get(ALLOW) == "1"


def say_refusal() -> None:
    """Say why programs do not run here, and what the host can do."""
    st.warning(
        "This course can be reached from other machines, so it runs no programs of visitors. Open it on your own "
        f"machine with `lstm-course run`, or let its host set {ALLOW}=1.",
        icon=":material/lock:",
    )
