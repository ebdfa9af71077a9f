"""TensorFlow in a command's own process: it takes seconds to load, and only some commands need it."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

from lstm_course.jobs.silence import silence


def with_tensorflow(module: str) -> ModuleType:
    """Import a module of ``keras_bridge`` without the messages that TensorFlow prints about a computer.

    Raises:
        ImportError: TensorFlow cannot be imported here.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with silence():
        return import_module(f"lstm_course.keras_bridge.{module}")
