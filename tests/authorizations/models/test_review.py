"""What the database itself refuses about questions, decisions and machtigingen."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from authorizations.models import (
    CounterQuestion,
    CriterionAssessment,
    Decision,
    Document,
    Grant,
    GrantHours,
    InformationItem,
    InformationRequest,
)
from portal.tenancy.owner import as_owner
from tests.factories import accounts, authorizations

pytestmark = pytest.mark.django_db
AT = authorizations.FILED_AT


@pytest.fixture
def advisor(db):
    return accounts.UserFactory()


@pytest.fixture
def request_(provider, insurer):
    return authorizations.filed(provider, insurer, accounts.UserFactory())


def decision(request_, advisor, **columns):
    return Decision.objects.create(
        **{
            "authorization": request_,
            "outcome": "granted",
            "summary": "Wij geven toestemming.",
            "proposed_by": advisor,
            "proposed_at": AT,
            **columns,
        }
    )


def grant(request_, advisor, **columns):
    return Grant.objects.create(
        **{
            "decision": decision(request_, advisor, final_at=AT),
            "authorization": request_,
            "number": "M267K2M9QX4AB",
            "declaratie_code": "14E490",
            "setting": "outpatient",
            "starts_on": date(2026, 12, 1),
            "ends_on": date(2027, 3, 31),
            **columns,
        }
    )


@pytest.mark.asvs("2.3.5")
def test_a_denial_needs_a_second_advisor(request_, advisor):
    with pytest.raises(IntegrityError, match="denial_by_two_advisors"):
        decision(request_, advisor, outcome="denied", final_at=AT)


def test_the_second_advisor_is_somebody_else(request_, advisor):
    with pytest.raises(IntegrityError, match="second_advisor_is_another|denial_by_two_advisors"):
        decision(request_, advisor, outcome="denied", confirmed_by=advisor, confirmed_at=AT, final_at=AT)


def test_a_denial_that_two_advisors_take(request_, advisor):
    other = accounts.UserFactory()
    assert decision(request_, advisor, outcome="denied", confirmed_by=other, confirmed_at=AT, final_at=AT).pk


def test_one_decision_at_a_time(request_, advisor):
    first = decision(request_, advisor)
    with pytest.raises(IntegrityError, match="one_decision"), transaction.atomic():
        decision(request_, advisor)
    first.returned_by, first.returned_at = accounts.UserFactory(), AT
    first.returned_because = "De motivering van c2a ontbreekt."
    first.save()
    assert decision(request_, advisor).pk != first.pk


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"summary": ""}, "decision_is_motivated"),
        ({"confirmed_at": AT}, "decision_confirmed_pair"),
        ({"returned_at": AT}, "decision_returned_whole"),
    ],
)
def test_a_decision_that_cannot_be(request_, advisor, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        decision(request_, advisor, **columns)


def test_a_final_decision_never_changes(request_, advisor):
    final = decision(request_, advisor, final_at=AT)
    with pytest.raises(DatabaseError, match="final_decision_is_frozen"), transaction.atomic():
        Decision.objects.filter(pk=final.pk).update(**final.sealed(summary="Toch niet."))
    with pytest.raises(DatabaseError, match="final_decision_is_frozen"):
        final.delete()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"ends_on": date(2026, 11, 30)}, "grant_period_in_order"),
        ({"number": "M26-7K2M9QX4"}, "grant_number_fits"),
        ({"declaratie_code": "14E49"}, "grant_code_is_text"),
        ({"setting": "thuis"}, "grant_setting_known"),
    ],
)
def test_a_machtiging_that_cannot_be(request_, advisor, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        grant(request_, advisor, **columns)


@pytest.mark.django_db(transaction=True)
def test_a_machtiging_never_changes(request_, advisor):
    """The portal has no right to; and whoever has is refused by a trigger."""
    given = grant(request_, advisor)
    GrantHours.objects.create(grant=given, discipline="fysiotherapie", hours=12)
    for change in (
        lambda: Grant.objects.filter(pk=given.pk).update(ends_on=date(2027, 12, 31)),
        lambda: GrantHours.objects.update(hours=400),
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            change()
        with as_owner(), pytest.raises(DatabaseError, match="history_is_written_once"):
            change()


@pytest.mark.parametrize(
    ("hours", "constraint"), [([-1], "granted_hours_not_negative"), ([1, 2], "granted_hours_once")]
)
def test_hours_that_cannot_be(request_, advisor, hours, constraint):
    given = grant(request_, advisor)
    with pytest.raises(IntegrityError, match=constraint):
        for number in hours:
            GrantHours.objects.create(grant=given, discipline="fysiotherapie", hours=number)


def question(request_, advisor, **columns):
    asked, _ = InformationRequest.objects.get_or_create(
        authorization=request_, closed_at=None, defaults={"asked_by": advisor, "asked_at": AT}
    )
    return InformationItem.objects.create(
        **{
            "information_request": asked,
            "number": 1,
            "criterion": "c2a",
            "what": "Het verslag van de fysiotherapie.",
            "why": "Zonder verslag is niet te zien wat er is geprobeerd.",
            "leads_to_consent": "Een verslag waaruit blijkt dat de behandeling niet hielp.",
            "due_on": date(2026, 11, 20),
            **columns,
        }
    )


@pytest.mark.parametrize("field", ["criterion", "what", "why", "leads_to_consent"])
def test_a_question_says_it_all(request_, advisor, field):
    with pytest.raises(IntegrityError, match="question_is_complete"):
        question(request_, advisor, **{field: ""})


def test_a_question_keeps_its_number(request_, advisor):
    question(request_, advisor)
    with pytest.raises(IntegrityError, match="question_numbered_once"):
        question(request_, advisor)


def test_one_round_of_questions_is_open(request_, advisor):
    question(request_, advisor)
    with pytest.raises(IntegrityError, match="one_open_information_request"):
        InformationRequest.objects.create(authorization=request_, asked_by=advisor, asked_at=AT)


def test_a_reply_has_a_name_and_a_moment(request_, advisor):
    with pytest.raises(IntegrityError, match="counter_question_replied_pair"):
        CounterQuestion.objects.create(
            item=question(request_, advisor), text="Volstaat een brief?", asked_by=advisor, asked_at=AT, reply="Ja."
        )


def test_a_criterion_is_judged_once(request_, advisor):
    verdict = {
        "authorization": request_,
        "criterion": "c2a",
        "verdict": "met",
        "assessed_by": advisor,
        "assessed_at": AT,
    }
    CriterionAssessment.objects.create(**verdict)
    with pytest.raises(IntegrityError, match="criterion_assessed_once"):
        CriterionAssessment.objects.create(**verdict)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"removed_at": AT}, "document_removed_pair"),
        ({"verdict": "accepted"}, "document_verdict_pair"),
        ({"origin": "on_request"}, "document_origin_fits_question"),
    ],
)
def test_a_document_that_cannot_be(request_, advisor, columns, constraint):
    from papers.models import File

    file = File.objects.create(
        name="brief.pdf",
        size=1,
        sha256="0" * 64,
        content_type="application/pdf",
        received_at=AT,
        page_count=1,
        state="clean",
        scanned_at=AT,
        scanner="clamd",
    )
    with pytest.raises(IntegrityError, match=constraint):
        Document.objects.create(
            **{
                "authorization": request_,
                "file": file,
                "origin": "filing",
                "added_by": advisor,
                "added_at": AT,
                **columns,
            }
        )
