"""What else runs for the same insured, and a document that is incomplete, stand out while a request is judged."""

from datetime import date, timedelta

import pytest

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.domain.signals import SignalCode
from authorizations.domain.terms import DocumentKind, DocumentVerdict
from authorizations.models import Grant
from authorizations.services import bulk_grant, checklist, documents, signals
from tests.factories import accounts, desk
from tests.factories import documents as make
from tests.factories.desk import NOW

pytestmark = pytest.mark.django_db
BESIDE = (SignalCode.REQUEST_BESIDE, SignalCode.GRANT_BESIDE)


@pytest.fixture
def mine(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def elsewhere():
    """A clinic that knows nothing of the other."""
    return accounts.actor(Role.INDIENER, organization=accounts.provider())


def beside(authorization):
    found = signals.of(authorization, checklist.checklist(authorization), now=NOW)
    return [(one.code, one.message) for one in found if one.code in BESIDE]


def test_a_request_of_another_clinic_in_the_same_period_stands_out_on_both_sides(mine, elsewhere, insurer):
    other = desk.filed(elsewhere, insurer)
    for one, its_other in ((mine, other), (other, mine)):
        ((code, message),) = beside(one)
        assert code is SignalCode.REQUEST_BESIDE
        assert its_other.reference in message and its_other.provider.name in message
        assert "tot en met" in message


@pytest.mark.parametrize(
    "other",
    [
        {"planned_start_on": date(2031, 1, 1), "planned_end_on": date(2031, 2, 1)},
        {"kind": "ggz_stay"},
        {"status": Status.WITHDRAWN},
    ],
)
def test_another_period_or_care_or_one_that_is_over_does_not(mine, elsewhere, insurer, other):
    desk.filed(elsewhere, insurer, other.pop("status", Status.SUBMITTED), **other)
    assert beside(mine) == []


def test_another_insured_does_not_and_a_draft_says_nothing(mine, elsewhere, insurer, indiener):
    desk.with_own_insured(desk.filed(elsewhere, insurer))
    assert beside(mine) == []
    assert signals.beside(make.draft(indiener, insurer)) == []


def test_a_machtiging_that_holds_then_stands_out_and_keeps_it_from_being_granted_in_bulk(mine, indiener, insurer, noor):
    earlier = desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor))
    desk.judge(earlier, noor)
    seen = {one.authorization.reference: one.seen for one in bulk_grant.offer(by=noor, now=NOW).ready}
    bulk_grant.grant_many(requests=seen, summary="Wij kennen dit toe.", by=noor, now=NOW)
    given = Grant.objects.get()
    mine.insured.bsn = earlier.insured.bsn
    mine.insured.save(update_fields=["bsn", "bsn_hash"])
    ((code, message),) = beside(mine)
    assert code is SignalCode.GRANT_BESIDE
    assert earlier.reference in message
    desk.judge(mine, noor)
    (refused,) = bulk_grant.offer(by=noor, now=NOW).others
    assert refused.why_not == ("Er loopt al een machtiging: bekijk deze aanvraag apart.",)
    mine.planned_start_on = given.ends_on + timedelta(days=1)
    mine.planned_end_on = mine.planned_start_on
    assert beside(mine) == []


def test_a_document_that_was_called_incomplete_stands_out_until_a_new_version_takes_its_place(mine, indiener, noor):
    document = make.added(mine, indiener, DocumentKind.BEHANDELPLAN)
    documents.judge(document_id=document.pk, verdict=DocumentVerdict.INCOMPLETE, note="Doelen.", by=noor, now=NOW)

    def told():
        found = signals.of(mine, checklist.checklist(mine), now=NOW)
        return [one.message for one in found if one.code is SignalCode.DOCUMENT_INCOMPLETE]

    assert told() == ["Behandelplan: bij dit document staat het oordeel “onvolledig”."]
    make.added(mine, indiener, DocumentKind.BEHANDELPLAN, content=make.pdf(2), replaces_id=document.pk)
    assert told() == []
