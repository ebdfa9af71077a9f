"""Judge an answer: right with its explanation, or wrong with the reason for this mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lstm_course.course.answers import Sizes, read_number, read_shape
from lstm_course.course.misconceptions import Case, Given, matching
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import fill
from lstm_course.course.questions import Choice, Number, Option, Order, Question, Shape
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, Tensor
from lstm_course.shapes.tensor import BATCH, SAMPLES
from lstm_course.shapes.weights import NUM_GATES

JudgementKind = Literal["right", "wrong", "unreadable", "impossible"]


@dataclass(frozen=True)
class Judgement:
    """What to tell a learner about an answer."""

    verdict: JudgementKind  # unreadable: ask again; impossible: the experiment has no such quantity
    text: str  # Markdown, in the learner's numbers
    misconception: str | None = None  # id of the mistake behind a wrong answer, where it is known
    right: str = ""  # the right answer, as text

    @property
    def is_right(self) -> bool:
        """Whether the answer is right."""
        return self.verdict == "right"


def judge(question: Question, prediction: Prediction, answer: str | Sequence[str]) -> Judgement:
    """Compare an answer with what the rules say.

    Args:
        question: what was asked.
        prediction: the learner's own experiment.
        answer: what the learner typed; the key of an option; or keys in an order.

    Returns:
        The verdict and what to say.

    >>> from lstm_course.course.quantities import num_samples
    >>> from lstm_course.experiment import Experiment
    >>> from lstm_course.shapes import predict
    >>> asked = Number(id="n", prompt="How many?", answer=num_samples(), explanation="{window_formula}.")
    >>> judge(asked, predict(Experiment(timesteps=12)), "90").misconception
    'one-window-too-many'
    """
    numbers = numbers_of(prediction)
    right = right_answer(question, prediction)
    if right is None:
        return Judgement("impossible", impossible_text(prediction))
    try:
        if isinstance(question, Shape | Number):
            return _judge_quantity(question, prediction, str(answer), numbers)
        return _judge_pick(question, right, answer, numbers)
    except Unreadable as error:
        return Judgement("unreadable", str(error))


class Unreadable(ProblemError):
    """An answer that could not be read; ask again."""


def right_answer(question: Question, prediction: Prediction) -> str | None:
    """Return the right answer as text, or None where the experiment has none.

    The keys of an Order are joined by " → ".
    """
    if isinstance(question, Shape | Number):
        value = question.answer.measure(prediction)
        if value is None:
            return None
        return _as_text(value)
    picked = question.answer(prediction)
    if picked is None or isinstance(picked, str):
        return picked
    return " → ".join(picked)


def impossible_text(prediction: Prediction) -> str:
    """Say why a question has no answer for an experiment."""
    blocking = next((finding for finding in prediction.findings if finding.blocks), None)
    if blocking is None:
        return "Your experiment has no such stage. Start from this lesson's experiment to answer."
    return f"Your experiment cannot answer this: {blocking.explanation} {blocking.fix}"


def _judge_quantity(
    question: Shape | Number, prediction: Prediction, answer: str, numbers: Mapping[str, str]
) -> Judgement:
    value = question.answer.measure(prediction)
    if value is None:
        return Judgement("impossible", impossible_text(prediction))
    given, right = _read(answer, value), _as_text(value)
    case = Case(question.answer.on(prediction), question.answer, value)
    spoken = {**_words_of_layer(case), **_words_of_figures(case), "right": right, "given": _shown(given)}
    words = {**numbers, **spoken}
    explanation = fill(question.explanation, words)
    if _fits(given, value):
        return Judgement("right", explanation, right=right)
    if isinstance(given, tuple) and isinstance(value, Tensor) and _batch_open(given, value):
        given = (value.shape[0], *given[1:])
    if isinstance(given, tuple) and None in given:
        return Judgement("wrong", _none_text(value, right), "none-for-a-known-size", right)
    found = matching(case, _plain(given), question.misconceptions)
    if found:
        of_case = numbers if case.prediction is prediction else numbers_of(case.prediction)
        return Judgement("wrong", fill(found.sentence, {**of_case, **spoken}), found.id, right)
    return Judgement("wrong", _unexplained(given, value, right, explanation), None, right)


def _batch_open(given: Sizes, value: Tensor) -> bool:
    """Whether None stands where it may: on the batch axis, and nowhere else."""
    return value.axes[:1] == (BATCH,) and given[:1] == (None,) and None not in given[1:]


def _words_of_layer(case: Case) -> dict[str, str]:
    """The numbers of the layer that the question is about, where it is not the first."""
    if case.layer is None or case.recurrent is None:
        return {}
    return {
        "units": str(case.recurrent.units),
        "layer": case.recurrent.keras_name,
        "num_gates": str(NUM_GATES[case.recurrent.keras_name]),
        "parameter_formula": case.layer.parameter_formula,
    }


def _words_of_figures(case: Case) -> dict[str, str]:
    return {name: f"{number:,}" for name, number in case.figures.items()}


def _as_text(value: Tensor | int) -> str:
    return str(value) if isinstance(value, Tensor) else f"{value:,}"


def _read(answer: str, value: Tensor | int) -> Sizes | float:
    try:
        return read_shape(answer) if isinstance(value, Tensor) else read_number(answer)
    except ProblemError as error:
        raise Unreadable(str(error)) from error


def _fits(given: Sizes | float, value: Tensor | int) -> bool:
    if not isinstance(value, Tensor):
        return given == value
    if not isinstance(given, tuple) or len(given) != value.rank:
        return False
    is_open = value.axes[:1] == (BATCH,)  # Keras writes None for the batch axis
    return all(
        size == other or (size is None and is_open and position == 0)
        for position, (size, other) in enumerate(zip(given, value.shape, strict=True))
    )


def _none_text(value: Tensor | int, right: str) -> str:
    if isinstance(value, Tensor) and value.axes[:1] == (SAMPLES,):
        return (
            f"None stands for a size that Keras does not know yet. Your array exists: its sizes are {right}."
        )
    return f"None may stand for the batch axis only, the first one; every other size is known: {right}."


def _plain(given: Sizes | float) -> Given:
    if isinstance(given, tuple):
        return tuple(size or 0 for size in given)
    return int(given) if given == int(given) else -1


def _shown(given: Sizes | float) -> str:
    if isinstance(given, tuple):
        return str(given)
    return f"{given:,.6g}" if given != int(given) else f"{int(given):,}"


def _unexplained(given: Sizes | float, value: Tensor | int, right: str, explanation: str) -> str:
    if isinstance(value, Tensor) and isinstance(given, tuple):
        if len(given) != value.rank:
            axes = "1 axis" if len(given) == 1 else f"{len(given)} axes"
            return f"{given} has {axes}; there are {value.rank}: {value.named}, so {right}. {explanation}"
        parts = [
            f"{axis} is {right_size:,}, not {size:,}"
            for axis, size, right_size in zip(value.axes, given, value.shape, strict=True)
            if size is not None and size != right_size
        ]
        return f"Not quite: {'; '.join(parts)}. {explanation}"
    return f"It is {right}. {explanation}"


def _judge_pick(
    question: Choice | Order, right: str, answer: str | Sequence[str], numbers: Mapping[str, str]
) -> Judgement:
    words = {**numbers, "right": right}
    explanation = fill(question.explanation, words)
    if isinstance(question, Choice):
        option = _option(question.options, str(answer))
        if option.key == right:
            return Judgement("right", explanation, right=right)
        return Judgement("wrong", fill(option.why, words) if option.why else explanation, None, right)
    keys = [part.strip() for part in answer.split("→")] if isinstance(answer, str) else list(answer)
    if sorted(keys) != sorted(option.key for option in question.items):
        raise Unreadable("Give each item one place.")
    if " → ".join(keys) == right:
        return Judgement("right", explanation, right=right)
    return Judgement("wrong", _first_misplaced(question, keys, right, words) + " " + explanation, None, right)


def _option(options: tuple[Option, ...], key: str) -> Option:
    for option in options:
        if option.key == key:
            return option
    raise Unreadable(f"Choose one of {', '.join(option.key for option in options)}.")


def _first_misplaced(question: Order, keys: Sequence[str], right: str, words: Mapping[str, str]) -> str:
    wanted = right.split(" → ")
    place = next(i for i, (one, other) in enumerate(zip(keys, wanted, strict=True)) if one != other)
    item = _option(question.items, wanted[place])
    return f"At place {place + 1} stands “{fill(item.text, words)}”."
