"""Count what pandas could not read as a number or a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_course.doctor.capture.recorder import Recorder


def watch_conversions(recorder: Recorder) -> None:
    """Count what pandas could not read as a number or a date, where the program asks for that."""
    for name in ("to_numeric", "to_datetime"):
        if name in recorder.source:
            import pandas  # the program does so, too

            recorder.patches.wrap(pandas, name, _counting(recorder, name))


def _counting(recorder: Recorder, name: str) -> Callable[[Any], Any]:
    def make(original: Any) -> Any:
        def convert(arg: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(arg, *args, **kwargs)
            with recorder.looking(name):
                given, made = np.asarray(arg, dtype=object).reshape(-1), np.asarray(result).reshape(-1)
                lost = (made != made) & (given == given)
                texts = [str(text) for text in given[lost][:3]]
                recorder.event(name, lost=int(lost.sum()), count=len(given), texts=texts)
            return result

        return convert

    return make
