"""Confirming who one is before something weighty, without losing what was typed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.models import Invitation
from tests.factories.accounts import PASSWORD, InvitationFactory
from tests.factories.logging_in import code_for, forget_spent, logged_in

pytestmark = pytest.mark.django_db
CONFIRM = "/inloggen/bevestigen/"
INVITE = {"full_name": "Gerda d'Oude Vos", "email": "gerda@voorbeeld.nl", "roles": ["lezer", "indiener"]}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def working(who, *, ago=301):
    return logged_in(Client(), queries.user(who.user_id), ago=ago)


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize(("ago", "asked"), [(0, False), (299, False), (301, True), (3600, True)])
def test_it_is_asked_when_it_is_more_than_five_minutes_ago(organisatiebeheerder, ago, asked):
    answer = working(organisatiebeheerder, ago=ago).post(reverse("accounts:invite"), INVITE)
    assert answer.status_code == (401 if asked else 302)
    assert Invitation.objects.exists() != asked


@pytest.mark.parametrize("way", ["code", "wachtwoord"])
def test_what_was_typed_is_sent_after_confirming(organisatiebeheerder, way):
    browser = working(organisatiebeheerder)
    url = reverse("accounts:invite")
    page = browser.post(url, INVITE).content.decode()
    assert "Bevestig dat u het bent" in page and "Wat u typte is bewaard." in page
    assert "Gerda" not in page
    carried = {"kept": hidden(page, "kept"), "next": url}
    if way == "wachtwoord":
        page = browser.post(CONFIRM, {**carried, "anders": way}).content.decode()
        assert "Uw wachtwoord" in page and hidden(page, "kept") == carried["kept"]
    wrong = browser.post(CONFIRM, {**carried, "met": way, "proof": "000000"}).content.decode()
    assert "Probeer het opnieuw." in wrong or "klopt niet" in wrong
    assert hidden(wrong, "kept") == carried["kept"]
    assert way == "code" or 'value="000000"' not in wrong
    forget_spent(organisatiebeheerder.email)
    right = code_for(organisatiebeheerder.email) if way == "code" else PASSWORD
    assert browser.post(CONFIRM, {**carried, "met": way, "proof": right})["Location"] == reverse("accounts:resume")
    offered = browser.get(reverse("accounts:resume")).content.decode()
    assert f'action="{url}"' in offered and "Gerda d&#x27;Oude Vos" in offered
    assert offered.count('name="roles"') == 2
    assert browser.post(url, INVITE)["Location"] == reverse("accounts:colleagues")


@pytest.mark.asvs("6.5.1")
def test_a_code_that_logged_in_does_not_confirm(organisatiebeheerder):
    browser = working(organisatiebeheerder)
    code = code_for(organisatiebeheerder.email)
    first = browser.post(CONFIRM, {"met": "code", "proof": code, "next": "/profiel/"})
    assert first["Location"] == "/profiel/"
    again = working(organisatiebeheerder).post(CONFIRM, {"met": "code", "proof": code, "next": "/profiel/"})
    assert "al gebruikt" in again.content.decode()


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", ""])
def test_confirming_never_leads_away(organisatiebeheerder, target):
    answer = working(organisatiebeheerder).post(CONFIRM, {"met": "wachtwoord", "proof": PASSWORD, "next": target})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("proof", "words"),
    [("", "Vul uw wachtwoord in."), ("x\x00", "niet kunnen lezen"), ("w" * 100_000, "niet uw wachtwoord")],
)
def test_bad_input_gets_words(organisatiebeheerder, proof, words):
    answer = working(organisatiebeheerder).post(CONFIRM, {"met": "wachtwoord", "proof": proof})
    assert answer.status_code == 200 and words in answer.content.decode()


def test_guessing_is_stopped_here_too(organisatiebeheerder):
    browser = working(organisatiebeheerder)
    for way, right in (("wachtwoord", PASSWORD), ("code", code_for(organisatiebeheerder.email))):
        for _guess in range(5):
            assert browser.post(CONFIRM, {"met": way, "proof": "verkeerd"}).status_code == 200
        stopped = browser.post(CONFIRM, {"met": way, "proof": right, "kept": "", "next": "/profiel/"})
        assert "te vaak geprobeerd" in stopped.content.decode()
        assert stopped.status_code == 429
        assert 0 < int(stopped["Retry-After"]) <= 300


@pytest.mark.asvs("7.5.3")
def test_everything_that_manages_colleagues_asks(organisatiebeheerder, indiener, provider):
    browser = working(organisatiebeheerder)
    waiting = InvitationFactory(organization=provider)
    for name, number in (
        ("colleague-roles", indiener.user_id),
        ("colleague-remove", indiener.user_id),
        ("colleague-reset-factor", indiener.user_id),
        ("invitation-resend", waiting.pk),
        ("invitation-withdraw", waiting.pk),
    ):
        url = reverse(f"accounts:{name}", args=[number])
        answer = browser.post(url, {"x": "1"})
        assert answer.status_code == 401 and "Bevestig dat u het bent" in answer.content.decode(), name
        script = browser.post(url, headers={"X-Requested-With": "fetch"})
        assert script.status_code == 401 and script.json()["url"].startswith(CONFIRM)


def test_a_secret_is_never_shown_again(organisatiebeheerder):
    browser = Client(enforce_csrf_checks=True)
    logged_in(browser, queries.user(organisatiebeheerder.user_id))
    answer = browser.post(CONFIRM, {"proof": PASSWORD}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403 and PASSWORD not in answer.content.decode()


@pytest.mark.asvs("7.4.5")
def test_a_manager_takes_away_a_lost_second_step(log_in, organisatiebeheerder, indiener, mails):
    theirs = log_in(indiener)
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:colleague-reset-factor", args=[indiener.user_id])
    assert "Ilse Indiener" in browser.get(url).content.decode()
    assert browser.post(url)["Location"] == reverse("accounts:colleagues")
    assert theirs.get(reverse("accounts:profile"))["Location"].startswith("/inloggen/")
    assert "Olga Organisatie" in mails()[-1].body
    anew = Client()
    anew.post("/inloggen/", {"login": indiener.email, "password": PASSWORD})
    assert anew.get(reverse("accounts:profile"))["Location"] == reverse("mfa_index")


def test_confirming_lasts_five_minutes(organisatiebeheerder):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = working(organisatiebeheerder)
        browser.post(CONFIRM, {"met": "wachtwoord", "proof": PASSWORD, "next": "/"})
        clock.shift(timedelta(minutes=4, seconds=59))
        assert browser.post(reverse("accounts:invite"), INVITE).status_code == 302
        clock.shift(timedelta(seconds=2))
        assert browser.post(reverse("accounts:invite"), INVITE).status_code == 401
