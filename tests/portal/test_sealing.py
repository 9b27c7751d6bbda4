"""What stood open before is sealed by the migrations, and opened again when they are taken back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from authorizations.domain import application as applications
from authorizations.models import AuthorizationRequest, Decision, Insured, StatusEvent
from papers.models import Letter
from portal.tenancy.owner import as_owner
from tests.factories import accounts, authorizations
from tests.factories.applications import application as make_application

OPEN = [("authorizations", "0003_guards"), ("papers", "0003_waiting_since")]


def migrate(targets):
    with as_owner():
        MigrationExecutor(connection).migrate(targets)


def newest():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def value(sql, *parameters):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_rows_are_sealed_and_opened_again(provider, insurer):
    content = applications.write(make_application())
    user, at = accounts.UserFactory(), authorizations.FILED_AT
    filed = authorizations.filed(provider, insurer, user, application=content, reading=content)
    StatusEvent.objects.create(authorization=filed, move="note", status=filed.status, at=at, note="Gebeld: é😀")
    Decision.objects.create(
        authorization=filed, outcome="granted", summary="Voldoet.", proposed_by=user, proposed_at=at, final_at=at
    )
    letter = Letter.objects.create(kind="grant", title="Besluit", html="<p>Toegekend</p>", created_at=at)
    try:
        migrate(OPEN)
        table = "authorizations_authorizationrequest"
        assert value("SELECT bsn FROM authorizations_insured WHERE authorization_id = %s", filed.pk) == "999996708"
        assert value(f"SELECT jsonb_typeof(application) FROM {table} WHERE id = %s", filed.pk) == "object"
        assert (
            value("SELECT note FROM authorizations_statusevent WHERE authorization_id = %s", filed.pk) == "Gebeld: é😀"
        )
        assert value("SELECT html FROM papers_letter WHERE id = %s", letter.pk) == "<p>Toegekend</p>"
        # The old guards are back too.
        with pytest.raises(Exception, match="filed_request_is_frozen"):
            value(f"UPDATE {table} SET application = '{{}}' WHERE id = %s RETURNING id", filed.pk)
    finally:
        migrate(newest())
        # What went back took policies with its columns; those of the older tables were of an older portal.
        call_command("secure_database", verbosity=0)
    again = AuthorizationRequest.objects.get(pk=filed.pk)
    assert again.application == content
    assert Insured.objects.get(authorization=filed).bsn == "999996708"
    assert Insured.objects.get(authorization=filed).bsn_hash == filed.insured.bsn_hash
    assert again.events.get().note == "Gebeld: é😀"
    assert again.decisions.get().summary == "Voldoet."
    assert Letter.objects.get(pk=letter.pk).html == "<p>Toegekend</p>"
