"""What a training says of itself while it runs."""

from __future__ import annotations

import gc
import weakref

from lstm_course.keras_bridge.events import Epoch
from lstm_course.view.session import Session
from lstm_course.view.training import ends_with, progress_of


def test_the_first_epoch_has_no_estimate_yet() -> None:
    share, text = progress_of(0, Epoch(1, 50, {"loss": 0.5}, seconds=1.2, eta=None), is_warm=True)
    assert (share, text) == (0.02, "Epoch 1 of 50: loss 0.5.")


def test_later_epochs_say_what_is_left() -> None:
    share, text = progress_of(
        0, Epoch(25, 50, {"loss": 0.25, "val_loss": 0.5}, seconds=0.1, eta=2.5), is_warm=True
    )
    assert (share, text) == (0.5, "Epoch 25 of 50: loss 0.25, val_loss 0.5. About 2 s left.")


def test_before_the_first_epoch_it_says_what_it_waits_for() -> None:
    assert progress_of(0, None, is_warm=False) == (0.0, "TensorFlow is still loading.")
    assert progress_of(0, None, is_warm=True) == (0.0, "Building and compiling the network.")


class _Running:
    """A job that counts how often it was cancelled."""

    cancelled = 0

    def cancel(self) -> None:
        self.cancelled += 1


def test_a_training_on_data_of_the_visitors_own_ends_with_their_session() -> None:
    visitor, job = Session(), _Running()
    ends_with(visitor, job)  # type: ignore[arg-type]
    assert job.cancelled == 0
    del visitor
    gc.collect()
    assert job.cancelled == 1


def test_a_job_is_not_kept_for_a_session_that_goes_on() -> None:
    visitor, job = Session(), _Running()
    ends_with(visitor, job)  # type: ignore[arg-type]
    seen = weakref.ref(job)
    del job
    gc.collect()
    assert seen() is None
    assert visitor is not None
