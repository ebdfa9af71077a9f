"""Every misconception that a wrong answer can be matched to, in one place.

The order matters where two lead to the same answer: the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_course.course.misconceptions.arguments import ARGUMENT_MISCONCEPTIONS
from lstm_course.course.misconceptions.axes import AXIS_MISCONCEPTIONS
from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.course.misconceptions.counts import COUNT_MISCONCEPTIONS
from lstm_course.course.misconceptions.forecasts import FORECAST_MISCONCEPTIONS
from lstm_course.course.misconceptions.inside import INSIDE_MISCONCEPTIONS
from lstm_course.course.misconceptions.labels import LABEL_MISCONCEPTIONS
from lstm_course.course.misconceptions.lanes import LANE_MISCONCEPTIONS
from lstm_course.course.misconceptions.layers import LAYER_MISCONCEPTIONS
from lstm_course.course.misconceptions.networks import NETWORK_MISCONCEPTIONS
from lstm_course.course.misconceptions.padding import PADDING_MISCONCEPTIONS
from lstm_course.course.misconceptions.parts import PART_MISCONCEPTIONS
from lstm_course.course.misconceptions.rows import ROW_MISCONCEPTIONS
from lstm_course.course.misconceptions.states import STATE_MISCONCEPTIONS
from lstm_course.course.misconceptions.trainings import TRAINING_MISCONCEPTIONS
from lstm_course.course.misconceptions.wrappers import WRAPPER_MISCONCEPTIONS
from lstm_course.problems import ProblemError

MISCONCEPTIONS: tuple[Misconception, ...] = (
    *COUNT_MISCONCEPTIONS,
    *LAYER_MISCONCEPTIONS,
    *ROW_MISCONCEPTIONS,
    *LABEL_MISCONCEPTIONS,
    *LANE_MISCONCEPTIONS,
    *FORECAST_MISCONCEPTIONS,
    *WRAPPER_MISCONCEPTIONS,
    *ARGUMENT_MISCONCEPTIONS,
    *INSIDE_MISCONCEPTIONS,
    *NETWORK_MISCONCEPTIONS,
    *PADDING_MISCONCEPTIONS,
    *PART_MISCONCEPTIONS,
    *STATE_MISCONCEPTIONS,
    *TRAINING_MISCONCEPTIONS,
    *AXIS_MISCONCEPTIONS,
)
"""All of them, the most particular first."""

_BY_ID = {each.id: each for each in MISCONCEPTIONS}

__all__ = ["MISCONCEPTIONS", "Case", "Given", "Misconception", "find_misconception", "matching", "shown_by"]


def find_misconception(misconception_id: str) -> Misconception:
    """Return a misconception by its id.

    Raises:
        ProblemError: when there is none.
    """
    if misconception_id not in _BY_ID:
        raise ProblemError(
            f"There is no misconception {misconception_id!r}; course/misconceptions/ lists them all."
        )
    return _BY_ID[misconception_id]


def matching(case: Case, given: Given, first: Sequence[str] = ()) -> Misconception | None:
    """Return the misconception behind a wrong answer, or None where none explains it.

    Args:
        case: what was asked.
        given: the wrong answer.
        first: ids to look for before all others.
    """
    return next((each for each, answer in shown_by(case, first) if answer == given), None)


def shown_by(case: Case, first: Sequence[str] = ()) -> Iterator[tuple[Misconception, Given]]:
    """Yield each misconception that would show in this case, with the wrong answer that it leads to."""
    right: Given = case.tensor.shape if case.tensor.rank else case.number
    order = [find_misconception(each) for each in first]
    for misconception in (*order, *MISCONCEPTIONS):
        if case.quantity.about not in misconception.about:
            continue
        answer = misconception.answer(case)
        if answer is not None and answer != right:
            yield misconception, answer
