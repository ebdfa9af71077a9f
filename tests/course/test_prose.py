from __future__ import annotations

import pytest

from lstm_course.course.prose import (
    convert_axes,
    fill,
    num_words,
    placeholders,
    plain,
    sections,
    split_at_line,
)
from lstm_course.problems import ProblemError


def test_numbers_axes_and_braces_in_one_sentence():
    text = "[{n} timesteps]{timesteps} of {{x}}"
    assert fill(text, {"n": "12"}) == "[12 timesteps]{timesteps} of {x}"
    assert plain(fill(text, {"n": "12"})) == "12 timesteps of {x}"
    assert convert_axes(fill(text, {"n": "12"}), lambda words, axis: f"<{axis}>{words}</>").startswith(
        "<timesteps>12"
    )


def test_latex_keeps_its_braces():
    text = r"$\frac{a}{b} = @{n}$ and $$\text{timesteps}$$ cost \$5 and {n}"
    assert fill(text, {"n": "3"}) == r"$\frac{a}{b} = 3$ and $$\text{timesteps}$$ cost \$5 and 3"


def test_dollars_that_are_no_formula():
    assert fill("from $5 to {n} $", {"n": "3"}) == "from $5 to 3 $"


def test_an_unknown_number_is_named():
    with pytest.raises(ProblemError, match=r"no number called \{nonsense\}"):
        fill("{nonsense}", {})


def test_placeholders_in_order():
    assert placeholders("{b} {{no}} $@{a}$ [x]{units}") == ("b", "a")


def test_sections_keep_what_is_in_code():
    text = "# T\n\n## one\nA\n```python\n## no heading\n```\n\n## two\nB"
    assert sections(text) == {"one": "A\n```python\n## no heading\n```", "two": "B"}


def test_a_heading_twice():
    with pytest.raises(ProblemError, match="occurs twice"):
        sections("## a\n\n## a\n")


def test_words_of_code_are_not_counted():
    assert num_words("One two $a + b$.\n\n```\nthree four\n```\n") == 4


def test_what_is_below_the_line_comes_after_the_questions():
    assert split_at_line("a\n\n---\n\nb {n}") == ("a", "b {n}")
    assert split_at_line("a\n```\nx\n---\ny\n```") == ("a\n```\nx\n---\ny\n```", "")
