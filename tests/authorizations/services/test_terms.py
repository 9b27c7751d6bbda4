"""The clock and the decision term: who is warned when, once, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.domain.roles import Role
from authorizations import schedule
from authorizations.domain import deadlines
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, StatusEvent, TermWarning
from authorizations.services import questions, terms
from papers import queries as papers
from tests.factories import accounts, desk
from tests.factories.desk import question

# Filed on Monday 2 November 2026, so that ten werkdagen are over on Monday the 16th.
DUE = date(2026, 11, 16)
DAY = "20261116"


def at(day, hour=8):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def boss(insurer):
    return accounts.actor(Role.COORDINATOR, organization=insurer)


@pytest.fixture
def taken(indiener, insurer, noor, boss):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    assert authorization.due_on == DUE
    return authorization


def rows():
    return set(TermWarning.objects.values_list("due_on", "level", "audience"))


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (11, 8, set()),  # three werkdagen before
        (12, 8, {("soon", "advisor")}),
        (15, 8, {("soon", "advisor")}),  # a Sunday
        (16, 15, {("soon", "advisor")}),  # the last day, before 17.00 in Amsterdam
        (16, 17, {("soon", "advisor"), ("overdue", "advisor"), ("overdue", "coordinator"), ("overdue", "provider")}),
        (20, 8, {("soon", "advisor"), ("overdue", "advisor"), ("overdue", "coordinator"), ("overdue", "provider")}),
    ],
)
def test_who_is_warned_when(taken, day, hour, expected):
    terms.warn(now=at(day, hour))
    assert rows() == {(DUE, *one) for one in expected}


def test_what_nobody_took_is_for_the_coordinator(indiener, insurer, boss):
    free = desk.filed(indiener, insurer)
    terms.warn(now=at(12))
    terms.warn(now=at(20))
    assert rows() == {(DUE, "soon", "coordinator"), (DUE, "overdue", "coordinator"), (DUE, "overdue", "provider")}
    assert papers.mail_with_key(f"term_soon:{free.reference}:{DAY}:coordinator").to == [boss.email]


def test_warnings_are_mails_to_the_right_people_without_anything_medical(taken, noor, boss):
    terms.warn(now=at(12))
    soon = papers.mail_with_key(f"term_soon:{taken.reference}:{DAY}")
    assert soon.to == [noor.email]
    assert "16 november 2026" in soon.body
    terms.warn(now=at(17))
    assert papers.mail_with_key(f"term_overdue:{taken.reference}:{DAY}").to == [noor.email]
    assert papers.mail_with_key(f"term_overdue:{taken.reference}:{DAY}:coordinator").to == [boss.email]
    assert papers.mail_with_key(f"new_date:{taken.reference}:{DAY}").to == [taken.submitted_by.email]


def test_a_warning_is_given_once_however_often_the_clock_knocks(taken):
    assert [terms.warn(now=at(day)) for day in (12, 12, 13, 17, 17, 18, 30)] == [1, 0, 0, 1, 0, 0, 0]
    assert StatusEvent.objects.filter(authorization=taken, move="new_date").count() == 1


def test_missed_nights_leave_the_same_rows_but_one_mail_each(taken):
    assert terms.warn(now=at(28)) == 1
    assert rows() == {
        (DUE, "soon", "advisor"),
        (DUE, "overdue", "advisor"),
        (DUE, "overdue", "coordinator"),
        (DUE, "overdue", "provider"),
    }
    assert papers.mail_with_key(f"term_soon:{taken.reference}:{DAY}") is None
    assert papers.mail_with_key(f"term_overdue:{taken.reference}:{DAY}")


def test_a_term_that_rests_warns_nobody_and_a_later_day_warns_anew(taken, noor, indiener):
    terms.warn(now=at(12))
    item = questions.ask(authorization_id=taken.pk, items=[question()], by=noor, now=at(12, 9)).items.get()
    assert terms.warn(now=at(20)) == 0
    questions.answer(item_id=item.pk, text="Bijgevoegd.", by=indiener, now=at(23))
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=at(23))
    due_on = AuthorizationRequest.objects.get(pk=taken.pk).due_on
    assert due_on > DUE
    terms.warn(now=datetime(due_on.year, due_on.month, due_on.day, 8, tzinfo=UTC))
    assert (due_on, "soon", "advisor") in rows()


@pytest.mark.parametrize("status", [Status.GRANTED, Status.DENIED, Status.WITHDRAWN])
def test_what_is_closed_warns_nobody(indiener, insurer, noor, status):
    desk.filed(indiener, insurer, status, advisor=noor)
    assert terms.warn(now=at(20)) == 0


def test_the_column_that_lags_behind_does_not_decide_who_is_warned(taken):
    AuthorizationRequest.objects.filter(pk=taken.pk).update(due_on=date(2026, 11, 9))
    terms.warn(now=at(10))
    assert rows() == set()


def test_the_clock_calls_the_same_services(taken, noor, monkeypatch):
    knocked = []
    monkeypatch.setattr(terms, "warn", lambda *, now: knocked.append(("warn", now.tzinfo is not None)))
    monkeypatch.setattr(questions, "remind", lambda *, now: knocked.append(("remind", now.tzinfo is not None)))
    schedule.warn_terms()
    schedule.remind_questions()
    assert knocked == [("warn", True), ("remind", True)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 2), 10),
        (date(2026, 11, 13), 1),
        (date(2026, 11, 15), 1),  # Sunday
        (DUE, 0),
        (date(2026, 11, 17), -1),
        (date(2026, 11, 22), -4),  # Sunday
    ],
)
def test_werkdagen_until_a_day(day, expected):
    assert deadlines.workdays_until(day, DUE) == expected


def test_christmas_is_no_werkdag():
    assert deadlines.workdays_until(date(2026, 12, 24), date(2026, 12, 28)) == 1


def test_a_run_over_many_requests_takes_each_by_itself(indiener, insurer, noor, boss):
    for _ in range(5):
        desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    assert terms.warn(now=at(12)) == 5
    assert terms.warn(now=at(12) + timedelta(minutes=15)) == 0
