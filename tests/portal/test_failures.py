"""What failed: seen and tried again by the beheerder, mailed once a day."""

from datetime import UTC, datetime

import pytest
import time_machine

from papers import queries
from papers.domain.states import MailState
from papers.models import Mail
from papers.services import mail
from portal import schedule

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def stuck() -> Mail:
    mail.queue(to=["a@voorbeeld.nl"], subject="Er is nieuws", body="Bekijk het.", key="een", now=NOW)
    Mail.objects.update(gave_up_at=NOW, attempts=12, last_error="SMTPServerDisconnected")
    return Mail.objects.get()


def test_the_beheerder_sees_what_is_stuck(log_in, beheerder, stuck):
    page = log_in(beheerder).get("/beheer/storingen/").content.decode()
    assert "SMTPServerDisconnected" in page
    assert "a@voorbeeld.nl" not in page


def test_without_failures_the_page_says_so(log_in, beheerder):
    assert "Er is niets vastgelopen" in log_in(beheerder).get("/beheer/storingen/").content.decode()


def test_the_beheerder_lets_it_be_tried_again(log_in, beheerder, stuck):
    page = log_in(beheerder).post("/beheer/storingen/opnieuw/", {"kind": "mail", "id": stuck.pk}, follow=True)
    assert "wordt nu opnieuw geprobeerd" in page.content.decode()
    assert queries.stuck_work() == []


@pytest.fixture
def failing() -> Mail:
    """A mail that failed twice and waits for its next try."""
    mail.queue(to=["b@voorbeeld.nl"], subject="Er is nieuws", body="Bekijk het.", key="twee", now=NOW)
    later = datetime(2099, 1, 1, 9, 41, tzinfo=UTC)
    Mail.objects.update(attempts=2, last_error="ConnectionRefusedError", next_attempt_at=later)
    return Mail.objects.get()


def test_what_fails_shows_from_the_first_time(log_in, beheerder, failing):
    page = log_in(beheerder).get("/beheer/storingen/").content.decode()
    assert "Lukt nog niet" in page
    assert "ConnectionRefusedError" in page
    assert "2, weer om 10.41 uur" in page
    assert "Er is niets vastgelopen" not in page
    assert "b@voorbeeld.nl" not in page


def test_what_fails_can_get_its_turn_sooner(log_in, beheerder, failing):
    browser = log_in(beheerder)
    page = browser.post("/beheer/storingen/opnieuw/", {"kind": "mail", "id": failing.pk}, follow=True)
    assert "wordt nu opnieuw geprobeerd" in page.content.decode()
    failing.refresh_from_db()
    assert failing.next_attempt_at < datetime(2098, 1, 1, tzinfo=UTC)
    assert failing.attempts == 2  # its tries go on counting


def test_a_second_click_does_no_harm(log_in, beheerder, stuck):
    browser = log_in(beheerder)
    browser.post("/beheer/storingen/opnieuw/", {"kind": "mail", "id": stuck.pk})
    page = browser.post("/beheer/storingen/opnieuw/", {"kind": "mail", "id": stuck.pk}, follow=True)
    assert "niet meer vastgelopen" in page.content.decode()


def test_an_uncertain_mail_says_that_it_may_come_twice(log_in, beheerder, stuck):
    Mail.objects.update(state=MailState.UNCERTAIN.value)
    page = log_in(beheerder).get("/beheer/storingen/").content.decode()
    assert "Onbekend of de e-mail is aangekomen" in page


@pytest.mark.parametrize("sent", [{"kind": "onzin", "id": "1"}, {}])
def test_unknown_work_is_not_found(log_in, beheerder, sent):
    assert log_in(beheerder).post("/beheer/storingen/opnieuw/", sent).status_code == 404


@pytest.mark.parametrize("sent", [{"kind": "mail", "id": "x"}, {"kind": "letter", "id": "\0"}])
def test_odd_ids_change_nothing(log_in, beheerder, stuck, sent):
    assert log_in(beheerder).post("/beheer/storingen/opnieuw/", sent).status_code == 302
    assert len(queries.stuck_work()) == 1


@pytest.mark.parametrize("who", ["indiener", "adviseur", "organisatiebeheerder"])
def test_nobody_else_comes_in(request, log_in, who):
    browser = log_in(request.getfixturevalue(who))
    assert browser.get("/beheer/storingen/").status_code == 403
    assert browser.post("/beheer/storingen/opnieuw/").status_code == 403


def test_a_stranger_logs_in_first(client):
    assert "/inloggen" in client.get("/beheer/storingen/")["Location"]


def test_failures_are_mailed_once_a_day(stuck, settings):
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC)):
        schedule.daily_failures()
        schedule.daily_failures()
    digest = Mail.objects.exclude(pk=stuck.pk).get()
    assert digest.subject == "Machtigingsportaal: 1 vastgelopen"
    assert "SMTPServerDisconnected" in digest.body
    assert "/beheer/storingen/" in digest.body


def test_a_day_without_failures_is_silent():
    schedule.daily_failures()
    assert not Mail.objects.exists()
