"""Facts: the few numbers about the rows that the shapes depend on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PartFacts:
    """One part of the chronological split, or of a set of sequences."""

    name: str  # "train", "validation" or "test"
    num_rows: int  # rows in the part (for sequences: rows of all its sequences)
    num_samples: int  # windows with their labels that the part gives, after those with gaps were left out
    num_dropped: int = 0  # windows left out because they hold a missing value


@dataclass(frozen=True)
class Facts:
    """What must be known of the data to predict every shape."""

    num_rows: int  # rows after cleaning
    num_columns: int  # columns of the table that can be used
    features: tuple[str, ...]  # names of the columns that go in
    targets: tuple[str, ...]  # names of the columns to forecast
    parts: tuple[PartFacts, ...]  # train, validation, test
    class_names: tuple[str, ...] = ()  # classes that a label may name
    is_sequences: bool = (
        False  # whether the samples are sequences of their own instead of windows of one series
    )
    longest: int = 0  # rows of the longest sequence
    num_missing: int = 0  # missing numbers left in the columns used; missing classes are never learned

    def part(self, name: str) -> PartFacts:
        """Return one part by its name."""
        return next(part for part in self.parts if part.name == name)

    @property
    def num_classes(self) -> int:
        """Number of classes."""
        return len(self.class_names)
