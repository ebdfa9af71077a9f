"""Where jobs keep what XLA has compiled: a training that was compiled once begins at once the next time.

The compiler names each file by what it compiled and looks again at the whole of it before it takes the
file, and puts a file in place only when it is complete. A file that cannot be read or written costs the
time of compiling, nothing else.

Source: tensorflow/compiler/jit/device_executable_persistor.h.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
from importlib import metadata
from pathlib import Path

from lstm_course.resources import learner_dir

FLAGS = "TF_XLA_FLAGS"
MAX_MB = 256  # what is kept: half a MB a training
FREE_MB = 1024  # what must be free on the disk for anything to be kept


def cache_environment() -> dict[str, str]:
    """Return the variable with which XLA keeps what it compiles; empty where nothing can be kept."""
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        prune(folder, MAX_MB)
        if (
            not os.access(folder, os.W_OK)
            or shutil.disk_usage(folder).free < FREE_MB << 20
            or " " in str(folder)
        ):
            return {}
    except (OSError, metadata.PackageNotFoundError):
        return {}
    ours = f"--tf_xla_persistent_cache_directory={folder} --tf_xla_persistent_cache_device_types=CPU"
    return {FLAGS: f"{ours} {os.environ.get(FLAGS, '')}".strip()}


def prune(folder: Path, max_mb: int) -> None:
    """Delete the oldest files until the rest takes no more than this.

    Raises:
        OSError: the folder cannot be read.
    """
    held = 0
    files = [(path.stat(), path) for path in folder.iterdir() if path.is_file()]
    for facts, path in sorted(files, key=lambda each: each[0].st_mtime, reverse=True):
        held += facts.st_size
        if held > max_mb << 20:
            with contextlib.suppress(OSError):
                path.unlink()


def _folder() -> Path:
    """Name a folder for this TensorFlow on this kind of processor: what was compiled runs on no other."""
    return learner_dir("cache") / "compiled" / f"{metadata.version('tensorflow')}-{_processor()}"


def _processor() -> str:
    text = platform.machine() + platform.processor()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        text += next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return hashlib.sha256(text.encode()).hexdigest()[:12]
