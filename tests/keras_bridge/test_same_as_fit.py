"""Compiled epochs give the losses of `model.fit`, epoch by epoch."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_course.data import facts_of, prepare
from lstm_course.experiment import OPTIMIZERS, EarlyStopping, Experiment, Split
from lstm_course.keras_bridge.build import build, compile_for
from lstm_course.keras_bridge.callbacks import callbacks_of
from lstm_course.keras_bridge.fit import fit
from lstm_course.keras_bridge.weighting import weights_of
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Masking,
    RepeatVector,
    SimpleRNN,
    TimeDistributed,
)

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]

SMALL = {"epochs": 2, "batch_size": 32, "split": Split(70, 30, None), "timesteps": 6}

VOWELS = Experiment(
    dataset="japanese_vowels", labels="class", timesteps=20, layers=(Masking(), LSTM(4)), epochs=2, batch_size=50,
    metrics=("accuracy",),
)  # fmt: skip


def history(exp, engine, jit=None, callbacks=(), **how):
    facts, prepared = facts_of(exp), prepare(exp)
    model = build(exp, facts)
    compile_for(model, exp)
    asked = callbacks_of(exp, prepared.num_samples("validation") > 0)
    fitted = fit(model, prepared, engine=engine, jit=jit, callbacks=[*asked, *callbacks], **how)
    assert fitted.engine == engine
    return fitted.history, model.get_weights()


def assert_same(exp, jit=False, rtol=1e-4, callbacks=list, **how):
    """Hold compiled epochs to `model.fit`: the callbacks are made anew for each."""
    compiled, weights = history(exp, "compiled", jit, callbacks(), **how)
    fit_by_keras, weights_of_keras = history(
        exp, "model.fit", callbacks=callbacks(), weights=how.get("weights")
    )
    assert list(compiled) == list(fit_by_keras)
    for name, values in fit_by_keras.items():
        np.testing.assert_allclose(compiled[name], values, rtol=rtol, err_msg=name)
    for ours, keras_own in zip(weights, weights_of_keras, strict=True):
        np.testing.assert_allclose(ours, keras_own, rtol=1e-2, atol=1e-3)


NETWORKS = {
    "lstm": (LSTM(5),),
    "gru": (GRU(5),),
    "gru, reset before": (GRU(5, reset_after=False),),
    "simple rnn": (SimpleRNN(5),),
    "stacked": (LSTM(5, return_sequences=True), GRU(4)),
    "both directions": (Bidirectional(LSTM(3), merge_mode="sum"),),
    "seq2seq": (LSTM(4), RepeatVector(2), GRU(4, return_sequences=True)),
    "state handed over": (LSTM(3, return_sequences=True, return_state=True), LSTM(3, initial_state=0)),
    "backwards, unrolled": (LSTM(3, go_backwards=True, unroll=True),),
    "regularized, constrained": (
        LSTM(4, kernel_regularizer="l2", activity_regularizer="l1", recurrent_constraint="max_norm"),
    ),
    "own activations": (LSTM(4, activation="relu", recurrent_activation="hard_sigmoid"), Dense(3, "gelu")),
}


@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS)
def test_every_network(layers):
    assert_same(Experiment(layers=layers, horizon=2 if len(layers) == 3 else 1, **SMALL))


@pytest.mark.parametrize("layers", [(LSTM(5),), (GRU(4, return_sequences=True), LSTM(3))], ids=["one", "two"])
def test_compiled_by_xla(layers):
    assert_same(Experiment(layers=layers, metrics=("mae",), **SMALL), jit=True)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer):
    assert_same(Experiment(layers=(GRU(3),), optimizer=optimizer, clipnorm=0.1, learning_rate=0.01, **SMALL))


def test_dropout_draws_the_same_bits_without_xla():
    layers = (LSTM(5, dropout=0.2, recurrent_dropout=0.3, return_sequences=True), Dropout(0.5), GRU(3))
    assert_same(Experiment(layers=layers, **SMALL))


SHORT = {
    "one sample left over": {
        "layers": (LSTM(3, stateful=True, return_sequences=True), GRU(2, stateful=True)), "batch_size": 8,
        "split": Split(67, 35, None), "stride": 2,
    },
    "dropout": {"layers": (LSTM(5, dropout=0.2, recurrent_dropout=0.3, return_sequences=True), GRU(3))},
    "both directions": {"layers": (Bidirectional(LSTM(3, return_sequences=True)), GRU(3, go_backwards=True))},
    "a longer decoder": {"layers": (LSTM(4), RepeatVector(5), GRU(4, return_sequences=True)), "horizon": 5},
}  # fmt: skip


@pytest.mark.parametrize("changes", SHORT.values(), ids=SHORT)
def test_two_timesteps_without_a_loop(changes):
    assert_same(Experiment(**{**SMALL, **changes, "timesteps": 2}))


def test_one_timestep_without_a_loop():
    assert_same(Experiment(**{**SMALL, **SHORT["both directions"], "timesteps": 1}))


def test_masks_and_classes():
    assert_same(VOWELS)


@pytest.mark.parametrize("timesteps", [2, 6])
def test_masked_losses_of_sequences(timesteps):
    """A mask that reaches the loss weighs the terms of each batch: small batches are not one large batch."""
    exp = Experiment(
        dataset="sunspots", limits=(("sunspots", 0.0, 60.0),), missing="zero", scaling="none", labels="sequence",
        layers=(Masking(0.0), GRU(3, return_sequences=True)), timesteps=timesteps, batch_size=20, epochs=2,
        split=Split(70, 50, None),
    )  # fmt: skip
    masked = (prepare(exp).X["validation"] == 0).mean()
    assert 0.1 < masked < 0.9
    assert_same(exp)


@pytest.mark.parametrize("reset", ["epoch", "never"])
def test_stateful(reset):
    layers = (LSTM(3, stateful=True, return_sequences=True), Bidirectional(GRU(3, stateful=True)))
    exp = Experiment(
        layers=layers, batch_size=8, split=Split(70, 30, None), timesteps=6, epochs=3, reset_state=reset
    )
    assert_same(exp)


def test_stateful_with_one_sample_left_over():
    """Keras stretches the one sample over all rows of the state; the lesson on state shows what comes of it."""
    layers = (LSTM(3, stateful=True, return_sequences=True), GRU(2, stateful=True))
    exp = Experiment(layers=layers, batch_size=8, split=Split(71, 31, None), timesteps=6, epochs=2)
    assert_same(exp)


@pytest.mark.parametrize("labels", ["class", "one-hot"])
def test_class_weights(labels):
    exp = VOWELS.change(labels=labels)
    exp = exp.change(class_weight=((0, 5.0), (3, 0.25)))
    prepared, model = prepare(exp), build(exp, facts_of(exp))
    compile_for(model, exp)
    ours, _ = history(exp, "compiled", weights=weights_of(prepared))
    model.fit(
        prepared.X["train"], prepared.y["train"], class_weight={0: 5.0, 3: 0.25}, batch_size=50, epochs=2, verbose=0,
        validation_data=(prepared.X["validation"], prepared.y["validation"]) if len(prepared.y["validation"]) else None,
    )  # fmt: skip
    for name, values in model.history.history.items():
        np.testing.assert_allclose(ours[name], values, rtol=1e-4, err_msg=name)


SERIES_WEIGHED = {
    "a number each": (Experiment(layers=(LSTM(4),), metrics=("mae",), **SMALL), ()),
    "several steps": (Experiment(layers=(LSTM(4),), horizon=3, **SMALL), ()),
    "each timestep": (
        Experiment(layers=(GRU(4, return_sequences=True),), labels="sequence", **SMALL), (6,)
    ),
}  # fmt: skip


@pytest.mark.parametrize(("exp", "shape"), SERIES_WEIGHED.values(), ids=SERIES_WEIGHED)
def test_sample_weights(exp, shape):
    prepared = prepare(exp)
    given = np.random.default_rng(0).uniform(0, 3, (prepared.num_samples("train"), *shape))
    assert_same(exp, weights=weights_of(prepared, given))
    assert (
        history(exp, "compiled")[0]["loss"]
        != history(exp, "compiled", weights=weights_of(prepared, given))[0]["loss"]
    )


def test_early_stopping_restores_the_best_weights():
    exp = Experiment(
        layers=(LSTM(4),),
        early_stopping=EarlyStopping(patience=2),
        learning_rate=0.05,
        **SMALL | {"epochs": 40},
    )
    assert_same(exp)
    assert len(history(exp, "compiled")[0]["loss"]) < 40


class TakesPart(keras.callbacks.Callback):
    """Reads and changes the model between the epochs, as a learner's own callback may."""

    def on_epoch_begin(self, epoch, logs=None):
        self.model.optimizer.learning_rate.assign(0.01 / (epoch + 1))

    def on_epoch_end(self, epoch, logs=None):
        logs["kernel"] = float(np.abs(self.model.layers[0].get_weights()[0]).sum())
        if epoch == 2:
            self.model.set_weights([0.5 * weight for weight in self.model.get_weights()])
        self.model.stop_training = epoch == 4


