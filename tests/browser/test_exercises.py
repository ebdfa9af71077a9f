"""The exercises as a learner does them: typed, pressed, read, left and opened again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KERAS = 60_000  # milliseconds for a first check on a busy machine
Go = Callable[..., None]
VERDICT = re.compile(r"^\s*(Wrong|Right|Not attempted)\.", re.MULTILINE)


def editor(page: Page) -> Locator:
    return page.locator(".cm-content:visible").first


def write(page: Page, code: str) -> None:
    """Put a program into the editor in place of what is there."""
    editor(page).click(timeout=KERAS)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def kept(page: Page, code: str, settle: Go) -> None:
    """Wait until what was typed has reached the course: a run has begun and ended."""
    write(page, code)
    page.wait_for_function(
        "document.querySelector('[data-testid=\"stApp\"]').dataset.testScriptState === 'running'"
    )
    settle(page)


def verdict(page: Page, words: str) -> Locator:
    return page.get_by_test_id("stAlert").filter(has_text=VERDICT).filter(has_text=words).first


def test_a_press_right_after_the_last_key_checks_the_program_as_it_stands(page: Page, goto: Go) -> None:
    goto(page, "windows?step=99")
    for number in ("first", "second"):
        write(page, f"raise ValueError('{number}')\n")
        page.locator("button:visible", has_text="Check").first.click()
        verdict(page, number).wait_for(timeout=KERAS)


def test_a_verdict_below_the_window_comes_into_view(new_page: Callable[..., Page], goto: Go) -> None:
    page = new_page(390, 844)
    goto(page, "windows?step=99")
    write(page, "\n" * 40 + "raise ValueError('here')\n")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+Control+Enter")
    verdict(page, "here").wait_for(timeout=KERAS)
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid="stAlert"]')].some((each) => {
            const box = each.getBoundingClientRect();
            return each.innerText.includes("here") && box.top > 60 && box.top < innerHeight - 140;
        })"""
    )


def test_what_another_tab_has_written_stays(page: Page, goto: Go, settle: Go) -> None:
    goto(page, "windows?step=99")
    kept(page, "x = 'one'\n", settle)
    other = page.context.new_page()
    goto(other, "windows?step=99")
    kept(other, "x = 'two'\n", settle)
    page.bring_to_front()
    page.get_by_role("button", name="A hint").first.click()
    page.get_by_role("button", name="A further hint").first.wait_for(timeout=KERAS)
    settle(page)
    page.reload()
    settle(page)
    assert "two" in editor(page).inner_text()


def test_the_keyboard_leaves_the_editor(page: Page, goto: Go) -> None:
    goto(page, "windows?step=99")
    write(page, "x = 1\n")
    page.keyboard.press("Tab")
    assert editor(page).inner_text().endswith("    ")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert "Check" in page.evaluate("document.activeElement.innerText")
