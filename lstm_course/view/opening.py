"""What the server does once, before anybody visits it."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("script") / "page.py"
_FIRST = ("lstm_course.view.app", "lstm_course.view.pages.home", "lstm_course.view.pages.lesson")
_kept = [0]  # number of modules


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Serve at once, and read the course meanwhile: a browser takes a second to come, and then it is there."""
    threading.Thread(target=_read_course, name="read-course", daemon=True).start()
    yield


def _read_course() -> None:
    for name in _FIRST:
        import_module(name)
    import_module("lstm_course.course.loading").readable_lessons()
    keep_imports()


def keep_imports() -> None:
    """Take what has been imported since the last time out of the rubbish that is looked through.

    Streamlit looks for rubbish after every turn. Nothing else of the process runs meanwhile, not even what sends
    the drawing to the browser: with the modules of this app, which stay until its end, it took 80 ms a turn.
    """
    if len(sys.modules) > _kept[0]:
        _kept[0] = len(sys.modules)
        gc.freeze()