CALLBACKS = {
    "LearningRateScheduler": lambda: keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.7),
    "ReduceLROnPlateau": lambda: keras.callbacks.ReduceLROnPlateau(patience=1, factor=0.3, min_delta=0.1),
    "EarlyStopping": lambda: keras.callbacks.EarlyStopping(
        patience=1, min_delta=0.05, restore_best_weights=True
    ),
    "LambdaCallback": lambda: keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None),
    "a callback of one's own": TakesPart,
}


@pytest.mark.parametrize("make", CALLBACKS.values(), ids=CALLBACKS)
def test_every_callback(make):
    exp = Experiment(layers=(LSTM(4),), learning_rate=0.02, **SMALL | {"epochs": 6})
    assert_same(exp, callbacks=lambda: [make()])


def test_files_of_callbacks(tmp_path):
    """ModelCheckpoint keeps the weights of the same epoch, and CSVLogger writes the same table."""
    exp = Experiment(layers=(LSTM(4),), learning_rate=0.05, **SMALL | {"epochs": 5})
    for engine in ("compiled", "model.fit"):
        folder = tmp_path / engine
        folder.mkdir()
        history(exp, engine, callbacks=[
            keras.callbacks.ModelCheckpoint(folder / "{epoch}.weights.h5", save_weights_only=True, save_best_only=True),
            keras.callbacks.CSVLogger(folder / "log.csv"),
        ])  # fmt: skip
    ours, keras_own = tmp_path / "compiled", tmp_path / "model.fit"
    kept = sorted(path.name for path in keras_own.glob("*.h5"))
    assert kept == sorted(path.name for path in ours.glob("*.h5"))
    np.testing.assert_allclose(
        *(np.genfromtxt(each / "log.csv", delimiter=",") for each in (ours, keras_own)), 1e-4
    )
    model = build(exp, facts_of(exp))
    weights = []
    for folder in (ours, keras_own):
        model.load_weights(folder / kept[-1])
        weights.append(np.concatenate([weight.ravel() for weight in model.get_weights()]))
    np.testing.assert_allclose(*weights, rtol=1e-3, atol=1e-4)


