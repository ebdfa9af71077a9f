"""The shape doctor: why does my model not fit my data?

Example:
    >>> from lstm_course.doctor import explain_keras_error
    >>> explain_keras_error("Unrecognized keyword arguments passed to LSTM: {'time_major': True}").title
    'time_major is an argument of Keras 2'
"""

from __future__ import annotations

from lstm_course.doctor.catalogue import Entry, catalogue
from lstm_course.doctor.examine import DoctorError, diagnose, examine, start
from lstm_course.doctor.explain import explain_keras_error
from lstm_course.doctor.report import Report, report_of
from lstm_course.doctor.rules import RULES, Rule, diagnose_capture

__all__ = [
    "RULES",
    "DoctorError",
    "Entry",
    "Report",
    "Rule",
    "catalogue",
    "diagnose",
    "diagnose_capture",
    "examine",
    "explain_keras_error",
    "report_of",
    "start",
]
