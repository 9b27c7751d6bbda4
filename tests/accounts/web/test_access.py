"""Who may open which page."""

import re
import zlib
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.web import access
from tests.factories.accounts import PASSWORD, LocationFactory, MembershipFactory, person
from tests.factories.logging_in import logged_in, type_both

pytestmark = pytest.mark.django_db
OWN = ["profile", "choose-organization", "organization", "colleagues", "resume"]
MANAGE = ["organization-change", "location-add", "invite"]


@pytest.mark.parametrize("name", OWN + MANAGE)
def test_every_page_asks_to_log_in(client, name):
    url = reverse(f"accounts:{name}")
    assert client.get(url)["Location"] == f"/inloggen/?next={url}"


@pytest.mark.parametrize("name", MANAGE)
@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar", "adviseur", "coordinator", "medewerker"])
def test_managing_is_for_the_manager(name, who, request, log_in):
    response = log_in(request.getfixturevalue(who)).get(reverse(f"accounts:{name}"))
    assert response.status_code == 403
    assert "niet voor uw rol" in response.content.decode()
    assert "organisatiebeheerder" in response.content.decode()


@pytest.mark.parametrize("name", [*(n for n in OWN if n != "resume"), *MANAGE])
@pytest.mark.parametrize("who", ["organisatiebeheerder", "beheerder"])
def test_the_manager_opens_all(name, who, request, log_in):
    assert log_in(request.getfixturevalue(who)).get(reverse(f"accounts:{name}")).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["colleague-roles", "colleague-remove"])
def test_a_colleague_of_another_organization_is_not_found(
    method, name, log_in, organisatiebeheerder, other_indiener, adviseur
):
    browser = log_in(organisatiebeheerder)
    for stranger in (other_indiener.user_id, adviseur.user_id, 999_999):
        assert getattr(browser, method)(reverse(f"accounts:{name}", args=[stranger])).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["location-change", "location-stop"])
def test_a_location_of_another_organization_is_not_found(method, name, log_in, organisatiebeheerder, other_provider):
    foreign = LocationFactory(organization=other_provider)
    url = reverse(f"accounts:{name}", args=[foreign.pk])
    assert getattr(log_in(organisatiebeheerder), method)(url).status_code == 404


@pytest.mark.parametrize("name", ["invitation-resend", "invitation-withdraw"])
def test_an_invitation_of_another_organization_is_not_found(name, log_in, organisatiebeheerder, other_provider):
    from tests.factories.accounts import InvitationFactory

    foreign = InvitationFactory(organization=other_provider)
    own = InvitationFactory(organization_id=organisatiebeheerder.organization_id)
    browser = log_in(organisatiebeheerder)
    assert browser.post(reverse(f"accounts:{name}", args=[foreign.pk])).status_code == 404
    assert browser.get(reverse(f"accounts:{name}", args=[own.pk])).status_code == 404


def test_a_role_in_one_organization_gives_nothing_in_another(log_in, provider, other_provider):
    user = person(Role.ORGANISATIEBEHEERDER, organization=provider)
    MembershipFactory(user=user, organization=other_provider, role="lezer")
    browser = log_in(user)
    assert browser.get(reverse("accounts:invite")).status_code == 200
    response = browser.post(reverse("accounts:choose-organization"), {"organization": other_provider.pk})
    assert response.status_code == 302
    assert browser.get(reverse("accounts:invite")).status_code == 403
    assert other_provider.name in browser.get(reverse("accounts:organization")).content.decode()


@pytest.mark.parametrize("choice", ["", "0", "999999", "onzin", "<b>x</b>", "1\x00"])
def test_an_organization_that_is_not_ones_own_can_not_be_chosen(log_in, indiener, other_provider, choice):
    browser = log_in(indiener)
    for typed in (choice, other_provider.pk):
        response = browser.post(reverse("accounts:choose-organization"), {"organization": typed})
        assert response.status_code == 200
        assert "Kies een organisatie" in response.content.decode()