def test_one_sample_per_step_and_no_validation():
    exp = Experiment(timesteps=1, batch_size=1, layers=(LSTM(4),), split=Split(95, 0, 47, 1), epochs=2)
    assert_same(exp, jit=True)


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from([LSTM, GRU, SimpleRNN]),
    units=st.integers(1, 6),
    timesteps=st.integers(1, 9),
    batch_size=st.integers(1, 80),
    stride=st.integers(1, 3),
    horizon=st.integers(1, 3),
    labels=st.sampled_from(["steps", "sequence"]),
    loss=st.sampled_from(["mse", "mae", "huber", "log_cosh"]),
    shuffle=st.booleans(),
    seed=st.integers(0, 10**6),
    lags=st.sampled_from(["timesteps", "features"]),
)
def test_any_experiment(
    kind, units, timesteps, batch_size, stride, horizon, labels, loss, shuffle, seed, lags
):
    sequence = labels == "sequence"
    exp = Experiment(
        layers=(kind(units, return_sequences=sequence),), timesteps=timesteps, batch_size=batch_size,
        stride=stride, horizon=horizon, labels=labels, loss=loss, shuffle=shuffle, seed=seed,
        lags="timesteps" if sequence else lags, head=(TimeDistributed(Dense(1)),) if sequence else None,
        epochs=2, split=Split(70, 30, None),
    )  # fmt: skip
    assert_same(exp)
