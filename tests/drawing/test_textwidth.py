"""Widths that no font of the stack exceeds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lstm_course.drawing.textwidth import shorten, text_width, wrap


def test_known_widths():
    assert text_width("aaaa", 10) == 24.8  # 0.62 em each in DejaVu Sans
    assert text_width("aaaa", 10, mono=True) == 24.08


def test_unknown_letters_count_as_wide():
    assert text_width("数", 10) >= 10


@given(st.text(max_size=60), st.floats(12, 300))
def test_shortened_texts_fit(text, width):
    assert text_width(shorten(text, width, 12), 12) <= width or shorten(text, width, 12) == "…"


@given(st.text(max_size=200), st.integers(1, 4))
def test_lines_fit_and_are_not_too_many(text, most):
    lines = wrap(text, 100, 12, max_lines=most)
    assert len(lines) <= most
    assert all(text_width(line, 12) <= 100 for line in lines)


def test_words_are_kept():
    assert wrap("one two three", 60, 10) == ("one two", "three")
