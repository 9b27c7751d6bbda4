"""A request moves along one table, one mover at a time, and its term follows from stored intervals."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.lifecycle import CLOSED, MOVES, TURNS, Party, Status
from authorizations.models import AuthorizationRequest, StatusEvent
from authorizations.services import lifecycle
from kit import tenancy
from tests.factories import accounts, authorizations

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.fixture
def sanne(provider):
    return accounts.actor(Role.INDIENER, organization=provider)


@pytest.fixture
def filed(provider, insurer, sanne):
    from accounts import queries as people

    return authorizations.filed(provider, insurer, people.user(sanne.user_id))


@pytest.mark.django_db
def test_a_move_changes_the_status_and_is_written_down(filed, noor):
    lifecycle.move(filed, "claim", by=noor, at=NOW, assigned_to_id=noor.user_id, assigned_at=NOW)
    stored = AuthorizationRequest.objects.get(pk=filed.pk)
    assert (stored.status, stored.version, stored.assigned_to_id) == (Status.IN_REVIEW, 2, noor.user_id)
    event = StatusEvent.objects.get(authorization=filed)
    assert (event.move, event.status, event.by_id, event.at) == ("claim", Status.IN_REVIEW, noor.user_id, NOW)


@pytest.mark.asvs("2.3.1")
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MOVES))
def test_only_the_moves_of_the_table_exist(filed, sanne, noor, name):
    step = MOVES[name]
    for status in set(Status) - {Status.DRAFT} - step.sources:
        filed.status = status.value
        with pytest.raises(lifecycle.NotAllowed, match="dat kan niet meer"):
            lifecycle.move(filed, name, by=sanne if step.by is Party.PROVIDER else noor, at=NOW)
    assert not StatusEvent.objects.exists()


@pytest.mark.django_db
def test_a_move_belongs_to_one_party(filed, sanne, noor):
    with pytest.raises(lifecycle.NotAllowed, match="medisch adviseur"):
        lifecycle.move(filed, "claim", by=sanne, at=NOW)
    with pytest.raises(lifecycle.NotAllowed, match="zorgaanbieder"):
        lifecycle.move(filed, "withdraw", by=noor, at=NOW, withdrawn_reason="Verhuisd")


@pytest.mark.django_db
def test_who_read_an_older_version_is_told(filed, sanne, noor):
    seen = AuthorizationRequest.objects.get(pk=filed.pk)
    lifecycle.move(filed, "withdraw", by=sanne, at=NOW, withdrawn_reason="De patiënt ziet ervan af.")
    with pytest.raises(lifecycle.Stale, match="Iemand anders"):
        lifecycle.move(seen, "claim", by=noor, at=NOW, assigned_to_id=noor.user_id, assigned_at=NOW)
    assert AuthorizationRequest.objects.get(pk=filed.pk).closed_at == NOW


@pytest.mark.asvs("2.3.4")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_one_wins(filed, insurer):
    advisors = [accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer) for _ in range(6)]
    start, won = threading.Barrier(len(advisors)), []

    def claim(advisor):
        seen = AuthorizationRequest.objects.get(pk=filed.pk)
        start.wait()
        try:
            with transaction.atomic():
                lifecycle.move(seen, "claim", by=advisor, at=NOW, assigned_to_id=advisor.user_id, assigned_at=NOW)
            won.append(advisor.user_id)
        except lifecycle.NotAllowed:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=tenancy.carried(claim), args=(advisor,)) for advisor in advisors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert AuthorizationRequest.objects.get(pk=filed.pk).assigned_to_id == won[0]
    assert StatusEvent.objects.filter(move="claim").count() == 1


@pytest.mark.django_db
def test_the_term_rests_and_runs_again(filed):
    lifecycle.update_due_date(filed)
    assert filed.due_on == date(2026, 11, 16)  # ten werkdagen after Monday 2 November
    lifecycle.rest_term(filed, at=NOW)
    assert AuthorizationRequest.objects.get(pk=filed.pk).due_on is None
    lifecycle.run_term(filed, at=NOW + timedelta(days=2))
    assert AuthorizationRequest.objects.get(pk=filed.pk).due_on == date(2026, 11, 18)


@pytest.mark.django_db
def test_resting_twice_is_resting_once(filed):
    lifecycle.rest_term(filed, at=NOW)
    lifecycle.rest_term(filed, at=NOW + timedelta(hours=1))
    lifecycle.run_term(filed, at=NOW + timedelta(days=1))
    lifecycle.run_term(filed, at=NOW + timedelta(days=3))
    [pause] = queries.pauses(filed)
    assert (pause.started_at, pause.ended_at) == (NOW, NOW + timedelta(days=1))


def test_everybody_knows_whose_turn_it_is():
    assert set(TURNS) == set(Status)
    assert all(not step.sources & CLOSED for step in MOVES.values())
