"""A whole line of a GGZ declaration: by form, with the NZa budget of who has logged in, and beside a claim."""

import html
import re
from datetime import date

import pytest
import time_machine

from authorizations.domain.dbcs import Dbc, DbcKind
from contracting.services import budgets
from tests.factories import dbcs, declarations
from tests.factories.contracting import NOW

pytestmark = pytest.mark.django_db
HERE = "/controles/ggz_regel/"
CRISIS = {"antwoord": "1", "code": "25B130", "zorgtype": "303", "dbc_geopend_0": "1-6-2026", "minuten": "50"}
INSIDE = {"dbc": "initieel", "budget_dbc_gesloten_crisis_duurt_voort": "nee"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(answer):
    page = answer.content.decode().partition('id="antwoord"')[2].partition("<details")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def budget(provider, beheerder, **changes):
    start = date(2026, 1, 1)
    noted = {"year": 2026, "region": "Proefregio", "amount": None, "regioplan_on": start, "agreed_on": start,
             "tariff_number": "TB/26-1", "tariff_from": start, "tariff_until": None}  # fmt: skip
    told = budgets.Noted(**{**noted, **changes})
    return budgets.note(agb_code=provider.agb_code, name="", on_behalf=[], noted=told, by=beheerder, now=NOW)


def test_what_is_open_about_the_budget_is_filled_in_and_says_from_where(
    client, log_in, indiener, beheerder, provider, insurer
):
    anonymous = client.get(HERE, CRISIS | INSIDE)
    assert "Dat is niet te zeggen" in said(anonymous) and "Uw budget" not in said(anonymous)
    browser = log_in(indiener)
    assert "Over 2026 staat hier geen budget van uw organisatie" in said(browser.get(HERE, CRISIS | INSIDE))
    budget(provider, beheerder)
    answer = browser.get(HERE, CRISIS | INSIDE)
    page = said(answer)
    assert "Ja, dit mag u zo declareren" in page
    assert f"U liet open wat {insurer.name} heeft vastgelegd over uw budget van 2026 (Proefregio)." in page
    assert "Is er een individuele tariefbeschikking? ja" in page
    form = answer.context["case"]
    assert form["tariefbeschikking"].value() == "ja", "it stands in the form, to be changed"
    # What somebody fills in stays: it is asked, not overruled.
    own = said(browser.get(HERE, CRISIS | INSIDE | {"tariefbeschikking": "nee"}))
    assert "Nee, dit mag u zo niet declareren" in own and "individuele tariefbeschikking nodig" in own
    assert "Is er een individuele tariefbeschikking? ja" not in own
    assert "Over 2025 staat hier geen budget" in said(browser.get(HERE, CRISIS | {"dbc_geopend_0": "1-6-2025"}))
    assert "Uw budget" not in said(browser.get(HERE, CRISIS | {"zorgtype": "155"}))
    assert "Uw budget" not in said(client.get(HERE, CRISIS | INSIDE)), "for nobody else"


@pytest.mark.parametrize(
    ("noted", "words"),
    [
        ({"tariff_until": date(2026, 3, 31)}, "Hiervoor is een individuele tariefbeschikking nodig."),
        ({"tariff_number": "", "tariff_from": None}, "Wij weten niet of er een individuele tariefbeschikking is."),
        ({"agreed_on": None}, "Dat hangt af van deze vraag: Is er in uw regio een regioplan"),
    ],
)
def test_what_the_budget_does_not_say_stays_unknown(log_in, indiener, beheerder, provider, insurer, noted, words):
    budget(provider, beheerder, **noted)
    assert words in said(log_in(indiener).get(HERE, CRISIS | INSIDE))


def test_what_is_wrong_is_told_and_kept(client):
    answer = client.get(HERE, CRISIS | {"zorgtype": "30", "minuten": "veel"})
    assert answer.status_code == 422 and "geen zorgtype van 3 cijfers" in text(answer)
    assert answer.context["case"]["minuten"].value() == "veel"


def test_a_claim_of_the_ggz_shows_its_line(client, log_in, indiener, beheerder, provider, insurer):
    browser = log_in(indiener)
    row = declarations.claim(indiener, insurer, opened_on=date(2026, 6, 1))
    answer = browser.get(f"/declaraties/{row.pk}/")
    (asked,) = re.findall(r'href="(/controles/ggz_regel/[^"]+)"', answer.content.decode())
    assert "25B130 geldt voor een dbc die is geopend op 1 juni 2026." in said(client.get(html.unescape(asked)))
    page = text(answer)
    assert "Mag deze regel worden gedeclareerd?" in page and "25B130 geldt voor een dbc" in page
    assert "Wij weten niet of u declareert door of namens de zorgaanbieder met het budget" in page
    budget(provider, beheerder)
    assert "U voldoet aan wat de bron vraagt voor zorgtype 303." in text(browser.get(f"/declaraties/{row.pk}/"))
    traject = dbcs.traject(indiener, insurer, first=Dbc(DbcKind.INITIAL, "156", dbcs.OPENED))
    other = declarations.claim(
        indiener, insurer, number="D2", zorgtrajectnummer=traject.number, opened_on=dbcs.OPENED, closed_on=None
    )
    page = text(browser.get(f"/declaraties/{other.pk}/"))
    assert "25B130 hoort bij zorgtype 303, niet bij 156." in page
    apart = declarations.claim(indiener, insurer, number="D3", regime="VERZEKERDE", resubmission="")
    assert "Mag deze regel" not in text(browser.get(f"/declaraties/{apart.pk}/"))
