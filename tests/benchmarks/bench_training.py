"""Whole trainings by compiled epochs against `model.fit`, compiling included: ratios measured in one run.

Run it as ``python tests/benchmarks/bench_training.py [experiments] [again] [lessons]``; without a name, all three.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # its own folder is there already

from lstm_course import jobs
from lstm_course.course.loading import load_lessons
from lstm_course.experiment import Experiment, Split
from lstm_course.keras_bridge.events import Epoch
from lstm_course.keras_bridge.fit import Engine
from lstm_course.keras_bridge.train import train
from lstm_course.layers import GRU, LSTM

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
LIMITS = jobs.Limits(seconds=1800, memory_mb=6144)
HEADING = "Seconds from rows to forecasts, with building and compiling, and those of all epochs but the first"
ROUNDS = 3  # trainings by each engine, in turn; medians are printed


def main() -> None:
    """Print what was asked for, or everything."""
    parts = {
        "experiments": print_experiments,
        "again": print_again,
        "lessons": print_lessons,
    }
    for name in sys.argv[1:] or parts:
        parts[name]()


def print_experiments() -> None:
    """Print the time of some whole trainings."""
    print(HEADING)
    for name, exp in EXPERIMENTS.items():
        _print_compared(name, exp, "compiled")


def print_again() -> None:
    """Print what a training takes in a job for the first time, and what once its compiled epochs are kept."""
    print("Seconds of the first epoch, compiling included, in a job")
    with nothing_kept():
        for name, exp in EXPERIMENTS.items():
            first, again = (
                jobs.submit("bench_training:first_epoch", (exp.change(epochs=2),), limits=LIMITS).result()
                for _ in range(2)
            )
            print(f"  {name}: {first:.2f}, again {again:.2f}, ratio {first / again:.1f}")


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Begin without anything that was compiled before, in a home and with a server of jobs of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["LSTM_COURSE_HOME"] = home
        jobs.shutdown()  # the next server keeps there what is compiled
        jobs.warm_up()
        yield
        jobs.shutdown()


def first_epoch(exp: Experiment) -> float:
    """Seconds until the first epoch of a training under XLA is over."""
    epochs: list[Epoch] = []
    train(exp, jit=True, on_epoch=epochs.append)
    return epochs[0].seconds


def print_lessons() -> None:
    """Print the time of each lesson's training."""
    print(HEADING)
    lessons = {f"{lesson.number} {lesson.slug}": lesson.start for lesson in load_lessons()}
    slower = [name for name, exp in lessons.items() if _print_compared(name, exp, "auto") > 1]
    print(f"Slower than model.fit: {', '.join(slower) or 'none'}")


def _print_compared(name: str, exp: Experiment, engine: Engine) -> float:
    """Train by both engines in turn, each time in a fresh job as the app does at first, and return our share."""
    rounds = []
    for _ in range(ROUNDS):
        with nothing_kept():
            rounds.append((_in_a_job(exp, engine), _in_a_job(exp, "model.fit")))
    ours, keras_own = (
        map(statistics.median, zip(*times, strict=True)) for times in zip(*rounds, strict=True)
    )
    (whole, later), (fit_whole, fit_later) = ours, keras_own
    print(
        f"  {name}: {whole:.2f}, model.fit {fit_whole:.2f}, ratio {fit_whole / whole:.1f}; "
        f"later epochs {later:.2f}, model.fit {fit_later:.2f}",
        flush=True,
    )
    return whole / fit_whole


def _in_a_job(exp: Experiment, engine: Engine) -> tuple[float, float]:
    found: tuple[float, float] = jobs.submit(
        "bench_training:train_once", (exp, engine), limits=LIMITS
    ).result()
    return found


def train_once(exp: Experiment, engine: Engine) -> tuple[float, float]:
    """Seconds that a training takes, and those of all its epochs but the first."""
    epochs: list[Epoch] = []
    began = time.perf_counter()
    train(exp, engine=engine, on_epoch=epochs.append)
    return time.perf_counter() - began, sum(epoch.seconds for epoch in epochs[1:])


if __name__ == "__main__":
    main()
