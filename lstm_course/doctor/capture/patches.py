"""Wrappers in the place of functions of Keras, and the way back."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

MISSING = object()


class Patches:
    """Puts wrappers in the place of functions, and takes them away again.

    >>> class Clock:
    ...     def now(self):
    ...         return 7
    >>> patches = Patches()
    >>> patches.wrap(Clock, "now", lambda original: lambda self: original(self) + 1)
    >>> Clock().now()
    8
    >>> patches.undo()
    >>> Clock().now()
    7
    """

    def __init__(self) -> None:
        self.before: list[tuple[Any, str, Any]] = []  # owner, name and what it had of its own

    def put(self, owner: Any, name: str, value: Any) -> None:
        """Give an attribute another value."""
        self.before.append((owner, name, vars(owner).get(name, MISSING)))
        setattr(owner, name, value)

    def wrap(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """Put a wrapper in the place of a function."""
        original = getattr(owner, name)
        self.put(owner, name, functools.wraps(original)(make(original)))

    def wrap_everywhere(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """Put a wrapper in the place of a function in every module that names it; tensorflow.keras has its own."""
        original = getattr(owner, name)
        wrapper = functools.wraps(original)(make(original))
        for title, module in list(sys.modules.items()):
            if title.startswith(("keras", "tensorflow.keras")) and vars(module).get(name) is original:
                self.put(module, name, wrapper)

    def undo(self) -> None:
        """Leave everything as it was."""
        while self.before:
            owner, name, value = self.before.pop()
            if value is MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
