"""What a password manager meets, what nobody is asked, and what a manager of people can't do."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.models import Invitation, User
from tests.factories.accounts import PASSWORD, InvitationFactory
from tests.factories.logging_in import type_both
from tests.journeys.addresses import every_address, page_of, said

pytestmark = pytest.mark.django_db
NEW = "zeven zwarte katten slapen diep"
RESET = "/wachtwoord-vergeten/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


class Boxes(HTMLParser):
    """The boxes of a page by their name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag in ("input", "textarea", "select") and had.get("type") not in ("hidden", "submit"):
            self.found[had.get("name", "")] = {**had, "tag": tag}


def boxes(browser: Client, path: str) -> dict[str, dict[str, str]]:
    return Boxes(browser.get(path, follow=True).content.decode()).found


@pytest.fixture
def link(indiener, mails):
    """Return the path of the link for a new password."""
    Client().post(RESET, {"email": indiener.email})
    return re.search(r"http://testserver(/wachtwoord-vergeten/\S+)", mails()[0].body)[1]


@pytest.fixture
def invitation(log_in, organisatiebeheerder, mails):
    asked = {"full_name": "Gerda Vos", "email": "gerda@voorbeeld.nl", "roles": ["lezer"]}
    log_in(organisatiebeheerder).post(reverse("accounts:invite"), asked)
    return re.search(r"(/uitnodiging/\S+/)", mails()[-1].body)[1]


@pytest.mark.asvs("6.2.7")
def test_a_password_manager_knows_what_goes_where(log_in, indiener, link, invitation):
    seen = {
        "/inloggen/": {"login": "username", "password": "current-password"},
        RESET: {"email": "username"},
        link: {"password1": "new-password"},
        invitation: {"full_name": "name", "password": "new-password"},
        "/profiel/wachtwoord/": {"oldpassword": "current-password", "password1": "new-password"},
    }
    for path, expected in seen.items():
        found = boxes(log_in(indiener) if path.startswith("/profiel/") else Client(), path)
        assert {name: box.get("autocomplete") for name, box in found.items()} == expected, path
        for name, box in found.items():
            assert (box["type"] == "password") == ("password" in name), path
            # Whatever a manager fills in or somebody pastes is taken whole.
            assert int(box.get("maxlength", 256)) >= 150 and not {"readonly", "onpaste", "disabled"} & box.keys()
    client = Client()
    client.post("/inloggen/", {"login": indiener.email, "password": PASSWORD})
    assert boxes(client, "/inloggen/code/")["code"]["autocomplete"] == "one-time-code"


@pytest.mark.asvs("6.2.7")
def test_no_script_has_to_do_with_pasting():
    scripts = sorted(Path(settings.BASE_DIR, "static", "js").rglob("*.js"))
    assert len(scripts) > 5
    assert [path.name for path in scripts if re.search(r"['\"](paste|beforeinput|copy)['\"]", path.read_text())] == []


@pytest.mark.asvs("6.2.10")
def test_a_password_of_ten_years_ago_is_still_the_password(indiener):
    with time_machine.travel(timezone.now() + timedelta(days=3653), tick=False):
        browser = Client()
        assert type_both(browser, indiener.email)["Location"] == reverse("accounts:organization")
        assert browser.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.asvs("6.4.2")
def test_nobody_is_asked_what_others_know(client, link):
    """For a new password counts only the link: no question, no date of birth, no hint."""
    assert set(boxes(client, RESET)) == {"email"}
    assert set(boxes(client, link)) == {"password1"}
    kept = {field.name for field in User._meta.get_fields()}
    assert not [name for name in kept if re.search("hint|question|answer|vraag|antwoord|birth|geboorte|maiden", name)]


@pytest.mark.asvs("6.4.6")
def test_who_manages_people_never_types_their_password(log_in, organisatiebeheerder, indiener, provider):
    waiting = InvitationFactory(organization=provider)
    pages = [
        reverse("accounts:colleagues"),
        reverse("accounts:invite"),
        *(
            reverse(f"accounts:{name}", args=[indiener.user_id])
            for name in ("colleague-roles", "colleague-remove", "colleague-reset-factor")
        ),
        *(
            reverse(f"accounts:{name}", args=[waiting.pk])
            for name in ("invitation-resend", "invitation-withdraw")
        ),
    ]  # fmt: skip
    typed = dict.fromkeys(("password", "password1", "password2", "oldpassword", "new_password"), NEW)
    browser = log_in(organisatiebeheerder)
    for path in pages:
        page = browser.get(path)
        assert page.status_code in (200, 302, 404), path
        assert not [box for box in Boxes(page.content.decode()).found.values() if box.get("type") == "password"], path
    for path in pages:
        browser.post(path, {**typed, "roles": ["lezer"], "seen": "indiener", "email": "g@voorbeeld.nl"})
        kept = queries.user(indiener.user_id)
        assert kept.check_password(PASSWORD) and not kept.check_password(NEW), path
    assert NEW not in str(list(Invitation.objects.values()))


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize("who", ["indiener", "adviseur", "beheerder", "organisatiebeheerder"])
def test_every_page_has_the_way_out(log_in, request, who):
    browser, seen = log_in(request.getfixturevalue(who)), 0
    for address in every_address():
        if address.takes or address.name in ("account_logout", "portal:health"):
            continue
        path = address.path({})
        for_everybody = Client().get(path)
        said(for_everybody)
        if for_everybody.status_code == 200:
            continue  # for everybody: there may be nobody to log out
        if page := page_of(browser.get(path)):
            assert f'action="{reverse("account_logout")}"' in page, address.name
            seen += 1
    assert seen > 5
