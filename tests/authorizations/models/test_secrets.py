"""Secrets in the database: sealed, bound to their row, and never an answer when they can't be opened."""

import base64
import json
import re

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import DatabaseError, IntegrityError, connection, transaction

from authorizations import queries
from authorizations.domain import application as applications
from authorizations.models import AuthorizationRequest, Decision, Insured, StatusEvent, SubtrajectEvent
from kit import resealing
from kit.crypto import FORM, CannotOpen
from kit.encrypted import Sealed, place, secrets_of
from papers.models import File, Letter, PageImage
from portal.tenancy.owner import as_owner
from tests.factories import accounts, authorizations, subtrajects
from tests.factories.applications import application as make_application

pytestmark = pytest.mark.django_db
NEXT_KEY = "volgende:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def filed(provider, insurer):
    content = applications.write(make_application())
    return authorizations.filed(provider, insurer, accounts.UserFactory(), application=content)


def stored(row, column):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])
        return cursor.fetchone()[0]


def store(row, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{column}" = %s WHERE id = %s', [value, row.pk])


def test_each_text_about_a_patient_is_a_secret():
    """The list of what is sealed; a text that joins it later is added here on purpose."""
    found = {model.__name__: [field.name for field in secrets_of(model)] for model in apps.get_models()}
    assert {name: fields for name, fields in found.items() if fields} == {
        "AuthorizationRequest": ["answers", "reading", "step_notes", "prefilled", "application", "withdrawn_reason"],
        "Insured": ["bsn"],
        "StatusEvent": ["note"],
        "ChecklistAnswer": ["absent_reason"],
        "Document": ["verdict_note"],
        "EvidencePin": ["note"],
        "DocumentReading": ["found"],
        "DeskDraft": ["data"],
        "CriterionAssessment": ["motivation", "missing_fact", "leads_to_consent", "internal_note"],
        "InformationRequest": ["closed_because"],
        "InformationItem": ["what", "why", "leads_to_consent", "answer"],
        "CounterQuestion": ["text", "reply"],
        "Decision": [
            *("summary", "not_granted", "conditions", "next_step", "indication_weighed"),
            *("early_start_reason", "long_period_reason", "returned_because"),
        ],
        "Opinion": ["adopted_because"],
        "RequestLetter": ["because"],
        "OpinionVerdict": ["motivation"],
        "RuleApproval": ["facts"],
        "GrantChange": ["why"],
        "CoulanceRequest": ["explanation", "motivation", "next_step"],
        "CeilingNotice": ["remarks", "answer"],
        "Overleg": ["declined_because", "result"],
        "Privacyverklaring": ["signer_name", "check_reason", "withdrawn_reason"],
        "Heroverweging": ["grounds", "motivation", "verdicts"],
        "Zorgtraject": ["diagnosis"],
        "TrajectInsured": ["bsn"],
        "Declaration": ["bsn"],
        "TakenOver": ["bsn", "removed_because"],
        "Zorgactiviteit": ["removed_because"],
        "SubtrajectEvent": ["reason"],
        "TrajectFile": ["file_name", "lines"],
        "CheckRun": ["file_name", "columns"],
        "CheckMapping": ["names"],
        "TrajectImport": ["file_name"],
        "TrajectImportPart": ["content"],
        "TrajectImportRow": ["wrong"],
        "ApiCall": ["answer"],
        "File": ["name"],
        "PageImage": ["text"],
        "Letter": ["html"],
    }


def test_what_is_stored_is_sealed_and_what_is_read_is_not(filed):
    insured = Insured.objects.get(authorization=filed)
    assert insured.bsn == "999996708"
    assert re.match(FORM, stored(insured, "bsn"))
    assert "999996708" not in stored(filed, "application")
    assert AuthorizationRequest.objects.get(pk=filed.pk).application == filed.application


def test_a_secret_of_one_row_does_not_open_in_another(provider, insurer):
    one, other = (authorizations.filed(provider, insurer, accounts.UserFactory()).insured for _ in range(2))
    first, second = stored(one, "bsn"), stored(other, "bsn")
    store(one, "bsn", second)
    store(other, "bsn", first)
    for row in (one, other):
        with pytest.raises(CannotOpen) as refusal:
            Insured.objects.get(pk=row.pk).bsn  # noqa: B018
        assert "999996708" not in str(refusal.value)
        assert str(refusal.value).startswith(place("authorizations_insured", "bsn", row.pk))


def test_a_secret_of_one_column_does_not_open_in_another(filed):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE authorizations_authorizationrequest SET prefilled = reading WHERE id = %s", [filed.pk])
    with pytest.raises(CannotOpen):
        AuthorizationRequest.objects.get(pk=filed.pk).prefilled  # noqa: B018


def test_without_its_key_a_secret_raises(filed, settings):
    settings.DATA_KEYS = NEXT_KEY
    with pytest.raises(CannotOpen, match="de sleutel demo is er niet"):
        Insured.objects.get(authorization=filed).bsn  # noqa: B018


def test_a_secret_shows_nothing_without_its_row(filed):
    (sealed,) = Insured.objects.filter(authorization=filed).values_list("bsn", flat=True)
    assert isinstance(sealed, Sealed)
    assert repr(sealed) == "<versleuteld>"
    with pytest.raises(TypeError):
        str(sealed)


@pytest.mark.parametrize("asked", [{"bsn": "999996708"}, {"bsn__in": ["999996708"]}])
def test_a_secret_is_not_searched(filed, asked):
    with pytest.raises((TypeError, FieldError)) as refusal:
        Insured.objects.filter(**asked).exists()
    assert "999996708" not in str(refusal.value)


def test_a_secret_is_not_written_without_its_row(filed):
    with pytest.raises(TypeError, match="bewaar de rij"):
        Insured.objects.update(bsn="999996708")


def test_an_insured_is_found_by_the_fingerprint_of_the_bsn(provider, insurer):
    first, second = (authorizations.filed(provider, insurer, accounts.UserFactory()) for _ in range(2))
    assert list(queries.open_requests_alike(first, bsn="999996708")) == [second]
    assert not queries.open_requests_alike(first, bsn="123456782").exists()
    insured = Insured.objects.get(authorization=second)
    insured.bsn = "123456782"
    insured.save()
    assert list(queries.open_requests_alike(first, bsn="123456782")) == [second]


def test_saving_writes_the_secrets_that_changed_and_no_others(filed):
    before = {name: stored(filed, name) for name in ("answers", "application")}
    again = AuthorizationRequest.objects.get(pk=filed.pk)
    assert again.application["kind"]  # read, not changed
    again.urgent = True
    again.save()
    assert {name: stored(filed, name) for name in before} == before
    again.refresh_from_db()
    again.save()
    assert {name: stored(filed, name) for name in before} == before


def test_what_changes_inside_a_table_is_written(provider, insurer):
    draft = authorizations.drafted(provider, insurer, accounts.UserFactory())
    again = AuthorizationRequest.objects.get(pk=draft.pk)
    again.reading["care"] = {"contact_name": "K. Bakker"}
    again.save()
    assert AuthorizationRequest.objects.get(pk=draft.pk).reading["care"] == {"contact_name": "K. Bakker"}


def test_rows_that_are_made_together_are_sealed_each_for_itself(filed):
    made = StatusEvent.objects.bulk_create(
        StatusEvent(authorization=filed, move="note", status=filed.status, at=filed.submitted_at, note=f"notitie {n}")
        for n in range(3)
    )
    assert [StatusEvent.objects.get(pk=one.pk).note for one in made] == ["notitie 0", "notitie 1", "notitie 2"]


def test_a_deferred_secret_is_opened_when_it_is_read(filed):
    row = AuthorizationRequest.objects.only("reference").get(pk=filed.pk)
    assert row.application == filed.application
    row.save()
    assert AuthorizationRequest.objects.get(pk=filed.pk).application == filed.application


@pytest.mark.parametrize("text", ["klachten van de rug", "v1|demo|kort", "v1|demo|" + "A" * 16 + "|met spaties"])
@pytest.mark.parametrize(
    ("model", "column", "rule"),
    [(StatusEvent, "note", "event_note_is_sealed"), (AuthorizationRequest, "prefilled", "request_content_is_sealed")],
)
def test_open_text_is_refused_by_the_database(filed, text, model, column, rule):
    row = filed
    if model is StatusEvent:
        with pytest.raises(IntegrityError, match=rule), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO authorizations_statusevent (authorization_id, move, status, at, note, internal) "
                "VALUES (%s, 'note', 'submitted', now(), %s, false)",
                [filed.pk, text],
            )
        return
    with pytest.raises(IntegrityError, match=rule):
        store(row, column, text)


