"""Each fold is an experiment of its own: all rows before its border train, the rows behind it test."""

from __future__ import annotations

from lstm_course.data import prepare
from lstm_course.experiment import EarlyStopping, Experiment
from lstm_course.view.views import folds


def test_a_fold_trains_on_all_rows_before_its_test_rows() -> None:
    exp = folds._fold_of(Experiment(timesteps=3, early_stopping=EarlyStopping()), 60, 20)
    parts = prepare(exp).parts
    assert parts is not None
    assert (parts.train.start, parts.train.stop) == (0, 60)
    assert (parts.test.start, parts.test.stop) == (60, 80)
    assert parts.validation.num_rows == 0
    assert exp.early_stopping is None  # there are no validation rows to watch
