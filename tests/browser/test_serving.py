"""The course answers in a real browser, and what serves it ends with the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_page_stands_without_an_error(page: Page, goto: Callable[..., None]) -> None:
    goto(page)
    assert page.title()
    assert page.get_by_test_id("stException").count() == 0
