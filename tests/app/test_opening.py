"""What the server does once, before anybody visits it."""

from __future__ import annotations

import gc
import sys
from types import ModuleType

import pytest

from lstm_course.view.opening import keep_imports


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_what_was_imported_is_no_longer_looked_through(monkeypatch):
    keep_imports()
    gc.unfreeze()
    keep_imports()
    assert gc.get_freeze_count() == 0  # nothing new: what a turn made is still looked through
    monkeypatch.setitem(sys.modules, "imported_for_a_page", ModuleType("imported_for_a_page"))
    keep_imports()
    assert gc.get_freeze_count() > 1000
