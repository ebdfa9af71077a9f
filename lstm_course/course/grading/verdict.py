"""What comes out of a check: one of four verdicts, and a message for the particular mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["not attempted", "wrong", "right", "could not be checked"]


@dataclass(frozen=True)
class Message:
    """What to tell a learner about one mistake."""

    id: str  # short name of the mistake
    text: str  # Markdown: what was seen, what was expected, what to look at
    line: int | None = None  # line of the learner's program that it is about, from 1


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check."""

    kind: Kind  # not attempted, wrong, right, could not be checked
    message: Message | None = None  # the first mistake; None when right
    output: str = ""  # what the learner's program printed
    detail: str = ""  # the traceback, as far as it lies in the learner's program
    seconds: float = 0.0  # how long the check took

    @property
    def is_right(self) -> bool:
        """Whether the exercise is solved."""
        return self.kind == "right"


class Rejected(Exception):
    """Ends a check early: the learner's program failed in a way that has its own message."""

    def __init__(self, message: Message, detail: str = "") -> None:
        super().__init__(message.text)
        self.message = message
        self.detail = detail


class Unchecked(Exception):
    """Ends a check early: it could not be found out whether the program is right."""
