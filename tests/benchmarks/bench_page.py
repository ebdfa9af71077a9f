"""How quickly the page stands and follows a control, beside an empty Streamlit app on the same machine.

Run it with `python tests/benchmarks/bench_page.py`. It prints two ratios, each measured in this one run:
the time from `streamlit run` to a usable first page, and the time from a key on a slider to what it moves.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
TURNS = 12
EMPTY = """import streamlit as st
value = st.slider("timesteps", 1, 36, 12)
st.html(f"<p id='out'>value {value}</p>")
"""
WATCH = """() => {
  const find = (root, sign) => {
    const here = root.querySelector(sign);
    if (here) return here;
    for (const part of root.querySelectorAll("*")) {
      const found = part.shadowRoot && find(part.shadowRoot, sign);
      if (found) return found;
    }
    return null;
  };
  window.watch = (sign, words) => {
    window.seen = new Promise((resolve) => {
      window.addEventListener("keydown", () => {
        const began = performance.now();
        const look = () => {
          if (find(document, sign)?.textContent.includes(words)) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        look();
      }, { capture: true, once: true });
    });
  };
}"""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


def free_port() -> int:
    """Ask for a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(target: Path, home: str) -> tuple[subprocess.Popen[bytes], str, float]:
    """Start an app, and return it with its address and the moment of its start."""
    port = free_port()
    began = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(target),
        "--server.headless=true",
        f"--server.port={port}",
    ]
    command += ["--server.address=localhost", "--browser.gatherUsageStats=false"]
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "LSTM_COURSE_HOME": home, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    address = f"http://localhost:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
            return server, address, began
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    server.kill()
    raise SystemExit(f"{target} did not start")


def first_page(browser: Browser, address: str, began: float, sign: str) -> tuple[Page, float]:
    """Open the app, and return the page with the seconds from the start of the server to its sign."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.locator(sign).first.wait_for(timeout=60_000)
    return page, time.perf_counter() - began


def round_trips(page: Page, sign: str, words: str) -> float:
    """Turn the slider `timesteps` by a key, again and again; return the median milliseconds until `words` move.

    The page itself takes the time, from the key to the frame that shows the words: a client that asks again and
    again from outside would add its own pauses.
    """
    page.evaluate(WATCH)
    slider = page.locator('input[type="range"][aria-label="timesteps"]')
    took = []
    for turn in range(TURNS):
        value = 13 + turn
        slider.focus()
        page.evaluate(
            "([sign, words]) => watch(sign, words)", [sign, words.format(value=value, samples=101 - value)]
        )
        slider.press("ArrowRight")
        took.append(float(page.evaluate("() => window.seen")))
        page.wait_for_timeout(700)  # what follows a change, such as Keras's answer, belongs to that change
    return statistics.median(took)


def measure(
    browser: Browser, target: Path, path: str, signs: tuple[str, str], words: str
) -> tuple[float, float]:
    """Return seconds to the first page and milliseconds of a round trip for one app."""
    with tempfile.TemporaryDirectory() as home:
        server, address, began = serve(target, home)
        try:
            page, start = first_page(browser, f"{address}/{path}", began, signs[0])
            page.wait_for_load_state("networkidle")
            trip = round_trips(page, signs[1], words)
            page.close()
        finally:
            server.kill()
            server.wait()
    return start, trip


def main() -> None:
    """Measure both apps and print the ratios."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        empty_app = Path(folder) / "empty.py"
        empty_app.write_text(EMPTY, encoding="utf-8")
        empty = measure(browser, empty_app, "", ("#out", "#out"), "value {value}")
        stage = '.lc-stage[data-stage="windowing"]'
        course = measure(
            browser, ROOT / "lessons", "playground?layers=LSTM(8)", (stage, stage), "{samples} samples"
        )
        browser.close()
    print(
        f"first page: {course[0]:.2f} s, empty app {empty[0]:.2f} s, ratio {course[0] / empty[0]:.2f} (budget 1.5)"
    )
    trips = f"{course[1]:.0f} ms, empty app {empty[1]:.0f} ms"
    print(f"control to diagram: {trips}, ratio {course[1] / empty[1]:.2f} (budget 1.5)")


if __name__ == "__main__":
    main()
