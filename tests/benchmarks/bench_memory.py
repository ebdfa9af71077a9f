"""What 10 million rows cost: run ``python tests/benchmarks/bench_memory.py [STRIDE]``, some minutes for stride 1.

8 features and 168 timesteps; whole windows would take 168 times the rows. Measured in a job that is held to its
limit: what preparing takes, and what training adds, once with the rows on the device and once with a limit that
makes it cut the windows chunk by chunk. The losses of both are printed: they are the same.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from lstm_course import jobs  # noqa: E402 - found by the line above when run as a file
from lstm_course.experiment import Experiment  # noqa: E402
from lstm_course.jobs.processes import memory_mb as memory_of  # noqa: E402
from lstm_course.layers import SimpleRNN  # noqa: E402

ROWS, FEATURES, TIMESTEPS = 10_000_000, 8, 168
LIMIT_MB = 6_144  # what the page allows a training
TIGHT_MB = 512  # of which a quarter is less than the rows take


def main() -> None:
    """Print the memory of both ways, beside that of the rows and of whole windows."""
    stride = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rows_mb = ROWS * FEATURES * 4 / 1024**2
    samples = (ROWS - TIMESTEPS - 1) // stride + 1
    print(f"{ROWS:,} rows of {FEATURES} features: {rows_mb:.0f} MB as float32")
    print(f"{samples:,} windows as arrays would take {samples * TIMESTEPS * FEATURES * 4 / 1024**3:.1f} GB")
    limits = jobs.Limits(seconds=3600, memory_mb=LIMIT_MB)
    job = jobs.submit("bench_memory:train_in_a_job", args=(stride,), limits=limits)
    for line in job.stream():
        print(line, flush=True)
    job.result()


def train_in_a_job(stride: int, emit: Callable[[object], None], memory_mb: int) -> None:
    """Runs in a job."""
    import numpy as np
    import pandas as pd

    from lstm_course.data import Series, facts_of, prepare
    from lstm_course.keras_bridge.build import build, compile_for
    from lstm_course.keras_bridge.fit import fit
    from lstm_course.keras_bridge.stream import budget_bytes

    names = tuple(f"x{number}" for number in range(FEATURES))
    table = np.random.default_rng(0).standard_normal((ROWS, FEATURES))
    series = Series("large", pd.DataFrame(table, columns=list(names), copy=False))
    exp = Experiment(
        features=names, targets=names[:1], timesteps=TIMESTEPS, stride=stride, layers=(SimpleRNN(1),),
        batch_size=4_096, epochs=1,
    )  # fmt: skip
    with peak() as preparing:
        prepared = prepare(exp, series)
    emit(f"preparing took {preparing.seconds:.0f} s and at its peak {preparing.mb:.0f} MB")
    for allowed in (memory_mb, TIGHT_MB):
        model = build(exp, facts_of(exp, series))
        compile_for(model, exp)
        with peak() as training:
            fitted = fit(model, prepared, memory_mb=allowed)
        emit(
            f"training within {allowed:,} MB, of which samples may take {budget_bytes(allowed) / 1024**2:.0f}: "
            f"{training.seconds:.0f} s, at its peak {training.mb:.0f} MB more; {fitted.engine}, "
            f"loss {fitted.history['loss'][0]:.6f}"
        )


class Peak:
    """The time and the greatest memory of a stretch of work."""

    seconds = 0.0
    mb = 0.0


@contextmanager
def peak() -> Iterator[Peak]:
    """Watch this process's memory from another thread, above what it held before."""
    found, over, before, began = Peak(), threading.Event(), memory_of(os.getpid()), time.perf_counter()

    def watch() -> None:
        while not over.wait(0.02):
            found.mb = max(found.mb, memory_of(os.getpid()) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
        found.seconds = time.perf_counter() - began


if __name__ == "__main__":
    main()
