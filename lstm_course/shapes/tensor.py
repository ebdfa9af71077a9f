"""A shape with a name for each axis."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

ROWS = "rows"
SAMPLES = "samples"
BATCH = "batch"
TIMESTEPS = "timesteps"
FEATURES = "features"
UNITS = "units"
HORIZON = "horizon"
TARGETS = "targets"
CLASSES = "classes"

_SINGULAR = {
    ROWS: "row", SAMPLES: "sample", TIMESTEPS: "timestep", FEATURES: "feature", UNITS: "unit", TARGETS: "target",
    CLASSES: "class",
}  # fmt: skip

AXES = (ROWS, SAMPLES, BATCH, TIMESTEPS, FEATURES, UNITS, HORIZON, TARGETS, CLASSES)


@dataclass(frozen=True)
class Tensor:
    """The shape of an array whose axes have names.

    >>> str(Tensor((32, 12, 1), (BATCH, TIMESTEPS, FEATURES)))
    '(32, 12, 1)'
    """

    shape: tuple[int, ...]  # size of each axis
    axes: tuple[str, ...]  # name of each axis, one of AXES

    def __post_init__(self) -> None:
        """Hold the two tuples to one length."""
        if len(self.shape) != len(self.axes):
            raise ValueError(
                f"Shape {self.shape} has {len(self.shape)} axes, but {len(self.axes)} names: {self.axes}."
            )

    def __str__(self) -> str:
        """Write the shape as NumPy would."""
        return str(self.shape)

    @property
    def named(self) -> str:
        """The shape in words.

        >>> Tensor((32, 1), (BATCH, UNITS)).named
        '32 batch × 1 unit'
        """
        sizes = zip(self.shape, self.axes, strict=True)
        return " × ".join(f"{size:,} {axis_name(size, axis)}" for size, axis in sizes)

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of values."""
        return prod(self.shape)

    @property
    def last(self) -> int:
        """Size of the last axis."""
        return self.shape[-1]

    def with_last(self, size: int, axis: str) -> Tensor:
        """Replace the last axis."""
        return Tensor((*self.shape[:-1], size), (*self.axes[:-1], axis))

    def with_first(self, size: int, axis: str) -> Tensor:
        """Replace the first axis."""
        return Tensor((size, *self.shape[1:]), (axis, *self.axes[1:]))

    def renamed(self, axes: tuple[str, ...]) -> Tensor:
        """Keep the sizes, change the names."""
        return Tensor(self.shape, axes)


def axis_name(size: int, axis: str) -> str:
    """Name an axis as its size asks for.

    >>> axis_name(1, CLASSES), axis_name(4, UNITS), axis_name(1, HORIZON)
    ('class', 'units', 'horizon')
    """
    return _SINGULAR.get(axis, axis) if size == 1 else axis
