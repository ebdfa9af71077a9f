from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, Layer, Recurrent
from lstm_course.problems import ProblemError


def test_the_default_is_a_whole_experiment() -> None:
    exp = Experiment()
    assert (exp.dataset, exp.timesteps, exp.horizon, exp.layers) == ("air_passengers", 12, 1, (LSTM(32),))


def test_an_experiment_can_be_a_key() -> None:
    assert {Experiment(): 1}[Experiment(timesteps=12)] == 1


def test_change_gives_a_copy() -> None:
    exp = Experiment()
    assert exp.change(timesteps=24).timesteps == 24
    assert exp.timesteps == 12


def test_change_refuses_unknown_fields() -> None:
    with pytest.raises(ProblemError, match=r"^An Experiment has no field 'look_back, n_steps'\.$"):
        Experiment().change(n_steps=3, look_back=2)


def test_numpy_numbers_become_plain_ones() -> None:
    exp = Experiment(timesteps=np.int64(24), seed=np.int64(3))
    assert (type(exp.timesteps), type(exp.seed)) == (int, int)


def test_a_recurrent_layer_is_found_inside_its_wrapper() -> None:
    exp = Experiment(layers=(LSTM(4, return_sequences=True), Bidirectional(GRU(8, stateful=True)), Dense(1)))
    assert exp.recurrent_layers == (LSTM(4, return_sequences=True), GRU(8, stateful=True))
    assert exp.stateful


@pytest.mark.parametrize(
    ("stateful", "shuffle", "shuffled"),
    [(False, None, True), (True, None, False), (True, True, True), (False, False, False)],
)
def test_samples_are_shuffled_unless_a_state_is_kept(
    stateful: bool, shuffle: bool | None, shuffled: bool
) -> None:
    assert Experiment(layers=(LSTM(4, stateful=stateful),), shuffle=shuffle).shuffled is shuffled


@pytest.mark.parametrize(
    ("labels", "is_class"), [("steps", False), ("sequence", False), ("class", True), ("one-hot", True)]
)
def test_classes_are_told_from_numbers(labels: Any, is_class: bool) -> None:
    assert Experiment(labels=labels).is_classification is is_class


SPLITS: list[tuple[dict[str, Any], str]] = [
    (
        {"train": 1.2},
        r"split: train=1\.2 is neither a share from 0 to 1 \(such as 0\.7\) nor a whole number of rows",
    ),
    ({"train": 0}, r"split: train=0 is neither .*; the network needs some rows to learn from\.$"),
    ({"train": 0.0}, r"split: train=0\.0 is neither"),
    ({"train": True}, r"split: train=True is neither"),
    ({"train": math.nan}, r"split: train=nan is neither"),
    ({"train": 10**5000}, r"split: train=a number of more than 40 digits is neither"),
    ({"validation": -1}, r"split: validation=-1 is neither .* rows\.$"),
    ({"validation": None}, r"split: validation=None is neither"),
    ({"test": "0.2"}, r"split: test='0\.2' is neither"),
    ({"gap": -1}, r"split: gap=-1 is too small; give a whole number from 0 on"),
    (
        {"train": 0.8, "validation": 0.3},
        r"The split adds up to 110% of the rows; .* Make one of them smaller\.",
    ),
]


@pytest.mark.parametrize(("sizes", "message"), SPLITS)
def test_a_split_that_cannot_be_is_refused(sizes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError, match=message):
        Split(**sizes)


