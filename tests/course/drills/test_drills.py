from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from lstm_course.course.drills import (
    KINDS,
    DrillResult,
    level_of,
    make_drill,
    misconceptions_in,
    next_drill,
    results_of,
)
from lstm_course.course.judging import judge, right_answer
from lstm_course.shapes import predict


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", [1, 3, 5])
def test_the_right_answer_is_right_and_the_drill_comes_again(kind, level):
    for seed in range(4):
        drill = make_drill(kind, level, seed)
        right = right_answer(drill.question, drill.prediction)
        judgement = judge(drill.question, drill.prediction, right)
        assert judgement.is_right
        assert "{" not in judgement.text
        assert make_drill(kind, level, seed).exp == drill.exp


def test_a_change_that_is_right_repairs_and_the_others_do_not():
    from random import Random

    from lstm_course.course.drills.changes import changes_of

    drill = make_drill("change", 3, 11)
    problem, right, options = changes_of(drill.prediction, Random(1))
    assert problem
    assert [option.key for option in options].count(right) == 1
    assert all(option.why.startswith("Then this is left") for option in options if option.key != right)


def answered(*right, kind="windows", level=1):
    return [DrillResult(kind, level, seed, each) for seed, each in enumerate(right)]


@pytest.mark.parametrize(
    ("right", "level"),
    [
        ((), 1),
        ((1, 1, 1), 1),
        ((1, 1, 1, 1), 2),
        ((1,) * 8, 3),
        ((1,) * 4 + (0,) * 3, 1),
        ((1, 1, 0, 1, 1), 1),
        ((1,) * 99, 5),
    ],
)
def test_levels(right, level):
    assert level_of(answered(*map(bool, right))) == level


def play(num_drills, is_right, seed=1):
    history = []
    for number in range(num_drills):
        drill = next_drill(history, seed)
        history.append(DrillResult(drill.kind, drill.level, drill.seed, is_right(number, drill)))
    return history


def test_the_same_history_gives_the_same_drill():
    history = play(10, lambda number, drill: True)
    assert (
        next_drill(history, 1) == next_drill(history, 1)
        or next_drill(history, 1).exp == next_drill(history, 1).exp
    )
    assert next_drill(history, 1).seed != next_drill(history, 2).seed


def test_kinds_change_and_nothing_repeats():
    history = play(40, lambda number, drill: True)
    kinds = [result.kind for result in history]
    assert all(one != other for one, other in pairwise(kinds))
    assert len({(result.kind, result.level, result.seed) for result in history}) == 40
    assert set(Counter(kinds)) == set(KINDS)
    assert history[-1].level == 5


def test_what_was_missed_comes_back_twice():
    missed = DrillResult("parameters", 1, 5, False, "bias-forgotten")
    history = [missed, *answered(True, True, True, kind="windows")]
    drill = next_drill(history, 1)
    assert (drill.kind, drill.level) == ("parameters", 1)
    assert "bias-forgotten" in misconceptions_in(drill)
    assert drill.seed != 5
    history.append(DrillResult("parameters", 1, drill.seed, True))
    history += answered(*[True] * 8, kind="steps")
    assert next_drill(history, 1).kind == "parameters"


def test_results_are_read_from_progress():
    row = {"kind": "windows", "level": 2, "seed": 3, "is_right": 0, "misconception": "fence-posts", "at": ""}
    assert results_of([row, {**row, "kind": "no longer there"}]) == (
        DrillResult("windows", 2, 3, False, "fence-posts"),
    )


def test_a_drill_is_about_its_experiment():
    drill = make_drill("windows", 2, 4)
    assert drill.prediction == predict(drill.exp)
