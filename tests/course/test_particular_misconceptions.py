"""Wrong answers to the questions that only one lesson asks, each with the belief behind it; worked out by hand.

windows: 101, 21 and 22 rows, 12 timesteps. inside-a-cell: LSTM(4) on 12 timesteps of one feature. the-layer: LSTM(8)
on 24 of them, batches of 32. build-and-train: 89 samples in batches of 16, 60 epochs. is-it-any-good: 8,195 rows.
unequal-lengths: 29 timesteps for 7 frames. wrappers-and-seq2seq: 32 units, 48 timesteps, 48 ahead.
"""

from __future__ import annotations

import pytest

from lstm_course.authoring import GRU, LSTM
from lstm_course.course.judging import judge
from lstm_course.course.loading import find_lesson
from lstm_course.course.misconceptions.forecasts import FORECAST_MISCONCEPTIONS
from lstm_course.course.misconceptions.inside import INSIDE_MISCONCEPTIONS
from lstm_course.course.misconceptions.networks import NETWORK_MISCONCEPTIONS
from lstm_course.course.misconceptions.padding import PADDING_MISCONCEPTIONS
from lstm_course.course.misconceptions.parts import PART_MISCONCEPTIONS
from lstm_course.course.misconceptions.states import STATE_MISCONCEPTIONS
from lstm_course.course.misconceptions.trainings import TRAINING_MISCONCEPTIONS
from lstm_course.shapes import predict

GRU4, GRU8 = {"layers": (GRU(4),)}, {"layers": (GRU(8),)}
TWO = {"layers": (LSTM(8, return_sequences=True), LSTM(4))}
WEATHER = {"dataset": "nyc_weather", "group": "EWR", "features": ("temp", "wind_speed"), "targets": ("temp",)}

