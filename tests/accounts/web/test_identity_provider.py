"""Logging in with an identity provider: a real one on this machine, that also lies in every way we could think of."""

import json
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest
from django.conf import settings as house
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import ExternalIdentity, User
from accounts.services import sessions
from accounts.web import proof
from tests.factories.accounts import person
from tests.factories.logging_in import logged_in, type_both
from tests.identity_provider import CLIENT, SECRET

pytestmark = pytest.mark.django_db
BEGIN, BACK = "/inloggen/organisatie/", "/inloggen/organisatie/terug/"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
WORK = "/profiel/"


@pytest.fixture(scope="module")
def address():
    command = [sys.executable, "-m", "tests.identity_provider", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=house.BASE_DIR) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(autouse=True)
def oidc(settings, address):
    cache.clear()
    settings.OIDC = {
        "issuer": address,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "name": "Proeflogin",
        "scope": "openid email profile",
        "acr_values": SUBSTANTIAL,
        "levels": {SUBSTANTIAL: "substantieel", "hoog": "hoog", "mfa": "tweede-stap"},
        "agb_claim": "agb",
        "uzovi_claim": "uzovi",
        "role_claim": "role",
        "roles": {"arts": "behandelaar", "admin": "indiener", "adviseur": "medisch_adviseur", "log": "logbeheerder"},
        "link_by_email": True,
        "make_accounts": False,
        "schemes": ("http",),
    }
    return settings.OIDC


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None


def go_there(target):
    """Follow a link to the provider; return where it sends the browser back to."""
    try:
        build_opener(Stay).open(target, timeout=10)
    except HTTPError as answer:
        assert answer.code == 302, answer.read()
        return answer.headers["Location"].removeprefix(house.PORTAL_URL)
    raise AssertionError("geen omleiding")


def coming(address, claims, twist=""):
    body = json.dumps({"claims": claims, "twist": twist}).encode()
    urlopen(Request(f"{address}/next", data=body), timeout=10).close()


def come_in(client, address, *, onward="", twist="", **claims):
    """Log in at the provider as somebody with these claims; return the answer of the portal."""
    coming(address, claims, twist)
    begun = client.get(BEGIN + (f"?next={onward}" if onward else ""))
    return client.get(go_there(begun["Location"]))


def of(who, **more):
    return {"sub": f"elders-{who.user_id}", "email": who.email, "email_verified": True, "acr": SUBSTANTIAL, **more}


def test_an_account_with_a_verified_address_is_linked_once(client, address, indiener, mails):
    answer = come_in(client, address, onward="/organisatie/", **of(indiener))
    assert answer["Location"] == "/organisatie/"
    assert client.get(WORK).status_code == 200
    assert mails()[-1].subject == "Uw account is gekoppeld"
    again = come_in(Client(), address, **of(indiener, email="nieuw@elders.example"))
    assert again.status_code == 302
    assert ExternalIdentity.objects.count() == 1 and len(mails()) == 1


def test_the_way_there_carries_a_challenge_a_nonce_and_a_state(client, address):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(client.get(BEGIN)["Location"]).query).items()}
    flow = client.session["oidc_flow"]
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert (asked["nonce"], asked["state"]) == (flow["nonce"], flow["state"])
    assert flow["verifier"] not in client.get(BEGIN)["Location"]
    assert asked["acr_values"] == SUBSTANTIAL


def test_the_level_stands_in_the_session_with_the_account(client, address, adviseur):
    come_in(client, address, **of(adviseur))
    assert client.session[proof.ELSEWHERE] == {"user": adviseur.user_id, "acr": SUBSTANTIAL}


NOW = int(time.time())
LIES = [
    ("", {"nonce": "een andere"}),
    ("", {"nonce": None}),
    ("", {"aud": "een ander portaal"}),
    ("", {"aud": [CLIENT, "een ander"]}),
    ("", {"aud": [CLIENT, "een ander"], "azp": "een ander"}),
    ("", {"azp": "een ander"}),
    ("", {"iss": "http://kwaad.example"}),
    ("", {"exp": NOW - 60}),
    ("", {"exp": None}),
    ("", {"iat": NOW + 3600}),
    ("", {"sub": None}),
    ("alg none", {}),
    ("another key", {}),
    ("unknown key", {}),
    ("signed with the client's secret", {}),
]


