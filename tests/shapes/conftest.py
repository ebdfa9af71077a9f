from __future__ import annotations

from collections.abc import Callable

import pytest

from lstm_course.data import Facts, PartFacts


@pytest.fixture
def facts_with() -> Callable[..., Facts]:
    """Figures of 144 rows in three parts, of which a test changes what it is about."""

    def make(
        train: tuple[int, ...] = (101, 89), validation: tuple[int, ...] = (21, 9), test: tuple[int, ...] = (22, 10),
        targets: int = 1, features: int = 1, classes: int = 0, longest: int = 0, missing: int = 0,
    ) -> Facts:  # fmt: skip
        parts = {"train": train, "validation": validation, "test": test}
        return Facts(
            num_rows=sum(figures[0] for figures in parts.values()),
            num_columns=max(targets, features),
            features=tuple(f"f{number}" for number in range(features)),
            targets=tuple(f"t{number}" for number in range(targets)),
            parts=tuple(PartFacts(name, *figures) for name, figures in parts.items()),
            class_names=tuple(f"class {number}" for number in range(classes)),
            is_sequences=longest > 0,
            longest=longest,
            num_missing=missing,
        )

    return make
