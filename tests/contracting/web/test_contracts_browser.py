"""Contracts in a real browser, wide and narrow: axe finds nothing, and nothing sticks out."""

from datetime import date

import pytest
from django.conf import settings

from accounts.models import Organization
from contracting.domain.register import ContractStatus
from portal.world import contracts, people
from tests import browser
from tests.factories import contracting as make

pytestmark = pytest.mark.django_db(transaction=True)
KEEPER, MANAGER = "beheer@zk.example", "beheer@esdoorn.example"


def test_the_rooms_of_contracts(world, chromium, live_server, log_in):
    insurer, provider = (Organization.objects.get(name=name) for name in (people.ZILVEREN_KRUIS, people.ESDOORN))
    contract = make.contract(insurer, provider, status=ContractStatus.AGREED, on=date(2026, 1, 5))
    came_in, draft = make.questionnaire_of(insurer), make.questionnaire_of(provider)
    public, season = make.published(), make.season(insurer)
    lists = "contracten/vragenlijsten"
    for who, path, name in (
        (KEEPER, "contracten/", "contracten"),
        (KEEPER, "contracten/nieuw/", "contract-nieuw"),
        (KEEPER, f"contracten/{contract.pk}/", "contract"),
        (KEEPER, "contracten/publiceren/", "contracten-publiceren"),
        (KEEPER, f"{lists}/", "vragenlijsten"),
        (KEEPER, f"{lists}/{came_in.pk}/", "vragenlijst"),
        (KEEPER, f"{lists}/{came_in.pk}/beoordelen/", "vragenlijst-beoordelen"),
        (KEEPER, "contracten/loketten/", "loketten"),
        (KEEPER, "contracten/kalender/nieuw/", "kalender-nieuw"),
        (KEEPER, f"contracten/kalender/{season.pk}/", "kalender"),
        (KEEPER, "contracten/budgetten/", "budgetten"),
        (KEEPER, "contracten/budgetten/nieuw/", "budget-nieuw"),
        (MANAGER, f"contracten/{contract.pk}/", "contract-aanbieder"),
        (MANAGER, f"{lists}/nieuw/", "vragenlijst-nieuw"),
        (MANAGER, f"{lists}/{draft.pk}/invullen/", "vragenlijst-invullen"),
        (MANAGER, f"gecontracteerd/{public.pk}/", "gecontracteerd"),
        (MANAGER, "gecontracteerd/", "gecontracteerd-lijsten"),
    ):
        context = chromium.new_context()
        cookie = log_in(people.actor(who)).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/{path}")
        browser.look(page, name)
        if name == "vragenlijst-invullen":
            page.get_by_role("button", name="Dien de vragenlijst in").click()
            browser.look(page, "vragenlijst-invullen-fout")
            assert page.locator("[data-error-summary]").is_visible()
        context.close()


def test_the_demo_tells_of_contracts(world):
    contracts.tell(make.NOW)
    contracts.tell(make.NOW)
    assert make.statuses() == ["mag_declareren", "overeenstemming", "voorstel"]
