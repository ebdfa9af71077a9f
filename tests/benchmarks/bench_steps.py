"""One gradient step of compiled epochs against `model.fit`, PyTorch and JAX.

Run it as ``python tests/benchmarks/bench_steps.py [airline] [middle] [long]``; without a name, all three. Each
framework has a process of its own with the same number of threads. They take turns with ours, round after round,
so that a busy machine slows all of them; ratios are medians over the rounds. PyTorch and JAX are measured where
they are installed.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
from contextlib import ExitStack

from cases import CASES, Case
from contender import Contender

ROUNDS = 7
PROGRAMS = {
    "model.fit": ("steps_by_keras.py", "model.fit"),
    "torch": ("steps_by_torch.py",),
    "jax": ("steps_by_jax.py",),
}


def main() -> None:
    """Print the milliseconds a step and the ratios, compilation left out."""
    threads = str(os.cpu_count() or 1)
    print(f"Milliseconds a step on {threads} threads, medians of {ROUNDS} rounds in turn")
    with ExitStack() as running:
        ours = running.enter_context(Contender("steps_by_keras.py", "compiled", threads))
        others = {
            name: running.enter_context(Contender(*program, threads))
            for name, program in PROGRAMS.items()
            if _is_there(name)
        }
        for name in sys.argv[1:] or CASES:
            for other, contender in others.items():
                _compare(CASES[name], ours, other, contender)


def _is_there(name: str) -> bool:
    found = name == "model.fit" or importlib.util.find_spec(name) is not None
    if not found:
        print(f"  {name} is not installed and is left out")
    return found


def _compare(case: Case, ours: Contender, name: str, other: Contender) -> None:
    rounds = [(ours.per_step(case), other.per_step(case)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = statistics.median(own / foreign for own, foreign in rounds)
    print(
        f"  {case.name}: compiled {mine:.4f}, {name} {theirs:.4f}, compiled / {name} {ratio:.2f}", flush=True
    )


if __name__ == "__main__":
    main()
