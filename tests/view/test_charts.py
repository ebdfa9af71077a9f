"""Charts show what they are given: thinned without losing an extreme, in original units, with names as they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest

from lstm_course.data import prepare
from lstm_course.evaluate import Run, score_baselines
from lstm_course.experiment import Experiment
from lstm_course.view import charts
from lstm_course.view.pages.doctor import program_of
from lstm_course.view.stored import stored_runs


def test_a_short_line_is_not_thinned() -> None:
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0]})
    assert charts.thinned(frame, "x").equals(frame)


def test_a_long_line_keeps_its_extremes() -> None:
    values = np.sin(np.arange(20_000) / 50)
    values[7_777], values[12_345] = 9.0, -9.0
    kept = charts.thinned(pd.DataFrame({"x": values}), "x", most=400)
    assert len(kept) <= 400
    assert (kept["x"].max(), kept["x"].min()) == (9.0, -9.0)
    assert kept.index.is_monotonic_increasing


def test_a_stretch_without_a_value_is_left_out() -> None:
    values = np.arange(4_000, dtype=float)
    values[1_000:3_000] = np.nan
    kept = charts.thinned(pd.DataFrame({"x": values}), "x", most=100)
    assert kept["x"].notna().all()
    assert {values[0], values[-1]} <= set(kept["x"])


@pytest.mark.parametrize("dataset", ["air_passengers", "co2", "nyc_weather"])
def test_the_series_is_drawn_with_its_parts(dataset: str) -> None:
    ready = prepare(Experiment(dataset=dataset))
    drawn = charts.series_chart(ready, ready.feature_names[0]).to_dict()
    rows = next(iter(drawn["datasets"].values()))
    assert {"train", "test"} <= {row["part"] for row in rows}
    assert len(rows) <= charts.MAX_POINTS


def test_a_column_with_dots_and_brackets_keeps_its_name() -> None:
    assert charts._escaped("a.b[c]:d") == "a\\.b\\[c\\]\\:d"


def test_the_stored_run_is_that_of_the_first_lesson_and_can_be_drawn() -> None:
    (exp, run), *others = stored_runs().items()
    assert others == []
    assert run.experiment == exp
    ready = prepare(exp)
    frame = charts.forecast_frame(run, "test", None)
    assert set(frame["curve"]) == {"truth", "forecast"}
    truth = frame[frame["curve"] == "truth"]["value"].to_numpy()
    assert truth == pytest.approx(ready.truth("test")[:, 0])
    table = charts.errors_table(run).set_index("forecast")
    errors = run.predictions["test"] - run.truth["test"]
    assert table.loc["this network", "rmse test"] == pytest.approx(np.sqrt((errors**2).mean()), abs=1e-3)


def test_typed_shapes_become_a_program() -> None:
    text = program_of("(200, 12, 3)", "200, 1", "Bidirectional(LSTM(8)); Dense(1)", "mse")
    assert "keras.Input((12, 3))" in text
    assert "keras.layers.Bidirectional(keras.layers.LSTM(8))," in text
    assert "y = rng.normal(size=(200, 1))" in text


def test_a_run_of_two_targets_has_its_errors_target_by_target() -> None:
    columns = ("temp_max", "temp_min")
    exp = Experiment(dataset="seattle_weather", features=columns, targets=columns, timesteps=5)
    baselines = score_baselines(prepare(exp))
    run = cast(Run, SimpleNamespace(experiment=exp, metrics=baselines["persistence"], baselines=baselines))
    table = charts.errors_table(run).set_index("forecast")
    assert [name for name in table if name.endswith("test")] == ["rmse temp_max test", "rmse temp_min test"]
    assert (table.loc["this network"] == table.loc["persistence"]).all()
