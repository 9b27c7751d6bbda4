"""The list of what was decided, and the queue while it stays open."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from audit.models import AccessEvent
from authorizations.domain.lifecycle import Status
from authorizations.services import review
from authorizations.web.views import review_queue
from portal.world import people
from tests.factories import desk

TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def test_what_was_decided_stands_with_the_newest_first(indiener, insurer, browser, monkeypatch):
    monkeypatch.setattr(review_queue, "PAGE", 2)
    made = [
        desk.filed(indiener, insurer, Status.DENIED, closed_at=TODAY - timedelta(days=days // 2)).reference
        for days in range(5)
    ]
    desk.filed(indiener, insurer)
    seen, url = [], "/beoordelen/besloten/"
    for _ in range(6):
        context = browser.get(url).context
        seen += [row.reference for row, _ in context["rows"]]
        if not context["next_url"]:
            break
        url = "/beoordelen/besloten/" + context["next_url"]
    assert sorted(seen) == sorted(made)
    assert seen[:2] == [made[1], made[0]]


def test_the_letters_stand_beside_what_was_decided(authorization_in, log_in):
    denied = authorization_in("denied")
    browser = log_in(people.actor("noor@zk.example"))
    body = browser.get("/beoordelen/besloten/", {"zoek": denied.reference}).content.decode()
    for letter in denied.letters.filter(decision__isnull=False):
        assert f"/aanvragen/{denied.reference}/brieven/{letter.letter.reference}.pdf" in body
    balie = log_in(people.actor("balie@zk.example"))
    assert "/brieven/" not in balie.get("/beoordelen/besloten/").content.decode()


def test_a_page_that_stays_open_asks_for_what_is_new_and_keeps_nobody_logged_in(indiener, insurer, noor, browser):
    filed = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    seen = {"If-None-Match": browser.get("/beoordelen/", {"weergave": "niemand"}).context["mark"]}
    ends, rows = Session.objects.get().expire_date, AccessEvent.objects.count()
    with time_machine.travel(TODAY + timedelta(minutes=2), tick=False):
        answer = browser.get("/beoordelen/", {"weergave": "niemand"}, headers=seen)
        assert (answer.status_code, answer.content) == (304, b"")
        assert AccessEvent.objects.count() == rows
        review.release(authorization_id=filed.pk, by=noor, now=TODAY)
        answer = browser.get("/beoordelen/", {"weergave": "niemand"}, headers=seen)
        assert [row.reference for row in answer.context["rows"]] == [filed.reference]
        assert AccessEvent.objects.count() == rows + 1
        assert Session.objects.get().expire_date == ends
        browser.get("/beoordelen/")
    assert Session.objects.get().expire_date > ends
