"""Counting day by day: what is counted, that it comes out the same again, and what is made public of it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from authorizations.domain import figures as rules
from authorizations.domain.figures import Measure
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import (
    AuthorizationRequest,
    CriterionAssessment,
    DayFigure,
    FiguresDay,
    InformationItem,
    PublicFigures,
)
from authorizations.services import decisions, figures, questions, review, sight
from kit import tenancy
from tests.factories import accounts, desk
from tests.factories import authorizations as make

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 9, 10, tzinfo=UTC)


def at(days: int, hour: int = 10) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=days)


def counted(insurer, **where):
    rows = DayFigure.objects.filter(insurer=insurer, **where)
    return {(Measure(row.measure), row.key): row.number for row in rows}


@pytest.fixture
def denied(indiener, insurer, noor, ravi):
    """A request that a question was asked about, and that two advisors denied eight days after it came in."""
    with time_machine.travel(MONDAY, tick=False):
        case = desk.filed(indiener, insurer, submitted_at=MONDAY)
    case.events.create(move="submit", status=Status.SUBMITTED.value, at=MONDAY)
    review.claim(authorization_id=case.pk, by=noor, now=at(1))
    asked = [desk.question(), desk.question(what="Het begin van het verslag.")]
    questions.ask(authorization_id=case.pk, items=asked, by=noor, now=at(2))
    for item in InformationItem.objects.all():
        questions.answer(item_id=item.pk, text="Zie de bijlage.", by=indiener, now=at(4))
    questions.send_answers(authorization_id=case.pk, by=indiener, now=at(4))
    case.refresh_from_db()
    desk.judge(case, noor, now=at(7), c2a=Verdict.NOT_MET, c3_omvang=Verdict.UNCLEAR)
    case.refresh_from_db()
    choice = desk.choice(Outcome.DENIED)
    decision = decisions.decide(authorization_id=case.pk, choice=choice, seen=sight.of(case), by=noor, now=at(7))
    case.refresh_from_db()
    about = {"authorization_id": case.pk, "proposal_id": decision.pk, "seen": sight.of(case)}
    desk.second(case, ravi, now=at(8))
    about["seen"] = sight.of(case)
    decisions.confirm(**about, by=ravi, now=at(8))
    return case


def test_a_day_counts_what_came_in_and_all_about_what_was_closed(denied, insurer, other_insurer, indiener):
    columns = {"submitted_at": MONDAY, "closed_at": at(8)}
    make.filed(accounts.provider(), other_insurer, accounts.UserFactory(), Status.GRANTED, **columns)
    assert figures.count(now=at(9), most=60) == 9
    assert counted(insurer, on_day=MONDAY.date()) == {(Measure.RECEIVED, ""): 1}
    given = {one.criterion: one.verdict for one in denied.assessments.all()}
    pairs = [rules.pair_key(criterion, verdict, verdict) for criterion, verdict in given.items()]
    assert counted(insurer, on_day=at(8).date()) == {
        (Measure.OUTCOME, "denied"): 1,
        (Measure.FIRST_TIME_RIGHT, rules.NO): 1,
        (Measure.QUESTION, "c2a"): 1,  # two questions, one request
        (Measure.DENIED_FOR, "c2a"): 1,
        (Measure.DENIED_FOR, "c2_eerste_lijn"): 1,
        (Measure.DENIED_FOR, "c3_omvang"): 1,
        (Measure.SECOND_REVIEW, rules.CONFIRMED): 1,
        **{(Measure.AGREEMENT, key): 1 for key in pairs},
        (Measure.INSURER_TIME, "3"): 1,
        (Measure.PROVIDER_TIME, "2"): 1,
        (Measure.PATIENT_TIME, "5"): 1,
    }
    assert counted(other_insurer, on_day=at(8).date())[Measure.OUTCOME, "granted"] == 1


def test_counted_twice_late_or_again_it_is_the_same(denied, insurer):
    figures.count(now=at(9), most=60)
    once = Counter(DayFigure.objects.values_list("on_day", "measure", "key", "number"))
    assert figures.count(now=at(9), most=60) == 0
    figures.count_day(at(8).date(), now=at(20))
    assert Counter(DayFigure.objects.values_list("on_day", "measure", "key", "number")) == once
    for day in range(9):
        figures.count_day(at(day).date(), now=at(30))
    assert Counter(DayFigure.objects.values_list("on_day", "measure", "key", "number")) == once


def test_the_day_itself_waits_until_it_has_ended_in_amsterdam(indiener, insurer):
    desk.filed(indiener, insurer, submitted_at=datetime(2026, 11, 9, 22, 59, tzinfo=UTC))
    assert figures.count(now=datetime(2026, 11, 9, 22, 59, tzinfo=UTC), most=60) == 0
    assert figures.count(now=datetime(2026, 11, 9, 23, 0, tzinfo=UTC), most=60) == 1
    assert counted(insurer) == {(Measure.RECEIVED, ""): 1}


def test_without_requests_there_is_nothing_to_count(db):
    assert figures.count(now=MONDAY, most=60) == 0
    assert figures.publish(now=MONDAY) == 0


@pytest.mark.parametrize("context", [tenancy.NOBODY, tenancy.Context(1, 1)])
def test_only_who_sees_every_row_counts(db, context):
    with tenancy.acting(context):
        for work in (lambda: figures.count_day(MONDAY.date(), now=MONDAY), lambda: figures.publish(now=MONDAY)):
            with pytest.raises(tenancy.NotSystem):
                work()


def test_a_quarter_becomes_public_once_it_has_ended_and_then_stays(indiener, insurer):
    make.policy_version(insurer)
    row = {"insurer": insurer, "policy": "zilveren-kruis-msr", "measure": Measure.RECEIVED.value}
    DayFigure.objects.create(**row, on_day=date(2026, 5, 7), number=30)
    DayFigure.objects.create(**row, on_day=date(2026, 12, 31), number=3)
    FiguresDay.objects.create(on_day=date(2026, 12, 30), counted_at=MONDAY)
    assert figures.publish(now=MONDAY) == 1
    FiguresDay.objects.create(on_day=date(2026, 12, 31), counted_at=MONDAY)
    assert figures.publish(now=MONDAY) == 1
    DayFigure.objects.all().delete()
    DayFigure.objects.create(**row, on_day=date(2026, 5, 7), number=99)
    assert figures.publish(now=MONDAY) == 0
    found = PublicFigures.objects.order_by("starts_on").values_list("starts_on", "body__received")
    assert list(found) == [(date(2026, 4, 1), 30), (date(2026, 10, 1), "small")]


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (DayFigure, {"on_day": date(2026, 5, 7), "measure": "received", "number": 0}, "figure_counts_something"),
        (DayFigure, {"on_day": date(2026, 5, 7), "measure": "omzet", "number": 1}, "figure_measure_known"),
        (PublicFigures, {"starts_on": date(2026, 5, 1), "body": {}, "made_at": MONDAY}, "public_figures_of_a_quarter"),
    ],
)
def test_the_database_keeps_figures_whole(insurer, model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(insurer=insurer, **values)


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (DayFigure, {"on_day": date(2026, 5, 7), "measure": "received", "number": 1}, "figure_once_a_day"),
        (PublicFigures, {"starts_on": date(2026, 4, 1), "body": {}, "made_at": MONDAY}, "public_figures_once"),
    ],
)
def test_a_figure_is_there_once(insurer, model, values, constraint):
    model.objects.create(insurer=insurer, **values)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(insurer=insurer, **values)


def test_the_insurer_reads_and_writes_no_figure(insurer, coordinator, denied):
    figures.count(now=at(9), most=60)
    assert AuthorizationRequest.objects.count() == 1
    assert CriterionAssessment.objects.exists()
    with tenancy.acting(tenancy.Context(coordinator.organization_id, coordinator.user_id)):
        assert DayFigure.objects.exists()
        assert DayFigure.objects.all().delete()[0] == 0
