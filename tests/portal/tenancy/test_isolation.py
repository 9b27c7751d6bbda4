"""
PostgreSQL itself keeps organisations apart: no page, form or filter of ours has a say in it.

ASVS 8.4.1: raw SQL, as the role that the portal runs as.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts.domain.roles import Role
from authorizations.models import AuthorizationRequest, Document, Insured, RequestLetter, StatusEvent
from kit import tenancy
from papers.models import File
from portal.tenancy import registry
from tests.factories import accounts as people
from tests.factories import authorizations as make
from tests.factories.everything import NOW
from tests.papers import rows as papers

pytestmark = pytest.mark.django_db
CLOSED_TO_OTHERS = [name for name, table in registry.TABLES.items() if table.rule and table.rule.sees != "true"]
OPEN_TO_ALL = [name for name, table in registry.TABLES.items() if table.rule and table.rule.sees == "true"]


KEYS = {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}


def count(table: str, context: tenancy.Context) -> int:
    with tenancy.acting(context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def at(actor) -> tenancy.Context:
    return tenancy.Context(actor.organization_id, actor.user_id)


@pytest.mark.asvs("8.4.1")
def test_another_organization_and_nobody_see_no_row_of_any_table(theirs):
    everything = tenancy.Context(system=tenancy.WORKER)
    for table in CLOSED_TO_OTHERS:
        assert count(table, everything) or table == "audit_erasure", f"{table} is empty, so this says nothing"
        assert count(table, tenancy.NOBODY) == 0, table
        for name, stranger in theirs.strangers.items():
            assert count(table, at(stranger)) == 0, f"{table}: {name}"


def test_filing_finds_the_groups_of_an_insurer_that_its_filer_never_sees(theirs):
    assert count("authorizations_team", at(theirs.filer)) == 0
    assert count("authorizations_team", tenancy.Context(system="routing")) == 1


def test_both_sides_see_their_own(theirs):
    unseen = {table for table in CLOSED_TO_OTHERS if not count(table, at(theirs.filer))}
    of_the_insurer = {"papers_printbatch", "papers_printitem", "authorizations_deskdraft"}
    of_the_insurer |= {"authorizations_savedview", "authorizations_absence", "authorizations_queuecolumns"}
    of_the_insurer |= {"authorizations_team", "authorizations_teammember", "authorizations_standardparagraph"}
    of_the_insurer |= {"authorizations_dayfigure", "authorizations_opinion", "authorizations_opinionverdict"}
    of_the_insurer |= {"authorizations_ruleapproval", "contracting_desk", "contracting_season"}
    of_the_insurer |= {"authorizations_policydraft", "authorizations_policyreplay", "authorizations_replayeffect"}
    of_the_insurer |= {"authorizations_retentionreport", "accounts_accessrequest", "audit_logreview"}
    # The seals are for who seals and who verifies.
    of_nobody = {"papers_mail", "audit_seal", "audit_erasure"}
    assert unseen == of_nobody | of_the_insurer
    assert {table for table in CLOSED_TO_OTHERS if not count(table, at(theirs.advisor))} == of_nobody | {
        # Of a draft, which the insurer never sees.
        "authorizations_checklistanswer",
        # The insurer is told of its own.
        "authorizations_closingnotice",
        # Of the provider alone.
        "accounts_apikey",
        "authorizations_apicall",
        "authorizations_checkmapping",
        "authorizations_checkrun",
        "authorizations_checkrunpart",
        "authorizations_declaration",
        "authorizations_trajectfile",
        "authorizations_trajectimport",
        "authorizations_trajectimportpart",
        "authorizations_trajectimportrow",
        "authorizations_trajectimporteffect",
    }


@pytest.mark.parametrize("table", OPEN_TO_ALL)
def test_what_everybody_reads_only_the_portal_writes(theirs, table):
    with tenancy.acting(at(theirs.advisor)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"UPDATE {table} SET id = id")
                changed = cursor.rowcount
        except DatabaseError as refused:
            assert "permission denied" in str(refused)
        else:
            assert changed == 0


def test_an_insurer_sees_no_draft_and_no_paper_of_it(theirs):
    draft = theirs.world.draft
    files_of_draft = list(Document.objects.filter(authorization_id=draft.pk).values_list("file_id", flat=True))
    assert files_of_draft
    with tenancy.acting(at(theirs.advisor)):
        assert not AuthorizationRequest.objects.filter(pk=draft.pk).exists()
        assert not Insured.objects.filter(authorization_id=draft.pk).exists()
        assert not Document.objects.filter(authorization_id=draft.pk).exists()
        assert not File.objects.filter(pk__in=files_of_draft).exists()


def test_a_draft_of_the_desk_is_its_writers_alone(theirs, second_adviseur):
    assert count("authorizations_deskdraft", at(theirs.advisor)) == 1
    assert count("authorizations_deskdraft", at(second_adviseur)) == 0


@pytest.mark.asvs("8.4.1")
def test_nobody_changes_or_removes_rows_of_another(theirs):
    before = {name: everything_in(name) for name in CLOSED_TO_OTHERS}
    for stranger in theirs.strangers.values():
        for table in CLOSED_TO_OTHERS:
            for statement in (f"UPDATE {table} SET {KEYS[table]} = {KEYS[table]}", f"DELETE FROM {table}"):
                with tenancy.acting(at(stranger)), connection.cursor() as cursor:
                    try:
                        with transaction.atomic():
                            cursor.execute(statement)
                    except DatabaseError as refused:
                        assert "permission denied" in str(refused), statement
                    else:
                        assert cursor.rowcount == 0, statement
    assert {name: everything_in(name) for name in CLOSED_TO_OTHERS} == before


def everything_in(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {table}::text FROM {table} ORDER BY 1")
        return cursor.fetchall()


@pytest.mark.asvs("8.4.1")
def test_nobody_hangs_a_row_on_the_request_of_another(theirs):
    stranger = theirs.strangers["provider"]
    case = theirs.world.case
    for attempt in (
        lambda: StatusEvent.objects.create(authorization=case, move="note", status="submitted", at=NOW),
        lambda: Insured.objects.create(authorization=case),
        lambda: AuthorizationRequest.objects.create(
            provider_id=theirs.filer.organization_id, insurer_id=case.insurer_id, reference="MA-VREEMD001",
            policy_version_id=case.policy_version_id, kind=case.kind, edited_at=NOW, created_at=NOW,
            edited_by_id=stranger.user_id, created_by_id=stranger.user_id,
        ),
        lambda: papers.file(NOW, owner_id=theirs.filer.organization_id),
        lambda: papers.mail(NOW),
    ):  # fmt: skip
        with (
            tenancy.acting(at(stranger)),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            attempt()


def test_a_paper_of_another_can_not_be_hung_on_an_own_request(theirs, other_provider, other_insurer):
    """The paper of somebody else already hangs on something: a second time is refused, and says nothing of whose."""
    stranger = theirs.strangers["provider"]
    own = make.filed(other_provider, other_insurer, people.UserFactory())
    document = Document.objects.filter(authorization=theirs.world.case).first()
    letter = RequestLetter.objects.first()
    assert document and letter
    with tenancy.acting(at(stranger)):
        with pytest.raises(DatabaseError, match="unique"), transaction.atomic():
            Document.objects.create(
                authorization=own, file_id=document.file_id, origin="filing", added_by_id=stranger.user_id, added_at=NOW
            )
        with pytest.raises(DatabaseError, match="unique"), transaction.atomic():
            RequestLetter.objects.create(
                authorization=own, letter_id=letter.letter_id, kind="receipt", addressee="provider"
            )
        assert not File.objects.filter(pk=document.file_id).exists()


def test_a_row_can_not_be_given_to_another(theirs, other_provider, other_insurer):
    stranger = theirs.strangers["provider"]
    draft = make.drafted(other_provider, other_insurer, people.UserFactory())
    with tenancy.acting(at(stranger)):
        for provider in (theirs.filer.organization_id,):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                AuthorizationRequest.objects.filter(pk=draft.pk).update(provider_id=provider)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Insured.objects.filter(authorization=draft).update(authorization=theirs.world.case)


def test_a_file_is_of_who_brought_it_until_it_hangs_on_a_request(theirs):
    with tenancy.acting(at(theirs.filer)):
        file = papers.file(NOW)
        file.refresh_from_db()
        assert file.owner_id == theirs.filer.organization_id
    colleague = people.actor(Role.LEZER, organization=people.queries.organization(theirs.filer.organization_id))
    for someone in (colleague, theirs.advisor, *theirs.strangers.values()):
        with tenancy.acting(at(someone)):
            assert File.objects.filter(pk=file.pk).exists() is (someone is colleague)


def test_every_model_of_ours_is_under_a_rule_or_says_why_not():
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert ours <= set(registry.TABLES)
