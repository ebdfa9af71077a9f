"""The command line: what it prints, what it refuses, and that a problem is a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lstm_course.cli.main import commands, main
from lstm_course.cli.options import read_experiment
from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.layers import LSTM, Dense
from lstm_course.problems import ProblemError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_has_help(name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 4


def test_every_field_of_the_experiment_is_an_option() -> None:
    import dataclasses

    shown = run("shapes", "--help").output
    missing = [
        field.name
        for field in dataclasses.fields(Experiment)
        if f"--{field.name.replace('_', '-')}" not in shown
    ]
    assert missing == []


def test_datasets_are_listed_and_shown() -> None:
    assert len(json.loads(run("datasets", "--json").output)) == 9
    shown = run("datasets", "nyc_weather").output
    assert "licence: CC0" in shown
    assert "1,048" in shown


def test_shapes_are_printed_from_the_top_down() -> None:
    lines = run("shapes", "--timesteps", "24", "--border", "reach-back").output.splitlines()
    assert lines[0].startswith("Loss")
    assert any("101 − 24 − 1 + 1 = 77" in line for line in lines)
    assert lines[-1] == "↑ read from the bottom"


def test_shapes_as_json_can_be_read_back() -> None:
    found = json.loads(run("shapes", "--horizon", "3", "--layers", "LSTM(8)", "--json").output)
    assert found["experiment"] == {"horizon": 3, "layers": "LSTM(8)"}
    by_id = {stage["id"]: stage for stage in found["stages"]}
    assert by_id["head"]["shape"] == [32, 3]
    assert by_id["recurrent-layer-1"]["parameters"] == 4 * (8 * (1 + 8) + 8)


def test_shapes_of_an_impossible_network_end_with_code_1() -> None:
    shown = run("shapes", "--layers", "LSTM(8); LSTM(4)")
    assert shown.exit_code == 1
    assert "hands on one vector" in shown.output


def test_options_become_fields() -> None:
    exp, source = read_experiment(
        "airline-4",
        {
            "layers": "LSTM(4); Dense(1)", "split": "0.6,0.2", "features": "a, b", "limits": "wind:0:200",
            "early_stopping": "5", "learning_rate": "0.01", "shuffle": False, "horizon": None,
            "class_weight": "0:1,3:2.5",
        },
    )  # fmt: skip
    assert source is None
    assert exp.layers == (LSTM(4), Dense(1))
    assert exp.split == Split(0.6, 0.2)
    assert (exp.features, exp.limits, exp.shuffle) == (("a", "b"), (("wind", 0.0, 200.0),), False)
    assert exp.early_stopping == EarlyStopping(5)
    assert exp.class_weight == ((0, 1.0), (3, 2.5))
    assert (exp.learning_rate, exp.horizon, exp.scaler_fit) == (0.01, 1, "all")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"timesteps": "many"}, "--timesteps 'many': expected a number"),
        ({"split": "0.5"}, "expected TRAIN,VALIDATION"),
        ({"class_weight": "rare"}, "expected balanced, or CLASS:WEIGHT"),
        ({"limits": "wind:0"}, "expected COLUMN:LOW:HIGH"),
        ({"layers": "LSTM("}, "no list of layers"),
        ({"dataset": "nothere.csv"}, "nothere.csv"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_sentence(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ProblemError, match=sentence.replace("(", r"\(")):
        read_experiment(None, given)


def test_a_start_that_is_nothing_is_a_sentence() -> None:
    with pytest.raises(ProblemError, match="neither one of airline-1"):
        read_experiment("nowhere", {})


def test_a_csv_file_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "day,x\n" + "\n".join(f"2020-01-{day:02},{day}" for day in range(1, 31)), encoding="utf-8"
    )
    shown = run("shapes", "--dataset", str(path), "--timesteps", "3", "--border", "reach-back")
    assert shown.exit_code == 0, shown.output
    assert "(18, 3, 1)" in shown.output


def test_a_diagram_is_written(tmp_path: Path) -> None:
    for name, start in (("a.svg", b"<svg"), ("a.png", b"\x89PNG"), ("a.html", b"<!doctype html>")):
        shown = run("diagram", "--timesteps", "6", "--out", str(tmp_path / name))
        assert shown.exit_code == 0, shown.output
        assert (tmp_path / name).read_bytes().lower().startswith(start.lower())
    assert "(89, 12, 1)" in run("diagram", "--outline").output


def test_a_problem_is_a_sentence_on_the_error_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["lstm-course", "datasets", "co3"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "did you mean 'co2'?" in capsys.readouterr().err


def test_check_writes_exercises_and_judges_them(tmp_path: Path) -> None:
    shown = run("check", "windows", "--folder", str(tmp_path), "--json")
    results = json.loads(shown.output)
    assert shown.exit_code == 0
    assert {result["verdict"] for result in results} == {"not attempted"}
    assert all(Path(result["path"]).is_file() for result in results)


@pytest.mark.parametrize("which", [("windows/walls",), ("windows", "walls")])
def test_an_exercise_is_named_with_a_slash_or_a_blank(which: tuple[str, ...]) -> None:
    assert isinstance(told := run("check", *which).exception, ProblemError)
    assert "has no exercise 'walls'" in str(told)


def test_a_new_lesson_says_what_to_fill_in(tmp_path: Path) -> None:
    shown = run("new-lesson", str(tmp_path), "my-lesson", "My lesson")
    assert shown.exit_code == 0, shown.output
    assert "FILL IN" in next(tmp_path.glob("*_my_lesson/lesson.md")).read_text(encoding="utf-8")


def test_run_opens_the_course_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command: asked.append(command) or 0)
    assert run("run", "--headless", "--port", "8599").exit_code == 0
    assert {"--server.address=localhost", "--browser.gatherUsageStats=false", "--server.port=8599"} <= set(
        asked[0]
    )
    assert run("run", "--address", "0.0.0.0").output.startswith(
        "Listening on 0.0.0.0: others may open this course"
    )


@pytest.mark.slow
def test_what_keras_is_asked_for_comes_without_messages_of_tensorflow() -> None:
    command = [
        sys.executable,
        "-m",
        "lstm_course",
        "shapes",
        "--timesteps",
        "4",
        "--layers",
        "LSTM(2)",
        "--keras",
    ]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.count("Keras agrees") > 5
