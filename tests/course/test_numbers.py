from __future__ import annotations

import pytest

from lstm_course.authoring import GRU, LSTM, Bidirectional, Experiment, predict
from lstm_course.course.numbers import NUMBERS, numbers_of


def test_the_airline_windows():
    numbers = numbers_of(predict(Experiment(timesteps=12, layers=(LSTM(4),))))
    expected = {
        "num_rows": "144", "train_rows": "101", "num_windows": "89", "window_rows": "13", "overlap": "11",
        "last_start": "88", "last_window_row": "99", "last_label_row": "100", "train_shape": "(89, 12, 1)",
        "window_shape": "(12, 1)", "batch_shape": "(32, 12, 1)", "labels_shape": "(89, 1)", "label_shape": "(32, 1)",
        "output_shape": "(32, 1)", "steps_per_epoch": "3", "last_batch": "25", "full_batches": "2",
        "parameters": "101", "layer_parameters": "96", "head_parameters": "5", "kernel_shape": "(1, 16)",
        "recurrent_kernel_shape": "(4, 16)", "bias_shape": "(16,)", "joined_units": "16", "loss": "mse",
        "num_terms": "32", "timesteps_text": "12 timesteps", "horizon_text": "1 row", "season": "12",
        "windows_of_all_rows": "132", "total_steps": "60",
    }  # fmt: skip
    assert {name: numbers[name] for name in expected} == expected


@pytest.mark.parametrize(
    "exp",
    [
        Experiment(layers=(LSTM(4), LSTM(4))),
        Experiment(timesteps=500),
        Experiment(dataset="japanese_vowels", labels="class", timesteps=29),
        Experiment(layers=(Bidirectional(GRU(4, use_bias=False)),)),
        Experiment(dataset="co2", stride=7),
    ],
    ids=range(5),
)
def test_every_experiment_has_a_text_for_every_name(exp):
    numbers = numbers_of(predict(exp))
    assert set(numbers) == set(NUMBERS)
    assert all(isinstance(text, str) and text for text in numbers.values())


def test_what_does_not_exist_reads_as_a_reason():
    numbers = numbers_of(predict(Experiment(layers=(LSTM(4), LSTM(4)))))
    assert numbers["output_shape"] == "nothing (LSTM hands on one vector, LSTM needs one per timestep)"
    assert numbers_of(predict(Experiment(timesteps=500)))["last_start"] == "none, because no window fits"


def test_each_name_says_what_it_means():
    assert all(number.meaning for number in NUMBERS.values())