def test_a_split_may_take_all_rows() -> None:
    assert Split(0.7, 0.2, 0.1).test == 0.1
    assert Split(100, 0).validation == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"patience": -1}, r"EarlyStopping: patience=-1 is too small"),
        ({"monitor": "accuracy"}, r"monitor='accuracy': expected one of 'val_loss', 'loss'"),
        ({"restore_best_weights": "yes"}, r"restore_best_weights='yes': expected True or False"),
    ],
)
def test_early_stopping_refuses_what_keras_cannot_watch(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError, match=f"^{message}"):
        EarlyStopping(**changes)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"timesteps": 0}, r"timesteps=0 is too small; give a whole number from 1 on"),
    ({"horizon": 1.0}, r"horizon=1\.0 is no whole number"),
    ({"stride": -1}, r"stride=-1 is too small"),
    ({"batch_size": 10**10}, r"batch_size=10000000000 is too large; give a whole number up to 1,000,000,000"),
    ({"epochs": "20"}, r"epochs='20' is no whole number"),
    ({"seed": 2**32}, r"seed=4294967296 is too large"),
    ({"seed": -1}, r"seed=-1 is too small; give a whole number from 0 on"),
    ({"absent": "drop"}, r"absent='drop': expected one of 'keep', 'insert'"),
    ({"missing": "mean"}, r"missing='mean': expected one of"),
    ({"scaling": "robust"}, r"scaling='robust': expected one of 'none', 'minmax', 'standard'"),
    ({"scaler_fit": "test"}, r"scaler_fit='test': expected one of 'train', 'all'"),
    ({"lags": "rows"}, r"lags='rows': expected one of"),
    ({"border": "outside"}, r"border='outside': expected one of"),
    ({"gap_windows": "fill"}, r"gap_windows='fill': expected one of"),
    ({"padding": "both"}, r"padding='both': expected one of"),
    ({"pad_value": "0"}, r"pad_value='0': expected a finite number, such as 0\.0"),
    ({"labels": "classes"}, r"labels='classes': expected one of 'steps', 'sequence', 'class', 'one-hot'"),
    ({"flat_labels": 1}, r"flat_labels=1: expected True or False"),
    ({"shuffle": "no"}, r"shuffle='no': expected True or False"),
    ({"reset_state": "batch"}, r"reset_state='batch': expected one of"),
    ({"optimizer": "adaam"}, r"optimizer='adaam': expected one of"),
    ({"loss": "rmse"}, r"loss='rmse': expected one of 'mse', 'mae'"),
    ({"metrics": ("rmse",)}, r"metrics='rmse': expected one of 'mae', 'mse', 'accuracy'"),
    ({"metrics": "mae"}, r"metrics='mae': expected a tuple of names, such as \('mae',\)"),
    ({"learning_rate": 0}, r"learning_rate=0: expected a finite number above 0, such as 0\.001"),
    ({"learning_rate": math.inf}, r"learning_rate=inf: expected a finite number above 0"),
    ({"clipnorm": -1.0}, r"clipnorm=-1\.0: expected a finite number above 0"),
    ({"features": ["a"]}, r"features=\['a'\]: expected a tuple of column names, such as \('co2',\)"),
    ({"features": "demand"}, r"features='demand': expected a tuple of column names"),
    ({"targets": (1,)}, r"targets=\(1,\): expected a tuple of column names"),
    ({"targets": ({},)}, r"targets=\(\{\},\): expected a tuple of column names"),
    ({"targets": ("a", "a")}, r"targets=\('a', 'a'\): each column name may be given once"),
    ({"targets": ("a", "b"), "labels": "class"}, r"A class label comes from one column, but there are 2 targets: a, b"),
    ({"dataset": None}, r"dataset=None: expected a name of up to 200 characters"),
    ({"dataset": "x" * 10**6}, r"dataset='xxx.*xxx': expected a name of up to 200 characters"),
    ({"group": 5}, r"group=5: expected a name"),
    ({"split": (0.7, 0.15)}, r"split=\(0\.7, 0\.15\): expected a Split, such as Split\(0\.7, 0\.15\)"),
    ({"split": None}, r"split=None: expected a Split"),
    ({"class_weight": "rare"}, r"class_weight='rare': expected None, 'balanced', or a tuple"),
    ({"class_weight": ((0, 1.0), (0, 2.0))}, ".*each class once"),
    ({"class_weight": ((0, -1.0),)}, ".*no weight below 0"),
    ({"class_weight": ((0, float("nan")),)}, ".*no weight below 0"),
    ({"early_stopping": 5}, r"early_stopping=5: expected None or EarlyStopping\(patience=10\)"),
    ({"limits": (("wind", 5.0),)}, r"limits=.*: expected a tuple of \(column, low, high\)"),
    ({"limits": (("wind", 5.0, 1.0),)}, r"limits=.*low not above high"),
    ({"limits": 3}, r"limits=3: expected a tuple"),
    ({"layers": LSTM(4)}, r"layers=LSTM\(units=4.*: expected a tuple of layers; one layer is written with a comma"),
    ({"layers": [LSTM(4)]}, r"layers=\[.*: expected a tuple of layers.* layers=\(LSTM\(32\),\)\.$"),
    ({"layers": None}, r"layers=None: expected a tuple of layers"),
    ({"layers": ("LSTM(4)",)}, r"'LSTM\(4\)' is no layer; write for example layers=\(LSTM\(32\),\)"),
    ({"layers": (Layer(), LSTM(4))}, r"Layer\(\) is no layer"),
    ({"layers": (Recurrent(4),)}, r"Recurrent\(.*is no layer"),
    ({"layers": ()}, r"The network has no recurrent layer; add LSTM\(32\), GRU\(32\) or SimpleRNN\(32\)"),
    ({"layers": (Dense(1),)}, r"The network has no recurrent layer"),
    ({"layers": (LSTM(4),) * 5}, r"The network has 5 recurrent layers; this course draws up to 4"),
    ({"layers": (LSTM(4), *(Dense(1),) * 40)}, r"The network has 41 layers; up to 32 are drawn"),
    ({"head": Dense(1)}, r"head=Dense\(.*: expected a tuple of layers.* head=\(Dense\(1\),\)\.$"),
    ({"head": (GRU(4),)}, r"The head holds GRU\(4\); recurrent layers belong in layers=, below the head"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_a_field_that_makes_no_sense_by_itself_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError, match=f"^{message}") as caught:
        Experiment(**changes)
    assert len(str(caught.value)) < 500


def test_limits_may_be_open_on_one_side() -> None:
    assert Experiment(limits=(("wind", 0.0, math.inf),)).limits == (("wind", 0.0, math.inf),)