@pytest.mark.parametrize(
    ("twist", "wrong"), LIES, ids=[f"{number} {twist} {', '.join(wrong)}" for number, (twist, wrong) in enumerate(LIES)]
)
def test_a_lie_lets_nobody_in(client, address, indiener, twist, wrong):
    answer = come_in(client, address, twist=twist, **of(indiener, **wrong))
    assert answer.status_code == 403 and "Inloggen is niet gelukt" in answer.content.decode()
    assert "_auth_user_id" not in client.session and not ExternalIdentity.objects.exists()


def test_a_code_counts_once_and_only_in_the_browser_that_asked(client, address, indiener):
    coming(address, of(indiener))
    back = go_there(client.get(BEGIN)["Location"])
    assert Client().get(back).status_code == 403
    assert client.get(back).status_code == 302
    client.post("/uitloggen/")
    assert client.get(back).status_code == 403
    begun = client.get(BEGIN)["Location"]
    state = parse_qs(urlsplit(begun).query)["state"][0]
    used = parse_qs(urlsplit(back).query)["code"][0]
    assert client.get(f"{BACK}?state={state}&code={used}").status_code == 403


def test_without_the_verifier_the_provider_gives_nothing(client, address, indiener):
    coming(address, of(indiener))
    back = go_there(client.get(BEGIN)["Location"])
    session = client.session
    session["oidc_flow"] = {**session["oidc_flow"], "verifier": "x" * 64}
    session.save()
    assert client.get(back).status_code == 403


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?state=x&code=y", "?error=access_denied", "?state=%00"])
def test_coming_back_from_nowhere(client, query):
    assert client.get(BACK + query).status_code == 403
    client.get(BEGIN)
    assert client.get(BACK + query).status_code == 403


def test_too_slow_is_too_late(client, address, indiener):
    coming(address, of(indiener))
    back = go_there(client.get(BEGIN)["Location"])
    session = client.session
    session["oidc_flow"] = {**session["oidc_flow"], "at": time.time() - 601}
    session.save()
    assert client.get(back).status_code == 403


@pytest.mark.parametrize(
    "what", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}, {"email": "x@y.nl"}]
)
def test_nobody_gets_in_by_merely_logging_in_there(client, address, indiener, oidc, what):
    oidc["make_accounts"] = True
    answer = come_in(client, address, **of(indiener, **what))
    assert answer.status_code == 403 and "nog geen account" in answer.content.decode()
    assert not ExternalIdentity.objects.exists()


@pytest.mark.parametrize(
    ("changed", "made"),
    [
        ({}, True),
        ({"agb": "00000000"}, False),
        ({"role": ["onbekend"]}, False),
        ({"role": ["adviseur"]}, False),
        ({"role": ["admin", "log"]}, False),
        ({"role": None}, False),
        ({"agb": None}, False),
        ({"email_verified": None}, False),
    ],
)
def test_claims_make_an_account_only_for_an_organization_that_is_known(client, address, provider, oidc, changed, made):
    claims = {
        "sub": "nieuw",
        "email": "Nieuw@Esdoorn.example",
        "email_verified": True,
        "name": "N. Nieuw",
        "agb": provider.agb_code,
        "role": ["admin"],
        "acr": SUBSTANTIAL,
        **changed,
    }
    assert come_in(client, address, **claims).status_code == 403
    oidc["make_accounts"] = True
    answer = come_in(client, address, **claims)
    assert answer.status_code == (302 if made else 403)
    assert User.objects.filter(email="nieuw@esdoorn.example").exists() == made
    if made:
        actor = queries.actor_of(queries.user_by_email("nieuw@esdoorn.example"))
        assert (actor.organization_id, actor.roles) == (provider.pk, {Role.INDIENER})
        assert client.get(WORK).status_code == 200


@pytest.mark.asvs("6.3.4")
@pytest.mark.parametrize("acr", ["", "onbekend", None])
def test_below_two_steps_ours_is_asked_as_well(client, address, indiener, provider, acr):
    assert come_in(client, address, **of(indiener, acr=acr))["Location"] == "/inloggen/code/"
    assert "_auth_user_id" not in client.session
    newcomer = person(Role.LEZER, organization=provider, app=False)
    other = Client()
    come_in(other, address, sub="n", email=newcomer.email, email_verified=True, acr=acr)
    assert other.get(WORK)["Location"] == reverse("mfa_index")