WRONG = [
    ("windows", "no-overlap", "7", "fence-posts", {}),
    ("windows", "no-overlap", "9", "one-window-too-many", {}),
    ("windows", "as-features", "(89, 12, 1)", "lags-on-the-other-axis", {}),
    ("windows", "reach-back", "10", "border-inside-assumed", {}),
    ("windows", "reach-back", "34", "rows-before-added", {}),
    ("windows", "reach-back", "89", "training-samples-for-the-part", {}),
    ("windows", "spoiled", "12", "row-only-in-windows", {}),
    ("windows", "spoiled", "1", "row-in-one-window", {}),
    ("windows", "spoiled", "3", "row-only-in-labels", {"horizon": 3}),
    ("windows", "spoiled", "13", "row-with-stride-of-one", {"stride": 2}),
    ("inside-a-cell", "products", "1", "sum-reads-only-the-input", {}),
    ("inside-a-cell", "products", "4", "sum-reads-only-the-state", {}),
    ("inside-a-cell", "products", "20", "sums-of-all-gates", {}),
    ("inside-a-cell", "products", "6", "bias-counted-as-product", {}),
    ("inside-a-cell", "products", "2", "sum-reads-its-own-unit", {}),
    ("inside-a-cell", "products", "16", "sum-reads-the-window", {}),
    ("inside-a-cell", "joined-width", "5", "columns-of-one-block", {"layers": (LSTM(5),)}),
    ("inside-a-cell", "joined-width", "4", "columns-count-blocks", {"layers": (LSTM(5),)}),
    ("inside-a-cell", "joined-width", "80", "columns-count-weights", {}),
    ("inside-a-cell", "joined-width", "16", "lstm-columns", GRU4),
    ("inside-a-cell", "joined-width", "12", "columns-of-a-gru", {}),
    ("inside-a-cell", "joined-width", "24", "columns-count-timesteps", {"timesteps": 24}),
    ("inside-a-cell", "half-life", "500", "halving-takes-away-the-same", {}),
    ("inside-a-cell", "half-life", "2", "two-halves-are-all", {}),
    ("inside-a-cell", "half-life", "9", "halving-one-too-few", {}),
    ("inside-a-cell", "half-life", "11", "halving-one-too-many", {}),
    ("inside-a-cell", "half-life", "1000", "halving-a-thousand", {}),
    ("inside-a-cell", "simple-count", "96", "lstm-count", {}),
    ("inside-a-cell", "simple-count", "20", "bias-forgotten", {}),
    ("the-layer", "applied", "8", "a-cell-for-each-unit", {}),
    ("the-layer", "applied", "192", "units-times-timesteps", {}),
    ("the-layer", "applied", "1", "window-in-one-step", {}),
    ("the-layer", "applied", "32", "step-for-each-batch-member", {}),
    ("the-layer", "applied", "23", "steps-between-timesteps", {}),
    ("the-layer", "numbers-h", "8", "only-the-last-h", {}),
    ("the-layer", "numbers-h", "24", "one-number-each-timestep", {}),
    ("the-layer", "numbers-h", "32", "units-plus-timesteps", {}),
    ("the-layer", "numbers-h", "768", "gates-counted-in-h", {}),
    ("the-layer", "numbers-h", "384", "c-counted-in-h", {}),
    ("the-layer", "numbers-h", "48", "features-counted-in-h", WEATHER),
    ("the-layer", "with-sequences", "(32, 8)", "return-sequences-overlooked", {}),
    ("the-layer", "second-count", "96", "upper-layer-reads-the-table", {}),
    ("the-layer", "second-count", "320", "upper-layer-like-the-lower", {}),
    ("the-layer", "second-count", "192", "bias-forgotten", {}),
    ("the-layer", "tensors", "2", "output-not-counted", {}),
    ("the-layer", "tensors", "1", "states-in-one-tensor", {}),
    ("the-layer", "tensors", "3", "lstm-states-of-another-cell", GRU8),
    ("the-layer", "state-shape", "(8,)", "batch-axis-forgotten", {}),
    ("the-layer", "state-shape", "(32, 24, 8)", "state-at-every-timestep", {}),
    ("the-layer", "state-shape", "(32, 1, 8)", "state-is-one-step", {}),
    ("the-layer", "state-shape", "(32, 16)", "both-states-in-one", {}),
    ("the-layer", "state-shape", "(32, 24, 1)", "state-like-the-input", {}),
    ("the-layer", "state-shape", "(32,)", "state-one-number", {}),
    ("the-layer", "state-shape", "(32, 1)", "features-for-units", {}),
    ("the-layer", "state-shape", "(32, 24)", "timesteps-for-units", {}),
    ("the-layer", "state-shape", "(8, 32)", "axes-reversed", {}),
    ("build-and-train", "total-steps", "6", "steps-of-one-epoch", {}),
    ("build-and-train", "total-steps", "5340", "a-step-for-each-sample", {}),
    ("build-and-train", "total-steps", "300", "smaller-batch-left-out", {}),
    ("build-and-train", "total-steps", "334", "rounded-up-at-the-end", {}),
    ("build-and-train", "total-steps", "60", "epochs-for-all-steps", {}),
    ("build-and-train", "validation-samples", "21", "border-ignored", {}),
    ("build-and-train", "validation-samples", "21", "part-rows-for-samples", {"horizon": 2}),
    ("build-and-train", "validation-samples", "10", "label-of-the-part-forgotten", {}),
    ("build-and-train", "validation-samples", "8", "first-window-of-the-part-forgotten", {}),
    ("build-and-train", "stops-after", "23", "ends-at-the-best-epoch", {}),
    ("build-and-train", "stops-after", "10", "patience-from-the-start", {}),
    ("build-and-train", "stops-after", "34", "one-epoch-past-patience", {}),
    ("build-and-train", "stops-after", "32", "best-epoch-counts-as-waiting", {}),
    ("gru", "budget-units", "16", "equal-units-equal-budget", {}),
    ("gru", "budget-units", "21", "budget-in-proportion", {}),
    ("gru", "budget-units", "19", "budget-passed", {}),
    ("gru", "budget-units", "17", "budget-not-used-up", {}),
    ("gru", "gru-tensors", "3", "lstm-states-of-another-cell", {"layers": (LSTM(8),)}),
    ("gru", "lstm-parameters", "864", "gru-count", {}),
    ("is-it-any-good", "drift", "60", "drift-for-persistence", {}),
    ("is-it-any-good", "drift", "61", "drift-by-one-row", {}),
    ("is-it-any-good", "drift", "100", "drift-by-the-whole-rise", {}),
    ("is-it-any-good", "drift", "25", "drift-from-the-first", {}),
    ("is-it-any-good", "best-shift", "0", "copy-is-in-place", {}),
    ("is-it-any-good", "best-shift", "20", "copy-late-by-the-window", {}),
    ("is-it-any-good", "best-shift", "2", "copy-late-by-two", {}),
    ("is-it-any-good", "rows-back", "7", "one-season-back", {}),
    ("is-it-any-good", "rows-back", "10", "distance-for-season", {}),
    ("is-it-any-good", "rows-back", "17", "season-before-today", {}),
    ("is-it-any-good", "rows-back", "3", "season-until-now", {}),
    ("is-it-any-good", "first-fold", "8175", "last-fold-for-first", {}),
    ("is-it-any-good", "first-fold", "8155", "second-fold-for-first", {}),
    ("is-it-any-good", "first-fold", "2731", "folds-of-equal-size", {}),
    ("is-it-any-good", "first-fold", "8195", "all-rows-train", {}),
    ("is-it-any-good", "own-forecasts", "13", "all-calls-in-the-window", {"timesteps": 10}),
    ("unequal-lengths", "filled-up", "7", "frames-for-padding", {}),
    ("unequal-lengths", "filled-up", "29", "length-for-padding", {}),
    ("unequal-lengths", "filled-up", "36", "length-plus-frames", {}),
    ("unequal-lengths", "filled-up", "21", "padding-one-off", {}),
    ("unequal-lengths", "steps-with-mask", "29", "mask-changes-nothing", {}),
    ("unequal-lengths", "steps-with-mask", "22", "mask-turned-round", {}),
    ("unequal-lengths", "steps-with-mask", "1", "state-changes-once", {}),
    ("unequal-lengths", "steps-with-mask", "8", "one-masked-step-counts", {}),
    ("wrappers-and-seq2seq", "how-many-states", "3", "handed-output-too", {}),
    ("wrappers-and-seq2seq", "how-many-states", "1", "handed-h-alone", {}),
    ("wrappers-and-seq2seq", "how-many-states", "32", "handed-one-per-unit", {}),
    ("wrappers-and-seq2seq", "how-wide", "48", "targets-forgotten", {}),
    ("wrappers-and-seq2seq", "how-wide", "2", "steps-forgotten", {}),
    ("wrappers-and-seq2seq", "how-wide", "50", "steps-plus-targets", {}),
    ("wrappers-and-seq2seq", "how-wide", "40", "window-for-horizon", {"timesteps": 20}),
    ("wrappers-and-seq2seq", "recall-both", "32", "width-of-one-direction", {}),
    ("wrappers-and-seq2seq", "recall-both", "3072", "width-with-timesteps", {}),
    ("wrappers-and-seq2seq", "recall-both", "128", "width-of-both-states", {}),
    ("every-parameter", "change-the-count", "1", "only-units-count", {}),
    ("every-parameter", "change-the-count", "2", "reset-after-overlooked", GRU8),
    ("every-parameter", "change-the-count", "3", "one-argument-too-many", {}),
    ("every-parameter", "other-sequences", "(16, 16)", "return-sequences-overlooked", {}),
    ("your-own-data", "all-parameters", "1280", "head-left-out", {}),
    ("your-own-data", "all-parameters", "17", "head-alone", {}),
    ("your-own-data", "all-parameters", "1296", "bias-of-the-head-left-out", {}),
    ("your-own-data", "all-parameters", "1308673", "parameters-for-each-sample", {}),
]
NEW = (
    *INSIDE_MISCONCEPTIONS, *NETWORK_MISCONCEPTIONS, *PADDING_MISCONCEPTIONS, *PART_MISCONCEPTIONS,
    *STATE_MISCONCEPTIONS, *TRAINING_MISCONCEPTIONS,
)  # fmt: skip