# -- frozen rows and changing keys -----------------------------------------------------------------------------------


@pytest.fixture
def frozen(filed):
    """Return a row of each kind that the database freezes, with its secret column."""
    at = authorizations.FILED_AT
    user = accounts.UserFactory()
    event = StatusEvent.objects.create(authorization=filed, move="note", status=filed.status, at=at, note="Gebeld.")
    decision = Decision.objects.create(
        authorization=filed, outcome="granted", summary="Voldoet.", proposed_by=user, proposed_at=at, final_at=at
    )
    letter = Letter.objects.create(kind="grant", title="Besluit", html="<p>Toegekend</p>", created_at=at)
    traject = subtrajects.traject(filed.provider, filed.insurer, user)
    change = SubtrajectEvent.objects.create(
        zorgtraject=traject, opened_on=at.date(), change="moved", at=at, reason="Laat vastgelegd."
    )
    return {"application": filed, "note": event, "summary": decision, "html": letter, "reason": change}


def permit():
    """Say in this transaction that only keys change."""
    with connection.cursor() as cursor:
        cursor.execute(resealing.PERMIT)


COLUMNS = ["application", "note", "summary", "html", "reason"]


def change_key(row, column, settings):
    """Seal the secret anew under another key, as `rotate_keys` does."""
    settings.DATA_KEYS = f"{NEXT_KEY} {settings.DATA_KEYS}"
    return resealing.reseal(place(row._meta.db_table, column, row.pk), stored(row, column))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", COLUMNS)
