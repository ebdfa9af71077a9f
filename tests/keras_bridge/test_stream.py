"""What does not fit into memory is cut while the epoch runs, and gives the same losses."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import facts_of, prepare
from lstm_course.experiment import Experiment, Split
from lstm_course.keras_bridge.batches import CutBatches
from lstm_course.keras_bridge.build import build, compile_for
from lstm_course.keras_bridge.callbacks import callbacks_of
from lstm_course.keras_bridge.feed import cut_feed, feed_of
from lstm_course.keras_bridge.fit import fit
from lstm_course.keras_bridge.predict import predict_parts
from lstm_course.keras_bridge.stream import MAX_CHUNK, budget_bytes, chunk_samples
from lstm_course.keras_bridge.train import train
from lstm_course.layers import GRU, LSTM, Dropout, Masking

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]

TINY = 8_000 / 1024**2  # memory in MB of which the samples may take 2,000 bytes
SMALL = {"epochs": 2, "batch_size": 32, "split": Split(70, 30, None), "timesteps": 6}
EXPERIMENTS = {
    "windows": Experiment(layers=(LSTM(5),), metrics=("mae",), **SMALL | {"batch_size": 7}),
    "lags as features": Experiment(layers=(LSTM(5),), lags="features", **SMALL),
    "every second row": Experiment(layers=(LSTM(5),), stride=2, **SMALL | {"batch_size": 5}),
    "label sequences": Experiment(
        layers=(GRU(4, return_sequences=True),), labels="sequence", **SMALL | {"batch_size": 10}
    ),
    "dropout": Experiment(layers=(LSTM(5, dropout=0.2), Dropout(0.5)), **SMALL | {"batch_size": 10}),
    "stateful": Experiment(
        layers=(LSTM(3, stateful=True),), batch_size=8, split=Split(70, 30, None), timesteps=6, epochs=3
    ),
    "stateful, one left over": Experiment(
        layers=(LSTM(3, stateful=True),), batch_size=8, split=Split(71, 30, None), timesteps=6, epochs=2
    ),
    "padded sequences": Experiment(
        dataset="japanese_vowels",
        labels="class",
        timesteps=20,
        layers=(Masking(), LSTM(4)),
        epochs=2,
        batch_size=50,
    ),
}


def history(exp, engine, **how):
    model, prepared = build(exp, facts_of(exp)), prepare(exp)
    compile_for(model, exp)
    asked = callbacks_of(exp, prepared.num_samples("validation") > 0)
    fitted = fit(model, prepared, engine=engine, callbacks=asked, **how)
    return fitted.history, model.get_weights()


def weights(exp):
    """Weights that differ, one for each label that the loss looks at."""
    y = prepare(exp).y["train"]
    shape = y.shape[:2] if exp.labels == "sequence" else y.shape[:1]
    return np.linspace(0.5, 2, int(np.prod(shape)), dtype=np.float32).reshape(shape)


@pytest.mark.parametrize("exp", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_chunks_give_the_losses_of_the_whole(exp):
    whole, kept = history(exp, "compiled", jit=False, weights=weights(exp))
    cut, same = history(exp, "compiled", jit=False, weights=weights(exp), memory_mb=TINY)
    for name, values in whole.items():
        np.testing.assert_allclose(cut[name], values, rtol=1e-5, err_msg=name)
    for ours, theirs in zip(same, kept, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("name", ["windows", "padded sequences"])
def test_batches_cut_for_model_fit_give_the_losses_of_the_whole(name):
    exp = EXPERIMENTS[name]
    whole, _ = history(exp, "model.fit", weights=weights(exp))
    cut, _ = history(exp, "model.fit", weights=weights(exp), memory_mb=TINY)
    for figure, values in whole.items():
        np.testing.assert_allclose(cut[figure], values, rtol=1e-5, err_msg=figure)


def test_chunks_under_xla():
    exp = EXPERIMENTS["windows"].change(
        split=Split(69, 0, None), metrics=()
    )  # 63 samples: chunks of one size
    cut, _ = history(exp, "compiled", jit=True, memory_mb=TINY)
    np.testing.assert_allclose(cut["loss"], history(exp, "model.fit")[0]["loss"], rtol=1e-4)


def test_a_run_of_chunks_forecasts_the_same():
    exp = EXPERIMENTS["windows"]
    np.testing.assert_allclose(
        train(exp, memory_mb=TINY).predictions["test"], train(exp).predictions["test"], rtol=1e-4
    )


def test_predictions_from_cut_windows():
    exp = EXPERIMENTS["every second row"]
    model, prepared = build(exp, facts_of(exp)), prepare(exp)
    whole, cut = predict_parts(model, prepared), predict_parts(model, prepared, budget=1)
    for part, outputs in whole.items():
        np.testing.assert_allclose(cut[part], outputs, rtol=1e-5, atol=1e-7)


def test_a_part_takes_its_own_rows_only():
    exp = EXPERIMENTS["windows"]
    prepared = prepare(exp)
    train_rows, later_rows = (feed_of(prepared, part).rows for part in ("train", "validation"))
    assert (len(train_rows), len(later_rows)) == (69, 29)  # the last row of a part is a label only


def test_windows_on_the_host_are_views():
    prepared = prepare(EXPERIMENTS["windows"])
    assert np.shares_memory(cut_feed(prepared, "train").arrays[0], prepared.scaled)
    assert feed_of(prepared, "train").rows.base is not None


def test_a_chunk_holds_whole_batches_and_one_at_least():
    feed = cut_feed(prepare(EXPERIMENTS["windows"]), "train")  # 6 timesteps and 1 label: 28 bytes a sample
    assert chunk_samples(feed, 7, budget=4 * 28 * 7 * 3) == 21
    assert chunk_samples(feed, 7, budget=1) == 7
    assert chunk_samples(feed, 7, budget=10**15) <= MAX_CHUNK / 28


def test_the_budget_is_a_share_of_the_memory():
    assert budget_bytes(4) == 1024**2
    assert budget_bytes() > 64 * 1024**2


def test_batches_come_in_the_order_asked_for():
    feed = cut_feed(prepare(EXPERIMENTS["windows"]), "train")
    batches = CutBatches(feed, 50)
    assert len(batches) == 2
    assert [len(batches[number][0]) for number in (0, 1)] == [50, 14]
    np.testing.assert_array_equal(batches[1][1], feed.arrays[1][50:])
