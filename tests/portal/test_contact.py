"""Pages name where to ask their own question, and whether somebody answers now."""

import pytest
import time_machine
from django.conf import settings

from authorizations.domain.lifecycle import Status
from tests import browser
from tests.factories import authorizations as make
from tests.factories import contracting, desk

OPEN = "2026-12-01T10:00:00+01:00"
CLOSED = "2026-12-31T17:00:00+01:00"


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def policies(insurer, other_insurer):
    for slug in ("zilveren-kruis-msr", "zilveren-kruis-ggz-verblijf-2020"):
        make.policy_version(insurer, slug)
    make.policy_version(other_insurer, "asr-revalidatie-2020")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (OPEN, ("Nu bereikbaar", "tot 17.00 uur")),
        (CLOSED, ("Nu niet bereikbaar", "Maandag 4 januari vanaf 8.30 uur")),
    ],
)
def test_the_help_says_of_each_policy_whether_somebody_answers(client, policies, at, words):
    with time_machine.travel(at, tick=False):
        for page in ("/informatie/", "/informatie/zilveren-kruis-msr/"):
            shown = text(client.get(page))
            assert all(word in shown for word in (*words, 'href="tel:0717510099"', "8.30 - 17.00 uur"))
        ggz = text(client.get("/informatie/zilveren-kruis-ggz-verblijf-2020/"))
        assert "8.00 - 18.00 uur" in ggz and "8.30" not in ggz


def test_a_request_names_the_telephone_of_its_policy(log_in, indiener, insurer):
    with time_machine.travel(OPEN, tick=False):
        asked = desk.filed(indiener, insurer, Status.SUBMITTED)
        shown = text(log_in(indiener).get(f"/aanvragen/{asked.reference}/"))
    assert "Vraag over deze aanvraag?" in shown and "071 751 00 99" in shown and "Nu bereikbaar" in shown
    assert "071 751 00 61" not in shown


def test_the_checks_name_where_to_ask_about_a_claim(client, policies):
    shown = text(client.get("/controles/"))
    assert "a.s.r.: Declaraties" in shown and 'href="mailto:zorg.claimcontrol@asr.nl"' in shown
    assert "071 751 00 99" not in shown


def test_a_contract_names_where_to_ask_about_it_once_for_all_policies(
    log_in, insurer, provider, policies, organisatiebeheerder
):
    contract = contracting.contract(insurer, provider)
    shown = text(log_in(organisatiebeheerder).get(f"/contracten/{contract.pk}/"))
    assert "Vraag over uw overeenkomst?" in shown and shown.count("071 751 00 61</a>") == 1
    assert "071 751 00 99" not in shown


@pytest.mark.django_db(transaction=True)
def test_the_pages_look_calm(chromium, live_server, log_in, indiener, insurer, policies):
    with time_machine.travel(OPEN, tick=True):
        asked = desk.filed(indiener, insurer, Status.SUBMITTED)
        context = chromium.new_context(base_url=live_server.url)
        cookie = log_in(indiener).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        for name, address in {"hulp": "/informatie/", "aanvraag": f"/aanvragen/{asked.reference}/"}.items():
            page.goto(address)
            browser.look(page, f"contact-{name}")
        context.close()