def test_require_names_the_roles_that_are_needed(indiener):
    @access.require(Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
    def view(request):
        return HttpResponse("ja")

    request = RequestFactory().get("/")
    request.actor = indiener
    with pytest.raises(PermissionDenied, match="medisch adviseur of coördinator"):
        view(request)


def test_a_view_without_a_guard_finds_nobody():
    with pytest.raises(PermissionDenied):
        access.actor(RequestFactory().get("/"))


def hidden(response, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found and found[1]


def expire(client):
    Session.objects.filter(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )


TYPED = {"full_name": "Ilse <b>& Co</b>", "profession": "arts\nin opleiding", "phone": "010 123 45 67", "seen": "x"}


@pytest.mark.parametrize("other_tab_first", [False, True])
def test_an_expired_session_loses_nothing(client, indiener, other_tab_first):
    type_both(client, indiener.email)
    url = reverse("accounts:profile")
    client.get(url)
    expire(client)
    if other_tab_first:
        client.get(reverse("accounts:organization"))
    refused = client.post(url, TYPED)
    assert refused.status_code == 401
    assert "Wat u typte is bewaard." in refused.content.decode()
    answers = {name: hidden(refused, name) for name in ("kept", "next")}
    wrong = client.post("/inloggen/", {"login": indiener.email, "password": "verkeerd wachtwoord", **answers})
    assert hidden(wrong, "kept") == answers["kept"]
    back = type_both(client, indiener.email, **answers)
    assert back["Location"] == reverse("accounts:resume")
    page = client.get(back["Location"]).content.decode()
    assert f'action="{url}"' in page
    assert "Ilse &lt;b&gt;&amp; Co&lt;/b&gt;</textarea>" in page
    assert "opleiding</textarea>" in page
    assert client.get(reverse("accounts:resume")).status_code == 302  # shown once


def test_a_colleague_never_sees_what_another_typed(client, indiener, behandelaar):
    type_both(client, indiener.email)
    expire(client)
    refused = client.post(reverse("accounts:profile"), TYPED)
    answers = {name: hidden(refused, name) for name in ("kept", "next")}
    page = client.get(type_both(client, behandelaar.email, **answers)["Location"]).content.decode()
    assert "Tekst van een collega" in page
    assert all(value not in page for value in ("Ilse &lt;b&gt;", "010 123 45 67"))
    assert client.get(reverse("accounts:resume")).status_code == 302
    client.post("/uitloggen/")
    again = client.get(type_both(client, indiener.email, **answers)["Location"])
    assert "Ilse &lt;b&gt;" in again.content.decode()


def test_what_was_typed_stands_unreadable_in_the_log_in_page(client, indiener):
    type_both(client, indiener.email)
    expire(client)
    packed = hidden(client.post(reverse("accounts:profile"), TYPED), "kept")
    content = urlsafe_b64decode(packed)
    assert b"Ilse" not in content
    for start in range(len(content)):
        with pytest.raises(zlib.error):
            zlib.decompress(content[start:])


@pytest.mark.parametrize(("minutes", "offered"), [(59, True), (61, False)])
def test_what_was_typed_is_kept_an_hour(client, indiener, minutes, offered):
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=UTC), tick=False) as clock:
        type_both(client, indiener.email)
        clock.shift(timedelta(minutes=31))
        answers = {"kept": hidden(client.post(reverse("accounts:profile"), TYPED), "kept")}
        clock.shift(timedelta(minutes=minutes))
        back = type_both(client, indiener.email, **answers)
    assert (back["Location"] == reverse("accounts:resume")) == offered


def test_for_somebody_unknown_nothing_is_kept(client, db):
    refused = client.post(reverse("accounts:profile"), TYPED, follow=True)
    assert "konden wij niet bewaren" in refused.content.decode()
    assert hidden(refused, "kept") is None


@pytest.mark.parametrize("made_up", ["eyJwYXRoIjoiaHR0cHM6Ly9rd2FhZCJ9:x:y", "gAAAAA==", "é"])
def test_what_was_typed_can_not_be_made_up(client, indiener, made_up):
    assert type_both(client, indiener.email, kept=made_up)["Location"] == reverse("accounts:organization")


@pytest.mark.parametrize("data", [{}, {"full_name": "x" * 1_000_001}])
def test_nothing_or_too_much_is_not_carried_along(client, db, data):
    assert client.post(reverse("accounts:profile"), data)["Location"].startswith("/inloggen/")


def test_a_page_of_before_logging_in_anew_is_offered_again(indiener):
    browser = logged_in(Client(enforce_csrf_checks=True), queries.user(indiener.user_id))
    own = {"Sec-Fetch-Site": "same-origin"}
    offered = browser.post(reverse("accounts:profile"), TYPED, headers=own)
    assert "Ilse &lt;b&gt;" in offered.content.decode()
    assert queries.user(indiener.user_id).full_name == "Ilse Indiener"
    foreign = browser.post(reverse("accounts:profile"), TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert "Ilse &lt;b&gt;" not in foreign.content.decode()
    assert browser.post("/uitloggen/", {}, headers=own).status_code == 403
    secret = {"oldpassword": PASSWORD, "password1": "x"}
    assert PASSWORD not in browser.post("/profiel/wachtwoord/", secret, headers=own).content.decode()
    logged_out = Client(enforce_csrf_checks=True).post(reverse("accounts:profile"), TYPED, headers=own)
    assert logged_out["Location"].startswith("/inloggen/")


def test_a_script_that_saves_along_hears_that_the_session_expired(db):
    response = Client(headers={"X-Requested-With": "fetch"}).post(reverse("accounts:profile"), TYPED)
    assert response.status_code == 401
    assert response.json() == {
        "message": "U was een tijd niet actief. Log in om verder te gaan.",
        "url": "/inloggen/",
    }
