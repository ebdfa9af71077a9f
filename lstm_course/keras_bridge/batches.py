"""Batches for `model.fit` that are cut as they are asked for, where the windows do not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from lstm_course.keras_bridge.feed import Array, ArrayFeed
from lstm_course.keras_bridge.order import Order, sample_orders

AHEAD = 2  # batches that wait to be used


class CutBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """The samples of one part, batch by batch, in the order in which `model.fit` would take them."""

    def __init__(self, feed: ArrayFeed, batch_size: int, shuffled: bool = False) -> None:
        super().__init__(max_queue_size=AHEAD)
        self._feed = feed
        self._batch_size = batch_size
        self._orders: Iterator[Order] = sample_orders(feed.num_samples, shuffled)
        self._order = next(self._orders)

    def __len__(self) -> int:
        """Batches in an epoch."""
        return -(-self._feed.num_samples // self._batch_size)

    def __getitem__(self, number: int) -> tuple[Array, ...]:
        """Cut one batch."""
        samples = self._order[number * self._batch_size : (number + 1) * self._batch_size]
        return tuple(np.asarray(array[samples]) for array in self._feed.arrays)

    def on_epoch_end(self) -> None:
        """Take the order of the next epoch."""
        self._order = next(self._orders)
