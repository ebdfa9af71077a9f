"""The audit: what every lesson must hold to; each problem says what its author is to do next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lstm_course.course.audit_exercises import exercise_problems
from lstm_course.course.exercise import read_text
from lstm_course.course.imports import foreign_imports
from lstm_course.course.judging import right_answer
from lstm_course.course.lesson import Lesson, Step
from lstm_course.course.loading import FOLDER, lesson_folders, load_lesson
from lstm_course.course.misconceptions import Case, find_misconception, shown_by
from lstm_course.course.numbers import NUMBERS
from lstm_course.course.prose import num_words, placeholders
from lstm_course.course.quantities import FIGURE
from lstm_course.course.questions import Choice, Number, Order, Question, Shape
from lstm_course.course.vocabulary import BESIDE, CONTROLS, DEPTHS, STAGES, VIEWS
from lstm_course.data import find_card
from lstm_course.problems import ProblemError
from lstm_course.shapes import AXES, Prediction, predict

MAX_WORDS = 120
MIN_STEPS = 3
MIN_RECALL = 3
MIN_CHOICES = 3
NO_EXERCISES = (0,)
REMOVES_NOTHING = (13,)
LESSON_IMPORTS = frozenset({"__future__", "lstm_course.authoring"})
LESSON_FILES = frozenset({"lesson.md", "lesson.py", "exercises", "stored", "__pycache__"})
GAP = "FILL IN"  # as `new-lesson` writes it
_BRACED = re.compile(r"\]\{(\w+)\}")

Rule = Callable[[Lesson], Iterator[str]]


def audit_all(root: Path | None = None) -> dict[str, list[str]]:
    """Apply the rules for texts and structure to every lesson; exercises are run by `audit_exercise`.

    Returns:
        Problems of each lesson's folder; empty lists where all is well.

    Raises:
        ProblemError: when there is no lesson at all.
    """
    folders = lesson_folders(root)
    if not folders:
        raise ProblemError(
            "There is no lesson to audit: expected folders such as 02_windows. Is the content complete?"
        )
    return {folder.name: audit_lesson(folder) for folder in folders}


def audit_lesson(folder: Path) -> list[str]:
    """Return what is wrong with one lesson, each as a sentence for its author."""
    try:
        lesson = load_lesson(folder)
    except ProblemError as error:
        return [str(error)]
    problems = [problem for rule in _RULES for problem in rule(lesson)]
    for exercise in lesson.exercises:
        problems += [f"exercise {exercise.name}: {problem}" for problem in exercise_problems(exercise)]
    return problems


def _folder(lesson: Lesson) -> Iterator[str]:
    folder = lesson.folder or Path()
    match = FOLDER.fullmatch(folder.name)
    if match and (int(match.group(1)), match.group(2).replace("_", "-")) != (lesson.number, lesson.slug):
        yield f"The folder {folder.name} and number={lesson.number}, slug={lesson.slug!r} do not agree; rename one."
    for path in sorted(folder.iterdir()):
        if path.name not in LESSON_FILES:
            yield f"{path.name} is a stray file; take it out, or move it where it belongs."
    named = {exercise.name for exercise in lesson.exercises}
    for path in sorted((folder / "exercises").glob("*")):
        if path.name not in named and path.name != "__pycache__":
            yield f"exercises/{path.name} is in no exercises=(...) of lesson.py; name it there, or take it out."
    yield from foreign_imports(folder / "lesson.py", LESSON_IMPORTS)


def _gaps(lesson: Lesson) -> Iterator[str]:
    folder = lesson.folder or Path()
    for path in sorted(each for suffix in ("py", "md") for each in folder.rglob(f"*.{suffix}")):
        if left := read_text(path).count(GAP):
            yield f"{path.relative_to(folder).as_posix()} says {GAP} in {left} place(s); write what belongs there."


def _head(lesson: Lesson) -> Iterator[str]:
    for name in ("title", "question", "summary"):
        if not getattr(lesson, name).strip():
            yield f"{name} is empty; write it."
    if not lesson.question.endswith("?"):
        yield f"question={lesson.question!r} is no question; end it with a question mark."
    if not 10 <= lesson.minutes <= 25:
        yield f"minutes={lesson.minutes}: a lesson takes 10 to 25 minutes; cut it or join it to another."
    if not lesson.sources:
        yield "sources is empty; name what the claims rest on."
    if not lesson.removes and lesson.number not in REMOVES_NOTHING:
        yield "removes is empty; name the misconception that the lesson removes."
    for name in lesson.datasets:
        try:
            find_card(name)
        except ProblemError as error:
            yield f"datasets: {error}"
    yield from unknown_names("summary", lesson.summary)


def _steps(lesson: Lesson) -> Iterator[str]:
    if len(lesson.steps) < MIN_STEPS:
        yield f"There are {len(lesson.steps)} steps; a lesson has {MIN_STEPS} or more."
    ids = [step.id for step in lesson.steps]
    for step_id in sorted({each for each in ids if ids.count(each) > 1}):
        yield f"Two steps have the id {step_id!r}; give each its own."
    prediction = predict(lesson.start)
    for step in lesson.steps:
        for problem in _step(step, prediction):
            yield f"step {step.id}: {problem}"
    if lesson.steps and "code-so-far" not in lesson.steps[-1].views:
        yield 'The last step does not show the view "code-so-far"; every lesson ends with it.'


def _step(step: Step, prediction: Prediction) -> Iterator[str]:
    words = num_words(step.text) + num_words(step.after)
    if not words:
        yield "it has no text; write it in lesson.md."
    if step.after and not step.questions:
        yield "it has text below a line ---, but no question to answer first; take the line out, or ask something."
    if words > MAX_WORDS:
        yield f"{words} words; at most {MAX_WORDS}. Cut it, or make two steps of it."
    if not step.title or not step.try_this:
        yield "title or try_this is empty; a step is about one thing and gives one thing to do."
    if step.focus and step.focus not in STAGES:
        yield f"focus={step.focus!r} is no stage; there are {', '.join(STAGES)}."
    elif step.focus and step.focus not in BESIDE and prediction.stage(step.focus) is None:
        yield f"focus={step.focus!r} does not exist in the starting experiment; choose another, or change start."
    if step.depth not in DEPTHS:
        yield f"depth={step.depth!r}: expected one of {', '.join(DEPTHS)}."
    for kind, given, known in (("control", step.controls, CONTROLS), ("view", step.views, VIEWS)):
        for name in given:
            if name not in known:
                yield f"there is no {kind} {name!r}; course/vocabulary.py lists them."
    try:
        prediction.exp.change(**step.suggestion)
    except ProblemError as error:
        yield f"suggestion: {error}"
    for field in ("text", "after", "try_this", "title"):
        yield from unknown_names(field, getattr(step, field))


def unknown_names(where: str, text: str, extra: tuple[str, ...] = ()) -> Iterator[str]:
    """Say which placeholders and axes of a text do not exist."""
    for name in placeholders(text):
        if name not in NUMBERS and name not in extra:
            yield f"{where}: there is no number {{{name}}}; NUMBERS in course/numbers.py lists them."
    for name in _BRACED.findall(text):
        if name not in AXES:
            yield f"{where}: [...]{{{name}}} names no axis; there are {', '.join(AXES)}."


def _questions(lesson: Lesson) -> Iterator[str]:
    asked = [question for step in lesson.steps for question in step.questions]
    if not asked:
        yield "No step asks a question; before a shape or count is first shown, the learner commits to an answer."
    if len(lesson.recall_questions) < MIN_RECALL:
        yield f"recall_questions: {len(lesson.recall_questions)}; later lessons need {MIN_RECALL} or more to ask."
    everything = [*asked, *lesson.recall_questions]
    ids = [question.id for question in everything]
    for question_id in sorted({each for each in ids if ids.count(each) > 1}):
        yield f"Two questions have the id {question_id!r}; give each its own."
    prediction = predict(lesson.start)
    for question in everything:
        for problem in _question(question, prediction):
            yield f"question {question.id}: {problem}"


def _right_places(lesson: Lesson) -> Iterator[str]:
    """Whoever always chooses the first option must not be right most of the time."""
    asked = [question for step in lesson.steps for question in step.questions]
    choices = [each for each in (*asked, *lesson.recall_questions) if isinstance(each, Choice)]
    prediction = predict(lesson.start)
    first = [each.id for each in choices if each.options[0].key == each.answer(prediction)]
    if len(choices) >= MIN_CHOICES and len(first) > len(choices) / 2:
        yield (
            f"The first option is the right one in {len(first)} of {len(choices)} choices; move it in some of "
            f"{', '.join(first)}."
        )


def _question(question: Question, prediction: Prediction) -> Iterator[str]:
    if not question.prompt.strip() or not question.explanation.strip():
        yield "prompt or explanation is empty; write both."
    if question.explanation.startswith("{right}"):
        yield "the explanation begins with the answer, which stands in front of it already; leave it out."
    texts = [("prompt", question.prompt), ("explanation", question.explanation)]
    right = right_answer(question, prediction)
    if right is None:
        yield "it has no answer for the starting experiment; ask something else, or change start."
    if isinstance(question, Choice):
        texts += [(option.key, f"{option.text} {option.why}") for option in question.options]
        yield from _choice(question, right)
    elif isinstance(question, Order):
        texts += [(item.key, item.text) for item in question.items]
        if right is not None and sorted(right.split(" → ")) != sorted(item.key for item in question.items):
            yield f"the answer {right} does not order the items; name each item once."
    else:
        yield from _named_mistakes(question, prediction)
    for where, text in texts:
        yield from unknown_names(where, text, ("right", "given"))


def _named_mistakes(question: Shape | Number, prediction: Prediction) -> Iterator[str]:
    for name in question.misconceptions:
        try:
            find_misconception(name)
        except ProblemError as error:
            yield str(error)
            return
    asked, right = question.answer, question.answer.measure(prediction)
    if right is None or asked.about == FIGURE:
        return
    if next(shown_by(Case(asked.on(prediction), asked, right), question.misconceptions), None) is None:
        yield (
            f"no misconception leads to a wrong answer, so that every mistake gets the general reply; name those of "
            f"{asked.about!r} in course/misconceptions/."
        )


def _choice(question: Choice, right: str | None) -> Iterator[str]:
    keys = [option.key for option in question.options]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        yield "the options need two or more different keys."
    if right is not None and right not in keys:
        yield f"the answer {right!r} is the key of no option."
    for option in question.options:
        if not option.why and option.key != right:
            yield f"option {option.key!r} has no why: say what to tell somebody who chose it."


def _exercises(lesson: Lesson) -> Iterator[str]:
    if lesson.number in NO_EXERCISES:
        return
    kinds = sorted(exercise.kind for exercise in lesson.exercises)
    if kinds != ["debugging", "faded", "free"]:
        yield f"exercises: {', '.join(kinds) or 'none'}; a lesson has one faded, one free and one debugging exercise."


_RULES: tuple[Rule, ...] = (_folder, _gaps, _head, _steps, _questions, _right_places, _exercises)
