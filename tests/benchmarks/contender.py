"""One framework in a process of its own: it is told a case and answers with its time a step."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from cases import CASES, Case

Epochs = Callable[[int], object]  # takes so many epochs and returns when they are over


def serve(epochs_of: Callable[[Case], Epochs]) -> None:
    """Answer each case's name on standard input with milliseconds a step; its first epochs are not counted.

    Args:
        epochs_of: makes the model of a case and returns what trains it.
    """
    made: dict[str, Epochs] = {}
    for line in sys.stdin:
        case = CASES[line.strip()]
        if case.name not in made:
            made[case.name] = epochs_of(case)
            made[case.name](2)
        began = time.perf_counter()
        made[case.name](case.epochs)
        print(1000 * (time.perf_counter() - began) / case.epochs / case.steps, flush=True)


class Contender:
    """A process that measures one framework whenever it is asked to, and sleeps between."""

    def __init__(self, program: str, *arguments: str) -> None:
        """Start a program of this folder that calls `serve`."""
        command: Sequence[str] = (sys.executable, str(Path(__file__).parent / program), *arguments)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def per_step(self, case: Case) -> float:
        """Milliseconds a step of one case, now."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        print(case.name, file=stdin, flush=True)
        return float(stdout.readline())
