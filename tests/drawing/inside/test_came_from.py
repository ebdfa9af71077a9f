"""Where a factor came from, in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from lstm_course.drawing.inside import number_view
from lstm_course.drawing.render import to_svg
from lstm_course.layers import GRU, LSTM, Masking

VOWELS = {"dataset": "japanese_vowels", "labels": "class"}


def _texts(view) -> list[str]:  # type: ignore[no-untyped-def]
    tree = ElementTree.fromstring(to_svg(view.drawing, view.title))
    return ["".join(part.itertext()) for part in tree.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("width", [342, 720, 899, 900, 1408])
def test_the_row_and_the_value_are_whole_at_every_width(chosen_in, width: int) -> None:
    chosen = chosen_in(GRU(4), timesteps=22, exp={"dataset": "sunspots"}, timestep=21, quantity="z_z")
    line = next(text for text in _texts(number_view(chosen, width)) if text.startswith("sunspots"))
    assert re.fullmatch(r"sunspots, row 26(, 1751-03-01)?: (\(45\.3 − [\d.]+\) / [\d.]+|45\.3)", line), line


def test_a_long_name_gives_way_to_the_row(chosen_in) -> None:
    chosen = chosen_in(LSTM(4), timesteps=6, timestep=2, quantity="z_f")
    object.__setattr__(
        chosen.origin, "names", ("a column with a name that fills a line and more than that " * 2,)
    )
    line = next(text for text in _texts(number_view(chosen, 342)) if text.startswith("a column"))
    assert re.search(r"…, row 7$", line), line


def test_padding_has_no_row_and_does_not_count(chosen_in) -> None:
    def drawn(timestep: int) -> tuple[list[str], str]:
        chosen = chosen_in(
            Masking(0.0), LSTM(4), timesteps=29, exp=VOWELS, timestep=timestep, quantity="z_f"
        )  # fmt: skip
        view = number_view(chosen, 342)
        return _texts(view), to_svg(view.drawing, view.title)

    texts, markup = drawn(0)
    assert any(text.startswith("c1, padding: ") for text in texts)
    assert "lc-inside lc-skipped" in markup.replace("lc-reset ", "")
    texts, markup = drawn(28)
    assert any(re.match(r"c\d+, row \d+: ", text) for text in texts)
    assert "lc-skipped" not in markup.split("</style>")[-1]


def test_names_are_those_of_the_equations(chosen_in) -> None:
    texts = _texts(number_view(chosen_in(LSTM(4), quantity="c"), 992))
    assert "i[0] · c̃[0]" in texts
    assert not [text for text in texts if "_tilde" in text or "_prev" in text]
