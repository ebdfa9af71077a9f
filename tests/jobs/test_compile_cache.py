from __future__ import annotations

import os

import pytest
from conftest import WAIT

from lstm_course.experiment import Experiment, Split
from lstm_course.jobs import LocalBackend, Runner, server
from lstm_course.jobs.compile_cache import FLAGS, cache_environment, prune
from lstm_course.layers import LSTM


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_COURSE_HOME", str(tmp_path))
    monkeypatch.delenv(FLAGS, raising=False)
    return tmp_path


def test_the_folder_lies_with_the_learners_data_and_other_flags_are_kept(home, monkeypatch):
    monkeypatch.setenv(FLAGS, "--tf_xla_auto_jit=0")
    flags = cache_environment()[FLAGS].split()
    (folder,) = (home / "compiled").iterdir()
    assert flags[0] == f"--tf_xla_persistent_cache_directory={folder}"
    assert flags[-1] == "--tf_xla_auto_jit=0"


@pytest.mark.parametrize("taken", ["compiled", "."])
def test_where_nothing_can_be_kept_nothing_is_asked_for(home, monkeypatch, taken):
    (home / "file").touch()
    monkeypatch.setenv("LSTM_COURSE_HOME", str(home / "file" / taken))
    assert cache_environment() == {}


def test_the_oldest_files_go_first(tmp_path):
    for age in range(4):
        path = tmp_path / str(age)
        path.write_bytes(bytes(1 << 19))
        os.utime(path, (1000 - age, 1000 - age))
    prune(tmp_path, max_mb=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1"]


@pytest.mark.slow
@pytest.mark.skipif(not server.HAS_SERVER, reason="jobs that are spawned keep nothing")
def test_a_damaged_file_costs_time_alone(home):
    exp = Experiment(
        timesteps=1,
        layers=(LSTM(4),),
        batch_size=1,
        epochs=100,
        split=Split(train=95, validation=0, test=47, gap=1),
    )
    server.stop()  # one that another test has started keeps elsewhere
    runner = Runner(LocalBackend())
    try:
        first = runner.submit("lstm_course.keras_bridge.tasks:train", (exp,)).result(WAIT)
        (folder,) = (home / "compiled").iterdir()
        kept = list(folder.iterdir())
        assert kept
        for path in kept:
            path.write_bytes(b"damaged" + path.read_bytes()[:1000])
        again = runner.submit("lstm_course.keras_bridge.tasks:train", (exp,)).result(WAIT)
    finally:
        runner.shutdown()
    assert again.engine == first.engine == "compiled"
    assert again.history["loss"] == pytest.approx(first.history["loss"], rel=1e-4)
