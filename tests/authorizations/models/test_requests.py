"""What the database itself refuses about requests, whatever code asks for it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, Insured, StatusEvent, TermPause, TermWarning
from portal.tenancy.owner import as_owner
from tests.factories import accounts, authorizations

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(provider, insurer):
    return authorizations.filed(provider, insurer, accounts.UserFactory())


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"status": "besloten"}, "request_status_known"),
        ({"application": None}, "request_filed_whole"),
        ({"indication": ""}, "request_filed_whole"),
        ({"setting": "thuis"}, "request_filed_whole"),
        ({"planned_start_on": None}, "request_filed_whole"),
        ({"status": "draft"}, "request_filed_whole"),
        ({"assigned_at": authorizations.FILED_AT}, "request_assigned_pair"),
        ({"status": "in_review"}, "request_in_review_has_reviewer"),
        ({"status": "granted", "closed_at": None}, "request_closed_pair"),
        ({"closed_at": authorizations.FILED_AT}, "request_closed_pair"),
        ({"planned_end_on": date(2026, 11, 30)}, "request_period_in_order"),
        ({"status": "withdrawn", "closed_at": authorizations.FILED_AT}, "request_withdrawn_with_reason"),
    ],
)
def test_a_request_that_cannot_be(provider, insurer, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        authorizations.filed(provider, insurer, accounts.UserFactory(), **columns)


@pytest.mark.parametrize(
    "change",
    [
        {"answers": {"plan": {}}},
        {"application": {"kind": "msr_follow_up"}},
        {"reference": "MA-00000000"},
        {"submitted_at": date(2026, 11, 3)},
    ],
)
@pytest.mark.filterwarnings("ignore:DateTimeField")
def test_what_was_filed_never_changes(filed, change):
    with pytest.raises(DatabaseError, match="filed_request_is_frozen"):
        AuthorizationRequest.objects.filter(pk=filed.pk).update(**filed.sealed(**change))


def test_what_was_filed_goes_on_being_reviewed(filed):
    AuthorizationRequest.objects.filter(pk=filed.pk).update(due_on=date(2026, 11, 20), urgent=True)
    filed.refresh_from_db()
    assert (filed.due_on, filed.urgent) == (date(2026, 11, 20), True)


@pytest.mark.parametrize("status", [Status.GRANTED, Status.PARTLY_GRANTED, Status.DENIED, Status.WITHDRAWN])
def test_a_closed_request_stays_closed(provider, insurer, status):
    closed = authorizations.filed(provider, insurer, accounts.UserFactory(), status)
    with pytest.raises(DatabaseError, match="closed_request_stays_closed"):
        AuthorizationRequest.objects.filter(pk=closed.pk).update(status="submitted", closed_at=None)


@pytest.mark.django_db(transaction=True)
def test_history_is_written_once(filed):
    """The portal has no right to; and whoever has is refused by a trigger."""
    event = StatusEvent.objects.create(
        authorization=filed, move="submit", status="submitted", at=authorizations.FILED_AT
    )
    with pytest.raises(DatabaseError, match="permission denied"):
        StatusEvent.objects.filter(pk=event.pk).update(**event.sealed(note="anders"))
    with as_owner(), pytest.raises(DatabaseError, match="history_is_written_once"):
        StatusEvent.objects.filter(pk=event.pk).update(**event.sealed(note="anders"))


@pytest.mark.django_db(transaction=True)
def test_a_policy_is_written_once(filed):
    version = filed.policy_version
    version.title = "Ander beleid"
    with pytest.raises(DatabaseError, match="permission denied"):
        version.save()
    with as_owner(), pytest.raises(DatabaseError, match="history_is_written_once"):
        version.save()


def test_the_term_rests_once_at_a_time(filed):
    TermPause.objects.create(authorization=filed, started_at=authorizations.FILED_AT)
    with pytest.raises(IntegrityError, match="one_open_pause"), transaction.atomic():
        TermPause.objects.create(authorization=filed, started_at=authorizations.FILED_AT)
    TermPause.objects.update(ended_at=authorizations.FILED_AT)
    TermPause.objects.create(authorization=filed, started_at=authorizations.FILED_AT)


def test_a_warning_is_given_once(filed):
    warning = {"authorization": filed, "due_on": filed.due_on, "level": "soon", "audience": "advisor"}
    TermWarning.objects.create(**warning, at=authorizations.FILED_AT)
    with pytest.raises(IntegrityError, match="term_warning_once"):
        TermWarning.objects.create(**warning, at=authorizations.FILED_AT)


@pytest.mark.parametrize("change", ["bsn = '999996708'", "bsn = ''", "bsn_hash = ''", "bsn_hash = '999996708'"])
def test_a_bsn_is_sealed_and_has_its_fingerprint(filed, change):
    with pytest.raises(IntegrityError, match="insured_bsn_is_sealed"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE authorizations_insured SET {change} WHERE authorization_id = %s", [filed.pk])


def test_a_draft_holds_no_content_that_was_filed(provider, insurer):
    with pytest.raises(IntegrityError, match="request_filed_whole"):
        authorizations.drafted(provider, insurer, accounts.UserFactory(), application={"kind": "msr_first"})


@pytest.mark.parametrize(
    ("initials", "surname", "birth_date", "words"),
    [
        ("K.", "Bakker", date(1981, 4, 2), "K. B. (1981)"),
        ("", "van der Berg", None, "B."),
        ("", "", None, "Naam nog niet ingevuld"),
    ],
)
def test_lists_show_initials_and_year(initials, surname, birth_date, words):
    assert Insured(initials=initials, surname=surname, birth_date=birth_date).short_name == words
