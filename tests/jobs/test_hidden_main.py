from __future__ import annotations

import sys
import threading
import types
from multiprocessing import spawn

from lstm_course.jobs.hidden_main import main_hidden


def tells_of_main() -> bool:
    return any(key.startswith("init_main") for key in spawn.get_preparation_data("a process"))


def test_the_main_script_is_hidden_from_what_this_thread_starts_alone(monkeypatch):
    script = types.ModuleType("__main__")
    script.__file__ = "/somewhere/app.py"
    monkeypatch.setitem(sys.modules, "__main__", script)
    heard = []
    assert tells_of_main()
    with main_hidden():
        assert not tells_of_main()
        other = threading.Thread(target=lambda: heard.append(tells_of_main()))
        other.start()
        other.join()
    assert heard == [True]
    assert tells_of_main()
