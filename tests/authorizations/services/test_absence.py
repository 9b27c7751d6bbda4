"""Work of who isn't there comes back in time, once, and with everything that was done on it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from accounts.models import Membership, User
from audit.models import AccessEvent
from authorizations import schedule
from authorizations.domain.lifecycle import Status
from authorizations.models import Absence, AuthorizationRequest, StatusEvent, TermPause
from authorizations.services import absence, lifecycle, questions, review
from papers.models import Mail
from tests.factories import accounts, desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = NOW.date()
FRIDAY, IN_TIME, TOO_SOON = date(2026, 11, 27), date(2026, 12, 3), date(2026, 12, 2)


@pytest.fixture
def boss(insurer):
    return accounts.actor(Role.COORDINATOR, organization=insurer)


@pytest.fixture
def noor(noor):
    User.objects.filter(pk=noor.user_id).update(last_login=NOW)
    return noor


def holder(authorization):
    return AuthorizationRequest.objects.values_list("assigned_to", "status").get(pk=authorization.pk)


def away(noor, boss, first=MONDAY, last=FRIDAY):
    return absence.note(user_id=noor.user_id, first_day=first, last_day=last, by=boss, now=NOW)


def test_what_cannot_wait_comes_back_and_the_rest_stays(indiener, insurer, noor, boss):
    soon = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=TOO_SOON)
    later = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=IN_TIME)
    answered = desk.filed(indiener, insurer, Status.ANSWERED, advisor=noor, due_on=date(2026, 11, 20))
    resting = desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER, advisor=noor, due_on=None)
    away(noor, boss)
    assert absence.bring_back(now=NOW) == 2
    assert holder(soon) == (None, "submitted")
    assert holder(answered) == (None, "answered")
    assert holder(later) == (noor.user_id, "in_review")
    assert holder(resting) == (noor.user_id, "waiting_for_provider")
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ([boss.email], "2 aanvragen zijn terug in de werkvoorraad")
    assert soon.reference not in mail.body
    assert noor.name not in mail.body
    event = StatusEvent.objects.get(authorization=soon, move="release")
    assert (event.by_id, event.internal) == (None, True)
    assert event.note == f"Lag bij {noor.name}. Afwezig tot en met 27 november 2026."
    assert AccessEvent.objects.filter(kind="werk_teruggelegd").count() == 2
    # a second time there is nothing left to do, and nobody is told again
    assert absence.bring_back(now=NOW + timedelta(minutes=15)) == 0
    assert Mail.objects.count() == 1


def test_verdicts_and_questions_stay_with_the_request(indiener, insurer, noor, ravi, boss):
    filed = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=TOO_SOON)
    desk.judge(filed, noor)
    verdicts = filed.assessments.count()
    away(noor, boss)
    absence.bring_back(now=NOW)
    review.claim(authorization_id=filed.pk, by=ravi, now=NOW)
    assert holder(filed) == (ravi.user_id, "in_review")
    assert filed.assessments.count() == verdicts > 0


def test_days_away_that_follow_on_count_as_one(indiener, insurer, noor, boss):
    filed = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 12, 7))
    away(noor, boss)
    away(noor, boss, date(2026, 11, 30), date(2026, 12, 4))
    assert absence.bring_back(now=NOW) == 1
    assert holder(filed)[0] is None


def test_an_absence_to_come_takes_nothing_yet(indiener, insurer, noor, boss):
    desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=TOO_SOON)
    away(noor, boss, date(2026, 11, 30), date(2026, 12, 4))
    assert absence.bring_back(now=NOW) == 0


def test_who_is_not_seen_for_days_counts_as_away(indiener, insurer, noor):
    filed = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 11, 26))
    AuthorizationRequest.objects.update(assigned_at=NOW - timedelta(days=14))
    User.objects.filter(pk=noor.user_id).update(last_login=NOW - timedelta(days=4))
    assert absence.bring_back(now=NOW) == 0
    User.objects.filter(pk=noor.user_id).update(last_login=NOW - timedelta(days=5))
    assert absence.bring_back(now=NOW) == 1
    assert "Niet ingelogd sinds 18 november 2026" in StatusEvent.objects.get(move="release").note
    assert holder(filed)[0] is None


def test_what_lies_with_who_left_comes_back_whatever_its_term(indiener, insurer, noor, boss):
    asked = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 12, 30))
    questions.ask(authorization_id=asked.pk, items=[desk.question()], by=noor, now=NOW)
    Membership.objects.filter(user_id=noor.user_id).update(ended_at=NOW, ended_by=boss.user_id)
    assert absence.bring_back(now=NOW) == 1
    assert holder(asked) == (None, "waiting_for_provider")
    # its term rests on as it did
    assert TermPause.objects.get(authorization=asked).ended_at is None


def test_the_clock_does_it(indiener, insurer, noor, monkeypatch):
    seen = []
    monkeypatch.setattr(absence, "bring_back", lambda *, now: seen.append(now))
    schedule.bring_back()
    assert len(seen) == 1


def test_nothing_is_put_on_the_desk_of_who_is_away(indiener, insurer, noor, boss):
    filed = desk.filed(indiener, insurer, due_on=TOO_SOON)
    away(noor, boss)
    with pytest.raises(lifecycle.NotAllowed, match="is afwezig en de termijn loopt te snel af"):
        review.assign(authorization_id=filed.pk, advisor_id=noor.user_id, reason="Druk.", by=boss, now=NOW)
    AuthorizationRequest.objects.update(due_on=IN_TIME)
    review.assign(authorization_id=filed.pk, advisor_id=noor.user_id, reason="Druk.", by=boss, now=NOW)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (FRIDAY, NOW.date(), "ligt voor de eerste"),
        (date(2026, 11, 2), date(2026, 11, 22), "al voorbij"),
        (NOW.date(), date(2027, 11, 24), "hoogstens een jaar"),
    ],
)
def test_days_that_cannot_be_are_refused(insurer, noor, boss, first, last, words):
    with pytest.raises(lifecycle.NotAllowed, match=words):
        away(noor, boss, first, last)


def test_the_same_days_are_noted_once(insurer, noor, ravi, boss):
    away(noor, boss)
    away(ravi, boss)
    with pytest.raises(lifecycle.NotAllowed, match="al afwezigheid vastgelegd"):
        away(noor, boss, FRIDAY, date(2026, 12, 4))
    with pytest.raises(IntegrityError, match="absences_do_not_overlap"), transaction.atomic():
        Absence.objects.filter(user_id=ravi.user_id).update(user_id=noor.user_id)


def test_a_colleague_notes_only_the_own_days(insurer, noor, ravi, boss, other_adviseur):
    with pytest.raises(lifecycle.NotAllowed, match="Alleen een coördinator"):
        away(noor, ravi)
    mine = away(noor, noor)
    with pytest.raises(lifecycle.NotAllowed, match="Alleen een coördinator"):
        absence.end(absence_id=mine.pk, by=ravi)
    # nobody's at another insurer
    absence.end(absence_id=mine.pk, by=other_adviseur)
    assert Absence.objects.exists()
    with pytest.raises(lifecycle.NotAllowed, match="geen medisch adviseur van deze"):
        away(other_adviseur, boss)
    absence.end(absence_id=mine.pk, by=boss)
    absence.end(absence_id=mine.pk, by=boss)
    assert not Absence.objects.exists()
