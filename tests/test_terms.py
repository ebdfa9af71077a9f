from __future__ import annotations

import pytest

from lstm_course.terms import TERMS, Term, lookup, suggest


def test_there_are_enough_terms_and_the_axes_are_among_them():
    assert len(TERMS) >= 50
    assert {
        "samples",
        "batch_size",
        "timesteps",
        "features",
        "units",
        "horizon",
        "targets",
        "classes",
    } <= set(TERMS)


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.name)
def test_each_term_is_one_sentence(term: Term):
    assert term.sentence[0].isupper() or term.sentence[0].isdigit()
    assert term.sentence.endswith(".")
    assert ". " not in term.sentence
    assert len(term.sentence) <= 160


def test_no_word_means_two_terms():
    meanings: dict[str, set[str]] = {}
    for term in TERMS.values():
        for word in (term.name, *term.synonyms):
            meanings.setdefault(word.lower().replace("_", "").replace(" ", "").replace("-", ""), set()).add(
                term.name
            )
    assert {word: names for word, names in meanings.items() if len(names) > 1} == {}


def test_axes_are_those_of_the_palette():
    from lstm_course.drawing.palette import AXIS_COLOURS

    assert {term.axis for term in TERMS.values() if term.axis} <= set(AXIS_COLOURS)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("look_back", "timesteps"),
        ("seq_len", "timesteps"),
        ("N-Steps", "timesteps"),
        ("Hidden Size", "units"),
        ("C", "classes"),
        ("c", "cell state"),
        ("R", "recurrent_kernel"),
        ("r", "reset gate"),
        (" lr ", "learning_rate"),
    ],
)
def test_words_that_learners_meet(word: str, name: str):
    found = lookup(word)
    assert found is not None
    assert found.name == name


def test_unknown_words_mean_nothing_but_get_suggestions():
    assert lookup("flux capacitor") is None
    assert [term.name for term in suggest("retrun_sequences")][:1] == ["return_sequences"]