@pytest.mark.parametrize(("slug", "question_id", "answer", "misconception", "changes"), WRONG)
def test_a_wrong_answer_finds_its_reason(slug, question_id, answer, misconception, changes):
    lesson = find_lesson(slug)
    asked = [*(each for step in lesson.steps for each in step.questions), *lesson.recall_questions]
    question = next(each for each in asked if each.id == question_id)
    found = judge(question, predict(lesson.start.change(**changes)), answer)
    assert (found.verdict, found.misconception) == ("wrong", misconception)
    assert "{" not in found.text


def test_every_one_of_them_is_shown_here():
    shown = {misconception for _, _, _, misconception, _ in WRONG}
    assert {each.id for each in NEW} <= shown
    elsewhere = {"intercept-forgotten", "one-label-only", "network-for-linear", "forecast-of-this-call"}
    elsewhere |= {
        "one-own-forecast",
        "last-window-with-label",
        "end-not-counted-from-zero",
        "last-row-for-window",
    }
    assert {each.id for each in FORECAST_MISCONCEPTIONS} <= shown | elsewhere


def test_a_supposed_layer_is_answered_in_its_own_numbers():
    lesson = find_lesson("the-layer")
    question = next(each for step in lesson.steps for each in step.questions if each.id == "second-count")
    found = judge(question, predict(lesson.start), "52")  # 4 · (8 + 4 + 1): one block of LSTM(4) on 8 units
    assert found.text == "That is one gate. This cell has 4 such blocks: 4 · (4 · (8 + 4) + 4) = 208."
