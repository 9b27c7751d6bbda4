"""Nobody gets in with a password alone, on no path."""

import json
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.web import gate
from tests.factories.accounts import PASSWORD, person
from tests.factories.logging_in import code_for, forget_spent, logged_in, set_up_app, type_both

pytestmark = pytest.mark.django_db
STEP = "/inloggen/code/"
CHOOSE = "/profiel/tweede-stap/"
FILLED = {
    "IntConverter": 1,
    "Reference": "MA-00000000P",
    "UUIDConverter": UUID(int=1),
    "SlugConverter": "x",
    "StringConverter": "x",
}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def newcomer(provider):
    return person(Role.INDIENER, organization=provider, app=False)


def password_only(email):
    client = Client()
    return client, client.post("/inloggen/", {"login": email, "password": PASSWORD})


@pytest.mark.asvs("6.3.3", "7.2.4")
def test_who_has_an_app_is_not_in_before_the_code(indiener):
    client, answer = password_only(indiener.email)
    assert answer["Location"] == STEP
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("accounts:profile"))["Location"].startswith("/inloggen/")
    wrong = client.post(STEP, {"code": "000000"})
    assert wrong.status_code == 200
    assert "Deze code klopt niet" in wrong.content.decode()
    assert "_auth_user_id" not in client.session
    before = client.session.session_key
    right = client.post(STEP, {"code": f" {code_for(indiener.email)[:3]} {code_for(indiener.email)[3:]}"})
    assert right["Location"] == reverse("accounts:organization")
    assert client.session.session_key != before


def every_address():
    """Return a path for every address of the portal."""

    def walk(resolver, prefix=""):
        for found in resolver.url_patterns:
            if hasattr(found, "url_patterns"):
                yield from walk(found, f"{prefix}{found.namespace}:" if found.namespace else prefix)
            elif found.name:
                yield f"{prefix}{found.name}", found.pattern.converters

    for name, converters in walk(get_resolver()):
        if name != "account_reset_password_from_key":  # a pattern of allauth, with a secret in it
            yield name, reverse(name, kwargs={key: FILLED[type(one).__name__] for key, one in converters.items()})


@pytest.mark.asvs("6.3.3")
def test_with_a_password_alone_nothing_opens_but_what_leads_to_a_second_step(newcomer):
    client, _ = password_only(newcomer.email)
    assert client.session["_auth_user_id"]
    seen = 0
    for name, path in every_address():
        if name in gate.SET_UP or name in ("account_login", "accounts:stay"):
            continue
        if path.startswith("/api/"):  # for programs: nobody is known there by a cookie
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            assert answer.status_code == 302 and answer["Location"] == CHOOSE, f"{method} {name}: {answer.status_code}"
            seen += 1
    assert seen > 100
    script = Client(headers={"X-Requested-With": "fetch"})
    script.cookies = client.cookies
    assert script.post(reverse("accounts:profile"), {}).json()["url"] == CHOOSE


@pytest.mark.asvs("6.3.3")
def test_the_session_that_a_program_makes_is_not_enough_either(indiener):
    client = Client()
    client.force_login(queries.user(indiener.user_id))
    assert client.get(reverse("accounts:profile"))["Location"] == CHOOSE


@pytest.mark.asvs("6.3.7", "7.2.4")
def test_setting_up_an_app_leads_to_where_one_was_going(newcomer, mails):
    client, _ = password_only(newcomer.email)
    wanted = reverse("accounts:colleagues") + "?pagina=2"
    assert client.get(wanted)["Location"] == CHOOSE
    assert "Koppel een app" in client.get(CHOOSE).content.decode()
    page = client.get(reverse("mfa_activate_totp"))
    assert "no-store" in page["Cache-Control"]
    assert "<svg" in page.content.decode() and "data:image" not in page.content.decode()
    before = client.session.session_key
    assert set_up_app(client)["Location"] == reverse("mfa_view_recovery_codes")
    assert client.session.session_key != before
    assert "Er is een app gekoppeld" in mails()[-1].body
    # Only opening the page, as a browser may do ahead of a click, uses nothing up.
    assert "Toon mijn herstelcodes" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    shown = client.post(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d{4}) (\d{4})</code>", shown)
    assert len(codes) == 10
    for again in (client.get, client.post):
        page = again(reverse("mfa_view_recovery_codes")).content.decode()
        assert "al laten zien" in page and "".join(codes[0]) not in page.replace(" ", "")
    assert client.get(reverse("accounts:onward"))["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert not any(code in mail.body for mail in mails() for code in map("".join, codes))


def test_a_wrong_code_links_no_app(newcomer):
    client, _ = password_only(newcomer.email)
    url = reverse("mfa_activate_totp")
    secret = re.search(r'mp-secret">([^<]+)<', client.get(url).content.decode())[1]
    answer = client.post(url, {"code": "123"})
    assert "klopt niet" in answer.content.decode()
    assert secret in answer.content.decode()
    assert not queries.factors_of(newcomer.pk).exists()
    assert secret.replace(" ", "") not in str(dict(client.session))


@pytest.mark.asvs("6.5.1")
def test_the_code_that_linked_the_app_logs_nobody_in(newcomer):
    client, _ = password_only(newcomer.email)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'mp-secret">([^<]+)<', page)[1].replace(" ", "")
    from accounts.domain import codes

    code = codes.code_at(secret, codes.step_at(timezone.now()))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    other, _ = password_only(newcomer.email)
    assert "al gebruikt" in other.post(STEP, {"code": code}).content.decode()


