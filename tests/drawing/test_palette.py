"""Colours can be read on every paper, in both themes."""

from __future__ import annotations

import itertools
import re

import pytest

from lstm_course.drawing.palette import AXIS_COLOURS, COLOURS, colour, contrast, css, resolve, theme_rules
from lstm_course.drawing.render import rules
from lstm_course.shapes import AXES

TEXTS = (*AXIS_COLOURS, "ink", "muted", "good", "bad", "warn")
PAPERS = ("paper", "card", "raised")


@pytest.mark.parametrize(("text", "paper"), list(itertools.product(TEXTS, PAPERS)))
@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read(text, paper, dark):
    assert contrast(colour(text, dark), colour(paper, dark)) >= 4.5


@pytest.mark.parametrize("name", ["good", "bad", "warn"])
@pytest.mark.parametrize("dark", [False, True])
def test_verdicts_can_be_read_on_their_own_paper(name, dark):
    assert contrast(colour(name, dark), colour(f"{name}-paper", dark)) >= 4.5
    assert contrast(colour("ink", dark), colour(f"{name}-paper", dark)) >= 4.5


def test_contrast_of_known_pairs():
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_axis_has_a_colour():
    assert set(AXIS_COLOURS) == set(AXES)


def test_samples_and_batch_share_one_colour_and_no_others_do():
    pairs = [pair for name, pair in AXIS_COLOURS.items() if name != "batch"]
    assert AXIS_COLOURS["samples"] == AXIS_COLOURS["batch"]
    assert len(set(pairs)) == len(pairs)


def test_every_rule_falls_back_on_a_colour():
    assert set(re.findall(r"var\(--lc-[a-z-]+\)", rules())) == set()
    assert "@media print" in theme_rules()


def test_resolving_leaves_no_custom_property():
    assert "var(" not in resolve(" ".join(css(name) for name in COLOURS))


def test_unknown_colours_are_refused():
    with pytest.raises(ValueError, match="There is no colour 'pink'; use one of rows"):
        colour("pink")
