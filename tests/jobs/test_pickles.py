from __future__ import annotations

import pickle
import sys
import types

import pytest

from lstm_course.jobs import CannotTravel, JobError, JobFailure
from lstm_course.jobs.pickles import dump, load


def test_a_value_comes_back():
    assert load(dump({"a": (1, 2)}, "It"), "It") == {"a": (1, 2)}


def test_a_value_that_would_import_keras_is_refused(monkeypatch):
    module = types.ModuleType("keras.layers")
    module.LSTM = type("LSTM", (), {"__module__": "keras.layers", "__qualname__": "LSTM"})
    monkeypatch.setitem(sys.modules, "keras", types.ModuleType("keras"))
    monkeypatch.setitem(sys.modules, "keras.layers", module)
    data = pickle.dumps(module.LSTM())
    with pytest.raises(
        CannotTravel, match=r"The result holds a keras\.layers\.LSTM, .* Convert it to NumPy arrays"
    ):
        load(data, "The result")


@pytest.mark.parametrize("data", [b"", b"nonsense", b"cno_such_module\nthing\n."])
def test_what_cannot_be_read_is_said(data):
    with pytest.raises(
        CannotTravel, match=r"The result cannot be read .* Return numbers, text or NumPy arrays\."
    ):
        load(data, "The result")


def test_the_error_of_a_job_travels_itself():
    error = pickle.loads(pickle.dumps(JobError(JobFailure("error", "Said."))))
    assert (str(error), error.failure.kind) == ("Said.", "error")
