"""The glossary: every term of the field, in one sentence, found by any word that learners meet for it."""

from __future__ import annotations

import streamlit as st

from lstm_course.terms import TERMS, Term, lookup, suggest
from lstm_course.view.style import axis_word


def show() -> None:
    """Draw the glossary."""
    st.title("Glossary")
    st.markdown(
        "One word for one thing. Words from elsewhere (`look_back`, `hidden size`, …) lead to it too."
    )
    word = st.text_input("Find a word", key="glossary-word", placeholder="look_back")
    for term in _found(word) if word.strip() else tuple(TERMS.values()):
        _entry(term)


def _found(word: str) -> tuple[Term, ...]:
    exact = lookup(word)
    part = word.strip().lower()
    holding = [
        term
        for term in TERMS.values()
        if part in term.name.lower() or any(part in other.lower() for other in term.synonyms)
    ]
    found = tuple(
        dict.fromkeys([*([exact] if exact else []), *holding, *(suggest(word) if not holding else ())])
    )
    if not found:
        st.info(f"There is no term for {word!r} here.", icon=":material/search_off:")
    return found


def _entry(term: Term) -> None:
    name = f"<b>{axis_word(term.axis, term.name) if term.axis else term.name}</b>"
    symbol = f" <code>{term.symbol}</code>" if term.symbol else ""
    also = f" <i>Also called {', '.join(term.synonyms)}.</i>" if term.synonyms else ""
    source = f" <small>({term.source})</small>" if term.source else ""
    st.markdown(f"{name}{symbol}: {term.sentence}{also}{source}", unsafe_allow_html=True)
