"""What a process of its own costs: run ``python -m tests.benchmarks.bench_jobs``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from lstm_course import jobs  # noqa: E402 - found by the line above when run as a file
from lstm_course.jobs.processes import memory_mb  # noqa: E402

SHORT_LIVED = "import numpy, tensorflow, keras; keras.layers.Dense(1)(numpy.zeros((1, 1)))"


def main() -> None:
    """Print each figure, with what it is to be compared with."""
    print_start()
    print_latency()
    print_share()
    print_memory()


def print_start() -> None:
    """A warm job with TensorFlow ready, against a script that imports it."""
    began = time.perf_counter()
    jobs.warm_up()
    returned = time.perf_counter() - began
    jobs.submit("bench_jobs:tensorflow_is_ready").result(120)
    print(f"warm_up() returns after {returned * 1e3:.1f} ms; the server is warm after {since(began):.1f} s")
    ready = timed(lambda: jobs.submit("bench_jobs:tensorflow_is_ready").result(120), 20)
    called = timed(lambda: jobs.submit("bench_jobs:call_a_layer").result(120), 5)
    script = timed(
        lambda: subprocess.run([sys.executable, "-c", SHORT_LIVED], capture_output=True, check=True), 3
    )
    print(f"a job with TensorFlow ready, submit to result: {ready * 1e3:.0f} ms")
    print(
        f"a job that calls a layer: {called:.2f} s; the same as a script: {script:.2f} s; {script / called:.0f} x"
    )


def print_latency() -> None:
    """How late the parent's threads wake while two jobs compute, against nothing running."""
    idle = lateness()
    running = [jobs.submit("bench_jobs:spin", limits=jobs.Limits(seconds=60)) for _ in range(2)]
    for job in running:
        next(job.stream(60))
    print(f"the parent wakes late by {idle:.2f} ms (median) idle, {lateness():.2f} ms with two busy jobs")
    calls = timed(lambda: (jobs.queue_state(), running[0].state, running[0].events()), 1000)
    print(f"state and events of a running job: {calls * 1e6:.0f} µs")
    cancelled = timed(running[0].cancel, 1)
    print(f"cancel returns after {cancelled * 1e3:.1f} ms")
    running[1].cancel()


def print_share() -> None:
    """What two computing jobs leave a page that computes too: its speed against nothing running."""
    alone = page_work()
    for name in ("spin", "spin_as_equal"):
        running = [jobs.submit(f"bench_jobs:{name}", limits=jobs.Limits(seconds=60)) for _ in range(2)]
        said = [next(job.stream(60)) for job in running]
        if said != ["ready", "ready"]:
            print(f"two jobs that do not stand back: not measured, {said[0]}")
        else:
            beside, who = page_work(), "stand back" if name == "spin" else "do not"
            print(
                f"a page's work takes {beside[0] / alone[0]:.2f} x as long (median), {beside[1] / alone[1]:.2f} x "
                f"(one in twenty) beside two jobs that {who}"
            )
        for job in running:
            job.cancel()
            job.wait(10)


def print_memory() -> None:
    """What the server and a job hold."""
    own, parent, total = jobs.submit("bench_jobs:memory").result(120)
    print(
        f"the server holds {parent:.0f} MB of its own; a fresh job copies none of it and adds {total:.0f} MB"
    )
    print(
        f"a job that has called a layer adds {jobs.submit('bench_jobs:memory_after_a_call').result(120):.0f} MB"
    )
    assert own


def tensorflow_is_ready() -> bool:
    """Runs in a job."""
    return "tensorflow" in sys.modules and "keras" in sys.modules


def call_a_layer() -> list[int]:
    """Runs in a job."""
    import keras
    import numpy as np

    return list(keras.layers.Dense(1)(np.zeros((1, 1))).shape)


def spin(emit: Callable[[object], None]) -> None:
    """Runs in a job."""
    emit("ready")
    while True:
        pass


def spin_as_equal(emit: Callable[[object], None]) -> None:
    """Runs in a job, which it gives back the rank that jobs give up; only root may."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, 0)
        Path("/proc/self/autogroup").write_text("0")
    except OSError as error:
        emit(f"not permitted ({error})")
        return
    spin(emit)


def memory() -> tuple[float, float, float]:
    """Runs in a job."""
    return memory_mb(os.getpid()), memory_mb(os.getppid()), private_mb()


def memory_after_a_call() -> float:
    """Runs in a job."""
    call_a_layer()
    return private_mb()


def private_mb() -> float:
    """Memory of this process that it shares with no other."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def lateness() -> float:
    """Median of how late a wait of 1 ms ends, in ms."""
    late = []
    for _ in range(300):
        began = time.perf_counter()
        threading.Event().wait(0.001)
        late.append(since(began) * 1e3 - 1)
    return statistics.median(late)


def page_work() -> tuple[float, float]:
    """Seconds of a piece of work as long as a rerun of a page, with rests between: the median and the 95th of 100."""
    times = []
    for _ in range(100):
        began = time.perf_counter()
        sum(number * number for number in range(300_000))
        times.append(since(began))
        time.sleep(0.02)
    return statistics.median(times), sorted(times)[94]


def timed(action: Callable[[], object], times: int) -> float:
    """Median seconds of an action."""
    durations = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        durations.append(since(began))
    return statistics.median(durations)


def since(began: float) -> float:
    """Seconds since a moment."""
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
