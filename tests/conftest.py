from __future__ import annotations

import os
import tempfile

import hypothesis
import pytest

# Set before any test module is imported: TensorFlow reads the first, the progress file the second.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
_HOME = tempfile.TemporaryDirectory(prefix="lstm-course-tests-")
os.environ["LSTM_COURSE_HOME"] = _HOME.name

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the home folder away by hand: left to the collector, it would warn."""
    _HOME.cleanup()
