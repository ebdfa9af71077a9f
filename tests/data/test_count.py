from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.data import DataError, Facts, Prepared, Series, facts_of, prepare
from lstm_course.data.split import PART_NAMES
from lstm_course.experiment import Experiment, Split
from lstm_course.shapes.network import input_tensor, label_tensor


def agree(facts: Facts, ready: Prepared) -> None:
    """Hold the counted figures, and the shapes that follow from them, to the arrays."""
    assert (facts.features, facts.targets) == (ready.feature_names, ready.target_names)
    assert facts.class_names == ready.class_names
    for name in PART_NAMES:
        part = facts.part(name)
        assert part.num_samples == ready.num_samples(name)
        assert part.num_dropped == ready.num_dropped[name]
        assert ready.parts is None or part.num_rows == ready.parts[name].num_rows
    exp = ready.experiment
    assert input_tensor(exp, facts).shape[1:] == ready.input_shape
    assert label_tensor(exp, facts).shape[1:] == ready.label_shape


EXPERIMENTS: list[dict[str, Any]] = [
    {},
    {"timesteps": 1, "split": Split(train=95, validation=0, test=47, gap=1)},
    {"timesteps": 24, "horizon": 12, "stride": 5, "border": "reach-back"},
    {"lags": "features", "timesteps": 3, "flat_labels": True},
    {"labels": "sequence", "horizon": 3, "split": Split(0.5, 0.25, 0.25, 4)},
    {"dataset": "co2", "timesteps": 52, "horizon": 4},
    {"dataset": "co2", "timesteps": 52, "gap_windows": "keep"},
    {"dataset": "co2", "missing": "interpolate"},
    {
        "dataset": "electricity",
        "features": ("demand_gw", "temperature_c"),
        "targets": ("demand_gw",),
        "horizon": 48,
    },
    {"dataset": "electricity", "targets": ("demand_gw", "temperature_c"), "horizon": 2, "stride": 24},
    {"dataset": "nyc_weather", "absent": "insert", "stride": 12, "labels": "sequence"},
    {"dataset": "seattle_weather", "labels": "class", "timesteps": 7},
    {"dataset": "seattle_weather", "labels": "one-hot", "timesteps": 7, "horizon": 3, "border": "reach-back"},
    {"dataset": "japanese_vowels", "labels": "class", "timesteps": 29},
    {
        "dataset": "japanese_vowels",
        "labels": "one-hot",
        "timesteps": 10,
        "lags": "features",
        "split": Split(0.8, 0.2),
    },
    {"dataset": "japanese_vowels", "labels": "class", "split": Split(200, 70), "scaler_fit": "all"},
]


@pytest.mark.parametrize("changes", EXPERIMENTS)
def test_the_figures_are_those_of_the_arrays(changes: dict[str, Any]) -> None:
    exp = Experiment(**changes)
    agree(facts_of(exp), prepare(exp))


@st.composite
def series_with_gaps(draw: st.DrawFn) -> Series:
    num_rows = draw(st.integers(12, 60))
    gaps = draw(st.lists(st.integers(0, num_rows - 1), max_size=4))
    values = np.arange(2.0 * num_rows).reshape(num_rows, 2)
    values[gaps, draw(st.integers(0, 1))] = np.nan
    frame = pd.DataFrame(values, columns=["a", "b"])
    kinds = pd.Series(draw(st.lists(st.sampled_from(["x", "y", None]), min_size=num_rows, max_size=num_rows)))
    frame["kind"] = pd.Categorical(kinds, categories=["x", "y"])
    return Series("mine", frame)


@given(
    series_with_gaps(),
    st.builds(
        Experiment,
        features=st.sampled_from([("a",), ("a", "b")]),
        timesteps=st.integers(1, 9),
        horizon=st.integers(1, 4),
        stride=st.integers(1, 4),
        border=st.sampled_from(["inside", "reach-back"]),
        gap_windows=st.sampled_from(["keep", "drop"]),
        missing=st.sampled_from(["keep", "interpolate", "forward", "zero"]),
        labels=st.sampled_from(["steps", "sequence", "class", "one-hot"]),
        split=st.sampled_from([Split(), Split(0.5, 0.25, gap=1), Split(9, 0, 3), Split(0.9, 0.0)]),
    ),
)
def test_the_figures_are_those_of_the_arrays_whatever_the_gaps(data: Series, exp: Experiment) -> None:
    exp = exp.change(targets=("kind",) if exp.is_classification else ("b",))
    facts = facts_of(exp, data)
    try:
        ready = prepare(exp, data)
    except DataError:
        assert facts.part("train").num_samples == 0
        return
    agree(facts, ready)


def test_a_missing_value_counts_once_even_where_its_column_goes_in_and_out() -> None:
    assert facts_of(Experiment(dataset="co2")).num_missing == 59
    assert facts_of(Experiment(dataset="co2", missing="interpolate")).num_missing == 0


def test_a_missing_class_is_no_missing_number() -> None:
    frame = pd.DataFrame({"a": [1.0, np.nan, 3.0, 4.0], "kind": pd.Categorical(["x", None, "y", "x"])})
    exp = Experiment(features=("a",), targets=("kind",), labels="class", timesteps=1, split=Split(0.9, 0.0))
    assert facts_of(exp, Series("mine", frame)).num_missing == 1


def test_a_window_that_does_not_fit_is_counted_as_none() -> None:
    facts = facts_of(Experiment(timesteps=200))
    assert [part.num_samples for part in facts.parts] == [0, 0, 0]
    assert [part.num_rows for part in facts.parts] == [101, 21, 22]


def test_an_unknown_column_of_sequences_is_refused_here_as_there() -> None:
    exp = Experiment(dataset="japanese_vowels", labels="class", features=("c13",))
    for ask in (facts_of, prepare):
        with pytest.raises(DataError, match=r"There is no feature 'c13'; did you mean"):
            ask(exp)
