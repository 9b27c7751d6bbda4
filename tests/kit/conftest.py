"""A small portal of its own for the parts, and a real browser to look at it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page

from tests.browser import PATIENCE
from tests.kit import urls


@pytest.fixture(autouse=True)
def own_portal(settings) -> None:
    """Let the parts stand on their own: no app above them, no database."""
    settings.ROOT_URLCONF = "tests.kit.urls"
    folder = str(Path(__file__).parent / "templates")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}]
    urls.seen.clear()


class Silent(WSGIRequestHandler):
    """A server that writes no log."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def address(chromium: Browser) -> Iterator[str]:
    """Serve the portal, static files included, and give its address."""
    # The log reads the setting when the portal is built, which is before a test has settings of its own.
    with override_settings(AUDIT_ADDRESSES="tests.kit.urls.nothing_of_a_dossier"):
        portal = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, portal, handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(chromium: Browser, address: str):
    """Return a function that opens a page of the portal; afterwards no page may have complained on its console."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str = "/", **how: object) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    expected = ("the server responded with a status of",)
    assert [text for text in complaints if not any(part in text for part in expected)] == []
