"""The table of the published models keeps its width, however many seeds are trained."""

from __future__ import annotations

from lstm_course.published import AIRLINE
from lstm_course.view.views.trainings import _airline_rows


def test_nine_seeds_take_no_more_columns_than_two() -> None:
    title = next(iter(AIRLINE.values())).title
    rows = _airline_rows("test", {(title, seed): 40.0 + seed for seed in range(9)}, seed=3)
    assert list(rows[0])[3:] == ["seed 3", "lowest here", "highest here"]
    assert list(rows[0].values())[3:] == [43.0, 40.0, 48.0]
    assert list(rows[1].values())[3:] == [None, None, None]
