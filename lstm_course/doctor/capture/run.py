"""Run a script under observation: what a job of the doctor does, in a process of its own."""

from __future__ import annotations

import linecache
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

import keras
import numpy as np

from lstm_course.doctor.arrays import look_at
from lstm_course.doctor.capture import sandbox, watching
from lstm_course.doctor.capture.hooks import installed
from lstm_course.doctor.capture.independence import look_for_mixing
from lstm_course.doctor.capture.layers import describe_layer, shapes_of
from lstm_course.doctor.capture.quick import quick
from lstm_course.doctor.capture.recorder import Recorder
from lstm_course.doctor.seen import Capture, ErrorSeen

_MOST_COLUMNS = 64  # names of columns that are kept of a table


def capture_script(
    path: str, source: str | None = None, seconds: float = 60.0, emit: Callable[[Capture], None] | None = None
) -> Capture:
    """Run a script and describe what it builds and calls.

    A program may leave anything behind: call it in a process that ends afterwards.

    Args:
        path: the script's path; need not exist where `source` is given.
        source: its text.
        seconds: how long it may run.
        emit: is given what was seen so far, after each call of a model; a process that dies leaves at least that.
    """
    file = os.path.abspath(path)
    text = Path(file).read_text(encoding="utf-8-sig") if source is None else source
    recorder = Recorder(file, text, emit)
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    started = time.perf_counter()
    with sandbox.place_to_run(Path(file).parent if source is None else Path("/nowhere"), text) as where:
        with (
            quick(),
            installed(recorder),
            sandbox.no_surprises(recorder),
            sandbox.guard_files(recorder, where),
            sandbox.redirect_files(recorder, where),
            sandbox.quiet(recorder),
            sandbox.time_limit(seconds, recorder),
        ):
            _run(recorder, file, text)
            if recorder.error is None:
                with recorder.looking("the model, asked again"):
                    look_for_mixing(recorder)
        recorder.seconds = time.perf_counter() - started
        return recorder.capture()


def _run(recorder: Recorder, file: str, text: str) -> None:
    module = ModuleType("__main__")
    module.__file__ = file
    sys.modules["__main__"] = module
    sys.argv = [file]
    sys.path.insert(0, os.path.dirname(file))
    try:
        exec(watching.compiled(text, file, recorder, module), module.__dict__)
    except sandbox.StopProgramError as stop:
        recorder.remark(str(stop))
    except SystemExit as leave:
        line = _last_line(leave.__traceback__, file)
        recorder.event("exit", line=line, code=str(leave.code))
        recorder.remark(
            f"The program ended itself at line {line} (exit code {leave.code or 0}); what came before was "
            "judged."
        )
    except MemoryError:
        recorder.remark("The program wanted more memory than a check may use; what came before was judged.")
    except Exception as error:  # noqa: BLE001  any error of the program is what we are after
        recorder.error = _describe(recorder, error, file, module)
    recorder.arrays = {
        name: value
        for name, value in module.__dict__.items()
        if isinstance(value, np.ndarray) and not name.startswith("_")
    }


def _last_line(trace: TracebackType | None, file: str) -> int:
    lines = [line for frame, line in traceback.walk_tb(trace) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 0


def _describe(recorder: Recorder, error: Exception, file: str, module: ModuleType) -> ErrorSeen:
    if isinstance(error, SyntaxError) and error.filename == file:
        return ErrorSeen("SyntaxError", str(error), error.lineno or 0, (error.text or "").strip())
    line = _last_line(error.__traceback__, file)
    failing, inputs = recorder.failing or (None, ())
    if failing is not None:
        recorder.layers.setdefault(id(failing), failing)  # Keras may have made it on the program's behalf
    making = recorder.making if _was_being_made(recorder.making) else None
    return ErrorSeen(
        type=type(error).__name__, text=str(error)[:6_000], line=line, source=recorder.source_line(line),
        method=_method(error.__traceback__, file), layer=id(failing) if failing is not None else None,
        layer_inputs=shapes_of(list(inputs)), operands=recorder.operations.refused or (),
        making=describe_layer(making, recorder.notes) if making is not None else None,
        values=_values(error.__traceback__, file), columns=_columns(error.__traceback__, file),
    )  # fmt: skip


def _was_being_made(layer: Any) -> bool:
    return layer is not None and not isinstance(layer, keras.Model)


def _method(trace: TracebackType | None, file: str) -> str:
    """Name the function that the program had called where it stopped."""
    frames: list[FrameType] = [frame for frame, _ in traceback.walk_tb(trace)]
    own = [index for index, frame in enumerate(frames) if frame.f_code.co_filename == file]
    if not own or own[-1] + 1 >= len(frames):
        return ""
    return frames[own[-1] + 1].f_code.co_name


def _values(trace: TracebackType | None, file: str) -> dict[str, Any]:
    found = {
        name: look_at(value, name)
        for name, value in _named(trace, file).items()
        if isinstance(value, np.ndarray | list)
    }
    return {name: array for name, array in found.items() if array is not None}


def _columns(trace: TracebackType | None, file: str) -> dict[str, tuple[str, ...]]:
    """Name the columns of the program's tables, without importing pandas for it."""
    tables = {
        name: value for name, value in _named(trace, file).items() if type(value).__name__ == "DataFrame"
    }
    return {name: tuple(map(str, list(table.columns)[:_MOST_COLUMNS])) for name, table in tables.items()}


def _named(trace: TracebackType | None, file: str) -> dict[str, Any]:
    """Give what the program's innermost function names where it stopped."""
    frames = [frame for frame, _ in traceback.walk_tb(trace) if frame.f_code.co_filename == file]
    names = {**frames[-1].f_globals, **frames[-1].f_locals} if frames else {}
    return {name: value for name, value in names.items() if not name.startswith("_")}
