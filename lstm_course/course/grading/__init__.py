"""Grading: a learner's program is run, asked and judged, and can forge nothing."""

from lstm_course.course.grading.attempt import Attempt, Computed
from lstm_course.course.grading.comparing import Mistake, same
from lstm_course.course.grading.grade import grade, grade_all, is_unchanged, run_code
from lstm_course.course.grading.submitting import submit_check, submit_run, verdict_of
from lstm_course.course.grading.verdict import Message, Rejected, Unchecked, Verdict
from lstm_course.course.grading.wire import LayerValue, ModelValue, Opaque

__all__ = [
    "Attempt",
    "Computed",
    "LayerValue",
    "Message",
    "Mistake",
    "ModelValue",
    "Opaque",
    "Rejected",
    "Unchecked",
    "Verdict",
    "grade",
    "grade_all",
    "is_unchanged",
    "run_code",
    "same",
    "submit_check",
    "submit_run",
    "verdict_of",
]
