"""Presets are what they say: good ones run without a finding that spoils them, bad ones have theirs."""

from __future__ import annotations

import pytest

from lstm_course.codec import from_query, to_query
from lstm_course.shapes import check
from lstm_course.view.presets import PRESETS

BAD = {
    "Bad: lags as features": "lags-as-features",
    "Bad: a stack without return_sequences": "stacked-without-sequences",
    "Bad: silent broadcasting": "silent-broadcast",
    "Bad: stateful and shuffled": "stateful-shuffle",
    "The tutorial's model: one lag, four units": "scaler-saw-test",
}


@pytest.mark.parametrize("name", PRESETS)
def test_preset_has_the_findings_that_its_name_promises(name: str) -> None:
    codes = {finding.code for finding in check(PRESETS[name].experiment) if finding.severity != "benign"}
    assert codes == ({BAD[name]} if name in BAD else set())


@pytest.mark.parametrize("name", PRESETS)
def test_preset_survives_the_link(name: str) -> None:
    exp = PRESETS[name].experiment
    assert from_query(to_query(exp)) == exp


def test_bad_presets_are_all_here() -> None:
    assert set(BAD) <= set(PRESETS)
