from __future__ import annotations

import pytest

from lstm_course.course.grading import grade

CHECK = """
import numpy as np
from lstm_course.authoring import Attempt, Message, Mistake

def check(attempt):
    for size in (3, 5):
        x = np.arange(size)
        right = x.reshape(size, 1) * 2
        yield from attempt.expect(
            attempt.call("double", x), right, what=f"double(arange({size}))", axes=("rows", "features"),
            mistakes=(Mistake("axis-lost", x * 2, "The features axis is missing."),),
        )
"""


@pytest.fixture
def check_program(tmp_path):
    """Grade a program against a small exercise: double a vector and give it a features axis."""

    def run(
        code: str,
        check: str = CHECK,
        starter: str = "def double(x):\n    return ____\n",
        seconds: float = 5.0,
    ):
        (tmp_path / "starter.py").write_text(starter)
        (tmp_path / "check.py").write_text(check)
        return grade(str(tmp_path), code, seconds)

    return run
