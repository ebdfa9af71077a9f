"""The terms of the field, as this course uses them, and the way from others' words to them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Term:
    """One term."""

    name: str  # the one word for the thing
    sentence: str  # what it is, in one sentence
    symbol: str = ""  # letter or code that stands for it; empty when there is none
    axis: str | None = None  # the axis whose colour it wears; None: no axis
    synonyms: tuple[str, ...] = ()  # what learners meet elsewhere
    source: str = ""  # where the definition comes from; empty: this course's own use


def lookup(word: str) -> Term | None:
    """Return the term that a word means; None when there is none.

    The exact spelling of a name, a symbol or a synonym counts first, so that `c` and `C` stay apart; then
    case, spaces, hyphens and underscores no longer matter.

    >>> lookup("look_back").name, lookup("hidden size").name
    ('timesteps', 'units')
    """
    return _EXACT.get(word.strip()) or _LOOSE.get(_loose(word))


def suggest(word: str) -> tuple[Term, ...]:
    """Return the terms whose name or synonym is spelled most like a word, nearest first, three at most.

    >>> suggest("timstep")[0].name
    'timesteps'
    """
    near = difflib.get_close_matches(_loose(word), _LOOSE, n=6)
    return tuple(dict.fromkeys(_LOOSE[name] for name in near))[:3]


def _loose(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter not in " -_–")


def _read() -> tuple[Term, ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(_term(entry) for entry in tomllib.loads(text)["term"])


def _term(entry: dict[str, Any]) -> Term:
    return Term(**{**entry, "synonyms": tuple(entry.get("synonyms", ()))})


def _index(terms: tuple[Term, ...]) -> dict[str, Term]:
    """Name before symbol before synonym: what is entered last stays."""
    found = {word: term for term in reversed(terms) for word in term.synonyms}
    found |= {term.symbol: term for term in reversed(terms) if term.symbol}
    return found | {term.name: term for term in terms}


TERMS: Mapping[str, Term] = MappingProxyType({term.name: term for term in _read()})
"""Every term by its name."""

_EXACT = _index(tuple(TERMS.values()))
_LOOSE = {_loose(word): term for word, term in reversed(_EXACT.items())} | {
    _loose(n): t for n, t in TERMS.items()
}
