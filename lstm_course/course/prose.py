"""Lesson prose: plain Markdown with the learner's numbers and with coloured axis words.

Additions to Markdown, none of which hurts where it is not understood:

- ``{name}`` is one of the learner's numbers (see `numbers`); ``{{`` and ``}}`` are plain braces. Inside
  ``$ … $``, where LaTeX needs its braces, a number is written ``@{name}``.
- ``[12 timesteps]{timesteps}`` is a word in the colour of an axis; the axis is one of `shapes.AXES`.
- ``## step-id`` begins the text of a step; what stands below a line ``---`` is shown after its questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lstm_course.problems import ProblemError
from lstm_course.shapes import AXES

_AXIS = re.compile(r"\[([^\[\]]+)\]\{(" + "|".join(AXES) + r")\}")
_MATH = re.compile(r"(\$\$.+?\$\$|(?<![\\$])\$(?!\s)[^$\n]+?(?<!\s)\$)", re.DOTALL)
_TEXT_TOKEN = re.compile(r"\{\{|\}\}|(?<!\])\{(\w+)\}")
_MATH_TOKEN = re.compile(r"@\{(\w+)\}")
_HEADING = re.compile(r"^## +(\S+) *$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_MARK = "\x00"  # stands between an axis and its braces while numbers are filled in


def sections(text: str) -> dict[str, str]:
    """Cut Markdown at its second-level headings.

    >>> sections("# Windows\\n\\n## first\\nOne.\\n\\n## second\\nTwo.")
    {'first': 'One.', 'second': 'Two.'}

    Raises:
        ProblemError: when a heading occurs twice.
    """
    hidden = _hidden(text)
    found = list(_HEADING.finditer(hidden))
    ends = [match.start() for match in found[1:]] + [len(hidden)]
    parts: dict[str, str] = {}
    for match, end in zip(found, ends, strict=True):
        if match.group(1) in parts:
            raise ProblemError(f"The heading '## {match.group(1)}' occurs twice; give each step its own id.")
        parts[match.group(1)] = _shown(hidden[match.end() : end]).strip()
    return parts


def split_at_line(text: str) -> tuple[str, str]:
    """Cut the text of a step at its line `---`: shown before its questions, shown once they are answered.

    >>> split_at_line("Guess.\\n\\n---\\n\\nIt is {num_windows}.")
    ('Guess.', 'It is {num_windows}.')
    """
    before, _, after = _hidden(text).partition("\n---\n")
    return _shown(before).strip(), _shown(after).strip()


def _hidden(text: str) -> str:
    """Hide headings and lines inside code."""
    return _FENCE.sub(
        lambda found: found.group().replace("\n## ", "\n\x00# ").replace("\n---\n", "\n\x00---\n"), text
    )


def _shown(text: str) -> str:
    return text.replace("\n\x00# ", "\n## ").replace("\n\x00---\n", "\n---\n")


def placeholders(text: str) -> tuple[str, ...]:
    """Name the numbers that a text asks for, in order.

    >>> placeholders(r"{num_rows} rows, [{timesteps}]{timesteps}, $\\text{horizon} = @{horizon}$, {{x}}")
    ('num_rows', 'timesteps', 'horizon')
    """
    asked: list[str] = []
    fill(text, _Recorder(asked))
    return tuple(asked)


def fill(text: str, numbers: Mapping[str, str]) -> str:
    """Put the learner's numbers into a text.

    Args:
        text: Markdown with placeholders.
        numbers: text for each name, as from `numbers_of`.

    Raises:
        ProblemError: when a name is not in `numbers`.

    >>> fill("{num_rows} rows; {{x}}; $n = @{num_rows}$", {"num_rows": "144"})
    '144 rows; {x}; $n = 144$'
    """

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return match.group()[0]
        if name not in numbers:
            raise ProblemError(
                f"There is no number called {{{name}}}; NUMBERS in course/numbers.py lists them all. "
                "Plain braces are written {{ and }}."
            )
        return numbers[name]

    kept = _AXIS.sub(lambda found: f"[{found.group(1)}]{_MARK}{found.group(2)}{_MARK}", text)
    pieces = _MATH.split(kept)
    filled = [
        (_MATH_TOKEN if position % 2 else _TEXT_TOKEN).sub(number, piece)
        for position, piece in enumerate(pieces)
    ]
    return re.sub(f"{_MARK}(\\w+){_MARK}", r"{\1}", "".join(filled))


def convert_axes(text: str, convert: Callable[[str, str], str]) -> str:
    """Replace each axis word by what `convert(words, axis)` returns.

    >>> convert_axes("[12 rows]{rows} of x", lambda words, axis: f"<b>{words}</b>")
    '<b>12 rows</b> of x'
    """
    return _AXIS.sub(lambda found: convert(found.group(1), found.group(2)), text)


def plain(text: str) -> str:
    """Write axis words as plain words.

    >>> plain("a window of [12 timesteps]{timesteps}")
    'a window of 12 timesteps'
    """
    return convert_axes(text, lambda words, axis: words)


def num_words(text: str) -> int:
    """Count the words of a step that are read: code blocks do not count.

    >>> num_words("Drag the [window]{timesteps}.\\n\\n```python\\nx = 1\\n```")
    3
    """
    words = re.findall(r"[^\s]*\w[^\s]*", plain(_FENCE.sub("", text)))
    return len(words)


class _Recorder(Mapping[str, str]):
    """Notes each number that is asked for, and has them all."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> str:
        self._asked.append(name)
        return ""

    def __iter__(self):  # type: ignore[no-untyped-def]  # never used: the names are not known
        return iter(())

    def __len__(self) -> int:
        return 0
