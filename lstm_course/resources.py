"""Where the lessons and the data sets lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


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
