"""Granting many at once: each on its own, only as asked, only what this person judged, and nothing unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.domain.roles import Role
from authorizations.domain.bulk_grant import SUMMARY
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, CriterionAssessment, Decision, Grant, RequestLetter
from authorizations.services import bulk_grant, questions, sight
from tests.factories import accounts, desk
from tests.factories import documents as make_document
from tests.factories.desk import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(indiener, insurer, noor):
    return [judged(indiener, insurer, noor) for _ in range(3)]


def judged(indiener, insurer, advisor, **other):
    authorization = desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=advisor))
    desk.judge(authorization, advisor, **other)
    return authorization


def seen(by):
    return {one.authorization.reference: one.seen for one in bulk_grant.offer(by=by, now=NOW).ready}


def grant(wanted, by, summary=SUMMARY):
    return bulk_grant.grant_many(requests=wanted, summary=summary, by=by, now=NOW)


def test_each_is_decided_on_its_own_as_it_was_asked(ready, noor):
    results = grant(seen(noor), noor)
    assert {one.reference: one.why_not for one in results} == {one.reference: () for one in ready}
    decided = Decision.objects.filter(outcome=Outcome.GRANTED.value, proposed_by=noor.user_id, final_at=NOW)
    assert decided.count() == Grant.objects.count() == len(ready)
    assert {one.summary for one in decided} == {SUMMARY}
    assert RequestLetter.objects.filter(decision__in=decided).count() == 2 * len(ready)
    assert {one.status for one in AuthorizationRequest.objects.all()} == {Status.GRANTED.value}


def test_twice_grants_nothing_twice(ready, noor):
    wanted = seen(noor)
    grant(wanted, noor)
    assert [one.why_not for one in grant(wanted, noor)] == [()] * 3
    assert Decision.objects.count() == 3


def test_what_is_new_since_is_refused_for_that_one_only(ready, noor):
    wanted = seen(noor)
    desk.assess(ready[1], "c1", noor, version=1, motivation="Bij nader inzien.")
    results = {one.reference: one.why_not for one in grant(wanted, noor)}
    assert results[ready[0].reference] == results[ready[2].reference] == ()
    assert "intussen gewijzigd" in results[ready[1].reference][0]
    assert Decision.objects.filter(authorization=ready[1]).count() == 0


def test_nothing_is_granted_without_what_was_seen(ready, noor):
    assert all(one.why_not for one in grant({ready[0].reference: ""}, noor))
    assert not Decision.objects.exists()


def test_what_is_not_ready_is_not_offered_and_not_granted(indiener, insurer, noor, ravi):
    doubtful = judged(indiener, insurer, noor, c2a=Verdict.NOT_MET)
    unjudged = desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor))
    asked = judged(indiener, insurer, noor)
    questions.ask(authorization_id=asked.pk, items=[desk.question()], by=noor, now=NOW)
    judged(indiener, insurer, ravi)
    by_ravi = judged(indiener, insurer, noor)
    CriterionAssessment.objects.filter(authorization=by_ravi, criterion="c1").update(assessed_by=ravi.user_id)
    offered = bulk_grant.offer(by=noor, now=NOW)
    assert offered.ready == []
    assert {one.reference: one.why_not for one in offered.others} == {
        doubtful.reference: (bulk_grant.NOT_JUDGED,),
        unjudged.reference: (bulk_grant.NOT_JUDGED,),
        by_ravi.reference: ("Een collega gaf een van de oordelen. Bekijk ze eerst zelf.",),
    }
    sent = {one.reference: sight.of(one) for one in AuthorizationRequest.objects.all()}
    assert len(sent) == 5
    assert all(one.why_not for one in grant(sent, noor))
    assert not Decision.objects.exists()


def test_a_document_after_the_last_verdict_asks_for_a_look(ready, indiener, noor):
    document = make_document.added(ready[0], indiener)
    assert ready[0].reference in seen(noor)
    CriterionAssessment.objects.filter(authorization=ready[0]).update(
        assessed_at=document.added_at - timedelta(minutes=1)
    )
    assert seen(noor).keys() == {ready[1].reference, ready[2].reference}


@pytest.mark.parametrize(
    ("roles", "wanted", "summary", "why"),
    [
        ([Role.COORDINATOR], 1, SUMMARY, "Alleen een medisch adviseur"),
        ([Role.MEDISCH_ADVISEUR], 0, SUMMARY, "Kies 1 tot en met 50"),
        ([Role.MEDISCH_ADVISEUR], 51, SUMMARY, "Kies 1 tot en met 50"),
        ([Role.MEDISCH_ADVISEUR], 1, " ", "Schrijf de motivering"),
    ],
)
def test_who_may_and_how_many(insurer, roles, wanted, summary, why):
    who = accounts.actor(*roles, organization=insurer)
    with pytest.raises(bulk_grant.NotAllowed, match=why):
        grant({str(number): "" for number in range(wanted)}, who, summary)


def test_nobody_grants_to_an_institution_worked_for(ready, noor, provider):
    both = replace(noor, works_for=noor.works_for | {provider.pk})
    assert grant(seen(noor), both) == []
