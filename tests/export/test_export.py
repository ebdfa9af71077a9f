from __future__ import annotations

import ast
import json

import nbformat
import pandas as pd
import pytest

from lstm_course.data import Series, load_csv, prepare
from lstm_course.experiment import EarlyStopping, Experiment
from lstm_course.export import code_up_to, export_notebook, export_script, rows_as_csv
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, Masking, TimeDistributed
from lstm_course.problems import ProblemError


def test_the_script_names_its_data_its_numbers_and_its_shapes():
    text = export_script(Experiment(dataset="air_passengers", timesteps=12, layers=(LSTM(32),)))
    assert "Licence: BSD-3-Clause" in text
    assert "TRAIN = slice(0, 101)  # 101 rows" in text
    assert "X_train = windows(starts_train)  # (89, 12, 1)" in text
    assert "    LSTM(32),  # (None, 32)" in text
    assert "lstm_course" not in text


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"layers": (LSTM(2, return_sequences=True, return_state=True), LSTM(2, initial_state=0))},
        {
            "dataset": "japanese_vowels",
            "labels": "class",
            "layers": (Masking(), Bidirectional(GRU(2))),
            "class_weight": ((0, 2.0),),
        },
        {
            "dataset": "nyc_weather",
            "absent": "insert",
            "missing": "interpolate",
            "limits": (("temp", -50.0, 120.0),),
        },
        {"layers": (LSTM(2, stateful=True),), "batch_size": 1, "early_stopping": EarlyStopping()},
        {"labels": "sequence", "layers": (LSTM(2, return_sequences=True), TimeDistributed(Dense(1)))},
        {"scaling": "none", "border": "reach-back", "lags": "features", "flat_labels": True},
    ],
)
def test_every_script_and_notebook_is_python(changes):
    exp = Experiment(**{"timesteps": 10, **changes})
    ast.parse(export_script(exp))
    notebook = nbformat.reads(export_notebook(exp), as_version=4)
    ast.parse("\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code"))
    assert "sys.argv" not in export_notebook(exp)


def test_a_notebook_is_the_same_text_each_time():
    assert export_notebook(Experiment()) == export_notebook(Experiment())
    assert json.loads(export_notebook(Experiment()))["cells"][0]["source"][0].startswith(
        "# Forecast passengers"
    )


def test_the_code_so_far_ends_at_its_stage():
    exp = Experiment()
    windows = code_up_to(exp, "windowing")
    assert "X_train" in windows
    assert "y_train" not in windows
    assert "import keras" not in windows
    assert "model.fit" not in code_up_to(exp, "recurrent-layer-1")
    assert code_up_to(exp, "prediction") == export_script(exp)
    for stage in ("raw-data", "scaling", "windowing", "labels", "head", "loss"):
        ast.parse(code_up_to(exp, stage))
    with pytest.raises(ProblemError, match="No part of the program belongs to the stage 'roof'"):
        code_up_to(exp, "roof")


def test_own_data_are_named_by_their_columns():
    times = pd.date_range("2024-01-01", periods=80, name="day")
    series = Series("sales", pd.DataFrame({"sold": range(80)}, index=times, dtype=float), "D")
    text = export_script(Experiment(targets=("sold",)), series)
    assert "'sales.csv'" in text
    assert "pd.to_datetime(rows.pop('day'))" in text


def test_an_impossible_experiment_has_no_script():
    with pytest.raises(ProblemError, match="return_sequences"):
        export_script(Experiment(layers=(LSTM(2), LSTM(2))))


def test_own_rows_are_saved_as_the_program_reads_them(tmp_path, monkeypatch):
    lines = "\n".join(f"{day:02d}.01.2020;{day},5;{day * day}" for day in range(1, 31))
    series = load_csv(f"Tag;Wert;Anderes\n{lines}\n".encode(), name="german.csv")
    exp = Experiment(dataset="german.csv", timesteps=3, features=("Wert", "Anderes"), targets=("Wert",))
    (tmp_path / "german.csv").write_text(rows_as_csv(series))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["german.py"])
    names: dict = {}
    exec(compile(code_up_to(exp, "windowing", series), "german.py", "exec"), names)
    assert names["X_train"].shape == prepare(exp, series).X["train"].shape
    assert names["rows"]["Wert"].iloc[-1] == 30.5
