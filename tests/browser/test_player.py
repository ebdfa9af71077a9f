"""The player in a real browser: time, keyboard, choice, light, and a new SVG under a running clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

playwright = pytest.importorskip("playwright.sync_api")

from axe_playwright_python.sync_playwright import Axe  # noqa: E402

from lstm_course.data import prepare  # noqa: E402
from lstm_course.drawing import diagram  # noqa: E402
from lstm_course.drawing.inside import (  # noqa: E402
    InsideView,
    cell_view,
    choose,
    layer_view,
    network_trace,
    number_view,
    origin_of,
    player_css,
    player_js,
    standalone_html,
)
from lstm_course.drawing.inside.series import write  # noqa: E402
from lstm_course.drawing.render import to_svg  # noqa: E402
from lstm_course.experiment import Experiment  # noqa: E402
from lstm_course.layers import LSTM  # noqa: E402
from lstm_course.shapes import predict  # noqa: E402

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def _chosen(**changes):  # type: ignore[no-untyped-def]
    exp = Experiment(timesteps=8, layers=(LSTM(3),))
    prediction, prepared = predict(exp), prepare(exp)
    draw = np.random.default_rng(0)
    weights = [draw.normal(0, 0.5, weight.shape) for layer in prediction.layers for weight in layer.weights]
    network = network_trace(prediction, weights, prepared.X["train"][5])
    return choose(
        network, "recurrent-layer-1", **{"timestep": 2, "unit": 1, **changes}, origin=origin_of(prepared, 5)
    )


def _open(page: playwright.Page, view, shadow: bool = False) -> None:  # type: ignore[no-untyped-def]
    """Mount a view so that the test can read what was chosen."""
    page.set_content("<main tabindex='-1'></main>")
    page.evaluate(
        """async ([js, css, svg, data, shadow]) => {
            const url = URL.createObjectURL(new Blob([js], {type: "text/javascript"}));
            window.player = await import(url);
            const main = document.querySelector("main");
            window.root = shadow ? main.attachShadow({mode: "open"}) : main;
            root.innerHTML = `<style>${css}</style><div class="picture">${svg}</div>`;
            window.choices = [];
            window.handle = player.mount(root, {data, onChoose: (choice) => choices.push(choice),
                                                state: {timestep: data.timestep}});
        }""",
        [
            player_js(),
            player_css(),
            to_svg(view.drawing, view.title),
            json.loads(json.dumps(view.data)),
            shadow,
        ],
    )


def _shown(page: playwright.Page, name: str) -> str:
    return str(page.evaluate(f"""root.querySelector('[data-show="{name}"]').textContent"""))


def _expected(chosen, name: str, position: int) -> str:  # type: ignore[no-untyped-def]
    return write(chosen.trace.quantity(name)[:, chosen.unit]).text(position)


@pytest.mark.parametrize("shadow", [False, True])
def test_stepping_writes_the_numbers_of_that_timestep(page: playwright.Page, shadow: bool) -> None:
    chosen = _chosen()
    _open(page, cell_view(chosen, 900), shadow)
    assert _shown(page, "h") == _expected(chosen, "h", 2)

    page.evaluate("root.querySelector('.lc-player-forward').click()")

    assert _shown(page, "h") == _expected(chosen, "h", 3)
    assert _shown(page, "c_prev") == _expected(chosen, "c", 2)
    assert page.evaluate("root.querySelector('[data-show-time]').textContent") == "3"
    assert "t = 3 of 0 … 7" in page.evaluate("root.querySelector('output').textContent")


def test_the_first_timestep_says_that_the_state_starts_at_zero(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.locator(".lc-player-first").click()
    assert "the state starts at 0" in page.locator("output").inner_text()
    assert _shown(page, "h_prev") == "+0.000"
    assert page.evaluate("getComputedStyle(root.querySelector('.lc-when-reset')).visibility") == "visible"
    page.locator(".lc-player-forward").click()
    assert page.evaluate("getComputedStyle(root.querySelector('.lc-when-reset')).visibility") == "hidden"


@pytest.mark.parametrize(
    ("key", "position"),
    [("ArrowRight", 3), ("ArrowLeft", 1), ("Home", 0), ("End", 7), ("9", 7), ("0", 0), ("5", 4)],
)
def test_keys_move_through_time(page: playwright.Page, key: str, position: int) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.locator("main").focus()
    page.keyboard.press(key)
    assert page.evaluate("handle.position") == position


def test_space_plays_to_the_end_and_stops_there(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.locator("select").select_option("20")
    page.locator("main").focus()
    page.keyboard.press("Space")
    assert page.locator(".lc-player-play").get_attribute("aria-label") == "Pause (space)"
    page.wait_for_function("handle.position === 7")
    page.wait_for_function(
        "root.querySelector('.lc-player-play').getAttribute('aria-label') === 'Play (space)'"
    )


def test_with_reduced_motion_nothing_slides_between_timesteps(page: playwright.Page) -> None:
    _open(page, layer_view(_chosen(), 900))
    page.locator("main").focus()
    page.evaluate("handle.seek(0); handle.play()")
    page.wait_for_timeout(300)
    moved = page.evaluate("root.querySelector('[data-playhead]').getAttribute('transform')")
    assert moved == "translate(0.00 0)"


DOT_ON_TEXT = """() => {
  const dot = root.querySelector(".lc-token").getBoundingClientRect();
  return [...root.querySelectorAll("svg text")].filter((text) => {
    const box = text.getBoundingClientRect(), high = 0.15 * box.height;
    return Math.min(dot.right, box.right) - Math.max(dot.left, box.left) > 1
        && Math.min(dot.bottom, box.bottom - high) - Math.max(dot.top, box.top + high) > 1;
  }).map((text) => text.textContent);
}"""


@pytest.mark.parametrize("view", ["whole", "layer"])
def test_the_state_on_its_way_covers_no_text(page: playwright.Page, view: str) -> None:
    _open(page, _whole() if view == "whole" else layer_view(_chosen(), 900))
    for position in (0, 2, 7):
        page.evaluate(f"handle.seek({position})")
        assert page.evaluate(DOT_ON_TEXT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_any_depth(page: playwright.Page, scheme: str, tmp_path: Path) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    chosen = _chosen(quantity="z_f")
    for view in (_whole(), layer_view(chosen, 900), cell_view(chosen, 900), number_view(chosen, 900)):
        file = tmp_path / "view.html"
        file.write_text(
            standalone_html(to_svg(view.drawing, view.title), view.data, view.title), encoding="utf-8"
        )
        page.goto(file.as_uri())
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_escape_goes_one_depth_up(page: playwright.Page) -> None:
    _open(page, number_view(_chosen(quantity="z_f"), 900))
    page.locator("main").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("choices") == [{"stage": "recurrent-layer-1", "depth": "cell", "timestep": 2}]


def _whole(**changes):  # type: ignore[no-untyped-def]
    exp = Experiment(timesteps=8, layers=(LSTM(3),))
    draw = np.random.default_rng(0)
    weights = [draw.normal(0, 0.5, part.shape) for layer in predict(exp).layers for part in layer.weights]
    drawn = diagram(exp, weights=weights, **changes)
    return InsideView(drawn.picture().drawing, "whole", "", drawn.player_data())


def test_in_the_whole_a_cell_and_the_name_of_its_layer_lead_inside(page: playwright.Page) -> None:
    _open(page, _whole())
    page.locator('.lc-hot[data-layer="1"][data-timestep="1"]').click()
    page.locator('.lc-hot[data-depth="layer"]').focus()
    page.keyboard.press("Enter")
    chosen = page.evaluate("choices")
    assert [(choice["stage"], choice["depth"], choice["timestep"]) for choice in chosen] == [
        ("recurrent-layer-1", "cell", 1),
        ("recurrent-layer-1", "layer", 1),
    ]


@pytest.mark.parametrize("width", [390, 760, 1080])
def test_a_name_can_be_clicked_between_its_letters(page: playwright.Page, width: int) -> None:
    _open(page, _whole(width=width))
    page.locator('.lc-hot[data-depth="layer"]').click()  # in the middle of it
    assert [choice["depth"] for choice in page.evaluate("choices")] == ["layer"]


def test_the_way_back_up_can_be_seen_and_clicked(page: playwright.Page) -> None:
    for view, above in ((layer_view, "whole"), (cell_view, "layer"), (number_view, "cell")):
        _open(page, view(_chosen(), 900))
        page.locator(".lc-way.lc-hot").click()
        assert page.evaluate("choices[0].depth") == above


def test_a_page_that_takes_no_choices_offers_none(page: playwright.Page, tmp_path: Path) -> None:
    view = _whole()
    file = tmp_path / "whole.html"
    file.write_text(standalone_html(to_svg(view.drawing, "whole"), view.data, "whole"), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator(".lc-way").first.is_hidden()


def test_enter_on_a_part_chooses_it_with_all_that_it_belongs_to(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.locator('.lc-hot[data-quantity="f"]').first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("choices") == [
        {"stage": "recurrent-layer-1", "unit": 1, "quantity": "f", "depth": "number", "timestep": 2}
    ]


def test_a_click_on_the_last_h_leads_to_the_timestep_before(page: playwright.Page) -> None:
    _open(page, number_view(_chosen(quantity="z_f"), 900))
    page.locator('.lc-hot[data-before][data-unit="0"]').click()
    chosen = page.evaluate("choices[0]")
    assert (chosen["quantity"], chosen["unit"], chosen["timestep"]) == ("h", 0, 1)


def test_tab_reaches_every_part_that_can_be_chosen(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    expected = page.locator(".lc-hot").count()
    page.locator("main").focus()
    for _ in range(expected):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList.contains('lc-hot')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("lc-player")


def test_a_new_svg_keeps_the_position(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.evaluate("handle.seek(6)")
    fresh = cell_view(_chosen(unit=2), 700)
    page.evaluate(
        """([svg, data]) => {
            root.querySelector('.picture').innerHTML = svg;
            window.again = player.mount(root, {data, state: {timestep: 2}});
        }""",
        [to_svg(fresh.drawing, fresh.title), fresh.data],
    )
    assert page.evaluate("[handle === again, handle.position]") == [True, 6]
    assert page.locator(".lc-player").count() == 1
    assert _shown(page, "h") == _expected(_chosen(unit=2), "h", 6)


def test_a_position_beyond_a_shorter_window_becomes_its_last(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.evaluate("handle.seek(7)")
    page.evaluate(
        """handle.update({data: {depth: "whole", stage: "s", clock: {s: {offset: 0, timesteps: 3}}}})"""
    )
    assert page.evaluate("handle.position") == 2


def test_the_field_tells_the_value_below_the_pointer(page: playwright.Page) -> None:
    chosen = _chosen()
    _open(page, layer_view(chosen, 900))
    box = page.locator('.lc-heat[data-heat="h"]').bounding_box()
    page.mouse.move(box["x"] + box["width"] * 4.5 / 8, box["y"] + box["height"] * 1.5 / 3)
    value = write(chosen.trace.quantity("h").ravel()).text(4 * 3 + 1)
    said = page.locator(".lc-tip").inner_text()
    assert said.startswith("h of unit 1 at t = 4 (1949-10-01):")
    assert said.endswith(value)


def test_the_field_is_walked_by_keyboard(page: playwright.Page) -> None:
    _open(page, layer_view(_chosen(), 900))
    page.locator('.lc-heat[data-heat="h"]').focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    choice = page.evaluate("choices[0]")
    assert (choice["unit"], choice["timestep"], choice["depth"], choice["quantity"]) == (1, 2, "cell", "h")


def test_an_axis_lights_up_everywhere_and_in_the_prose(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.evaluate("""() => {
        const prose = document.createElement("p");
        prose.innerHTML = '<b data-axis="units">units</b> <b data-axis="rows">rows</b>';
        document.body.append(prose);
        handle.update({prose});
    }""")
    page.locator('text[data-axis="units"]').first.hover()
    lit = page.evaluate("[...document.querySelectorAll('.lc-axis-on')].map((part) => part.dataset.axis)")
    assert set(lit) == {"units"}
    assert page.evaluate("document.querySelector('p b').classList.contains('lc-axis-on')")
    page.mouse.move(2, 2)
    assert page.evaluate("document.querySelectorAll('.lc-axis-on').length") == 0


def test_a_focused_part_says_why_and_escape_silences_it(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    page.locator('.lc-hot[data-quantity="f"]').first.focus()
    assert "Forget gate" in page.locator(".lc-tip").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator(".lc-tip").is_visible()
    assert page.evaluate("choices") == []


def test_controls_are_large_enough_and_named(page: playwright.Page) -> None:
    _open(page, cell_view(_chosen(), 900))
    for control in page.locator(".lc-player button, .lc-player input, .lc-player select").all():
        box = control.bounding_box()
        assert box["height"] >= 32
        assert box["width"] >= 32
    for control in page.locator(".lc-player button, .lc-player input").all():
        assert control.get_attribute("aria-label")


def test_unmount_leaves_nothing_behind(page: playwright.Page) -> None:
    _open(page, layer_view(_chosen(), 900))
    page.evaluate("handle.play(); handle.unmount()")
    left = page.evaluate("root.querySelectorAll('.lc-player, .lc-tip, .lc-token, .lc-now').length")
    assert left == 0


def test_a_saved_page_plays_by_itself(page: playwright.Page, tmp_path: Path) -> None:
    chosen = _chosen()
    view = cell_view(chosen, 900)
    file = tmp_path / "cell.html"
    file.write_text(
        standalone_html(to_svg(view.drawing, view.title), view.data, view.title), encoding="utf-8"
    )
    page.goto(file.as_uri())
    page.locator(".lc-player-last").click()
    assert page.locator('[data-show="h"]').first.text_content() == _expected(chosen, "h", 7)


def test_a_thousand_timesteps_are_drawn_within_a_frame(page: playwright.Page) -> None:
    exp = Experiment(dataset="us_births", timesteps=1000, layers=(LSTM(8),))
    prediction, prepared = predict(exp), prepare(exp)
    weights = [np.full(weight.shape, 0.05) for layer in prediction.layers for weight in layer.weights]
    network = network_trace(prediction, weights, prepared.X["train"][0])
    view = cell_view(choose(network, "recurrent-layer-1"), 900)
    assert len(json.dumps(view.data)) < 60_000
    _open(page, view)
    spent = page.evaluate("""() => {
        const begun = performance.now();
        for (let k = 0; k < 100; k += 1) handle.seek(k * 9);
        return (performance.now() - begun) / 100;
    }""")
    assert spent < 16
