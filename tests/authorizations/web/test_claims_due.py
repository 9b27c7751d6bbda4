"""The worklist of claims to hand in, the page of one with its days, and the file for a calendar."""

import pytest

from tests.authorizations.web.test_subtrajects import text, today
from tests.factories import declarations, notices

pytestmark = pytest.mark.django_db
DUE, CALENDAR = "/declaraties/indienen/", "/declaraties/agenda/"


@pytest.fixture
def filer(log_in, indiener):
    return log_in(indiener)


def closed(days):
    return {"opened_on": today(-400), "closed_on": today(-days)}


def test_the_first_to_be_late_is_on_top(filer, indiener, insurer, django_assert_max_num_queries):
    declarations.claim(indiener, insurer, number="LATER", **closed(20))
    declarations.claim(indiener, insurer, number="BIJNA", **closed(175))
    declarations.claim(indiener, insurer, number="TELAAT", **closed(250))
    declarations.claim(indiener, insurer, number="KLAAR", **closed(175), handed_in_on=today(-3))
    declarations.claim(indiener, insurer, number="OPEN", opened_on=today(-3), closed_on=None)
    page = text(filer.get(DUE))
    assert page.index("TELAAT") < page.index("BIJNA") < page.index("LATER")
    assert "dagen te laat" in page and "KLAAR" not in page and ">OPEN<" not in page
    near = text(filer.get(DUE, {"binnen": "30"}))
    assert "BIJNA" in near and "LATER" not in near
    assert filer.get(DUE, {"binnen": "x", "pagina": "x"}).status_code == 200
    assert "BIJNA" in text(filer.get("/declaraties/")), "the list leads to it"

    file = filer.get(CALENDAR)
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    events = file.content.decode()
    assert events.count("BEGIN:VEVENT") == 2 and "BIJNA" in events and "TELAAT" not in events


def test_coulance_lifts_the_term(filer, indiener, insurer, coordinator):
    row = declarations.claim(indiener, insurer, number="D-2026-1", **closed(250))
    url = f"/declaraties/{row.pk}/"
    page = text(filer.get(url))
    assert "De laatste dag was" in page and "Retourcode 0586" in page and "De termijn op de kalender" in page
    asked = notices.coulance(indiener, insurer.pk, notices.claim("D-2026-1"))
    assert "Coulance gegeven" not in text(filer.get(url)), "asking lifts nothing"
    notices.decided(asked, coordinator)
    page = text(filer.get(url))
    assert "U kunt nog indienen, door coulance" in page and asked.reference in page
    assert "Coulance gegeven" in text(filer.get(DUE))
