from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from lstm_course.course.checklist import CheckItem, beats_baselines, best_baseline, checklist
from lstm_course.course.report import loss_picture, report_page
from lstm_course.data import prepare
from lstm_course.evaluate import Run
from lstm_course.evaluate.run import make_run
from lstm_course.experiment import Experiment
from lstm_course.shapes import predict

EXP = Experiment(timesteps=12)


def run_of(exp: Experiment, error: float) -> Run:
    """A run whose forecasts are the truth, off by a constant in scaled units."""
    ready = prepare(exp)
    outputs = {part: ready.y[part] + error for part in ("train", "validation", "test")}
    return make_run(
        ready, outputs, history={"loss": (0.5, 0.25), "val_loss": (0.75, float("nan"))},
        weights=[np.zeros(1)], weight_names=["w"], seconds=1.0, engine="compiled",
    )  # fmt: skip


def open_lines(*runs: Run, exp: Experiment = EXP) -> list[str]:
    items = checklist(predict(exp), runs[0] if runs else None, runs[1:])
    return [item.sentence for item in items if not item.holds]


def test_a_sound_experiment_lacks_only_its_training() -> None:
    assert [sentence.split()[0] for sentence in open_lines()] == ["The", "On", "It"]


def test_a_leaking_scaler_is_the_first_open_line() -> None:
    leaking = EXP.change(scaler_fit="all")
    assert open_lines(exp=leaking)[0] == "The scaler has seen the training rows only."


def test_one_good_seed_leaves_the_last_line_open() -> None:
    assert open_lines(run_of(EXP, 0.01)) == ["It does so with each of 3 seeds or more."]


def test_three_good_seeds_close_it_and_another_experiment_does_not_count() -> None:
    good = [run_of(EXP.change(seed=seed), 0.01) for seed in range(3)]
    assert open_lines(*good) == []
    other = run_of(EXP.change(timesteps=6, seed=2), 0.01)
    assert len(open_lines(*good[:2], other)) == 1


def test_one_seed_that_loses_opens_it_again() -> None:
    runs = [run_of(EXP.change(seed=seed), error) for seed, error in enumerate((0.01, 0.01, 3.0))]
    items = checklist(predict(EXP), runs[0], runs[1:])
    assert (items[-1].holds, items[-1].detail) == (False, "2 of 3 seeds")


def test_the_rival_is_the_smallest_error() -> None:
    run = run_of(EXP, 0.0)
    figures = {name: parts["test"]["rmse"] for name, parts in run.baselines.items()}
    assert best_baseline(run) == min(figures.items(), key=lambda item: item[1])
    assert beats_baselines(run)
    assert not beats_baselines(dataclasses.replace(run, baselines={}))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in ("href", "src")]


def tags_of(page: str) -> _Tags:
    found = _Tags()
    found.feed(page)
    return found


def test_the_page_holds_everything_and_loads_nothing() -> None:
    run = run_of(EXP, 0.1)
    page = report_page(
        predict(EXP),
        diagram="<svg></svg>",
        script="print('hello')",
        run=run,
        items=checklist(predict(EXP), run),
    )
    for words in (
        "this network",
        "persistence",
        "rmse test",
        "print(&#x27;hello&#x27;)",
        "LSTM(32)",
        "<svg>",
    ):
        assert words in page
    found = tags_of(page)
    assert not found.links
    assert "script" not in found.tags


def test_names_from_data_are_escaped() -> None:
    evil = "<script>alert(1)</script>"
    found = dataclasses.replace(predict(EXP), exp=EXP.change(dataset=evil))
    page = report_page(found, diagram="", script=evil, items=[CheckItem("it holds", True, evil)])
    assert "script" not in tags_of(page).tags
    assert page.count("&lt;script&gt;") >= 3


def test_without_a_training_the_report_says_so() -> None:
    assert "has not been trained" in report_page(predict(EXP), diagram="", script="")


def test_what_was_chosen_is_named_what_was_left_is_not() -> None:
    page = report_page(predict(EXP.change(stride=3)), diagram="", script="")
    assert "<td>stride</td><td>3</td>" in page
    assert "<td>padding</td>" not in page


def test_curves_run_from_the_largest_value_to_the_smallest() -> None:
    picture = loss_picture({"loss": (4.0, 2.0, 1.0)})
    heights = [float(point.split(",")[1]) for point in re.findall(r'points="([^"]+)"', picture)[0].split()]
    assert heights == pytest.approx([28.0, 28 + 174 * 2 / 3, 202.0], abs=0.1)
    assert ">4</text>" in picture
    assert ">1</text>" in picture


def test_a_loss_that_is_never_a_number_draws_nothing() -> None:
    assert loss_picture({"loss": (float("nan"),)}) == ""
