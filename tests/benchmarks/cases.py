"""The trainings that several frameworks are measured on, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """One training of a single LSTM and a Dense(1), by Adam on the mean squared error."""

    name: str  # name to print
    samples: int  # training samples
    timesteps: int  # timesteps of a window
    features: int  # features of a window
    units: int  # units of the LSTM
    batch_size: int  # samples per step
    epochs: int  # epochs that one measurement takes

    @property
    def steps(self) -> int:
        """Gradient steps in an epoch."""
        return -(-self.samples // self.batch_size)

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """X (samples, timesteps, features) and y (samples, 1)."""
        rng = np.random.default_rng(0)
        X = rng.normal(size=(self.samples, self.timesteps, self.features)).astype("float32")
        return X, X[:, -1, :1] * 0.5


CASES = {
    case.name: case
    for case in (
        Case("airline", 94, 1, 1, 4, 1, 20),
        Case("middle", 2_000, 24, 4, 32, 32, 3),
        Case("long", 1_000, 168, 4, 64, 64, 1),
    )
}
