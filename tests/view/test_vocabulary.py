"""The page can draw everything that a lesson may ask for."""

from __future__ import annotations

from lstm_course.course import vocabulary
from lstm_course.view.controls import CONTROLS
from lstm_course.view.views import VIEWS, find_view


def test_every_control_of_the_vocabulary_exists() -> None:
    assert set(vocabulary.CONTROLS) <= set(CONTROLS)


def test_every_view_of_the_vocabulary_exists() -> None:
    assert set(vocabulary.VIEWS) == set(VIEWS)
    assert all(callable(find_view(name)) for name in VIEWS)
