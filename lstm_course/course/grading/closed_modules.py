"""Modules that a learner's program may not import while it is checked: they would do the work for it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

COURSE = frozenset({"lstm_course"})
NETWORKS = frozenset({"keras", "tf_keras", "tensorflow", "torch", "jax"})


class ClosedModule(ImportError):
    """Raised where a program imports a module that is closed to it."""


class _Refusal(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package = fullname.partition(".")[0]
        if package in self._names:
            raise ClosedModule(f"`{package}` is closed to this exercise, since it would do the work.")
        return None


def close_modules(names: Collection[str]) -> None:
    """Refuse these packages from now on, in this process, however the import is written.

    What is loaded already is forgotten, so that an import looks for it again. As all that keeps a check honest, this is
    no wall: the objects are still in memory, and whoever digs for them finds them.

    Args:
        names: packages, without their submodules.
    """
    for loaded in [name for name in sys.modules if name.partition(".")[0] in names]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, _Refusal(names))