@pytest.mark.asvs("6.3.4", "6.4.3")
def test_a_new_password_leaves_the_second_step_in_force(client, indiener, mails):
    client.post("/wachtwoord-vergeten/", {"email": indiener.email})
    link = re.search(r"http://testserver(/wachtwoord-vergeten/\S+)", mails()[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "zeven zwarte katten slapen diep"})
    assert "_auth_user_id" not in client.session
    answer = client.post("/inloggen/", {"login": indiener.email, "password": "zeven zwarte katten slapen diep"})
    assert answer["Location"] == STEP


def test_a_recovery_code_lets_in_but_an_advisor_links_an_app_first(indiener, adviseur):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    for who, target in ((indiener, reverse("accounts:organization")), (adviseur, reverse("accounts:profile"))):
        codes = RecoveryCodes.activate(queries.user(who.user_id)).generate_codes()
        client, _ = password_only(who.email)
        assert client.post(STEP, {"code": codes[0]})["Location"] == target
        answer = client.get(target)
        assert answer.status_code == 200 if who is indiener else answer["Location"] == CHOOSE
    assert "U gebruikte een herstelcode" in client.get(CHOOSE).content.decode()
    assert set_up_app(client)["Location"] == CHOOSE
    assert client.get(target).status_code == 200


@pytest.mark.asvs("6.3.1")
def test_guessing_codes_is_stopped(indiener):
    client, _ = password_only(indiener.email)
    for _guess in range(5):
        client.post(STEP, {"code": "000000"})
    forget_spent(indiener.email)
    answer = client.post(STEP, {"code": code_for(indiener.email)})
    assert "te vaak geprobeerd" in answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")


def test_guessing_with_a_key_is_stopped_as_well(indiener):
    client, _ = password_only(indiener.email)
    said = urlsafe_b64encode(b'{"type": "webauthn.get", "challenge": "AAAA", "origin": "https://x"}').decode()
    response = {"clientDataJSON": said, "authenticatorData": "A" * 50, "signature": "AA"}
    key = json.dumps({**ALMOST, "response": response})
    statuses = [client.post(STEP, {"credential": key}).status_code for _guess in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_second_step_is_asked_within_a_quarter(indiener):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client, _ = password_only(indiener.email)
        clock.shift(timedelta(minutes=16))
        assert client.get(STEP)["Location"] == "/inloggen/"


RUBBISH = [
    "0",
    "false",
    "1",
    "9" * 5000,
    "[" * 100_000,
    "",
    "{}",
    "[]",
    "null",
    '"x"',
    "{",
    '{"id": 1}',
    '{"response": {}}',
    "🦊",
    json.dumps({"rawId": "é"}),
]
ALMOST = {"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}}
RUBBISH += [
    json.dumps({**ALMOST, "response": {"clientDataJSON": data, "attestationObject": data, "authenticatorData": data,
                                       "signature": data}})
    for data in ("", "AA", "e30", "////", "oA", 5, None)
]  # fmt: skip


@pytest.mark.parametrize("credential", RUBBISH)
def test_rubbish_instead_of_a_key_gets_words(indiener, newcomer, credential):
    client, _ = password_only(indiener.email)
    client.get(STEP)
    answer = client.post(STEP, {"credential": credential})
    assert answer.status_code == 200 and "_auth_user_id" not in client.session
    adding, _ = password_only(newcomer.email)
    adding.get(reverse("mfa_add_webauthn"))
    assert adding.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "x"}).status_code == 200
    assert not queries.factors_of(newcomer.pk).exists()


@pytest.mark.asvs("7.5.1")
def test_every_change_of_the_second_step_asks_who_one_is(log_in, indiener):
    old = logged_in(Client(), queries.user(indiener.user_id), ago=301)
    (app,) = queries.factors_of(indiener.user_id)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert old.get(reverse(name))["Location"].startswith(reverse("accounts:confirm")), name
    asked = ("mfa_generate_recovery_codes", "mfa_view_recovery_codes")
    for url in (*map(reverse, asked), reverse("accounts:factor-remove", args=[app.pk])):
        assert "Bevestig dat u het bent" in old.post(url).content.decode()
    assert queries.factors_of(indiener.user_id).count() == 1
    assert log_in(indiener).get(reverse("mfa_activate_totp")).status_code == 200


def test_a_new_app_takes_the_place_of_the_old_one(log_in, indiener, mails):
    browser = log_in(indiener)
    assert set_up_app(browser)["Location"] == reverse("mfa_view_recovery_codes")
    assert set_up_app(browser)["Location"] == CHOOSE
    assert queries.factors_of(indiener.user_id).filter(type="totp").count() == 1
    forget_spent(indiener.email)
    client, _ = password_only(indiener.email)
    assert "klopt niet" in client.post(STEP, {"code": code_for(indiener.email)}).content.decode()
    made = browser.post(reverse("mfa_generate_recovery_codes"))
    assert made["Location"] == reverse("mfa_view_recovery_codes")
    assert "nieuwe herstelcodes" in mails()[-1].body


def test_a_step_of_somebody_else_is_not_found(log_in, indiener, behandelaar):
    (theirs,) = queries.factors_of(behandelaar.user_id)
    for method in ("get", "post"):
        answer = getattr(log_in(indiener), method)(reverse("accounts:factor-remove", args=[theirs.pk]))
        assert answer.status_code == 404


def test_the_demo_tells_how_to_get_a_code(indiener):
    client, _ = password_only(indiener.email)
    assert f"scripts/manage demo_code {indiener.email}" in client.get(STEP).content.decode()


def test_logging_in_with_both_steps(client, indiener):
    assert type_both(client, indiener.email)["Location"] == reverse("accounts:organization")