def test_without_the_permit_even_a_change_of_keys_is_refused(frozen, column, settings):
    row = frozen[column]
    new = change_key(row, column, settings)
    with as_owner(), pytest.raises(DatabaseError, match="frozen|written_once"):
        store(row, column, new)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", COLUMNS)
def test_with_the_permit_a_frozen_row_changes_keys(frozen, column, settings):
    row = frozen[column]
    before = getattr(row, column)
    new = change_key(row, column, settings)
    with as_owner(), transaction.atomic():
        permit()
        store(row, column, new)
    assert stored(row, column) == new
    assert getattr(type(row).objects.get(pk=row.pk), column) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("other", ["", "open tekst"])
def test_the_permit_lets_nothing_else_through(frozen, column, other):
    row = frozen[column]
    with as_owner(), pytest.raises(DatabaseError, match="frozen|written_once"), transaction.atomic():
        permit()
        store(row, column, other)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("application", "reference = 'MA-00000000'"),
        ("note", "move = 'grant'"),
        ("summary", "outcome = 'denied'"),
        ("summary", "\"grant\" = '{}'::jsonb || '{\"a\": 1}'"),
        ("html", "title = 'Anders'"),
        ("reason", "change = 'closed'"),
    ],
)
def test_the_permit_lets_no_other_column_change(frozen, column, change):
    row = frozen[column]
    with as_owner(), pytest.raises(DatabaseError, match="frozen|written_once"), transaction.atomic():
        permit()
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{row._meta.db_table}" SET {change} WHERE id = %s', [row.pk])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", COLUMNS)
def test_only_the_owner_of_the_table_can_use_the_permit(frozen, column, settings):
    """Also who sees every row and has every right on the table is refused by its trigger."""
    row = frozen[column]
    new = change_key(row, column, settings)
    with as_owner(), pytest.raises(DatabaseError, match="frozen|written_once"), transaction.atomic():
        permit()
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE iemand_anders BYPASSRLS")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO iemand_anders")
            cursor.execute("SET LOCAL ROLE iemand_anders")
        store(row, column, new)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_portal_itself_can_not_use_the_permit(frozen, column, settings):
    row = frozen[column]
    new = change_key(row, column, settings)
    permit()
    refusal = "permission denied" if column in ("note", "reason") else "frozen"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        store(row, column, new)
    assert stored(row, column) != new


def test_the_database_as_text_tells_nothing(filed):
    """What a dump of these tables would hold: no BSN, and nothing of the answers."""
    words = ["999996708", *re.findall(r"[a-zé ]{25,}", json.dumps(filed.application, ensure_ascii=False))]
    with connection.cursor() as cursor:
        for model in (AuthorizationRequest, Insured, StatusEvent, File, PageImage, Letter):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{model._meta.db_table}\" t")
            (text,) = cursor.fetchone()
            assert not [word for word in words if word in text]
