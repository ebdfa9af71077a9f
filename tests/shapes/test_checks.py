from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lstm_course.shapes
from lstm_course.data import Facts
from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Flatten,
    Masking,
    RepeatVector,
    Reshape,
    TimeDistributed,
)
from lstm_course.shapes import Finding, check
from lstm_course.shapes.findings import most_severe_first
from lstm_course.shapes.output_checks import MISMATCHES

Make = Callable[..., Facts]
LESSONS = (
    "the-whole-diagram", "load-a-series", "windows", "labels", "inside-a-cell", "the-layer", "batches-and-state",
    "build-and-train", "gru", "is-it-any-good", "unequal-lengths", "wrappers-and-seq2seq", "every-parameter",
    "your-own-data",
)  # fmt: skip
SEQUENCES = LSTM(4, return_sequences=True)
STATEFUL = (LSTM(4, stateful=True),)
CLASSES = {"classes": 5}
VOWELS = {"train": (600, 30), "validation": (100, 5), "test": (100, 5), "classes": 9, "longest": 29}


def dense(units: int, activation: str) -> tuple[Dense, ...]:
    return (Dense(units, activation=activation),)


# code, severity, stage, experiment, figures of the data, a piece of the explanation, a piece of the fix
FAULTS: list[tuple[str, str, str, dict[str, Any], dict[str, Any], str, str]] = [
    ("stacked-without-sequences", "error", "between-layers", {"layers": (LSTM(8), LSTM(4))}, {},
     "the timesteps axis is gone", "Set return_sequences=True on the LSTM below"),
    ("wrong-rank", "error", "recurrent-layer-2", {"layers": (LSTM(8), Dense(4), LSTM(4))}, {},
     "LSTM expects (batch, timesteps, features), but (32, 4)", "Keep the timesteps axis"),
    ("repeat-of-a-sequence", "error", "between-layers", {"layers": (SEQUENCES, RepeatVector(3))}, {},
     "RepeatVector(3) expects (batch, features)", "return_sequences=False"),
    ("reshape-size", "error", "head",
     {"head": (Dense(3), Reshape((2, 2)))}, {}, "and (2, 2) asks for 4", "product is 3"),
    ("time-distributed-without-time", "error", "head", {"head": (TimeDistributed(Dense(1)),)}, {},
     "expects (batch, timesteps, …)", "write Dense(1) alone"),
    ("state-from-nowhere", "error", "recurrent-layer-1", {"layers": (LSTM(4, initial_state=3),)}, {},
     "initial_state=3 names no LSTM, GRU or SimpleRNN below", "Give the position"),
    ("state-not-returned", "error", "recurrent-layer-2", {"layers": (SEQUENCES, LSTM(4, initial_state=0))}, {},
     "stays inside", "Set return_state=True on that LSTM"),
    ("state-does-not-fit", "error", "recurrent-layer-2",
     {"layers": (LSTM(4, return_sequences=True, return_state=True), LSTM(8, initial_state=0))}, {},
     "LSTM with 8 units starts from 2 of 8", "such as LSTM(4)"),
    ("window-too-long", "error", "windowing", {"timesteps": 200}, {"train": (101, 0)},
     "need 201 rows; the training part has 101", "Choose at most 100 timesteps, or give training more rows."),
    ("window-too-long", "error", "windowing", {"horizon": 200}, {"train": (101, 0)},
     "A window of 12 timesteps and its label 200 ahead need 212 rows", "Choose a shorter horizon, or"),
    ("all-windows-have-gaps", "error", "windowing", {}, {"train": (101, 0, 89), "missing": 40},
     "All 89 windows of the training part touch a gap", "missing='interpolate'"),
    ("no-validation-sample", "benign", "windowing", {}, {"validation": (5, 0)},
     "The validation part has 5 rows, too few for a window of 12 and a label 1 ahead, so nothing can be measured",
     "Give validation at least 13 rows, or set border='reach-back'."),
    ("no-test-sample", "benign", "windowing", {"border": "reach-back", "horizon": 9}, {"test": (5, 0)},
     "The test part has 5 rows", "Give test at least 9 rows, and the parts before it 12."),
    ("no-test-sample", "benign", "windowing", {}, {"test": (22, 0, 10), "missing": 3},
     "All 10 windows of the test part touch a gap", "Fill the gaps"),
    ("missing-values", "wrong-result", "raw-data", {"gap_windows": "keep"}, {"missing": 59},
     "59 missing values are left. One NaN in a batch makes the loss NaN", "gap_windows='drop'"),
    ("missing-values", "wrong-result", "raw-data", {"gap_windows": "keep", "missing": "interpolate"}, {"missing": 2},
     "2 missing values are left", "gap_windows='drop'"),
    ("scaler-saw-test", "degraded", "scaling", {"scaler_fit": "all"}, {}, "come from all rows", "scaler_fit='train'"),
    ("lags-as-features", "degraded", "windowing",
     {"lags": "features"}, {}, "The 12 rows of a window lie on the features",
     "lags='timesteps'"),
    ("sequence-labels-without-timesteps", "wrong-result", "labels",
     {"lags": "features", "labels": "sequence", "layers": (SEQUENCES,)}, {}, "There are 12 labels per sample",
     "labels='steps'"),
    ("flat-labels-of-many", "error", "labels", {"flat_labels": True, "horizon": 3}, {},
     "with horizon=3 and 1 target(s)", "Set flat_labels=False"),
    ("no-classes", "error", "labels", {"labels": "class"}, {}, "but t0 holds no classes", "labels='steps'"),
    ("one-class", "wrong-result", "labels", {"labels": "class"}, {"classes": 1}, "Every label is 'class 0'",
     "Choose another target."),
    ("class-weight-without-classes", "error", "loss", {"class_weight": "balanced"}, {},
     "labels='steps' there are no classes", "class_weight=None"),
    ("class-weight-of-no-class", "error", "loss",
     {"labels": "class", "class_weight": ((0, 2.0), (5, 2.0))}, CLASSES, "names class 5; the 5 classes are numbered 0",
     "classes 0 to 4 only"),
    ("sequences-need-classes", "error", "labels", {"timesteps": 29}, VOWELS, "one class each", "Set labels='class'."),
    ("stateful-remainder", "error", "batching", {"layers": STATEFUL, "batch_size": 8},
     {"train": (101, 90), "validation": (21, 9)},
     "In batches of 8, 90 train samples leave 2 and 9 validation samples leave 1; the state has 8 rows",
     "divides 90 train and 9 validation samples: 1, 3, 9. Or choose the split so that each part gives a multiple of 8"),
    ("stateful-remainder", "wrong-result", "batching", {"layers": STATEFUL, "batch_size": 8},
     {"train": (101, 89), "validation": (0, 0)}, "Keras says nothing: the one sample is stretched",
     "divides 89 train samples: 1."),
    ("stateful-shuffle", "wrong-result", "batching", {"layers": STATEFUL, "batch_size": 1, "shuffle": True}, {},
     "Shuffled samples do not follow one another", "Set shuffle=False"),
    ("nothing-to-watch", "degraded", "loss", {"early_stopping": EarlyStopping()}, {"validation": (0, 0)},
     "there is no validation sample", "watch 'loss'"),
    ("cudnn-forced", "error", "recurrent-layer-1", {"layers": (Bidirectional(LSTM(4, use_cudnn=True)),)}, {},
     "without an NVIDIA GPU", "use_cudnn='auto'"),
    ("cell-state-dropped", "wrong-result", "recurrent-layer-2",
     {"layers": (LSTM(4, return_sequences=True, return_state=True), GRU(4, initial_state=0))}, {},
     "takes h and ignores c", "Use an LSTM above an LSTM"),
    ("mask-dropped", "degraded", "between-layers",
     {"labels": "class", "timesteps": 29, "layers": (Masking(), SEQUENCES, Flatten())}, VOWELS,
     "The mask arrives at Flatten and ends there", "return_sequences=False"),
    ("padding-without-mask", "degraded", "input-layer",
     {"labels": "class", "timesteps": 29, "pad_value": -1.0}, VOWELS,
     "filled up to 29 timesteps with -1", "Put Masking(-1.0) below"),
    ("mask-never-matches", "degraded", "input-layer",
     {"labels": "class", "timesteps": 29, "layers": (Masking(-1.0), LSTM(4))}, VOWELS,
     "Padding is 0, Masking looks for -1", "Masking(0.0)."),
    ("backwards-against-labels", "wrong-result", "recurrent-layer-1",
     {"labels": "sequence", "layers": (LSTM(4, return_sequences=True, go_backwards=True),)}, {},
     "LSTM with go_backwards=True returns its outputs in the order", "Use Bidirectional"),
    ("output-does-not-match-labels", "error", "head", {"horizon": 3, "head": (Dense(2),)}, {},
     "mse raises an error", "Dense(3)"),
    ("silent-broadcast", "wrong-result", "head", {"layers": (SEQUENCES,), "flat_labels": True}, {},
     "32 × 12 × 32 = 12,288 terms", "return_sequences=False"),
    ("class-loss-for-numbers", "wrong-result", "loss", {"loss": "binary_crossentropy"}, {},
     "binary_crossentropy measures probabilities", "Use loss='mse' or 'mae'."),
    ("class-loss-for-numbers", "wrong-result", "loss",
     {"loss": "binary_crossentropy", "layers": (LSTM(1),), "head": ()}, {}, "values of a series", "'mse'"),
    ("number-loss-for-classes", "degraded", "loss", {"labels": "one-hot", "loss": "mse"}, CLASSES,
     "mse hardly punishes a confident mistake", "categorical_crossentropy for one-hot labels"),
    ("number-loss-for-classes", "degraded", "loss", {"labels": "class", "loss": "mae", "head": (Dense(1),)}, CLASSES,
     "mae takes class 4 for twice class 2", "sparse_categorical_crossentropy for class numbers"),
    ("head-cannot-reach-labels", "degraded", "head", {"head": dense(1, "relu")}, {},
     "relu gives 0 and more; labels with scaling='standard' lie outside", "Leave the activation out: Dense(1)."),
    ("head-cannot-reach-labels", "wrong-result", "head", {"head": dense(1, "softmax"), "scaling": "none"},
     {}, "softmax over a single output is always 1", "Dense(1)"),
    ("head-cannot-reach-labels", "degraded", "head",
     {"horizon": 3, "head": dense(3, "softmax"), "scaling": "minmax"}, {},
     "softmax gives 0 to 1, and a sum of 1; labels with scaling='minmax' lie outside", "Dense(3)"),
    ("head-cannot-reach-labels", "degraded", "head",
     {"horizon": 2, "head": (Dense(4, activation="sigmoid"), Reshape((2, 2)))}, {"targets": 2},
     "sigmoid gives 0 to 1", "Dense(4)"),
    ("head-gives-no-probabilities", "wrong-result", "head", {"labels": "class", "head": (Dense(5),)}, CLASSES,
     "Dense(5) gives no probabilities", "End with Dense(5, activation='softmax')."),
    ("head-gives-no-probabilities", "wrong-result", "head",
     {"labels": "class", "loss": "binary_crossentropy", "head": (Dense(1),)}, {"classes": 2},
     "Dense(1) gives no probabilities", "End with Dense(1, activation='sigmoid')."),
    ("one-sigmoid-for-many-classes", "wrong-result", "head",
     {"labels": "class", "loss": "binary_crossentropy", "head": dense(1, "sigmoid")}, CLASSES,
     "class numbers up to 4 are taken for probabilities above 1", "Dense(5, activation='softmax')"),
    ("too-few-outputs", "error", "head", {"labels": "class", "head": dense(3, "softmax")}, CLASSES,
     "Class number 4 names an output that does not exist: the outputs are numbered from 0 to 2", "Dense(5,"),
    ("too-few-outputs", "error", "head", {"labels": "class", "head": dense(1, "sigmoid")}, {"classes": 2},
     "Class number 1 names an output", "Dense(2, activation='softmax')"),
    ("steps-read-as-timesteps", "degraded", "head", {"horizon": 12, "layers": (SEQUENCES,), "head": (Dense(1),)}, {},
     "The output has one value for each of 12 timesteps, the label one for each of 12 steps ahead",
     "Set return_sequences=False"),
    ("accuracy-of-numbers", "degraded", "loss",
     {"metrics": ("accuracy",)}, {}, "for numbers it stays near 0", "('mae',)"),
    ("metric-does-not-match", "error", "loss", {"labels": "class", "metrics": ("mae",)}, CLASSES,
     "mae raises an error", "('accuracy',)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "severity", "stage", "changes", "figures", "explanation", "fix"),
    FAULTS,
    ids=[f"{number}-{fault[0]}" for number, fault in enumerate(FAULTS)],
)
def test_each_fault_is_found(
    code: str, severity: str, stage: str, changes: dict[str, Any], figures: dict[str, Any],
    explanation: str, fix: str, facts_with: Make,
) -> None:  # fmt: skip
    found = {finding.code: finding for finding in check(Experiment(**changes), facts_with(**figures))}
    assert code in found
    finding = found[code]
    assert (finding.severity, finding.stage) == (severity, stage)
    assert explanation in finding.explanation
    assert fix in finding.fix
    assert finding.lesson in LESSONS
    assert finding.title == finding.title.strip() != ""


SOUND: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"flat_labels": True}, {}),
    ({"scaling": "minmax", "head": dense(1, "sigmoid"), "metrics": ("mae", "mse")}, {}),
    ({"scaling": "none", "head": dense(1, "relu")}, {}),
    ({"horizon": 24}, {"targets": 2, "features": 3}),
    ({"lags": "features", "timesteps": 1, "labels": "sequence", "layers": (SEQUENCES,)}, {}),
    ({"labels": "sequence", "layers": (SEQUENCES, Bidirectional(SEQUENCES))}, {}),
    ({"labels": "sequence", "layers": (LSTM(4, return_sequences=True, go_backwards=True),) * 2}, {}),
    ({"layers": (LSTM(4, return_sequences=True, go_backwards=True), LSTM(4))}, {}),
    ({"layers": (LSTM(4, return_state=True), RepeatVector(5), LSTM(4, return_sequences=True, initial_state=0)),
      "horizon": 5}, {}),
    ({"horizon": 12, "layers": (LSTM(4), RepeatVector(12), SEQUENCES)}, {}),
    ({"horizon": 12, "layers": (Bidirectional(SEQUENCES),), "head": (Dense(1),)}, {}),
    ({"layers": STATEFUL, "batch_size": 9}, {"train": (101, 90), "validation": (21, 9), "test": (22, 10)}),
    ({"layers": STATEFUL, "batch_size": 1}, {}),
    ({"early_stopping": EarlyStopping()}, {}),
    ({"early_stopping": EarlyStopping(monitor="loss")}, {"validation": (0, 0)}),
    ({"gap_windows": "drop"}, {"train": (101, 80, 9), "missing": 40}),
    ({"labels": "class", "metrics": ("accuracy",)}, CLASSES),
    ({"labels": "one-hot", "metrics": ("accuracy", "mae")}, CLASSES),
    ({"labels": "class", "loss": "binary_crossentropy", "head": dense(1, "sigmoid")}, {"classes": 2}),
    ({"labels": "one-hot", "loss": "binary_crossentropy", "head": dense(2, "softmax")}, {"classes": 2}),
    ({"labels": "class", "head": dense(9, "softmax"), "class_weight": "balanced"}, CLASSES),
    ({"labels": "class", "class_weight": ((4, 0.0),)}, CLASSES),
    ({"labels": "class", "timesteps": 29, "layers": (Masking(), LSTM(4))}, VOWELS),
    ({"labels": "class", "timesteps": 20, "layers": (LSTM(4),)}, {**VOWELS, "longest": 20}),
    ({"layers": (Masking(-1.0), LSTM(4))}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "figures"), SOUND)
