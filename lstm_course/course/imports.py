"""Which modules a lesson's file imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def foreign_imports(path: Path, allowed: frozenset[str]) -> Iterator[str]:
    """Say which imports of a lesson's file are not allowed."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name not in allowed and name.partition(".")[0] not in allowed:
                yield f"{path.name} imports {name}; it may import only {', '.join(sorted(allowed))}."
