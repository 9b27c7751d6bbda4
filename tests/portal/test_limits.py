"""Who asks too often is asked to wait; who shares an address with others is not."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from portal import limits
from portal.limits import LIMITS, Limit
from portal.models import RateCount
from tests.journeys.addresses import every_address

SEARCH = Limit("proef", 3, 5, timedelta(minutes=5), ("GET",), asked_by=("q",))


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", {"authorizations:dashboard": SEARCH, "accounts:invitation": SEARCH})


def test_every_limit_stands_at_an_address_that_is_there():
    assert LIMITS.keys() <= {address.name for address in every_address()}
    assert all(limit.per_person * 4 <= limit.per_address for limit in LIMITS.values()), "a hospital shares one address"


@pytest.mark.asvs("2.4.1")
@pytest.mark.django_db
def test_who_searches_too_often_reads_when_to_come_back(narrow, log_in, indiener, lezer):
    client = log_in(indiener)
    for _ in range(3):
        assert client.get("/aanvragen/?q=Bos").status_code == 200
    refused = client.get("/aanvragen/?q=Bos")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 300
    assert re.search(r"Wacht (1 minuut|\d minuten) en probeer", refused.content.decode())
    assert client.get("/aanvragen/").status_code == 200, "looking at the list is free"
    assert log_in(lezer).get("/aanvragen/?q=Bos").status_code == 200, "a colleague behind the same address"


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "address"), [("indiener", "/aanvragen/?q=Bos"), ("adviseur", "/beoordelen/?zoek=Bos")])
def test_who_has_logged_in_keeps_the_own_menu_and_a_way_back(monkeypatch, log_in, request, who, address):
    never = Limit("nooit", 0, 0, timedelta(minutes=5), ("GET",))
    names = ("authorizations:dashboard", "authorizations:review-queue")
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(names, never))
    refused = log_in(request.getfixturevalue(who)).get(address)
    page = refused.content.decode()
    assert refused.status_code == 429
    assert 'aria-label="Hoofdmenu"' in page and "Uitloggen" in page
    assert "Naar uw beginpagina" in page and "Naar inloggen" not in page


@pytest.mark.django_db
def test_a_stranger_who_asks_too_often_is_led_to_log_in(narrow):
    for _ in range(6):
        refused = Client().get("/uitnodiging/geraden/?q=1", REMOTE_ADDR="192.0.2.7")
    page = refused.content.decode()
    assert refused.status_code == 429 and "Naar inloggen" in page and "Uitloggen" not in page


@pytest.mark.django_db
def test_a_script_gets_words_it_can_show(narrow, log_in, indiener):
    client = log_in(indiener)
    for _ in range(4):
        answer = client.get("/aanvragen/?q=Bos", headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/json")
    assert "te vaak na elkaar" in answer.json()["message"]


@pytest.mark.asvs("6.3.1")
@pytest.mark.django_db
def test_all_who_share_an_address_have_one_wide_limit(narrow):
    asked = [Client().get("/uitnodiging/geraden/?q=1", REMOTE_ADDR="192.0.2.7").status_code for _ in range(6)]
    assert 429 not in asked[:5] and asked[5] == 429
    assert Client().get("/uitnodiging/geraden/?q=1", REMOTE_ADDR="192.0.2.8").status_code != 429


@pytest.mark.asvs("4.1.3")
@pytest.mark.django_db
def test_an_address_that_a_browser_makes_up_changes_nothing(narrow):
    for number in range(6):
        answer = Client().get("/uitnodiging/x/?q=1", headers={"X-Forwarded-For": f"192.0.2.{number}", "X-Real-IP": "x"})
    assert answer.status_code == 429
    with override_settings(ALLAUTH_TRUSTED_CLIENT_IP_HEADER="X-Real-IP"):
        known = {"X-Real-IP": "192.0.2.9", "X-Forwarded-For": "192.0.2.1"}
        assert Client().get("/uitnodiging/x/?q=1", headers=known).status_code != 429, "the header of our own proxy"


@pytest.mark.django_db
def test_later_one_may_ask_again_and_nothing_is_kept_for_ever():
    now = timezone.now()
    assert [limits.count(SEARCH, "iemand", now) for _ in range(2)] == [1, 2]
    later = now + timedelta(minutes=5)
    assert limits.count(SEARCH, "iemand", later) == 1
    assert limits.count(SEARCH, "iemand anders", now) == 1
    assert "iemand" not in "".join(RateCount.objects.values_list("who", flat=True))
    assert limits.forget(now + timedelta(days=2)) == 3


@pytest.mark.django_db(transaction=True)
def test_asking_many_times_at_once_counts_them_all():
    now = timezone.now()

    def ask(_):
        try:
            return limits.count(SEARCH, "iemand", now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as many:
        assert sorted(many.map(ask, range(40))) == list(range(1, 41))
