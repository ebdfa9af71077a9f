"""Start a process without telling it what the program's main script is.

multiprocessing has every child run the parent's main script again, so that classes defined
there can be unpickled. Under ``streamlit run`` this would be Streamlit's command or the page
script itself. A job names its function by its module and needs none of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import spawn

_swapping = threading.Lock()
_MAIN_KEYS = ("init_main_from_name", "init_main_from_path")


@contextmanager
def main_hidden() -> Iterator[None]:
    """Leave the main script out of what processes started by this thread are told.

    ``sys.modules["__main__"]`` is not touched: other threads, Streamlit's among them, replace it
    at any time. What other threads start meanwhile is told as ever.
    """
    thread = threading.get_ident()
    with _swapping:
        original = spawn.get_preparation_data

        def without_main(name: str) -> dict[str, object]:
            data = original(name)
            if threading.get_ident() == thread:
                for key in _MAIN_KEYS:
                    data.pop(key, None)
            return data

        spawn.get_preparation_data = without_main
        try:
            yield
        finally:
            spawn.get_preparation_data = original
