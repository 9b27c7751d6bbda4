"""A session that began before there was an app, or that a program made, shows that app before anything else."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.domain.roles import Role
from tests.factories.accounts import PASSWORD, person
from tests.factories.logging_in import code_for, logged_in

pytestmark = pytest.mark.django_db
CONFIRM, WANTED = "/inloggen/bevestigen/", "/organisatie/collegas/"


@pytest.fixture
def owner(provider):
    return person(Role.INDIENER, organization=provider)


@pytest.fixture
def browser(owner):
    client = logged_in(Client(), owner, step=None)
    assert client.get(WANTED)["Location"] == reverse("mfa_index")
    return client


@pytest.mark.asvs("6.3.3")
@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"])
def test_another_step_is_not_set_up_without_the_one_that_there_is(browser, owner, name):
    before = list(queries.factors_of(owner.pk).values_list("pk", "data"))
    for answer in (browser.get(reverse(name)), browser.post(reverse(name), {"code": "123456"})):
        assert answer.status_code == 302 and answer["Location"].startswith(CONFIRM)
    assert list(queries.factors_of(owner.pk).values_list("pk", "data")) == before


@pytest.mark.asvs("6.3.3")
def test_the_password_once_more_is_not_enough(browser):
    page = browser.get(CONFIRM).content.decode()
    assert "Laat uw tweede stap zien" in page and "Gebruik uw wachtwoord" not in page
    browser.post(CONFIRM, {"met": "wachtwoord", "proof": PASSWORD, "next": WANTED})
    browser.post(CONFIRM, {"met": "code", "proof": PASSWORD, "next": WANTED})
    assert browser.get(WANTED)["Location"] == reverse("mfa_index")


@pytest.mark.asvs("7.2.4")
def test_with_the_code_the_work_goes_on_under_a_new_session_key(browser, owner):
    led = browser.get(reverse("mfa_index"))["Location"]
    assert led == f"{CONFIRM}?next=%2Fprofiel%2Ftweede-stap%2Fverder%2F"
    before = browser.session.session_key
    answer = browser.post(CONFIRM, {"met": "code", "proof": code_for(owner.email), "next": reverse("accounts:onward")})
    assert answer["Location"] == reverse("accounts:onward")
    assert browser.get(reverse("accounts:onward"))["Location"] == WANTED
    assert browser.get(WANTED).status_code == 200
    assert browser.session.session_key != before
    assert [one.session_key for one in queries.sessions_of(owner.pk)] == [browser.session.session_key]


def test_who_confirms_with_both_steps_shown_keeps_the_session_key(owner):
    client = logged_in(Client(), owner)
    before = client.session.session_key
    assert client.post(CONFIRM, {"met": "wachtwoord", "proof": PASSWORD, "next": WANTED})["Location"] == WANTED
    assert client.session.session_key == before


def test_who_came_in_with_a_recovery_code_may_set_up_another_app(owner):
    client = logged_in(Client(), owner, step="recovery_codes")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
