"""The pages where the organisatiebeheerder makes keys for programs, and revokes them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import ApiKey
from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from tests.factories.accounts import actor, api_key
from tests.factories.logging_in import logged_in

pytestmark = pytest.mark.django_db
LIST, MAKE = "/organisatie/api-sleutels/", "/organisatie/api-sleutels/maken/"
SHOWN = re.compile(r'id="sleutel">(mp_[0-9a-f]{8}_[\w-]{43})<')


@pytest.fixture
def browser(log_in, organisatiebeheerder):
    return log_in(organisatiebeheerder)


def typed(person, **more):
    return {"name": "EPD, productie", "acts_for": str(person.user_id), "days": "180", **more}


def revoke_page(key):
    return reverse("accounts:api-key-revoke", args=[key.pk])


def test_a_key_is_shown_once_and_listed_by_its_beginning(browser, indiener):
    made = browser.post(MAKE, typed(indiener))
    [text] = SHOWN.findall(made.content.decode())
    assert "no-store" in made["Cache-Control"]
    key = ApiKey.objects.get()
    assert key.expires_on == timezone.localdate() + timedelta(days=180)
    listed = browser.get(LIST).content.decode()
    assert f"mp_{key.prefix}_…" in listed and text not in listed
    assert "EPD, productie" in listed and indiener.name in listed and "Nog niet" in listed and "Werkt" in listed


def test_sending_the_form_again_makes_no_second_key(browser, indiener):
    browser.post(MAKE, typed(indiener))
    again = browser.post(MAKE, typed(indiener))
    assert "Er is al een sleutel met deze naam" in again.content.decode()
    assert ApiKey.objects.count() == 1


def test_without_a_colleague_who_registers_the_page_says_what_to_do(browser):
    page = browser.get(MAKE).content.decode()
    assert "Geef eerst een collega deze rol" in page and "<form method" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "Geef de sleutel een naam"),
        ({"acts_for": ""}, "Kies een collega"),
        ({"acts_for": "2000000000"}, "Kies een collega uit de lijst"),
        ({"days": "3650"}, "Kies een duur uit de lijst"),
    ],
)
def test_what_is_wrong_is_said(browser, indiener, more, said):
    assert said in browser.post(MAKE, typed(indiener, **more)).content.decode()
    assert not ApiKey.objects.exists()


def test_a_revoked_key_stays_on_the_list(browser, organisatiebeheerder, indiener):
    api_key(organisatiebeheerder, indiener, now=timezone.now())
    key = ApiKey.objects.get()
    assert "intrekken?" in browser.get(revoke_page(key)).content.decode()
    assert browser.post(revoke_page(key))["Location"] == LIST
    listed = browser.get(LIST).content.decode()
    assert "Ingetrokken" in listed and "Trek in" not in listed
    assert "al ingetrokken" in browser.get(revoke_page(key)).content.decode()


@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar", "beheerder", "adviseur"])
def test_nobody_else_comes_in(log_in, request, who, indiener):
    client = log_in(request.getfixturevalue(who))
    assert client.get(LIST).status_code == 403
    assert client.post(MAKE, typed(indiener)).status_code == 403
    assert not ApiKey.objects.exists()


def test_a_key_of_another_organisation_is_not_there(
    browser, other_organisatiebeheerder, other_indiener, organisatiebeheerder
):
    api_key(other_organisatiebeheerder, other_indiener, name="EPD van een ander")
    key = ApiKey.objects.get()
    assert browser.get(revoke_page(key)).status_code == 404
    assert browser.post(revoke_page(key)).status_code == 404
    assert "EPD van een ander" not in browser.get(LIST).content.decode()
    assert ApiKey.objects.get().revoked_at is None


@pytest.mark.asvs("7.5.1", "7.5.3")
def test_making_and_revoking_ask_who_it_is(organisatiebeheerder, indiener):
    client = logged_in(Client(), queries.user(organisatiebeheerder.user_id), ago=600)
    api_key(organisatiebeheerder, indiener)
    key = ApiKey.objects.get()
    for path, data in ((MAKE, typed(indiener)), (revoke_page(key), {})):
        asked = client.post(path, data)
        assert asked.status_code == 401 and "Bevestig dat u het bent" in asked.content.decode()
    assert ApiKey.objects.filter(revoked_at=None).count() == 1


def test_the_log_tells_of_making_and_revoking(browser, provider, organisatiebeheerder, indiener, log_in):
    made = browser.post(MAKE, typed(indiener))
    key = ApiKey.objects.get()
    browser.post(revoke_page(key))
    rows = AccessEvent.objects.filter(kind=Kind.ACCESS_CHANGED.value).order_by("id")
    assert [(row.user_id, row.outcome) for row in rows] == [(organisatiebeheerder.user_id, Outcome.DONE)] * 2
    kept = str(list(AccessEvent.objects.values()))
    [text] = SHOWN.findall(made.content.decode())
    assert text not in kept and text[12:] not in kept and "EPD, productie" not in kept
    keeper = log_in(actor(Role.LOGBEHEERDER, organization=provider))
    told = [row.what for row in keeper.get("/logboek/?wat=toegang_wijzigen").context["rows"]]
    assert told == [
        "trok de API-sleutel “EPD, productie” in, die vastlegde in naam van Ilse Indiener",
        "maakte de API-sleutel “EPD, productie”, die vastlegt in naam van Ilse Indiener",
    ]


def test_a_key_whose_person_lost_the_role_says_so(browser, organisatiebeheerder, indiener):
    api_key(organisatiebeheerder, indiener, now=timezone.now())
    queries.active_memberships().filter(user_id=indiener.user_id).update(
        ended_at=timezone.now(), ended_by_id=organisatiebeheerder.user_id
    )
    assert "collega heeft geen rol meer" in browser.get(LIST).content.decode()
