"""What a program that fails is told: the line, the reason in plain words, what to look at."""

from __future__ import annotations

import builtins
import difflib
import keyword
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lstm_course.course.grading.advice import advice_for
from lstm_course.course.grading.closed_modules import ClosedModule
from lstm_course.course.grading.sandbox import OUTPUT_KB, Ended
from lstm_course.course.grading.verdict import Message

BLANK = "____"


def ended(error: Ended, what: str, seconds: float) -> Message:
    """Say how a program ended that gave no answer."""
    if error.how == "too-much-output":
        return Message(
            "too-much-output",
            f"The program printed more than {OUTPUT_KB} kB and was stopped. Look for a print inside a loop.",
        )
    if error.how == "endless":
        line = int(error.detail) if error.detail else None
        where = f" When it was stopped, it was in line {line}." if line else ""
        return Message(
            "endless",
            f"{what} did not come to an end within {seconds:g} seconds.{where} Look for a loop whose condition "
            "never becomes false, or for far more work than the task needs.",
            line,
        )
    if error.how == "garbled":
        return Message(
            "garbled", f"{what} wrote into files that it had not opened. Take out what writes to them."
        )
    if error.code is not None and error.code >= 0:
        return Message(
            "exited",
            f"{what} ended its own process with exit code {error.code}. Take out `os._exit`; a function gives its "
            "result with `return`.",
        )
    return Message(
        "crashed",
        f"{what} crashed Python itself{_signal(error.code)}. That happens in compiled code: look at calls with "
        "shapes or strides that do not fit the array, and at ctypes.",
    )


def _signal(code: int | None) -> str:
    return f" (signal {-code})" if code is not None and code < 0 else ""


def failed(failure: Mapping[str, Any], what: str, code: str, names: Sequence[str] = ()) -> Message:
    """Say why a program raised an error, and what to look at.

    Args:
        failure: what the learner's process says of the error.
        what: what was being done: "The program", or the call.
        code: the program.
        names: names that the program defines.
    """
    kind, line = str(failure.get("type")), failure.get("line")
    number = line if isinstance(line, int) else None
    if kind in ("SyntaxError", "IndentationError", "TabError") and failure.get("during") == "start":
        return _syntax(failure, number)
    if kind == "NameError" and BLANK in str(failure.get("text")):
        return Message(
            "blank-left", f"There is still a blank `{BLANK}`{_at(number)}. Replace it with your code.", number
        )
    for matches, make in _PARTICULAR:
        if matches(kind, failure):
            return make(failure, what, number, (*names, *_words(code)))
    place = f"{_at(number)}: `{failure['code']}`" if number else ""
    advice = advice_for(kind, str(failure.get("text")))
    return Message(
        "raised",
        f"{what} raised {kind}{place}.\n\n{_quoted(failure)}\n" + (f"\n{advice}" if advice else ""),
        number,
    )


def _quoted(failure: Mapping[str, Any]) -> str:
    """Set an error's text off as code, all of its lines, so that none is read as Markdown."""
    return textwrap.indent(f"{failure.get('type')}: {str(failure.get('text')).strip()}", "    ")


def _syntax(failure: Mapping[str, Any], line: int | None) -> Message:
    where = f"line {line}: `{failure['code']}`." if line else "the program."
    return Message(
        "syntax-error",
        f"Python cannot read {where}\n\n{_quoted(failure)}\n\n"
        "Look at this line and the one above it: a bracket or quote that is not closed, a missing colon, or the "
        "indentation.",
        line,
    )


def _at(line: int | None) -> str:
    return f" in line {line}" if line else ""


def _name_error(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    name = str(failure.get("name"))
    near = difflib.get_close_matches(name, [each for each in {*names, *dir(builtins)} if each != name], n=1)
    usual = {
        "np": "import numpy as np",
        "pd": "import pandas as pd",
        "keras": "import keras",
        "tf": "import tensorflow as tf",
    }
    advice = f"Did you mean `{near[0]}`?" if near else "Define it above, or import it."
    if name in usual:
        return Message(
            "imports-missing", f"`{name}` is not defined{_at(line)}. Write `{usual[name]}` at the top.", line
        )
    return Message(
        "undefined-name", f"`{name}` is not defined{_at(line)}: `{failure['code']}`. {advice}", line
    )


def _closed_module(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    return Message(
        "not-by-hand",
        f"The import{_at(line)} is refused: {failure['text']} Write the steps yourself; that is what the exercise is "
        "to teach.",
        line,
    )


def _missing_package(
    failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]
) -> Message:
    return Message(
        "imports-missing",
        f"The import{_at(line)} fails: {failure['text']}. The exercise needs only NumPy, pandas and, where it says "
        "so, Keras.",
        line,
    )


def _exit(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    return Message(
        "exited",
        f"{what} ended itself{_at(line)} (sys.exit or exit). A function gives its result with "
        "`return`; take the exit out.",
        line,
    )


def _memory(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    return Message(
        "too-much-memory",
        f"{what} asked for more memory than the 1 GB that an exercise may take{_at(line)}. {failure['text']} "
        "Look for an array that is far larger than the data.",
        line,
    )


def _input(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    return Message(
        "reads-input",
        f"{what} waits for typed input{_at(line)}; nobody types here. Use the arguments instead.",
        line,
    )


def _arguments(failure: Mapping[str, Any], what: str, line: int | None, names: Sequence[str]) -> Message:
    return Message(
        "wrong-arguments",
        f"{what} cannot be called like this: {failure['text']}. Give the function the parameters that the task "
        "names, in that order.",
        line,
    )


_Maker = Callable[[Mapping[str, Any], str, int | None, Sequence[str]], Message]
_PARTICULAR: tuple[tuple[Callable[[str, Mapping[str, Any]], bool], _Maker], ...] = (
    (lambda kind, failure: kind == "NameError", _name_error),
    (lambda kind, failure: kind == ClosedModule.__name__, _closed_module),
    (lambda kind, failure: bool(failure.get("import")), _missing_package),
    (lambda kind, failure: kind in ("SystemExit", "KeyboardInterrupt"), _exit),
    (lambda kind, failure: kind == "MemoryError" or kind.endswith("MemoryError"), _memory),
    (lambda kind, failure: kind == "EOFError" and "reading a line" in str(failure.get("text")), _input),
    (lambda kind, failure: kind == "TypeError" and bool(failure.get("outside")), _arguments),
)


def _words(code: str) -> set[str]:
    return {word for word in re.findall(r"[A-Za-z_]\w+", code) if not keyword.iskeyword(word)}


def missing_name(name: str, names: Sequence[str]) -> Message:
    """Say that the program lacks what the task asks for."""
    near = difflib.get_close_matches(name, names, n=1)
    hint = (
        f" There is `{near[0]}`; rename it."
        if near
        else f" It defines {', '.join(f'`{n}`' for n in names[:8]) or 'nothing'}."
    )
    return Message("missing-name", f"The program does not define `{name}`, which the task asks for.{hint}")
