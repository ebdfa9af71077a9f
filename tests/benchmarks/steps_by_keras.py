"""Steps of `model.fit` or of compiled epochs: ``python steps_by_keras.py compiled|model.fit THREADS``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # its own folder is there already

import keras
import numpy as np
import tensorflow as tf
from cases import Case
from contender import Epochs, serve

from lstm_course.keras_bridge.compiled import CompiledEpochs
from lstm_course.keras_bridge.feed import ArrayFeed


def model_of(case: Case) -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((case.timesteps, case.features)),
            keras.layers.LSTM(case.units),
            keras.layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model


def compiled(case: Case) -> Epochs:
    run = CompiledEpochs(model_of(case), ArrayFeed(case.arrays()), None, case.batch_size, jit=True)
    order = np.random.default_rng(0).permutation(case.samples).astype(np.int32)
    return lambda epochs: [run(order) for _ in range(epochs)]


def by_fit(case: Case) -> Epochs:
    model, (X, y) = model_of(case), case.arrays()
    return lambda epochs: model.fit(X, y, batch_size=case.batch_size, epochs=epochs, verbose=0)


if __name__ == "__main__":
    tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[2]))
    serve({"compiled": compiled, "model.fit": by_fit}[sys.argv[1]])
