"""The open pages of codes in a real browser, wide and narrow."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from ggz_codes.domain.release_terms import Source
from tests.browser import look, tidy
from tests.factories.release_files import grouper, product, specialism, zorgtype
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    call_command("load_catalogue", verbosity=0)
    records = (
        specialism("0327", "Revalidatiegeneeskunde"),
        specialism("0301", "Oogheelkunde"),
        zorgtype("0327", "Reguliere zorg", 365, "2012-01-01", "2014-12-31"),
        zorgtype("0327", "Reguliere zorg", 120, "2015-01-01"),
        zorgtype("0301", "Reguliere zorg", 120, "2012-01-01", "2016-12-31"),
        product("990027002", "14B932", "2012-01-01", "2013-12-31"),
    )
    loaded(grouper(*records), source=Source.NZA, package="grouper", version_on=None)
    with tidy(chromium.new_context(base_url=live_server.url)) as opened:
        yield opened


def test_looking_codes_up(page):
    page.goto("/codes/")
    edges = [page.locator(field).bounding_box() for field in ("#id_q", "#id_soort", "#id_dag_0")]
    assert len({round(edge["y"] + edge["height"]) for edge in edges}) == 1
    look(page, "codes-zoeken")
    page.goto("/codes/zorgtype/12/")
    expect(page.get_by_role("heading", name="Revalidatiegeneeskunde (0327)")).to_be_visible()
    look(page, "codes-specialismen")
    page.goto("/codes/zorgproduct/990027002/")
    page.get_by_role("link", name="14B932").click()
    expect(page.get_by_role("heading", name="14B932")).to_be_visible()
    look(page, "codes-declaratiecode")
    page.goto("/codes/zorgtype/304/")
    look(page, "codes-zorgtype-ggz")
    page.goto("/codes/schatting/")
    look(page, "codes-schatting")
