"""A real browser for tests: one per run, and what axe says of a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts import build_css

PICTURES = os.environ.get("PICTURES", "")
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Milliseconds that a page may take on a machine that is doing other work as well.
PATIENCE = 20_000
# What is right is only counted: to work out where all of it stands takes axe longer than to look.
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# The same page in other colours, or narrow: only these look at that.
OF_COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
OF_WIDTH: dict[str, Any] = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine, once the style sheet is there."""
    build_css.main()
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "Er is geen Chromium. Doe dit een keer: apt-get install -y chromium (of zet CHROMIUM op het pad)."
    # The event loop of the browser runs in this thread; the database is only used between its steps.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """Return what axe finds on a page, once its style sheet is there: without it every link is too low to touch."""
    page.wait_for_load_state()
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]


@contextmanager
def tidy(context: BrowserContext) -> Iterator[Page]:
    """Open a page in which no script fails and nothing is against the policy of contents."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert complaints == []


def look(page: Page, name: str) -> None:
    """Judge the page as it is now, wide and narrow, and keep pictures of it when that was asked for."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"{name} {width}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} sticks out at {width}"
        if PICTURES:
            page.screenshot(path=Path(PICTURES, f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
