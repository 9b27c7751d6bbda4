"""A file of 100,000 rows in a real browser: brought, watched, stopped, gone on with, and its result taken home."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from authorizations.models import CheckRun
from tests.browser import look, tidy
from tests.factories.runs import WEGING, work

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 100_000


@pytest.fixture
def page(chromium: Browser, live_server: Any, indiener: Any, log_in: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=live_server.url)
    cookie = log_in(indiener).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    with tidy(context) as opened:
        yield opened


def test_a_big_file(page, tmp_path):
    file = tmp_path / "november.csv"
    file.write_text(WEGING + "".join(f"{row};190960x4;{'veel' if row % 50 == 0 else 0}\n" for row in range(ROWS)))
    page.goto("/controles/weging/")
    page.get_by_role("link", name="laat u het controleren").click()
    expect(page.get_by_label("Gewogen behandeluren")).to_be_checked()
    page.get_by_label("Bestand (csv)").set_input_files(file)
    page.get_by_role("button", name="Start de controle").click()
    expect(page.get_by_text("Wij beginnen zo.")).to_be_visible()
    work(most=4)
    expect(page.get_by_text("rijen per seconde")).to_be_visible()
    look(page, "run-bezig")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Gestopt door")).to_be_visible()
    half = CheckRun.objects.get().rows
    assert 0 < half < ROWS
    look(page, "run-gestopt")
    page.get_by_role("button", name="Hervat").click()
    expect(page.get_by_role("heading", name="Wij zijn bezig")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="De uitkomst")).to_be_visible()
    look(page, "run-klaar")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de uitkomst (csv)").click()
    assert download.value.suggested_filename == "weging-100000-rijen-2000-fout.csv"
    with Path(download.value.path()).open() as lines:
        assert sum(1 for _ in lines) == ROWS + 1
    page.get_by_role("link", name="Bestanden controleren").click()
    look(page, "runs")
