from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import prepare
from lstm_course.drawing.inside import origin_of
from lstm_course.experiment import Experiment


@pytest.mark.parametrize("lags", ["timesteps", "features"])
def test_every_entry_of_a_window_is_traced_to_its_row(lags: str) -> None:
    prepared = prepare(
        Experiment(
            dataset="seattle_weather",
            features=("temp_max", "wind"),
            targets=("wind",),
            timesteps=5,
            lags=lags,
        )
    )
    origin = origin_of(prepared, 7)
    window = prepared.X["train"][7]
    np.testing.assert_allclose((origin.originals - origin.offset) / origin.scale, window, atol=1e-5)
    assert origin.names[:2] == ("temp_max", "wind")
    assert origin.rows.ravel().tolist() == np.repeat(np.arange(7, 12), 2).tolist()
    assert str(origin.times.ravel()[0]) == "2012-01-08"


def test_padding_belongs_to_no_row() -> None:
    prepared = prepare(Experiment(dataset="japanese_vowels", labels="class", timesteps=29))
    origin = origin_of(prepared, 0)
    length = len(prepared.source.sequences[int(prepared.rows["train"][0])])
    assert origin.rows[:, 0].tolist() == [-1] * (29 - length) + list(range(length))
    known = origin.rows[:, 0] >= 0
    scaled = (origin.originals - origin.offset) / origin.scale
    np.testing.assert_allclose(scaled[known], prepared.X["train"][0][known], atol=1e-4)


def test_a_sample_that_is_not_there_is_refused() -> None:
    prepared = prepare(Experiment(timesteps=12))
    with pytest.raises(ValueError, match="Got sample 900 of train, expected 0 to 88"):
        origin_of(prepared, 900)
