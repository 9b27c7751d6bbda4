"""For whom PostgreSQL thinks it is asked, through every way in which Django talks to it."""

import threading

import psycopg
import pytest
from celery import shared_task
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from authorizations.models import AuthorizationRequest, Insured
from kit import tenancy
from papers.models import Letter, Mail
from papers.services import mail, tidying
from tests.factories import authorizations as make
from tests.factories.accounts import UserFactory
from tests.factories.everything import NOW
from tests.papers import rows

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (
    "SELECT current_setting('portal.organization', true), current_setting('portal.user', true),"
    " current_setting('portal.system', true)"
)
NOTHING = {None, ""}


@pytest.fixture
def own(provider, insurer):
    return make.filed(provider, insurer, UserFactory())


@pytest.fixture
def foreign(other_provider, other_insurer):
    return make.filed(other_provider, other_insurer, UserFactory())


@pytest.fixture
def ours(own, foreign):
    """Return the context of the provider of `own`; `foreign` is somebody else's."""
    return tenancy.Context(own.provider_id, 7)


def told() -> tuple:
    """Return what PostgreSQL knows now, asked past our own code."""
    return connection.connection.execute(TOLD).fetchone()


def seen() -> set[int]:
    return set(AuthorizationRequest.objects.values_list("pk", flat=True))


def test_nobody_sees_nothing(own, foreign):
    assert seen() == {own.pk, foreign.pk}
    with tenancy.acting(tenancy.NOBODY):
        assert (seen(), Insured.objects.count(), AuthorizationRequest.objects.filter(pk=own.pk).exists()) == (
            set(),
            0,
            False,
        )


def test_nobody_writes_nothing(own):
    with tenancy.acting(tenancy.NOBODY):
        with pytest.raises(DatabaseError, match="row-level security"):
            Letter.objects.create(kind="x", title="x", html="x", created_at=NOW)
        assert AuthorizationRequest.objects.update(urgent=True) == 0
        assert Insured.objects.all().delete()[0] == 0


def test_a_statement_of_its_own_and_one_in_a_transaction(own, ours):
    with tenancy.acting(ours):
        assert seen() == {own.pk}
        with transaction.atomic():
            assert seen() == {own.pk}
            assert told() == (str(own.provider_id), "7", "")


def test_nothing_is_left_on_the_connection(own, ours):
    with tenancy.acting(ours):
        seen()
        assert set(told()) <= NOTHING
        with transaction.atomic():
            seen()
        assert set(told()) <= NOTHING
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            seen()
            1 / 0  # noqa: B018
        assert set(told()) <= NOTHING
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert set(told()) <= NOTHING
    assert seen() != set()


def test_whom_it_is_for_goes_along_with_the_question(own, ours, monkeypatch):
    seen()
    waits, wait = [], psycopg.Connection.wait
    monkeypatch.setattr(psycopg.Connection, "wait", lambda *given, **more: (waits.append(1), wait(*given, **more))[1])
    with tenancy.acting(ours):
        assert (seen(), len(waits)) == ({own.pk}, 1)
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            seen()
    # What Django shows is what was asked.
    assert [query["sql"].split()[0] for query in asked] == ["BEGIN", "SELECT", "COMMIT"]
    assert "set_config" not in asked[1]["sql"]


def test_who_asks_may_change_within_a_transaction(own, foreign, ours):
    with tenancy.acting(ours), transaction.atomic():
        assert seen() == {own.pk}
        with tenancy.as_system(tenancy.WORKER):
            assert seen() == {own.pk, foreign.pk}
            with tenancy.acting(tenancy.NOBODY):
                assert seen() == set()
        assert seen() == {own.pk}


def test_a_savepoint_that_is_rolled_back_takes_nothing_along(own, foreign, ours):
    with tenancy.acting(ours), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert seen() == {own.pk}
            1 / 0  # noqa: B018
        assert seen() == {own.pk}
        with pytest.raises(ZeroDivisionError), transaction.atomic(), tenancy.as_system(tenancy.WORKER):
            assert seen() == {own.pk, foreign.pk}
            1 / 0  # noqa: B018
        assert seen() == {own.pk}
        with tenancy.as_system(tenancy.WORKER):
            with pytest.raises(ZeroDivisionError), transaction.atomic(), tenancy.acting(tenancy.NOBODY):
                assert seen() == set()
                1 / 0  # noqa: B018
            assert seen() == {own.pk, foreign.pk}
        with tenancy.acting(tenancy.NOBODY):
            assert seen() == set()


