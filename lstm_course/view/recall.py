"""Recall: three questions of earlier lessons, asked again on the learner's present experiment."""

from __future__ import annotations

import streamlit as st

from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import readable_lessons
from lstm_course.course.recall import recall_of
from lstm_course.shapes import Prediction
from lstm_course.view.questions import show_question


def show_recall(lesson: Lesson, prediction: Prediction) -> None:
    """Draw the recall questions of a lesson."""
    asked = recall_of(readable_lessons()[0], lesson.slug)
    if not asked:
        return
    st.subheader("Recall")
    for earlier, question in asked:
        st.caption(f"From lesson {earlier.number}, {earlier.title}")
        show_question(earlier, question, prediction, place=f"recall-{lesson.slug}")
