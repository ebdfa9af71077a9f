"""What is mastered and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lstm_course.course.lesson import Lesson
from lstm_course.course.progress.store import Progress

Kind = Literal["step", "exercise", "question", "drills", "done"]


@dataclass(frozen=True)
class LessonProgress:
    """How far a learner is in one lesson."""

    slug: str  # the lesson
    steps_seen: int  # steps seen
    num_steps: int  # steps there are
    questions_right: int  # questions whose latest answer was right
    num_questions: int  # questions there are
    solved: tuple[str, ...]  # exercises solved
    num_exercises: int  # exercises there are

    @property
    def is_started(self) -> bool:
        """Whether anything was done in it."""
        return bool(self.steps_seen or self.questions_right or self.solved)

    @property
    def is_mastered(self) -> bool:
        """Whether all steps were seen, all questions answered rightly in the end, and all exercises solved."""
        return (
            self.steps_seen == self.num_steps
            and self.questions_right == self.num_questions
            and len(self.solved) == self.num_exercises
        )


@dataclass(frozen=True)
class NextStep:
    """What to do next."""

    kind: Kind  # what it is
    lesson: str  # slug of the lesson; empty for drills
    what: str  # id of the step, question or exercise; empty when done
    sentence: str  # said to the learner


def mastered(progress: Progress, lessons: Sequence[Lesson]) -> tuple[LessonProgress, ...]:
    """Say for each lesson how far the learner is."""
    seen = {(row["lesson"], row["step"]) for row in progress.entries("steps")}
    latest = {(row["lesson"], row["question"]): row["verdict"] for row in progress.entries("answers")}
    solved = progress.solved()
    found = []
    for lesson in lessons:
        questions = [question.id for step in lesson.steps for question in step.questions]
        found.append(
            LessonProgress(
                slug=lesson.slug,
                steps_seen=sum((lesson.slug, step.id) in seen for step in lesson.steps),
                num_steps=len(lesson.steps),
                questions_right=sum(latest.get((lesson.slug, each)) == "right" for each in questions),
                num_questions=len(questions),
                solved=tuple(each.name for each in lesson.exercises if (lesson.slug, each.name) in solved),
                num_exercises=len(lesson.exercises),
            )
        )
    return tuple(found)


def next_step(progress: Progress, lessons: Sequence[Lesson]) -> NextStep:
    """Say what to do next: what is open in the lesson seen last, else in the first that is not mastered."""
    states = {state.slug: state for state in mastered(progress, lessons)}
    seen = progress.entries("steps")
    recent = max(seen, key=lambda row: row["seen"])["lesson"] if seen else ""
    order = sorted(lessons, key=lambda lesson: (lesson.slug != recent, lesson.number))
    for lesson in order:
        if not states[lesson.slug].is_mastered:
            return _open_in(lesson, progress)
    if lessons:
        return NextStep("drills", "", "", "Every lesson is mastered. Keep it fresh with drills.")
    return NextStep("done", "", "", "There is no lesson here.")


def _open_in(lesson: Lesson, progress: Progress) -> NextStep:
    seen = {row["step"] for row in progress.entries("steps", lesson=lesson.slug)}
    for step in lesson.steps:
        if step.id not in seen:
            verb = "Go on with" if seen else "Begin"
            return NextStep(
                "step", lesson.slug, step.id, f"{verb} lesson {lesson.number}, {lesson.title}: {step.title}."
            )
    solved = {exercise for slug, exercise in progress.solved() if slug == lesson.slug}
    for exercise in lesson.exercises:
        if exercise.name not in solved:
            return NextStep(
                "exercise",
                lesson.slug,
                exercise.name,
                f"Solve the exercise “{exercise.title}” of {lesson.title}.",
            )
    latest = {row["question"]: row["verdict"] for row in progress.entries("answers", lesson=lesson.slug)}
    for step in lesson.steps:
        for question in step.questions:
            if latest.get(question.id) != "right":
                return NextStep(
                    "question",
                    lesson.slug,
                    question.id,
                    f"Answer the open question of “{step.title}” in {lesson.title}.",
                )
    return NextStep("done", lesson.slug, "", f"{lesson.title} is mastered.")
