"""The link for an insured: who makes it, all that it shows, and that every other code is the same calm page."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from authorizations.models import Insured, InsuredLink
from authorizations.services import insured_links
from portal import limits
from portal.middleware import RequestLog
from portal.world import people
from tests.authorizations.services.test_amendments import amended
from tests.factories import intake as drafts
from tests.factories.world import NOW

pytestmark = pytest.mark.usefixtures("plain_letters")
JANSEN, BALIE, NOOR = "jansen@esdoorn.example", "balie@zk.example", "noor@zk.example"
CODE = re.compile(r'mp-secret" id="code">([0-9A-Z-]{32})<')
LATER = NOW + timedelta(days=30)


@pytest.fixture
def link_of(world):
    def make(authorization, who=JANSEN, days=180, now=LATER):
        made = insured_links.make(authorization_id=authorization.pk, days=days, by=people.actor(who), now=now)
        return reverse("authorizations:insured-status", args=[made[1]])

    return make


def make_page(authorization):
    return reverse("authorizations:insured-link", args=[authorization.reference])


@pytest.mark.parametrize("who", [JANSEN, BALIE, NOOR, "team@zk.example"])
def test_who_works_on_it_makes_a_link_that_is_shown_once_and_kept_as_a_hash(authorization_in, log_in, client, who):
    authorization = authorization_in("submitted")
    browser = log_in(people.actor(who))
    detail = "request-detail" if who == JANSEN else "review-detail"
    page = browser.get(reverse(f"authorizations:{detail}", args=[authorization.reference])).content.decode()
    assert make_page(authorization) in page
    answer = browser.post(make_page(authorization), {"days": "90"})
    (code,) = CODE.findall(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    row = InsuredLink.objects.get()
    assert row.ends_on == timezone.localdate() + timedelta(days=90)
    assert not any(code.replace("-", "") in str(value) for value in vars(row).values())
    assert code not in browser.get(make_page(authorization)).content.decode()
    assert "Ontvangen" in client.post("/stand/", {"code": code.lower()}).content.decode()
    logged = AccessEvent.objects.filter(kind=Kind.LINK).get()
    assert code.replace("-", "") not in str(vars(logged))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("submitted", "Er is nog geen besluit"),
        ("waiting_for_provider", "Er staat een vraag open bij uw zorgaanbieder"),
        ("granted", "Besloten"),
        ("denied", "Besloten"),
        ("withdrawn", "Gestopt"),
    ],
)
def test_the_insured_sees_dates_alone_and_the_log_knows(authorization_in, link_of, client, status, says):
    authorization = authorization_in(status)
    url = link_of(authorization)
    with time_machine.travel(LATER, tick=False):
        answer = client.get(url)
    words = answer.content.decode()
    assert says in words and "2 november 2026" in words
    insured = Insured.objects.get(authorization=authorization)
    hidden = (
        authorization.reference, insured.surname, insured.bsn, authorization.provider.name, "evalidatie",
        authorization.insurer.name, "oegekend", "fgewezen", "M79.7",
    )  # fmt: skip
    assert not [word for word in hidden if word in words]
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")
    assert "no-store" in answer["Cache-Control"]
    (row,) = AccessEvent.objects.filter(kind=Kind.STAND)
    assert (row.outcome, row.sensitivity, row.user_id) == (Outcome.DONE, "status", None)
    assert row.dossiers == [authorization.reference]
    assert url.split("/")[2] not in str(vars(row))


def test_every_code_that_shows_nothing_gives_the_same_page(authorization_in, link_of, client):
    authorization = authorization_in("submitted")
    replaced = link_of(authorization)
    ended = link_of(authorization, BALIE, days=90)
    with time_machine.travel(LATER + timedelta(days=91), tick=False):
        expired = client.get(ended)
    insured_links.revoke(authorization_id=authorization.pk, by=people.actor(JANSEN), now=LATER)
    with time_machine.travel(LATER, tick=False):
        answers = [client.get(one) for one in (replaced, ended, "/stand/niets/", f"/stand/{'A' * 3000}/")]
        answers.append(client.post("/stand/", {"code": "niets"}))
    pages = {re.sub(r'nonce="[^"]*"', "", one.content.decode()) for one in [expired, *answers]}
    assert {one.status_code for one in [expired, *answers]} == {404} and len(pages) == 1
    outcomes = AccessEvent.objects.filter(kind=Kind.STAND).values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.NOT_DONE] * 3, "of a code that nobody has, no dossier is known"


def test_a_changed_request_is_followed_under_the_same_link(behandelaar, insurer, client, db):
    old = drafts.submitted(behandelaar, insurer)
    _, code = insured_links.make(authorization_id=old.pk, days=90, by=behandelaar, now=drafts.NOW)
    new = amended(old, behandelaar, plan={"goals": "Andere doelen"})
    with time_machine.travel(drafts.NOW + timedelta(days=2), tick=False):
        assert "Er is nog geen besluit" in client.get(f"/stand/{code}/").content.decode()
    (row,) = AccessEvent.objects.filter(kind=Kind.STAND)
    assert row.dossiers == [old.reference, new.reference]


@pytest.mark.parametrize("who", ["duin@duin.example", "adviseur@asr.example"])
def test_elsewhere_there_is_nothing_to_make_a_link_for(authorization_in, log_in, who):
    authorization = authorization_in("submitted")
    assert log_in(people.actor(who)).post(make_page(authorization), {"days": "90"}).status_code == 404
    with pytest.raises(insured_links.NotAllowed):
        insured_links.make(authorization_id=authorization.pk, days=90, by=people.actor(who), now=NOW)


@pytest.mark.parametrize("days", ["", "7", "10000000000", "x"])
def test_another_length_is_refused_in_words(authorization_in, log_in, days):
    answer = log_in(people.actor(BALIE)).post(make_page(authorization_in("submitted")), {"days": days})
    assert answer.status_code == 422
    assert "Kies" in answer.content.decode()
    assert not InsuredLink.objects.exists()


def test_a_code_that_is_left_empty_is_asked_for(client, db):
    answer = client.post("/stand/", {"code": " "})
    assert answer.status_code == 422
    assert "Vul de code in." in answer.content.decode()


def test_a_link_is_ended_on_its_page(authorization_in, link_of, log_in, client):
    authorization = authorization_in("submitted")
    url = link_of(authorization, now=timezone.now())
    answer = log_in(people.actor(BALIE)).post(make_page(authorization), {"beeindigen": "1"}, follow=True)
    assert "De link werkt niet meer." in answer.content.decode()
    assert client.get(url).status_code == 404


def test_the_database_keeps_one_link_and_no_code(authorization_in, link_of):
    link_of(authorization_in("submitted"))
    row = InsuredLink.objects.get()
    again = {"authorization_id": row.authorization_id, "organization_id": row.organization_id,
             "made_by_id": row.made_by_id, "made_at": NOW, "ends_on": NOW.date()}  # fmt: skip
    with pytest.raises(IntegrityError, match="one_insured_link"), transaction.atomic():
        InsuredLink.objects.create(**again, code_hash="a" * 64)
    with pytest.raises(IntegrityError, match="insured_link_only_the_hash"), transaction.atomic():
        InsuredLink.objects.create(**again, code_hash="geheim", revoked_at=NOW, revoked_by_id=row.made_by_id)
    with pytest.raises(IntegrityError, match="insured_link_revoked_pair"), transaction.atomic():
        InsuredLink.objects.create(**again, code_hash="b" * 64, revoked_at=NOW)


def test_the_secret_is_in_no_line_of_the_log_and_guessing_is_slow(rf):
    assert RequestLog.format_request(rf.get("/stand/GEHEIM/")) == "GET /stand/…/"
    assert RequestLog.format_request(rf.get("/uitnodiging/GEHEIM/")) == "GET /uitnodiging/…/"
    for name in ("insured-status", "insured-status-code"):
        limit = limits.LIMITS[f"authorizations:{name}"]
        assert {"GET", "POST"} <= set(limit.methods) and limit.per_address <= 120
