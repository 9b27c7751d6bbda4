"""Zorgtrajecten go seven years after their last closing, and stay while a request that they hang on is held."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from authorizations.domain.retention import Kept
from authorizations.models import (
    AuthorizationRequest,
    Decision,
    Grant,
    LegalHold,
    Subtraject,
    SubtrajectEvent,
    TrajectInsured,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.services import retention
from tests.factories import accounts, authorizations, subtrajects

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def treated(provider, insurer):
    """Return a zorgtraject that closed for the last time on 1 December 2019, under a machtiging, with its request."""
    user = accounts.UserFactory()
    authorization = authorizations.filed(provider, insurer, user, "granted", closed_at=NOW)
    decision = Decision.objects.create(
        authorization=authorization, outcome="granted", summary="Voldoet.", proposed_by=user, proposed_at=NOW,
        final_at=NOW,
    )  # fmt: skip
    grant = Grant.objects.create(
        decision=decision, authorization=authorization, number="M190000000001", declaratie_code="14D838",
        setting="outpatient", starts_on=NOW.date(), ends_on=NOW.date(),
    )  # fmt: skip
    opened_on, closed_on = date(2019, 8, 3), date(2019, 12, 1)
    traject = subtrajects.traject(provider, insurer, user, number="ZT1234567890123")
    subtrajects.subtraject(
        traject, 0, 120, granted=grant, opened_on=opened_on, closes_on=closed_on, closed_on=closed_on
    )
    subtrajects.activity(traject, performed_on=opened_on)
    SubtrajectEvent.objects.create(zorgtraject=traject, opened_on=opened_on, change="opened", at=NOW)
    return traject, authorization


def test_a_zorgtraject_goes_seven_years_after_its_last_closing(treated):
    traject, authorization = treated
    last = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    assert retention.due(today=last.date()) == []
    assert not retention.run(now=last).reports.exists()
    (gone,) = retention.due(today=date(2026, 12, 2))
    assert (gone.kept, gone.references, gone.oldest_on) == (Kept.TRAJECT, [traject.number], date(2019, 12, 1))
    (report,) = retention.run(now=last + timedelta(days=1)).reports.all()
    assert (report.kept, report.requests, report.references) == (Kept.TRAJECT, 1, [traject.number])
    tables = (Zorgtraject, TrajectInsured, Subtraject, Zorgactiviteit, SubtrajectEvent)
    assert not any(model.objects.exists() for model in tables)
    assert AuthorizationRequest.objects.filter(pk=authorization.pk).exists()


def test_a_zorgtraject_with_an_open_subtraject_stays(treated):
    traject, _ = treated
    subtrajects.subtraject(traject, 1, opened_on=date(2019, 12, 2), closes_on=date(2020, 3, 31))
    assert not retention.run(now=datetime(2027, 1, 1, 2, 0, tzinfo=UTC)).reports.exists()


def test_a_zorgtraject_of_a_held_request_stays_also_for_the_database(treated):
    traject, authorization = treated
    LegalHold.objects.create(
        authorization=authorization, reason="Klacht", placed_by=accounts.UserFactory(), placed_at=NOW
    )
    assert not retention.run(now=datetime(2027, 1, 1, 2, 0, tzinfo=UTC)).reports.exists()
    for table in ("trajectinsured", "zorgactiviteit", "subtrajectevent"):
        with (
            pytest.raises(IntegrityError, match="held_zorgtraject_stays"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM authorizations_{table} WHERE zorgtraject_id = %s", [traject.pk])


def test_a_zorgtraject_outlives_its_machtiging(treated):
    traject, authorization = treated
    Grant.objects.filter(authorization=authorization).delete()
    assert traject.subtrajects.get().granted is None
