from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parent.parent.parent
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
START = 60  # seconds for the server to answer; it takes two to five
SETTLED = 60_000  # milliseconds for a page to finish running
IDLE = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null
        && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('[data-testid="stStatusWidget"]') === null
        && document.querySelector('[data-stale="true"]') === null;
}"""


@pytest.fixture(scope="session")
def playwright_sync() -> Iterator[Playwright]:
    """Playwright, for as long as the tests run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium_path(playwright_sync: Playwright) -> str:
    """A Chromium: the system's, or Playwright's own. Without one, skip; on a build server, fail."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    own = playwright_sync.chromium.executable_path
    if Path(own).exists():
        return own
    reason = "no Chromium here: install one, or run 'python -m playwright install chromium'"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(playwright_sync: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests; each page has a context of its own."""
    opened = playwright_sync.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
    yield opened
    opened.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Make pages, each as a visitor of its own; the options are those of a browser context.

    A script error on any of them fails the test.
    """
    contexts = []
    wrong: list[str] = []

    def make(width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        made = context.new_page()
        made.on("pageerror", lambda error: wrong.append(str(error)))
        return made

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page of 1280 × 900."""
    return new_page()


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the course, served as a learner would serve it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    log = home / "server.log"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "lessons",
        "--server.headless=true",
        f"--server.port={port}",
    ]
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "LSTM_COURSE_HOME": str(home)},
        )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        _wait_until_healthy(server, address, log)
        yield address
    finally:
        _end(server)


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            try:
                server.wait(0.1)  # returns at once when the server has ended
            except subprocess.TimeoutExpired:
                continue
    pytest.fail(f"the course did not start:\n{log.read_text()[-3000:]}", pytrace=False)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it has started, which may have left its process group."""
    started = psutil.Process(server.pid).children(recursive=True) if server.poll() is None else []
    for what in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, what)
        except ProcessLookupError:
            break
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            continue
        break
    for process in started:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(started, timeout=5)


@pytest.fixture(scope="session")
def settle() -> Callable[[Page], None]:
    """Wait until Streamlit has finished running the page's script."""

    def wait(page: Page) -> None:
        page.wait_for_function(IDLE, timeout=SETTLED)

    return wait


@pytest.fixture(scope="session")
def goto(app_url: str, settle: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """Open a page of the course by its slug ("" is the first page) and wait until it stands."""

    def go(page: Page, slug: str = "") -> None:
        page.goto(f"{app_url}/{slug}")
        settle(page)

    return go
