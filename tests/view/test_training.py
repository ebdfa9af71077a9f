"""What a training says of itself while it runs."""

from __future__ import annotations

from lstm_course.keras_bridge.events import Epoch
from lstm_course.view.training import attend, progress_of


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
    """A job that ends at a given look, or when it is cancelled."""

    def __init__(self, looks: int) -> None:
        self.left, self.cancelled = looks, False

    def wait(self, timeout: float) -> bool:
        self.left -= 1
        return self.left <= 0

    def cancel(self) -> None:
        self.cancelled = True


def test_a_training_on_data_of_the_visitors_own_ends_with_their_tab() -> None:
    job = _Running(looks=10)
    attend(job, lambda: False, patience=0.0)  # type: ignore[arg-type]
    assert job.cancelled


def test_a_training_whose_tab_is_open_or_away_for_a_moment_goes_on() -> None:
    there = _Running(looks=10)
    attend(there, lambda: True, patience=0.0)  # type: ignore[arg-type]
    away = _Running(looks=10)
    attend(away, lambda: False, patience=60.0)  # type: ignore[arg-type]
    assert not there.cancelled
    assert not away.cancelled
