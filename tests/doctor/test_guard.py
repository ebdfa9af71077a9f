"""What goes wrong in the doctor's own looking neither ends the program nor is taken for its fault."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.doctor import report_of
from lstm_course.doctor.seen import Capture, ErrorSeen

pytestmark = pytest.mark.keras


def test_a_slip_is_told_and_the_call_goes_on(monkeypatch):
    from lstm_course.doctor.capture import describing
    from lstm_course.doctor.capture.recorder import Recorder

    def fails(*args):
        raise IndexError("too many indices")

    monkeypatch.setattr(describing, "unpaired", fails)
    recorder = Recorder("program.py", "")
    x, y = np.arange(48.0).reshape(8, 6, 1), np.arange(8.0)
    note, given, _ = describing.describe_call(recorder, object(), "fit", {"x": x, "y": y, "verbose": 2})
    assert (given["x"] is x, given["verbose"], note["x"][0].shape) == (True, 0, (8, 6, 1))
    assert [sentence[:74] for sentence in recorder.slips] == [
        "The doctor could not look at this call: fit (line 0): IndexError: too many"
    ]
    assert recorder.slips[0] in report_of(Capture("program.py", "", slips=tuple(recorder.slips))).notes


def test_a_rule_that_fails_is_told_and_the_others_are_asked(monkeypatch):
    from lstm_course.doctor import rules

    def broken(case):
        """Anything."""
        yield case.nothing

    error = ErrorSeen("KeyError", "'close'", 1, "t['close']", columns={"t": ("Close",)})
    capture = Capture("program.py", "x = t['close']", error=error)
    monkeypatch.setattr(rules, "RULES", (rules.Rule("none", broken), *rules.RULES))
    found = {one.code: one for one in rules.diagnose_capture(capture)}
    assert list(found) == ["column-missing", "rule-failed"]
    assert "broken (Anything.) stopped with AttributeError" in found["rule-failed"].explanation


def test_an_error_of_the_programs_own_generator_is_raised_where_it_is_read():
    from lstm_course.doctor.capture.pipelines import peek

    def batches():
        yield 1 / 0

    pipeline = peek(batches())
    assert pipeline is not None
    with pytest.raises(ZeroDivisionError):
        next(pipeline.again)
