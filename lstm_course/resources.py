"""Where files lie: the lessons and data sets that come with the package, and those of the learner."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import platformdirs

HOME = "LSTM_COURSE_HOME"
_PACKAGE = Path(__file__).resolve().parent


def learner_dir(kind: Literal["data", "cache"] = "data") -> Path:
    """Return the folder for what this machine's learner keeps: LSTM_COURSE_HOME, or the user's own of that kind."""
    chosen = os.environ.get(HOME)
    if chosen:
        return Path(chosen)
    user = platformdirs.user_data_path if kind == "data" else platformdirs.user_cache_path
    return user("lstm-course", appauthor=False)


def content_dir(name: Literal["lessons", "datasets"]) -> Path:
    """Return the folder that holds the lessons or the data sets.

    The installed copy is looked for first, because next to an installed package may lie another
    package that happens to be called `datasets`.

    >>> content_dir("datasets").name
    'datasets'

    Raises:
        FileNotFoundError: when the folder is neither inside the package nor beside it.
    """
    for folder in (_PACKAGE / "_content" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The folder {name}/ is neither inside the package nor beside it, in {_PACKAGE.parent}. "
        "Install lstm-course again, or run it from a complete checkout."
    )