def test_an_error_of_the_database_in_another_context_is_recovered_from(own, ours):
    with tenancy.acting(ours), transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic(), tenancy.as_system(tenancy.WORKER):
            Insured.objects.create(authorization=own)
        assert seen() == {own.pk}


def test_rows_that_come_in_pieces(own, ours):
    with tenancy.acting(ours):
        assert [one.pk for one in AuthorizationRequest.objects.iterator(chunk_size=1)] == [own.pk]
        with transaction.atomic():
            assert [one.pk for one in AuthorizationRequest.objects.iterator(chunk_size=1)] == [own.pk]
        rest = AuthorizationRequest.objects.iterator(chunk_size=1)
        assert next(rest).pk == own.pk
    # What was asked for is fixed when it was asked.
    assert list(rest) == []


def test_a_deferred_error_comes_out_as_ever(own):
    with pytest.raises(IntegrityError, match="foreign key"):
        Insured.objects.filter(authorization=own).update(authorization_id=10**9)


def test_another_thread_begins_as_nobody(own, ours):
    found: list[set[int]] = []

    def look() -> None:
        try:
            found.append(seen())
        finally:
            connection.close()

    with tenancy.acting(ours):
        for work in (look, tenancy.carried(look)):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
    assert found == [set(), {own.pk}]


def test_what_comes_past_our_code_sees_nothing(own):
    connection.ensure_connection()
    assert connection.connection.execute("SELECT count(*) FROM authorizations_authorizationrequest").fetchone() == (0,)


def test_a_connection_of_the_pool_serves_one_after_the_other(own, foreign, ours):
    pooled = connection.copy()
    pooled.settings_dict = {**connection.settings_dict, "OPTIONS": dict(connection.settings_dict["OPTIONS"])}
    pooled.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1}
    count = "SELECT count(*) FROM authorizations_authorizationrequest"
    try:
        for context, expected in (
            (ours, 1),
            (tenancy.NOBODY, 0),
            (tenancy.Context(foreign.insurer_id), 1),
            (tenancy.Context(system=tenancy.WORKER), 2),
            (tenancy.NOBODY, 0),
        ):
            with tenancy.acting(context), pooled.cursor() as cursor:
                cursor.execute(count)
                assert cursor.fetchone() == (expected,)
            pooled.close()
    finally:
        pooled.close_pool()


def test_an_unknown_part_of_the_portal_sees_nothing(own):
    with tenancy.as_system("iets anders"):
        assert seen() == set()


def test_a_part_with_a_task_sees_what_it_needs(own):
    rows.mail(NOW)
    rows.letter(NOW)
    for name in ("health", "failures"):
        with tenancy.as_system(name):
            assert (Mail.objects.count(), Letter.objects.count(), seen()) == (1, 1, set())


def test_mail_is_written_for_anybody_and_read_by_none(own, ours):
    with tenancy.acting(ours):
        mail.queue(to=["a@voorbeeld.nl"], subject="Nieuws", body="Kijk.", key="k", now=NOW)
        mail.queue(to=["a@voorbeeld.nl"], subject="Nieuws", body="Kijk.", key="k", now=NOW)
        assert Mail.objects.count() == 0
    assert Mail.objects.get().subject == "Nieuws"


def test_tidying_refuses_to_throw_away_what_it_only_can_not_see(ours):
    for context in (tenancy.NOBODY, ours, tenancy.Context(system="health")):
        with tenancy.acting(context), pytest.raises(tenancy.NotSystem):
            tidying.remove_abandoned(now=NOW)


def test_a_task_sees_everything_and_leaves_nothing_behind(own, foreign):
    found: list[tuple[str, set[int]]] = []

    @shared_task(name="proef.schedule.kijk")
    def by_the_clock() -> None:
        found.append((tenancy.current().system, seen()))

    @shared_task(name="proef.tasks.kijk")
    def by_a_bell() -> None:
        found.append((tenancy.current().system, seen()))
        raise ZeroDivisionError

    with tenancy.acting(tenancy.NOBODY):
        by_the_clock.apply()
        by_a_bell.apply()
        assert tenancy.current() == tenancy.NOBODY
    both = {own.pk, foreign.pk}
    assert found == [("clock", both), ("worker", both)]
