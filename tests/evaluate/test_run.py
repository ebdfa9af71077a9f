from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lstm_course.data import prepare
from lstm_course.evaluate import Run, make_run
from lstm_course.evaluate import run as run_module
from lstm_course.experiment import Experiment, Split
from lstm_course.layers import GRU, LSTM
from lstm_course.problems import ProblemError


def finished(exp: Experiment, outputs=None, **more) -> Run:
    ready = prepare(exp)
    return make_run(
        ready,
        outputs if outputs is not None else {part: np.asarray(ready.y[part]) for part in ready.y},
        history={"loss": [0.5, 0.25], "val_loss": [0.6, np.nan]},
        weights=[np.ones((1, 16), dtype=np.float32), np.zeros(3)],
        weight_names=["lstm/kernel", "dense/bias"],
        seconds=1.5,
        engine="compiled",
        **more,
    )


def test_a_perfect_forecast_scores_perfectly_in_original_units():
    run = finished(Experiment())
    assert run.metrics["test"]["rmse"] == pytest.approx(0, abs=1e-3)
    assert run.truth["test"][-1, 0] == 432.0
    assert run.rows["test"][-1, 0] == 143
    assert str(run.times["test"][-1])[:7] == "1960-12"
    assert run.num_epochs == 2
    assert run.baselines["persistence"]["test"]["rmse"] > 10


@pytest.mark.parametrize(
    "exp",
    [
        Experiment(layers=(LSTM(8, return_sequences=True), GRU(4)), split=Split(0.6, 0.2)),
        Experiment(dataset="electricity", targets=("demand_gw", "temperature_c"), horizon=2),
        Experiment(dataset="seattle_weather", labels="one-hot"),
        Experiment(dataset="japanese_vowels", labels="class", timesteps=29),
    ],
)
def test_saved_and_pickled_runs_come_back_whole(exp, tmp_path: Path):
    ready = prepare(exp)
    classes = max(len(ready.class_names), 1)
    outputs = {
        part: np.eye(classes)[ready.truth(part)] if ready.class_names else ready.y[part] for part in ready.y
    }
    run = finished(exp, outputs, engine_reason="why", stopped_epoch=2, notes=["said"])
    for copy in (Run.load(run.save(tmp_path / "run.npz")), pickle.loads(pickle.dumps(run))):
        assert copy.experiment == exp
        assert copy.metrics == run.metrics
        assert copy.baselines == run.baselines
        assert repr(copy.history) == repr(run.history)
        assert (copy.weight_names, copy.notes, copy.stopped_epoch) == (run.weight_names, run.notes, 2)
        for part in run.truth:
            np.testing.assert_array_equal(copy.predictions[part], run.predictions[part])
            np.testing.assert_array_equal(copy.rows[part], run.rows[part])
        assert [weight.dtype for weight in copy.weights] == [np.float32, np.float64]
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]


def test_classes_come_back_from_probabilities():
    exp = Experiment(dataset="seattle_weather", labels="class")
    ready = prepare(exp)
    run = finished(exp, {"test": np.eye(5)[ready.truth("test")]})
    assert run.metrics == {"test": {"accuracy": 1.0, "num_scored": 207.0}}


def test_an_output_that_does_not_fit_its_labels_is_kept_without_an_error_figure():
    run = finished(Experiment(), {"test": np.zeros((10, 12, 1))})
    assert run.metrics["test"] == {}
    assert run.predictions["test"].shape == (10, 12, 1)
    assert "no error can be given" in run.notes[-1]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_what_is_no_run_is_answered(content, tmp_path: Path):
    path = tmp_path / "run.npz"
    path.write_bytes(content)
    with pytest.raises(ProblemError, match="holds no run that can be read"):
        Run.load(path)


def test_a_run_with_pickled_objects_is_refused(tmp_path: Path):
    path = tmp_path / "run.npz"
    np.savez(path, run=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ProblemError, match="holds no run"):
        Run.load(path)


def test_a_cut_file_and_one_too_large_are_refused(tmp_path: Path, monkeypatch):
    path = finished(Experiment()).save(tmp_path / "run.npz")
    monkeypatch.setattr(run_module, "MAX_BYTES", 100)
    with pytest.raises(ProblemError, match="would unpack to"):
        Run.load(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(ProblemError, match="holds no run"):
        Run.load(path)


def test_another_version_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(run_module, "_FORMAT", 99)
    path = finished(Experiment()).save(tmp_path / "run.npz")
    monkeypatch.undo()
    assert zipfile.is_zipfile(path)
    with pytest.raises(ProblemError, match="another version"):
        Run.load(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    with pytest.raises(ProblemError, match="cannot be written"):
        finished(Experiment()).save(tmp_path / "none" / "run.npz")
