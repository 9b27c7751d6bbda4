"""The health page looks at work, not only at servers."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from papers.models import Mail
from papers.services import mail
from portal import health, schedule
from portal.health import running

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def heart(settings):
    """Each test has a heart of its own in Redis, however many run side by side."""
    with pytest.MonkeyPatch.context() as patch, health.bells() as client:
        patch.setattr(health, "HEARTBEAT", f"proef:{uuid4()}")
        patch.setattr(health, "running", lambda client: timedelta(days=1))
        yield
        client.delete(health.HEARTBEAT)


def queue(now: datetime) -> None:
    mail.queue(to=["a@voorbeeld.nl"], subject="Er is nieuws", body="Bekijk het.", key=str(uuid4()), now=now)
    Mail.objects.update(waiting_since=now)


def test_all_is_well(client):
    schedule.heartbeat()
    response = client.get("/gezondheid/")
    assert (response.status_code, response.json()["status"]) == (200, "goed")
    assert response.json()["hartslag_seconden"] < 10
    assert {work["soort"] for work in response.json()["werk"]} == {"scan", "pages", "read", "letter", "mail"}
    assert response.json()["virusscanner"].startswith("ClamAV ")


def test_an_absent_scanner_is_a_failure(settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    health.beat(NOW)
    found, problems = health.examine(NOW)
    assert (found["virusscanner"], problems) == ("", ["De virusscanner antwoordt niet."])


def test_the_demo_without_a_scanner_misses_none(settings):
    settings.CLAMD_ADDRESS = ""
    health.beat(NOW)
    assert health.examine(NOW)[1] == []


@pytest.mark.parametrize(("age", "late"), [(timedelta(minutes=15), False), (timedelta(minutes=15, seconds=1), True)])
def test_work_that_waits_too_long_is_a_failure(age, late):
    health.beat(NOW)
    queue(NOW - age)
    found, problems = health.examine(NOW)
    assert problems == (["Werk blijft liggen: E-mail versturen."] if late else [])
    assert {"soort": "mail", "wacht": 1, "oudste_seconden": age.total_seconds(), "vastgelopen": 0} in found["werk"]


def test_work_that_was_dated_back_waits_since_it_is_here():
    now = timezone.now()
    health.beat(now)
    mail.queue(to=["a@voorbeeld.nl"], subject="Er is nieuws", body="Bekijk het.", key="k", now=now - timedelta(days=9))
    assert health.examine(now)[1] == []


@pytest.mark.parametrize(("age", "dead"), [(timedelta(minutes=2), False), (timedelta(minutes=2, seconds=1), True)])
def test_a_silent_clock_is_a_failure(age, dead):
    health.beat(NOW - age)
    assert bool(health.examine(NOW)[1]) == dead


def test_a_clock_that_never_rang_is_a_failure(client):
    response = client.get("/gezondheid/")
    assert response.status_code == 503
    assert response.json()["problemen"] == ["De klok of de worker geeft geen teken van leven."]


@pytest.mark.parametrize(("age", "dead"), [(timedelta(minutes=2), False), (timedelta(minutes=2, seconds=1), True)])
@pytest.mark.parametrize("sign", [None, timedelta(hours=1)])
def test_a_redis_that_has_just_begun_waits_for_the_next_sign(monkeypatch, age, dead, sign):
    monkeypatch.setattr(health, "running", lambda client: age)
    if sign:
        health.beat(NOW - sign)
    assert bool(health.examine(NOW)[1]) == dead


def test_redis_tells_how_long_it_runs():
    with health.bells() as client:
        assert running(client) >= timedelta(0)


def test_an_absent_redis_is_a_failure(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    found, problems = health.examine(timezone.now())
    assert found["redis"] is False
    assert problems == ["Redis antwoordt niet."]


def test_an_absent_database_is_a_failure(monkeypatch):
    def away(now):
        raise health.DatabaseError

    monkeypatch.setattr(health.queries, "undone_work", away)
    health.beat(NOW)
    assert health.examine(NOW)[1] == ["De database antwoordt niet."]


def test_the_web_server_says_that_it_lives(client):
    assert client.get("/gezondheid/leeft/").json() == {"status": "leeft"}
