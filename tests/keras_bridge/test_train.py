from __future__ import annotations

import pickle
import subprocess
import sys

import keras
import numpy as np
import pytest

from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.keras_bridge import tasks
from lstm_course.keras_bridge.events import Epoch
from lstm_course.keras_bridge.fit import repays_xla
from lstm_course.keras_bridge.order import sample_orders
from lstm_course.keras_bridge.train import like_labels, train
from lstm_course.layers import LSTM, Dropout
from lstm_course.problems import ProblemError

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]

SMALL = Experiment(layers=(LSTM(3),), timesteps=4, epochs=3, batch_size=50)


def test_a_run_holds_history_forecasts_and_errors():
    epochs = []
    run = train(SMALL, on_epoch=epochs.append)
    assert run.engine == "compiled"
    assert list(run.history) == ["loss", "val_loss"]
    assert [epoch.number for epoch in epochs] == [1, 2, 3]
    assert [epoch.eta is None for epoch in epochs] == [True, False, False]
    assert epochs[-1].logs["loss"] == run.history["loss"][-1]
    assert run.weight_names == (
        "lstm/kernel", "lstm/recurrent_kernel", "lstm/bias", "dense/kernel", "dense/bias",
    )  # fmt: skip
    assert run.predictions["test"].shape == run.truth["test"].shape == (18, 1)


def test_a_run_is_the_same_again_and_can_travel():
    first, again = train(SMALL), train(SMALL)
    np.testing.assert_array_equal(first.predictions["test"], again.predictions["test"])
    assert pickle.loads(pickle.dumps(first)).history == again.history


def test_an_impossible_experiment_says_why():
    with pytest.raises(ProblemError, match="return_sequences=True"):
        train(Experiment(layers=(LSTM(3), LSTM(3))))


class HearsBatches(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        self.heard = batch


def test_a_callback_that_hears_batches_is_trained_by_fit_and_the_run_says_so():
    callback = HearsBatches()
    run = train(SMALL, callbacks=[callback])
    assert callback.heard == 1
    assert run.engine == "model.fit"
    assert run.engine_reason == "HearsBatches.on_train_batch_end wants to hear of single batches"
    assert "Trained by model.fit, because HearsBatches" in run.notes[-1]


def test_a_lambda_callback_that_hears_batches_is_noticed():
    callback = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: None)
    assert train(SMALL, callbacks=[callback]).engine == "model.fit"


def test_compiled_cannot_be_forced_on_a_batch_listener():
    with pytest.raises(ProblemError, match=r"Choose engine='auto' or 'model\.fit'"):
        train(SMALL, callbacks=[HearsBatches()], engine="compiled")


def test_epoch_hooks_are_called_with_the_model():
    class Counts(keras.callbacks.Callback):
        seen = ()

        def on_epoch_end(self, epoch, logs=None):
            self.seen = (*self.seen, (epoch, len(self.model.layers), sorted(logs)))

        def on_train_end(self, logs=None):
            self.last = logs

    callback = Counts()
    train(SMALL, callbacks=[callback], engine="compiled")
    assert callback.seen[-1] == (2, 2, ["loss", "val_loss"])
    assert sorted(callback.last) == ["loss", "val_loss"]


def test_early_stopping_is_told_by_its_epoch():
    exp = SMALL.change(epochs=60, early_stopping=EarlyStopping(patience=1), learning_rate=0.1)
    run = train(exp)
    assert run.stopped_epoch == run.num_epochs < 60


def test_early_stopping_without_validation_watches_the_loss():
    exp = SMALL.change(split=Split(100, 0, None), early_stopping=EarlyStopping())
    assert any("EarlyStopping watched the training loss" in note for note in train(exp).notes)


def test_dropout_under_xla_is_noted():
    exp = SMALL.change(layers=(LSTM(3), Dropout(0.2)), epochs=1)
    assert any("other random bits" in note for note in train(exp, jit=True).notes)
    assert not any("other random bits" in note for note in train(exp, jit=False).notes)


def test_a_silent_mismatch_trains_and_is_noted():
    run = train(SMALL.change(layers=(LSTM(3, return_sequences=True),)))
    assert run.predictions["test"].shape == (18, 1)
    assert any("another shape than the labels" in note for note in run.notes)


def test_forecasts_are_read_from_the_last_timestep():
    output = np.arange(12.0).reshape(2, 3, 2)
    assert like_labels(output, (2,)).tolist() == [[4.0, 5.0], [10.0, 11.0]]
    with pytest.raises(ProblemError, match="give the head 3 units"):
        like_labels(np.zeros((5, 2)), (3,))


def test_the_order_of_samples_is_a_permutation_that_the_seed_decides():
    keras.utils.set_random_seed(1)
    orders = sample_orders(20, shuffled=True)
    first, second = next(orders), next(orders)
    assert sorted(first) == list(range(20))
    assert first.tolist() != list(range(20))
    assert first.tolist() == second.tolist()  # Keras starts its seeded shuffle afresh each epoch


def test_tasks_emit_the_first_and_the_last_epoch():
    heard = []
    run = tasks.train(SMALL.change(epochs=30), emit=heard.append)
    assert all(isinstance(event, Epoch) for event in heard)
    assert heard[0].number == 1
    assert heard[-1].number == 30
    assert run.num_epochs == 30


def test_tasks_forecast_with_the_weights_of_a_run():
    run = tasks.train(SMALL)
    again = tasks.predict(run.experiment, run.weights)
    np.testing.assert_allclose(again["test"], run.predictions["test"], rtol=1e-5)
    ahead = tasks.forecast(run.experiment, run.weights, part=None, steps=5)
    assert ahead.values.shape == (1, 5, 1)


def test_plain_values_import_without_keras():
    code = (
        "import sys, lstm_course.keras_bridge.events, lstm_course.keras_bridge.observation, lstm_course.export; "
        "sys.exit(any(name in sys.modules for name in ('keras', 'tensorflow')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_short_trainings_do_not_wait_for_xla():
    from lstm_course.data import prepare

    assert not repays_xla(prepare(Experiment(epochs=20)))
    assert repays_xla(prepare(Experiment(timesteps=1, batch_size=1, epochs=100)))
    assert not repays_xla(prepare(Experiment(layers=(LSTM(3, unroll=True),), epochs=10_000)))
