"""Imported by the fork server alone, once: brings in what every job needs, and says nothing.

Each job's process is a copy of the server's. Nothing is computed here: TensorFlow may be copied
after it has been imported, but not after it has run an operation.

Measured: with the modules of the trainings and of the doctor imported here too, which adds 9 MB, a check of
a script begins 1.4 s earlier and a training 0.1 s.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence

from lstm_course.jobs.compile_cache import cache_environment
from lstm_course.jobs.processes import adopt_orphans
from lstm_course.jobs.silence import silence

MODULES, PYTHONPATH = "LSTM_COURSE_PRELOAD", "PYTHONPATH"


def server_environment(modules: Sequence[str]) -> dict[str, str]:
    """Return the variables with which the server finds and imports the modules."""
    told = {"modules": list(modules), "pythonpath": os.environ.get(PYTHONPATH)}
    search_path = os.pathsep.join(path or os.getcwd() for path in sys.path)
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3"}
    return {MODULES: json.dumps(told), PYTHONPATH: search_path, **quiet, **cache_environment()}


def _import_all(environment: Mapping[str, str]) -> None:
    told = json.loads(environment.get(MODULES, '{"modules": []}'))
    _restore(told.get("pythonpath"))
    with silence():
        for module in told["modules"]:
            # Whatever is wrong with an installation, jobs that do not need it shall run.
            with contextlib.suppress(Exception):
                importlib.import_module(module)
    adopt_orphans()  # whatever a crashed job leaves is reaped here, also where process 1 does not
    warnings.filterwarnings("ignore", message="forkserver: waitpid returned unexpected pid")
    # Python 3.12 warns of a fork beside other threads; those of an imported TensorFlow only wait.
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork")


def _restore(pythonpath: str | None) -> None:
    os.environ.pop(MODULES, None)
    os.environ.pop(PYTHONPATH, None)
    if pythonpath is not None:
        os.environ[PYTHONPATH] = pythonpath


if MODULES in os.environ:
    _import_all(os.environ)
