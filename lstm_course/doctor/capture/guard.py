"""The boundary between a program and those who watch it: what goes wrong in the looking is told, and stays outside."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

DOCTOR = str(Path(__file__).parents[1])
MAX_SLIPS = 20


class Looking:
    """Takes what the doctor's own looking raises, and keeps a sentence on it.

    Args:
        at: what is looked at, such as "fit (line 12)".
        program: path under which the program's code was compiled.
        slips: takes the sentences.

    >>> slips = []
    >>> with Looking("fit (line 12)", "program.py", slips):
    ...     {}["shape"]
    >>> slips[0][:67]
    "The doctor could not look at this call: fit (line 12): KeyError: 's"
    """

    def __init__(self, at: str, program: str, slips: list[str]) -> None:
        self.at, self.program, self.slips = at, program, slips

    def __enter__(self) -> None:
        """Begin to look."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep an error of the doctor's; what stops the program from outside goes through."""
        if error is None:
            return False
        frames = traceback.extract_tb(trace)
        asked = any(frame.filename == self.program for frame in frames[1:])
        if isinstance(error, Exception) and not asked:  # else the program's call will raise it by itself
            sentence = self._sentence(error, frames)
            self.slips += [sentence] if sentence not in self.slips and len(self.slips) < MAX_SLIPS else []
        return isinstance(error, Exception)

    def _sentence(self, error: Exception, frames: traceback.StackSummary) -> str:
        last = ([frame for frame in frames if frame.filename.startswith(DOCTOR)] or list(frames))[-1]
        text = "".join(str(error).strip().splitlines()[:1])
        return (
            f"The doctor could not look at this call: {self.at}: {type(error).__name__}: {text} "
            f"({Path(last.filename).name}, line {last.lineno}). It may have missed something there."
        )