@pytest.mark.asvs("6.3.4")
def test_a_route_demands_its_level(client, address, indiener, settings):
    settings.LEVEL_OF_ROUTE = {"/organisatie/": "substantieel", "/organisatie/collegas/": "hoog"}
    type_both(client, indiener.email)
    assert client.get(WORK).status_code == 200
    refused = client.get("/organisatie/")
    assert refused.status_code == 403
    assert "een wachtwoord en een tweede stap" in refused.content.decode()
    assert "eIDAS substantieel" in refused.content.decode()
    assert client.get("/organisatie/", headers={"X-Requested-With": "fetch"}).status_code == 401
    higher = Client()
    come_in(higher, address, **of(indiener))
    assert higher.get("/organisatie/").status_code == 200
    assert higher.get("/organisatie/collegas/").status_code == 403


@pytest.mark.asvs("6.3.4")
def test_a_password_afterwards_is_no_more_than_a_password(client, address, indiener, settings):
    settings.LEVEL_OF_ROUTE = {"/organisatie/": "substantieel"}
    come_in(client, address, **of(indiener))
    sessions.end_all(user_id=indiener.user_id)
    client.get(WORK)
    type_both(client, indiener.email)
    assert client.get(WORK).status_code == 200
    assert client.get("/organisatie/").status_code == 403


def test_confirming_at_the_provider_loses_nothing(address, organisatiebeheerder):
    browser = Client()
    come_in(browser, address, **of(organisatiebeheerder))
    browser.post("/uitloggen/")
    logged_in(browser, queries.user(organisatiebeheerder.user_id), ago=400)
    url = reverse("accounts:invite")
    page = browser.post(url, {"full_name": "Gerda", "email": "g@voorbeeld.nl", "roles": ["lezer"]}).content.decode()
    assert "Log opnieuw in bij uw organisatie" in page
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    shown = browser.post(reverse("accounts:confirm"), {"met": "organisatie", "kept": kept, "next": url})
    assert "Naar Proeflogin" in shown.content.decode()
    coming(address, of(organisatiebeheerder, auth_time=int(time.time()) - 3600))
    old = browser.get(BEGIN + f"?next={url}")["Location"]
    assert "prompt=login" in old and "max_age=0" in old
    assert browser.get(go_there(old)).status_code == 403
    coming(address, of(organisatiebeheerder))
    answer = browser.get(go_there(browser.get(BEGIN + f"?next={url}")["Location"]))
    assert answer["Location"] == reverse("accounts:resume")
    assert "Gerda" in browser.get(answer["Location"]).content.decode()


def test_somebody_else_confirms_nothing(address, organisatiebeheerder, indiener):
    browser = logged_in(Client(), queries.user(organisatiebeheerder.user_id), ago=400)
    assert come_in(browser, address, **of(indiener)).status_code == 403
    assert browser.session["_auth_user_id"] == str(organisatiebeheerder.user_id)


def test_who_was_stopped_does_not_get_in(client, address, indiener):
    User.objects.filter(pk=indiener.user_id).update(is_active=False)
    assert come_in(client, address, **of(indiener))["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_provider_that_is_away_is_told_in_words(client, oidc):
    oidc["issuer"] = "http://127.0.0.1:9"
    answer = client.get(BEGIN)
    assert answer.status_code == 403 and "Inloggen is niet gelukt" in answer.content.decode()


def test_a_provider_that_leads_elsewhere_is_not_followed(client, oidc):
    oidc["issuer"] += "/moved"
    answer = client.get(BEGIN)
    assert answer.status_code == 403 and "Inloggen is niet gelukt" in answer.content.decode()


def test_without_the_setting_there_is_nothing(client, settings):
    assert "Log in met Proeflogin" in client.get("/inloggen/").content.decode()
    settings.OIDC = {}
    assert client.get(BEGIN).status_code == 404 == client.get(BACK).status_code
    assert "Log in met" not in client.get("/inloggen/").content.decode()
