"""Training by compiled epochs against `model.fit`, PyTorch and JAX: ratios measured in one run.

Run it as `python tests/benchmarks/bench_training.py [steps] [experiments] [again] [lessons]`; without a name, all four.
PyTorch and JAX are measured where they are installed.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # its own folder is there already

import keras
import numpy as np

from lstm_course import jobs
from lstm_course.course.loading import load_lessons
from lstm_course.experiment import Experiment, Split
from lstm_course.keras_bridge.compiled import CompiledEpochs
from lstm_course.keras_bridge.events import Epoch
from lstm_course.keras_bridge.feed import ArrayFeed
from lstm_course.keras_bridge.fit import Engine
from lstm_course.keras_bridge.train import train
from lstm_course.layers import GRU, LSTM


@dataclass(frozen=True)
class Case:
    """One training of a single LSTM and a Dense(1)."""

    name: str  # name to print
    samples: int  # training samples
    timesteps: int  # timesteps of a window
    features: int  # features of a window
    units: int  # units of the LSTM
    batch_size: int  # samples per step
    epochs: int  # epochs that are measured

    @property
    def steps(self) -> int:
        """Gradient steps in an epoch."""
        return -(-self.samples // self.batch_size)

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """X (samples, timesteps, features) and y (samples, 1)."""
        rng = np.random.default_rng(0)
        X = rng.normal(size=(self.samples, self.timesteps, self.features)).astype("float32")
        return X, X[:, -1, :1] * 0.5

    def model(self) -> keras.Model:
        """The model, compiled."""
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [
                keras.Input((self.timesteps, self.features)),
                keras.layers.LSTM(self.units),
                keras.layers.Dense(1),
            ]
        )
        model.compile("adam", "mse")
        return model


CASES = (
    Case("airline", 94, 1, 1, 4, 1, 20),
    Case("middle", 2_000, 24, 4, 32, 32, 3),
    Case("long", 1_000, 168, 4, 64, 64, 2),
)
EXPERIMENTS = {
    "airline, 100 epochs": Experiment(
        timesteps=1, layers=(LSTM(4),), batch_size=1, epochs=100, scaling="minmax", scaler_fit="all",
        split=Split(train=95, validation=0, test=47, gap=1),
    ),
    "the default, 20 epochs": Experiment(),
    "two layers, 30 epochs": Experiment(
        layers=(LSTM(32, return_sequences=True), LSTM(16)), timesteps=24, epochs=30
    ),
    "half-hours of electricity, GRU": Experiment(
        dataset="electricity", timesteps=48, stride=8, layers=(GRU(32),), epochs=5, split=Split(9_000, 2_000, 2_000)
    ),
}  # fmt: skip


def per_step(run_epoch: Callable[[], object], case: Case, repeats: int = 3) -> float:
    """Milliseconds a step, the median of some repeats after one to warm up."""
    run_epoch()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        for _ in range(case.epochs):
            run_epoch()
        times.append((time.perf_counter() - began) / case.epochs / case.steps)
    return 1000 * statistics.median(times)


def compiled(case: Case) -> float:
    run = CompiledEpochs(case.model(), ArrayFeed(case.arrays()), None, case.batch_size, jit=True)
    order = np.arange(case.samples, dtype=np.int32)
    return per_step(lambda: run(order), case)


def by_fit(case: Case) -> float:
    model, (X, y) = case.model(), case.arrays()
    model.fit(X, y, batch_size=case.batch_size, verbose=0)

    def epochs() -> None:
        model.fit(X, y, batch_size=case.batch_size, epochs=case.epochs, verbose=0)

    began = time.perf_counter()
    epochs()
    return 1000 * (time.perf_counter() - began) / case.epochs / case.steps


def by_torch(case: Case) -> float:
    import torch

    torch.manual_seed(0)
    X, y = (torch.from_numpy(array) for array in case.arrays())
    lstm, dense = torch.nn.LSTM(case.features, case.units, batch_first=True), torch.nn.Linear(case.units, 1)
    optimizer = torch.optim.Adam([*lstm.parameters(), *dense.parameters()])

    def epoch() -> None:
        for start in range(0, case.samples, case.batch_size):
            batch = slice(start, start + case.batch_size)
            optimizer.zero_grad()
            output = dense(lstm(X[batch])[0][:, -1])
            torch.nn.functional.mse_loss(output, y[batch]).backward()
            optimizer.step()

    return per_step(epoch, case)


def by_jax(case: Case) -> float:
    import jax
    import jax.numpy as jnp

    X, y = case.arrays()
    num_full = case.samples // case.batch_size
    kept = num_full * case.batch_size
    batches = (
        jnp.asarray(X[:kept]).reshape(num_full, case.batch_size, case.timesteps, case.features),
        jnp.asarray(y[:kept]).reshape(num_full, case.batch_size, 1),
    )
    keys = jax.random.split(jax.random.key(0), 3)
    sizes = ((case.features, 4 * case.units), (case.units, 4 * case.units), (case.units, 1))
    weights = [jax.random.normal(key, size) * 0.1 for key, size in zip(keys, sizes, strict=True)]
    weights += [jnp.zeros(4 * case.units), jnp.zeros(1)]
    zeros = [jnp.zeros_like(weight) for weight in weights]

    def loss(weights, x, goal):
        kernel, recurrent, dense, bias, dense_bias = weights

        def step(carry, x_t):
            h, c = carry
            i, f, g, o = jnp.split(x_t @ kernel + h @ recurrent + bias, 4, axis=-1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

        start = jnp.zeros((x.shape[0], case.units))
        (h, _), _ = jax.lax.scan(step, (start, start), jnp.swapaxes(x, 0, 1))
        return jnp.mean((h @ dense + dense_bias - goal) ** 2)

    def adam(state, batch):
        weights, first, second, count = state
        value, grads = jax.value_and_grad(loss)(weights, *batch)
        count = count + 1
        first = [0.9 * m + 0.1 * g for m, g in zip(first, grads, strict=True)]
        second = [0.999 * v + 0.001 * g * g for v, g in zip(second, grads, strict=True)]
        rate = 0.001 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        weights = [
            w - rate * m / (jnp.sqrt(v) + 1e-7) for w, m, v in zip(weights, first, second, strict=True)
        ]
        return (weights, first, second, count), value

    epoch = jax.jit(lambda state: jax.lax.scan(adam, state, batches)[0])
    state = (weights, zeros, zeros, jnp.zeros(()))
    return per_step(lambda: jax.block_until_ready(epoch(state)), case)


LIMITS = jobs.Limits(seconds=1800, memory_mb=6144)
OTHERS = {"torch": by_torch, "jax": by_jax}


def main() -> None:
    """Print what was asked for, or everything."""
    parts = {
        "steps": print_steps,
        "experiments": print_experiments,
        "again": print_again,
        "lessons": print_lessons,
    }
    for name in sys.argv[1:] or parts:
        parts[name]()


def print_steps() -> None:
    """Print the milliseconds a step, and the ratios to the others."""
    print("Milliseconds a step, compilation left out")
    for case in CASES:
        ours, keras_own = compiled(case), by_fit(case)
        print(f"  {case.name}: compiled {ours:.4f}, model.fit {keras_own:.3f}, ratio {keras_own / ours:.1f}")
        for name, measure in OTHERS.items():
            if importlib.util.find_spec(name) is None:
                print(f"    {name} is not installed and was skipped")
                continue
            other = measure(case)
            print(f"    {name} {other:.4f}; compiled takes {ours / other:.2f} of its time")


def print_experiments() -> None:
    """Print the time of some whole trainings, one after the other in this process."""
    print("Seconds from rows to forecasts, with building and compiling")
    for name, exp in EXPERIMENTS.items():
        seconds = {engine: train_once(exp, engine)[0] for engine in ("compiled", "model.fit")}
        print(f"  {name}: {_compared(seconds['compiled'], seconds['model.fit'])}")


def print_again() -> None:
    """Print what a training takes in a job for the first time, and what once its compiled epochs are kept."""
    print("Seconds of the first epoch, compiling included, in a job")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LSTM_COURSE_HOME"] = home
        jobs.shutdown()  # the next server keeps there what is compiled
        for name, exp in EXPERIMENTS.items():
            first, again = (
                jobs.submit("bench_training:first_epoch", (exp.change(epochs=2),), limits=LIMITS).result()
                for _ in range(2)
            )
            print(f"  {name}: {first:.2f}, again {again:.2f}, ratio {first / again:.1f}")
        jobs.shutdown()


def first_epoch(exp: Experiment) -> float:
    """Seconds until the first epoch of a training under XLA is over."""
    epochs: list[Epoch] = []
    train(exp, jit=True, on_epoch=epochs.append)
    return epochs[0].seconds


def print_lessons() -> None:
    """Print the time of each lesson's training in a process of its own, as the course runs it."""
    print(
        "Seconds of each lesson's training: from rows to forecasts, and all epochs but the first, which compiles"
    )
    jobs.warm_up()
    slower = []
    for lesson in load_lessons():
        found = {
            engine: jobs.submit("bench_training:train_once", (lesson.start, engine), limits=LIMITS).result()
            for engine in ("auto", "model.fit")
        }
        whole, later = zip(found["auto"], found["model.fit"], strict=True)
        print(f"  {lesson.number} {lesson.slug}: {_compared(*whole)}; without compiling {_compared(*later)}")
        slower += [lesson.slug] * (whole[0] > whole[1])
    print(f"Slower than model.fit: {', '.join(slower) or 'none'}")


def _compared(ours: float, keras_own: float) -> str:
    return f"{ours:.2f}, model.fit {keras_own:.2f}, ratio {keras_own / ours:.1f}"


def train_once(exp: Experiment, engine: Engine) -> tuple[float, float]:
    """Seconds that a training takes, and those of all its epochs but the first."""
    epochs: list[Epoch] = []
    began = time.perf_counter()
    train(exp, engine=engine, on_epoch=epochs.append)
    return time.perf_counter() - began, sum(epoch.seconds for epoch in epochs[1:])


if __name__ == "__main__":
    main()