def test_a_sound_experiment_earns_no_finding(
    changes: dict[str, Any], figures: dict[str, Any], facts_with: Make
) -> None:
    assert check(Experiment(**changes), facts_with(**figures)) == ()


def test_every_code_is_earned_above() -> None:
    folder = Path(lstm_course.shapes.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    written = set(re.findall(r'\bcode=f?"([^"]+)"', text)) | {code for code, *_ in MISMATCHES.values()}
    expected = (written - {"no-{part.name}-sample"}) | {"no-validation-sample", "no-test-sample"}
    assert {fault[0] for fault in FAULTS} == expected


def test_batch_sizes_near_the_chosen_one_are_advised_once(facts_with: Make) -> None:
    facts = facts_with(train=(1000, 960), validation=(500, 480))
    found = check(Experiment(layers=STATEFUL, batch_size=50), facts)
    assert [finding.code for finding in found] == ["stateful-remainder"]
    assert found[0].fix.startswith(
        "Choose a batch_size that divides 960 train and 480 validation samples: 32, 40, 48, 60."
    )


@pytest.mark.parametrize("batch_size", [1, 7, 32, 10**9])
def test_advised_batch_sizes_leave_no_remainder(batch_size: int, facts_with: Make) -> None:
    facts = facts_with(train=(700, 690), validation=(200, 138))
    for finding in check(Experiment(layers=STATEFUL, batch_size=batch_size), facts):
        sizes = [int(size) for size in re.findall(r"samples: ([\d, ]+)\.", finding.fix)[0].split(",")]
        assert sizes
        for size in sizes:
            assert "stateful-remainder" not in codes(Experiment(layers=STATEFUL, batch_size=size), facts)


def codes(exp: Experiment, facts: Facts) -> set[str]:
    return {finding.code for finding in check(exp, facts)}


def test_an_empty_validation_part_that_was_not_asked_for_is_no_fault(facts_with: Make) -> None:
    assert check(Experiment(split=Split(0.8, 0.0)), facts_with(validation=(0, 0))) == ()
    assert "no-test-sample" in codes(Experiment(), facts_with(test=(0, 0)))


def test_the_most_severe_comes_first() -> None:
    found = [
        Finding("a", "head", severity, "", "", "")
        for severity in ("benign", "error", "degraded", "wrong-result")
    ]  # type: ignore[arg-type]
    assert [finding.severity for finding in most_severe_first(found)] == [
        "error",
        "wrong-result",
        "degraded",
        "benign",
    ]
    assert [finding.blocks for finding in most_severe_first(found)] == [True, False, False, False]
