"""How long a session lasts, and everything that ends it with the next click."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.models import Membership, User
from accounts.services import sessions
from tests.factories.accounts import STARTED_AT
from tests.factories.logging_in import type_both

pytestmark = pytest.mark.django_db
PAGE = "/profiel/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def entered(who):
    browser = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    assert type_both(browser, who.email).status_code == 302
    return browser


@pytest.fixture(params=[("adviseur", 15, 8), ("beheerder", 15, 8), ("indiener", 30, 12)], ids=lambda given: given[0])
def somebody(request):
    name, idle, whole = request.param
    return request.getfixturevalue(name), timedelta(minutes=idle), timedelta(hours=whole)


@pytest.mark.asvs("7.3.1")
@pytest.mark.parametrize(("moment", "lasts"), [(-1, True), (1, False)])
def test_without_a_click_it_ends(somebody, moment, lasts):
    who, idle, _whole = somebody
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = entered(who)
        browser.get(PAGE)
        clock.shift(idle + timedelta(seconds=moment))
        assert (browser.get(PAGE).status_code == 200) == lasts


@pytest.mark.asvs("7.3.2")
@pytest.mark.parametrize(("moment", "lasts"), [(-1, True), (1, False)])
def test_after_a_working_day_it_ends_whatever_is_clicked(somebody, moment, lasts):
    who, idle, whole = somebody
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser, began = entered(who), timezone.now()
        while timezone.now() + idle / 2 < began + whole:
            clock.shift(idle / 2)
            assert browser.post(reverse("accounts:stay")).status_code == 204
        clock.move_to(began + whole + timedelta(seconds=moment))
        assert (browser.get(PAGE).status_code == 200) == lasts


def test_the_page_knows_when_it_ends(somebody):
    who, idle, whole = somebody
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = entered(who)
        clock.shift(timedelta(minutes=10))
        page = browser.get(PAGE).content.decode()
        assert f'data-session-seconds="{idle.total_seconds() - 15:.0f}"' in page
        assert f'data-session-left="{(whole - timedelta(minutes=10)).total_seconds():.0f}"' in page


def test_the_cookie_goes_when_the_browser_closes(indiener):
    browser = entered(indiener)
    browser.get(PAGE)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == "" and cookie["expires"] == ""
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.asvs("7.4.2", "7.4.3")
@pytest.mark.parametrize("what", ["stopped", "no role", "another password", "ended elsewhere"])
def test_it_ends_with_the_next_click(indiener, what):
    browser = entered(indiener)
    user = queries.user(indiener.user_id)
    if what == "stopped":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif what == "no role":
        Membership.objects.filter(user=user).update(ended_at=STARTED_AT + timedelta(days=1), ended_by=user)
    elif what == "another password":
        user.set_password("zeven zwarte katten slapen diep")
        user.save()
    else:
        sessions.end_all(user_id=user.pk)
    answer = browser.get(PAGE)
    assert answer.status_code == 302 and answer["Location"].startswith("/inloggen/")


@pytest.mark.asvs("7.4.3")
def test_logging_out_elsewhere_leaves_only_this_device(indiener, behandelaar):
    here, elsewhere, colleague = entered(indiener), entered(indiener), entered(behandelaar)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert page.count("Firefox op Windows") == 2 and page.count("Dit apparaat") == 1
    before = here.session.session_key
    assert here.post(reverse("usersessions_list")).status_code == 302
    assert here.session.session_key != before
    assert "nergens anders" in here.get(reverse("usersessions_list")).content.decode()
    assert elsewhere.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200 == colleague.get(PAGE).status_code


@pytest.mark.asvs("7.4.1")
def test_logging_out_has_the_browser_forget(indiener):
    browser = entered(indiener)
    key = browser.session.session_key
    answer = browser.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()


def test_what_has_ended_is_forgotten(indiener):
    entered(indiener)
    Session.objects.all().delete()
    sessions.forget_ended()
    assert queries.sessions_of(indiener.user_id) == []
