"""An exported script, run on its own, does what our training does."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.export import export_script
from lstm_course.keras_bridge.train import train
from lstm_course.layers import GRU, LSTM, Bidirectional, Masking
from lstm_course.resources import content_dir

pytestmark = [pytest.mark.keras, pytest.mark.slow]

# the package must not be found, wherever it is installed
ALONE = "import sys, runpy; sys.modules['lstm_course'] = None; path = sys.argv.pop(1); runpy.run_path(path)"

CASES = {
    "airline": {"timesteps": 12, "layers": (LSTM(8),), "metrics": ("mae",)},
    "two targets with gaps": {
        "dataset": "nyc_weather", "features": ("temp", "wind_speed"), "targets": ("temp", "wind_speed"),
        "absent": "insert", "missing": "interpolate", "limits": (("wind_speed", 0.0, 200.0),), "horizon": 2,
        "split": Split(900, 300, 300), "group": "EWR", "scaling": "minmax",
        "layers": (LSTM(4, return_sequences=True, return_state=True), LSTM(4, initial_state=0)),
    },
    "classes of sequences": {
        "dataset": "japanese_vowels", "labels": "one-hot", "timesteps": 20, "padding": "post",
        "layers": (Masking(), Bidirectional(GRU(4))), "metrics": ("accuracy",), "class_weight": "balanced",
    },
    "stateful": {
        "timesteps": 12, "layers": (LSTM(4, stateful=True),), "batch_size": 7, "split": Split(61, 26, None),
        "lags": "features", "flat_labels": True, "early_stopping": EarlyStopping(1), "optimizer": "rmsprop",
        "learning_rate": 0.01,
    },
    "every timestep, windows with gaps": {
        "dataset": "co2", "labels": "sequence", "horizon": 3, "split": Split(500, 100, 100),
        "layers": (GRU(4, return_sequences=True),), "border": "reach-back", "stride": 2,
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_a_script_run_alone_gives_the_same_shapes_and_losses(changes, tmp_path):
    exp = Experiment(**{"epochs": 3, "timesteps": 6, **changes})
    printed = run_alone(export_script(exp), exp.dataset, tmp_path)
    by_fit, compiled = train(exp, engine="model.fit"), train(exp, engine="compiled")
    losses = {
        name: float(value) for name, value in re.findall(r"^(\w+) after \d+ epochs: (\S+)$", printed, re.M)
    }
    assert set(losses) == set(by_fit.history)
    for name, value in losses.items():
        assert by_fit.history[name][-1] == pytest.approx(value, rel=1e-6)
        assert compiled.history[name][-1] == pytest.approx(value, rel=1e-4)
    samples = len(by_fit.truth["train"])
    assert re.search(
        rf"^train \({samples}, {exp.timesteps if exp.lags == 'timesteps' else 1}, ", printed, re.M
    )
    _assert_same_errors(by_fit, printed)


def _assert_same_errors(run, printed):
    test = dict(run.metrics["test"])
    found = re.search(r"^test .*network: (?:RMSE|accuracy) ([\d.]+)", printed, re.M)
    own = next(value for name, value in test.items() if name.startswith(("rmse", "accuracy")))
    assert float(found[1]) == pytest.approx(own, abs=1e-3)
    naive = re.search(r"^test .*persistence: RMSE ([\d.]+)", printed, re.M)
    if naive and "rmse" in test:
        assert float(naive[1]) == pytest.approx(run.baselines["persistence"]["test"]["rmse"], abs=1e-3)


def run_alone(text, dataset, folder):
    script = folder / "script.py"
    script.write_text(text, encoding="utf-8")
    data = content_dir("datasets") / dataset / "data.csv"
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE, str(script), str(data)],
        cwd=folder, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
