"""Attempt: a learner's program, as a check sees it: something to call, whose plain answers come back."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_course.course.grading import failures
from lstm_course.course.grading.comparing import Mistake, difference, kind_of, nothing_returned, same
from lstm_course.course.grading.sandbox import Ended, Sandbox
from lstm_course.course.grading.verdict import Message, Rejected
from lstm_course.course.grading.wire import ModelValue, Opaque

_COMPUTED = (
    "(lambda model: (model.get_weights(), len(model.trainable_weights), model.__call__(X).numpy(),"
    " model.__call__(X, training=True).numpy()))({build})"
)


@dataclass(frozen=True, eq=False)
class Computed:
    """What a learner's model makes of a few samples, with the weights to do it again."""

    X: np.ndarray[Any, Any]  # what went in, (samples, timesteps, features)
    weights: list[np.ndarray[Any, Any]]  # what `model.get_weights()` returns
    num_trained: int  # how many of these arrays are trained
    output: np.ndarray[Any, Any]  # what came out
    in_training: np.ndarray[Any, Any]  # likewise while it trains: other numbers where there is a dropout


class Attempt:
    """A learner's program in a process of its own.

    Args:
        code: the program.
        sandbox: the process that runs it.
        seconds: longest time for one call.
        closed: packages that it may not import.
    """

    def __init__(self, code: str, sandbox: Sandbox, seconds: float, closed: Collection[str] = ()) -> None:
        self.code = code
        self._sandbox = sandbox
        self._seconds = seconds
        self._seen: list[tuple[str, Any]] = []
        self._names: list[str] = self._begin(closed)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call one of the program's functions with plain values; return what it gives.

        Raises:
            Rejected: when there is no such function, or it fails, changes its arguments or does not end.
        """
        if name not in self._names:
            raise Rejected(failures.missing_name(name, self._names))
        what = f"`{name}({_written(args, kwargs)})`"
        answer = self._ask({"op": "call", "name": name, "args": list(args), "kwargs": kwargs}, what)
        if answer["changed"]:
            position = answer["changed"][0] + 1
            raise Rejected(
                Message(
                    "changed-input",
                    f"{what} changed its argument number {position} itself. Whoever calls the function still needs "
                    "that array: work on a copy (`.copy()`), or make a new array.",
                )
            )
        return answer["result"]

    def model(self, name: str, *args: Any, what: str) -> ModelValue:
        """Call a function that builds a Keras model; return its description.

        Raises:
            Rejected: as `call` does, and when it gives anything else; `what` is the call as a learner would write it.
        """
        given = self.call(name, *args)
        if isinstance(given, ModelValue):
            return given
        other = Message("wrong-type", f"`{what}` gives {kind_of(given)}; expected was a Keras model.")
        raise Rejected(nothing_returned(what) if given is None else other)

    def run(self, expression: str, **values: Any) -> Any:
        """Evaluate an expression among the program's names, with further names for values.

        Raises:
            Rejected: when it fails or does not end.
        """
        for node in ast.walk(ast.parse(expression, mode="eval")):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and _is_missing(node.func.id, self._names, values)
            ):
                raise Rejected(failures.missing_name(node.func.id, self._names))
        answer = self._ask({"op": "run", "expression": expression, "values": values}, f"`{expression}`")
        return answer["result"]

    def compute(self, build: str, timesteps: int, features: int, **sizes: float) -> Computed:
        """Build a model and let it read three samples, so that a check can do the same with its weights.

        Args:
            build: the expression that builds it, as in "build(timesteps, features, units)".
            timesteps: timesteps of the samples, and the value of this name in the expression.
            features: features of the samples, likewise.
            **sizes: further names of the expression.

        Raises:
            Rejected: when it fails or does not end.
        """
        X = np.random.default_rng(1).normal(size=(3, timesteps, features)).astype("float32")
        expression = _COMPUTED.format(build=build)
        return Computed(X, *self.run(expression, X=X, timesteps=timesteps, features=features, **sizes))

    def value(self, name: str) -> Any:
        """Return one of the program's variables.

        Raises:
            Rejected: when there is none of this name.
        """
        if name not in self._names:
            raise Rejected(failures.missing_name(name, self._names))
        return self.run(name)

    def expect(
        self,
        given: Any,
        expected: Any,
        *,
        what: str,
        axes: Sequence[str] = (),
        tolerance: float = 1e-6,
        mistakes: Sequence[Mistake] = (),
    ) -> Iterator[Message]:
        """Yield one message when a value is not what was expected, none when it is.

        Known mistakes are looked for first, in their order; then an answer that was right for earlier data; then it is
        said where the two part, axis by axis.

        Args:
            given: what the program gave.
            expected: what is right.
            what: the call, as a learner would write it.
            axes: name of each axis of the expected array (of the first one, where there are several).
            tolerance: largest difference between two numbers, relative to the larger of 1 and the number.
            mistakes: what programs with particular mistakes would give.
        """
        if same(given, expected, tolerance):
            self._seen.append((what, expected))
            return
        for mistake in mistakes:
            if same(given, mistake.value, tolerance) and not same(mistake.value, expected, tolerance):
                yield Message(mistake.id, mistake.text)
                return
        for earlier, answer in self._seen:
            if same(given, answer, tolerance) and _is_telling(answer):
                yield Message(
                    "hard-coded",
                    f"`{what}` gives what is right for `{earlier}`, for other data. Compute the result from the "
                    "arguments; no number of the example may stand in the program.",
                )
                return
        found = difference(given, expected, what, axes, tolerance)
        if found:
            yield found

    def _begin(self, closed: Collection[str]) -> list[str]:
        answer = self._answer(lambda: self._sandbox.started(closed), "The program")
        return [str(name) for name in answer["names"]]

    def _ask(self, request: dict[str, Any], what: str) -> dict[str, Any]:
        return self._answer(lambda: self._sandbox.ask(request), what)

    def _answer(self, ask: Any, what: str) -> dict[str, Any]:
        try:
            answer = ask()
        except Ended as error:
            raise Rejected(failures.ended(error, what, self._seconds), error.detail) from error
        if "error" in answer:
            failure = answer["error"]
            names = getattr(self, "_names", ())
            raise Rejected(failures.failed(failure, what, self.code, names), str(failure.get("trace", "")))
        value = answer.get("value")
        if not isinstance(value, dict):
            raise Rejected(
                failures.ended(Ended("garbled", "It answered what was not asked."), what, self._seconds)
            )
        return value


def _is_missing(name: str, names: Sequence[str], values: dict[str, Any]) -> bool:
    return name not in names and name not in values and not hasattr(builtins, name)


def _is_telling(answer: Any) -> bool:
    """Whether an answer is too particular to be given twice by chance."""
    return not isinstance(answer, bool | None | str) or (isinstance(answer, str) and len(answer) > 8)


def _written(args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    positional = [_short(value) for value in args]
    named = [f"{name}={_short(value)}" for name, value in kwargs.items()]
    return ", ".join(positional + named)


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    if isinstance(value, list) and value and all(isinstance(item, np.ndarray) for item in value):
        return f"list of {len(value)} array{'s' if len(value) > 1 else ''}"
    text = str(value) if isinstance(value, Opaque) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"
