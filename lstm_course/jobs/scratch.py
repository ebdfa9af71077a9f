"""A folder for the temporary files of each job, which goes when the job goes.

A job's process is killed, so that no exit handler of a library runs: what TensorFlow, Keras or a learner's
program put among the temporary files would stay there for ever.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from uuid import uuid4

_VARIABLES = ("TMPDIR", "TEMP", "TMP")


def name() -> str:
    """Name a folder for one job; short, because sockets have short names and some programs put theirs there."""
    return os.path.join(tempfile.gettempdir(), f"lstm-job-{uuid4().hex[:10]}")


def use(folder: str) -> None:
    """Make the folder; this process, and all that it starts from now on, puts temporary files there.

    Raises:
        OSError: there is no room or no right to make it.
    """
    os.mkdir(folder, mode=0o700)
    os.environ.update(dict.fromkeys(_VARIABLES, folder))
    tempfile.tempdir = folder


def remove(folder: str) -> None:
    """Delete the folder; what another user's rights or a dying process keep there is left."""
    shutil.rmtree(folder, ignore_errors=True)
