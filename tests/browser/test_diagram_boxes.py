"""A hundred random diagrams in a real browser: no text lies on another, none is cut."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lstm_course.drawing import diagram
from lstm_course.drawing.inside import player_css
from lstm_course.experiment import Experiment
from lstm_course.shapes import predict

pytestmark = pytest.mark.browser
WIDTHS = (390, 1024, 1440)

# A text's box has the height of its font; the letters fill about the middle 70 %.
FIND = """() => {
  const svg = document.querySelector("svg"), page = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) => {
    const box = text.getBoundingClientRect(), cut = 0.15 * box.height;
    return {said: text.textContent, left: box.left, right: box.right, top: box.top + cut, bottom: box.bottom - cut};
  }).sort((a, b) => a.top - b.top);
  const wrong = [];
  boxes.forEach((a, place) => {
    if (a.left < page.left - 1 || a.right > page.right + 1 || a.top < page.top || a.bottom > page.bottom)
      wrong.push(`${a.said} is cut`);
    for (const b of boxes.slice(place + 1)) {
      if (b.top > a.bottom) break;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) wrong.push(`${a.said} lies on ${b.said}`);
    }
  });
  return wrong;
}"""


@pytest.fixture(scope="module")
def helpers() -> ModuleType:
    path = Path(__file__).parents[1] / "drawing" / "random_experiments.py"
    spec = importlib.util.spec_from_file_location("random_experiments", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1500, "height": 900})
    yield opened
    opened.close()


def _show(page: Any, svg: str) -> None:
    """Show a diagram as the course's page does, with the marks that lead inside."""
    page.set_content(f'<style>{player_css()}</style><body style="margin:0">{svg}</body>')


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_lies_on_another_and_none_is_cut(page, helpers, width):
    wrong = {}
    for seed in range(100):
        _show(page, helpers.random_diagram(seed).to_svg(width=width))
        if found := page.evaluate(FIND):
            wrong[seed] = found
    assert wrong == {}


def test_the_marks_that_lead_inside_are_seen_by_the_test(page, helpers):
    exp = Experiment()
    weights = helpers.random_weights(predict(exp))
    _show(page, diagram(exp, weights=weights).to_svg())
    assert page.locator(".lc-way").is_visible()
    assert page.evaluate(FIND) == []


def test_a_text_on_another_would_be_found(page):
    _show(
        page, '<svg width="200" height="50"><text x="5" y="20">one</text><text x="9" y="22">two</text></svg>'
    )
    assert page.evaluate(FIND) == ["one lies on two"]


def test_a_cut_text_would_be_found(page):
    _show(page, '<svg width="30" height="50"><text x="5" y="20">much too long</text></svg>')
    assert page.evaluate(FIND) == ["much too long is cut"]


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(247, 248, 251)"), ("dark", "rgb(24, 31, 42)")])
def test_the_theme_follows_the_reader_and_print_is_light(page, scheme, paper):
    page.emulate_media(color_scheme=scheme)
    _show(page, diagram(Experiment()).to_svg())
    card = "() => getComputedStyle(document.querySelector('.lc-card')).fill"
    assert page.evaluate(card) == paper
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.evaluate(card) == "rgb(247, 248, 251)"
