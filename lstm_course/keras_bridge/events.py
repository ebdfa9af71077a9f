"""What a training tells while it runs; free of Keras, so that any process can receive it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Epoch:
    """One finished pass over the training samples.

    >>> print(Epoch(2, 20, {"loss": 0.25, "val_loss": 0.5}, seconds=0.1, eta=1.8))
    epoch 2/20 · loss 0.25 · val_loss 0.5 · 1.8 s left
    """

    number: int  # which epoch it was, from 1
    epochs: int  # epochs that were asked for
    logs: Mapping[str, float]  # loss, metrics and their val_ counterparts after this epoch
    seconds: float  # time that the epoch took
    eta: float | None  # seconds that the rest will take; None after the first epoch, which also compiles

    def __str__(self) -> str:
        """Write one line for a terminal."""
        logs = [f"{name} {value:.4g}" for name, value in self.logs.items()]
        left = [] if self.eta is None else [f"{self.eta:.1f} s left"]
        return " · ".join([f"epoch {self.number}/{self.epochs}", *logs, *left])
