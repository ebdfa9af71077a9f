"""The course as a visitor uses it: in a real browser, with a real Keras behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KERAS = 60_000  # milliseconds for TensorFlow to load and Keras to answer on a busy machine
Go = Callable[..., None]


def shape_of(page: Page, stage: str) -> str:
    """Words of one stage of the diagram, without white space."""
    words = page.locator(f'.lc-stage[data-stage="{stage}"]').first.text_content() or ""
    return re.sub(r"\s+", "", words)


def drag(page: Page, label: str, key: str, times: int) -> None:
    """Turn a slider by keyboard."""
    slider = page.locator(f'input[type="range"][aria-label="{label}"]')
    slider.focus()
    for _ in range(times):
        slider.press(key)


def test_nothing_is_fetched_from_elsewhere(page: Page, goto: Go, app_url: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((app_url, app_url.replace("http", "ws"), "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    for slug in ("", "playground", "windows", "glossary"):
        goto(page, slug)
        page.wait_for_load_state("networkidle")
    assert asked == []


def test_a_control_moves_every_shape_and_keras_agrees(page: Page, goto: Go) -> None:
    goto(page, "playground?timesteps=12&layers=LSTM(8)")
    page.locator("svg.lc-diagram").first.wait_for()
    assert "(89,samples12,timesteps1)features" in shape_of(page, "windowing")
    page.get_by_text("Keras agrees").first.wait_for(timeout=KERAS)
    for samples in (88, 87, 86):
        drag(page, "timesteps", "ArrowRight", 1)
        moved = page.locator('.lc-stage[data-stage="windowing"]').filter(has_text=f"{samples} samples")
        moved.first.wait_for(timeout=KERAS)
    assert "(86,samples15,timesteps1)features" in shape_of(page, "windowing")
    page.wait_for_url("**timesteps=15**")
    page.get_by_text("Keras agrees").first.wait_for(timeout=KERAS)


def test_on_a_phone_the_stage_that_a_control_moves_is_in_view_beside_it(
    new_page: Callable[..., Page], goto: Go
) -> None:
    page = new_page(390, 844)
    goto(page, "playground?timesteps=12&layers=LSTM(8)")
    for control, stage, moved in (
        ("timesteps", "windowing", "13 timesteps"),
        ("units", "recurrent-layer-1", "LSTM(9)"),
    ):
        drag(page, control, "ArrowRight", 1)
        page.locator(f'.lc-stage[data-stage="{stage}"]').filter(has_text=moved).first.wait_for(timeout=KERAS)
        page.wait_for_function(
            """name => {
                const seen = [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector("svg"));
                const box = seen.shadowRoot.querySelector(`.lc-stage[data-stage="${name}"]`).getBoundingClientRect();
                return box.y + box.height / 2 > 60 && box.y + box.height / 2 < innerHeight / 2;
            }""",
            arg=stage,
        )
        slider = page.locator(f'input[type="range"][aria-label="{control}"]').bounding_box()
        assert slider is not None
        assert 844 / 2 < slider["y"] < 844


def test_the_next_step_begins_at_its_top(page: Page, goto: Go, settle: Go) -> None:
    goto(page, "windows?step=2&timesteps=12&layers=LSTM(8)")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Samples, timesteps, batch").wait_for(timeout=KERAS)
    page.wait_for_function("document.querySelector('[data-testid=\"stMain\"]').scrollTop === 0")


def test_the_page_process_never_loads_tensorflow(page: Page, goto: Go, app_url: str) -> None:
    goto(page, "playground")
    page.get_by_text("Keras agrees").first.wait_for(timeout=KERAS)
    port = int(app_url.rsplit(":", 1)[1])
    servers = [
        process
        for process in psutil.process_iter(["cmdline"])
        if "streamlit" in (process.info["cmdline"] or [])
        and f"--server.port={port}" in process.info["cmdline"]
    ]
    assert servers
    loaded = [
        mapped.path for server in servers for mapped in server.memory_maps() if "tensorflow" in mapped.path
    ]
    assert loaded == []


def test_what_is_chosen_by_keyboard_keeps_the_keyboard(page: Page, goto: Go) -> None:
    goto(page, "playground?timesteps=12&layers=LSTM(8)")
    page.locator('.lc-hot[data-batch="1"]').press("Enter")
    page.locator('.lc-stage[data-stage="raw-data"]').filter(has_text="window 32").first.wait_for()
    page.locator('.lc-hot[data-batch="1"]:focus').wait_for()


def test_training_shows_curves_and_persistence_and_changes_the_diagram(page: Page, goto: Go) -> None:
    goto(page, "playground?timesteps=6&layers=LSTM(4)&epochs=40")
    page.get_by_text("Keras agrees").first.wait_for(timeout=KERAS)
    before = shape_of(page, "head")
    page.get_by_role("button", name=re.compile("^Train: 40 epochs")).click()
    page.get_by_text(re.compile("Trained 40 epochs")).wait_for(timeout=KERAS)
    page.get_by_test_id("stVegaLiteChart").nth(1).wait_for(timeout=KERAS)
    assert shape_of(page, "head") != before
    assert page.get_by_role("button", name=re.compile("^Train again")).is_visible()
    page.reload()
    page.get_by_text(re.compile("Trained 40 epochs")).wait_for(timeout=KERAS)


def test_a_training_goes_on_when_the_page_is_loaded_again(page: Page, goto: Go, settle: Go) -> None:
    goto(page, "playground?timesteps=9&layers=LSTM(32)&epochs=3000")
    page.get_by_role("button", name=re.compile("^Train: 3,000 epochs")).click()
    page.get_by_text(re.compile("Epoch .* of 3000")).wait_for(timeout=KERAS)
    page.reload()
    page.get_by_text(re.compile("Epoch .* of 3000")).wait_for(timeout=KERAS)
    page.get_by_role("button", name="Cancel").click(timeout=KERAS)
    page.get_by_text("The training was cancelled").wait_for(timeout=KERAS)


def test_a_panel_has_its_controls_when_it_is_opened(page: Page, goto: Go) -> None:
    goto(page, "playground?layers=LSTM(8)")
    assert page.get_by_text("stateful", exact=True).count() == 0
    page.get_by_text("Network, more arguments").click()
    page.get_by_text("stateful", exact=True).first.wait_for(timeout=KERAS)


def test_a_training_can_be_cancelled(page: Page, goto: Go) -> None:
    goto(page, "playground?dataset=electricity&timesteps=96&layers=LSTM(64)&epochs=200")
    page.get_by_role("button", name=re.compile("^Train: 200 epochs")).click()
    page.get_by_role("button", name="Cancel").click(timeout=KERAS)
    page.get_by_text("The training was cancelled").wait_for(timeout=KERAS)


def test_a_network_that_cannot_be_says_why(page: Page, goto: Go) -> None:
    goto(page, "playground?layers=LSTM(8); LSTM(4)")
    assert page.get_by_text(re.compile("hands on one vector")).first.is_visible()
    assert page.get_by_role("button", name=re.compile("^Train")).is_disabled()
    assert page.get_by_test_id("stException").count() == 0


def test_a_link_that_was_cut_gives_a_sentence(page: Page, goto: Go) -> None:
    goto(page, "playground?timesteps=banana&layers=LSTM(")
    assert page.get_by_text(re.compile("The link could not be read")).first.is_visible()


def test_a_prediction_is_committed_and_answered(page: Page, goto: Go, settle: Go) -> None:
    goto(page, "windows?step=1&timesteps=12&layers=LSTM(8)")
    page.get_by_label("Shape").fill("(12,)")
    page.get_by_role("button", name="Commit").first.click()
    page.get_by_text("You said").first.wait_for(timeout=KERAS)
    settle(page)
    page.reload()
    page.get_by_text("You said").first.wait_for(timeout=KERAS)


def test_an_exercise_is_edited_and_checked(page: Page, goto: Go) -> None:
    goto(page, "windows?step=99")
    editor = page.locator(".cm-content").first
    editor.wait_for(timeout=KERAS)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("while True:\n    pass\n")
    page.keyboard.press("Shift+Control+Enter")
    page.get_by_text(re.compile("Wrong|could not be checked", re.IGNORECASE)).first.wait_for(timeout=KERAS)


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways(new_page: Callable[..., Page], goto: Go, width: int, scheme: str) -> None:
    page = new_page(width, 900, color_scheme=scheme)
    for slug in ("", "playground", "windows?step=2", "drills", "progress"):
        goto(page, slug)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{slug} is {over} px wider than the window"


@pytest.mark.parametrize("slug", ["", "playground", "windows?step=1", "drills"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(
    new_page: Callable[..., Page], goto: Go, slug: str, scheme: str
) -> None:
    page = new_page(1280, 900, color_scheme=scheme)
    goto(page, slug)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ours = [
        f"{violation['id']}: {node['target']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if "lc-" in str(node["target"]) or "lc-" in node["html"]
    ]
    assert ours == []
