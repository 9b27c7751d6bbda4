"""Deleting what was kept long enough: all of it, also on disk, and nothing that is held or still young."""

import io
import signal
import subprocess
import sys
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as portal_settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from authorizations.domain.retention import Kept
from authorizations.domain.terms import Addressee, LetterKind, Origin
from authorizations.models import (
    AuthorizationRequest,
    Decision,
    Document,
    LegalHold,
    RequestLetter,
    RetentionReport,
    RetentionRun,
)
from authorizations.services import drafts, retention
from authorizations.services.lifecycle import NotAllowed
from papers.delivery import letters as printing
from papers.delivery import pages, store
from papers.models import File, Letter, Mail, PageImage
from papers.services import files, tidying
from portal.world import people, walk
from tests.factories import accounts, authorizations
from tests.factories.world import walk_to
from tests.papers import makers

pytestmark = pytest.mark.usefixtures("plain_letters")
LONG_AGO = datetime(2017, 3, 6, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FILES_OVER = datetime(2020, 1, 15, 2, 0, tzinfo=UTC)
"""A night on which the files of LONG_AGO go and the decision stays."""
REQUEST_TABLES = {
    model
    for model in apps.get_app_config("authorizations").get_models()
    if model.__name__ not in ("PolicyVersion", "RetentionRun", "RetentionReport")
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return settings.MEDIA_ROOT


def on_disk(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def left() -> dict[str, int]:
    """Return what the tables about requests and papers still hold."""
    counted = {model.__name__: model.objects.count() for model in {*REQUEST_TABLES, File, PageImage, Letter, Mail}}
    return {name: number for name, number in counted.items() if number}


def finish_papers() -> None:
    """Make every page and every PDF, as the worker would."""
    while pages.make_next(now=NOW) or printing.issue_next(now=LONG_AGO):
        pass


@pytest.mark.asvs("14.2.7")
@pytest.mark.django_db
def test_a_dossier_goes_whole_and_leaves_a_report(world, media, django_capture_on_commit_callbacks):
    denied = walk_to("denied", now=LONG_AGO, person=1)
    granted = walk_to("granted", now=LONG_AGO, person=2)
    walk_to("withdrawn", now=LONG_AGO, person=3)
    finish_papers()
    assert len(on_disk(media)) > 20
    with django_capture_on_commit_callbacks(execute=True):
        run = retention.run(now=NOW)
    assert left() == {}
    assert on_disk(media) == []
    (report,) = run.reports.all()
    assert (report.kept, report.requests, report.organization) == (Kept.DOSSIER, 3, denied.insurer)
    assert {denied.reference, granted.reference} <= set(report.references)
    assert report.oldest_on == date(2017, 3, 7)
    assert report.on_disk > 20
    assert run.ended_at


@pytest.mark.asvs("14.2.7")
@pytest.mark.django_db
def test_files_go_first_and_the_decision_stays(world, media, django_capture_on_commit_callbacks):
    granted = walk_to("granted", now=LONG_AGO)
    finish_papers()
    with django_capture_on_commit_callbacks(execute=True):
        run = retention.run(now=FILES_OVER)
    assert [report.kept for report in run.reports.all()] == [Kept.FILES]
    assert not File.objects.exists()
    assert not PageImage.objects.exists()
    assert {path.split("/")[0] for path in on_disk(media)} == {"letters"}
    assert granted.decisions.get().summary
    assert granted.letters.count() == 3
    assert not retention.run(now=FILES_OVER).reports.exists()


@pytest.mark.django_db
def test_what_is_young_or_open_stays(world, media):
    for person, status in enumerate(["submitted", "in_review", "waiting_for_provider"]):
        walk_to(status, now=LONG_AGO, person=person)
    walk_to("denied", now=NOW - timedelta(days=40), person=9)
    before = left()
    assert retention.due(today=NOW.date()) == []
    assert not retention.run(now=NOW).reports.exists()
    assert left() == before


@pytest.mark.django_db
def test_a_draft_goes_when_nobody_touched_it(world, media, django_capture_on_commit_callbacks):
    draft = walk_to("draft", now=LONG_AGO)
    walk.add_documents(draft, by=people.actor("jansen@esdoorn.example"), now=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        run = retention.run(now=LONG_AGO + timedelta(days=180))
        assert not run.reports.exists()
        run = retention.run(now=LONG_AGO + timedelta(days=181))
    (report,) = run.reports.all()
    assert (report.kept, report.organization) == (Kept.DRAFT, draft.provider)
    assert left() == {}
    assert on_disk(media) == []


@pytest.mark.django_db
def test_throwing_a_draft_away_leaves_nothing_on_disk(world, media, django_capture_on_commit_callbacks):
    draft = walk_to("draft")
    walk.add_documents(draft, by=people.actor("jansen@esdoorn.example"), now=NOW)
    assert on_disk(media)
    with django_capture_on_commit_callbacks(execute=True):
        drafts.delete(authorization_id=draft.pk, by=people.actor("jansen@esdoorn.example"))
    assert on_disk(media) == []
    assert not File.objects.exists()


@pytest.mark.django_db
def test_a_follow_up_stays_when_the_earlier_request_goes(provider, insurer, media):
    user = accounts.UserFactory()
    old = authorizations.filed(provider, insurer, user, "denied", closed_at=LONG_AGO)
    young = authorizations.filed(provider, insurer, user, previous=old)
    retention.run(now=NOW)
    young.refresh_from_db()
    assert young.previous is None
    assert not AuthorizationRequest.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db
def test_the_dry_run_tells_and_deletes_nothing(world, media, capsys):
    denied = walk_to("denied", now=LONG_AGO)
    before = left()
    call_command("retention", dry_run=True)
    told = capsys.readouterr().out
    assert denied.reference in told
    assert "Aanvragen met besluit en brieven: 1, oudste" in told
    assert "Er is niets verwijderd." in told
    assert left() == before


# -- holding ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_held_stays_until_it_is_let_go(world, media, keeper):
    denied, other = (walk_to("denied", now=LONG_AGO, person=person) for person in (1, 2))
    retention.hold(authorization=denied, reason="Klacht bij de SKGZ", by=keeper, now=NOW)
    documents = denied.documents.count()
    run = retention.run(now=NOW)
    assert run.reports.get().references == [other.reference]
    assert denied.documents.count() == documents
    retention.lift(authorization=denied, by=keeper, now=NOW)
    assert retention.run(now=NOW).reports.get().references == [denied.reference]


@pytest.fixture
def keeper(world):
    return people.actor("team@zk.example")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["authorizationrequest", "insured", "document", "decision", "requestletter", "informationrequest", "statusevent"],
)
def test_the_database_deletes_nothing_that_is_held(world, media, keeper, table):
    denied = walk_to("denied", now=LONG_AGO)
    retention.hold(authorization=denied, reason="Klacht", by=keeper, now=NOW)
    column = "id" if table == "authorizationrequest" else "authorization_id"
    with connection.cursor() as cursor:
        if table == "informationrequest":
            cursor.execute(
                "INSERT INTO authorizations_informationrequest "
                "(authorization_id, asked_by_id, asked_at, closed_because) VALUES (%s, %s, now(), '')",
                [denied.pk, keeper.user_id],
            )
        cursor.execute("SET LOCAL portal.retention = 'on'")
        with pytest.raises(DatabaseError, match="held_request_stays"):
            cursor.execute(f"DELETE FROM authorizations_{table} WHERE {column} = %s", [denied.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "rule"), [(Decision, "final_decision_is_frozen"), (Letter, "letter_issued_is_final")]
)
def test_the_database_lets_nothing_final_go_in_its_first_year(world, media, model, rule):
    walk_to("denied", now=datetime.now(UTC) - timedelta(days=350))
    while printing.issue_next(now=datetime.now(UTC) - timedelta(days=340)):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.retention = 'on'")
        cursor.execute("DELETE FROM authorizations_requestletter")
        with pytest.raises(IntegrityError, match=rule):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"reason": ""}, "hold_has_a_reason"),
        ({"lifted_at": NOW}, "hold_lifted_pair"),
    ],
)
def test_a_hold_that_cannot_be(provider, insurer, columns, rule):
    user = accounts.UserFactory()
    values = {"authorization": authorizations.filed(provider, insurer, user), "reason": "Klacht", "placed_by": user}
    with pytest.raises(IntegrityError, match=rule):
        LegalHold.objects.create(**{**values, "placed_at": NOW, **columns})


@pytest.mark.django_db
def test_a_hold_is_refused_in_words(world, keeper):
    filed = walk_to("submitted")
    with pytest.raises(NotAllowed, match="Leg uit waarom"):
        retention.hold(authorization=filed, reason=" \x00", by=keeper, now=NOW)
    retention.hold(authorization=filed, reason="Klacht", by=keeper, now=NOW)
    with pytest.raises(NotAllowed, match="wordt al vastgehouden"):
        retention.hold(authorization=filed, reason="Klacht", by=keeper, now=NOW)
    with pytest.raises(NotAllowed, match="Alleen een coördinator of beheerder"):
        retention.lift(authorization=filed, by=people.actor("noor@zk.example"), now=NOW)
    retention.lift(authorization=filed, by=keeper, now=NOW)
    with pytest.raises(NotAllowed, match="was al vrijgegeven"):
        retention.lift(authorization=filed, by=keeper, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "rule"), [({"kept": "alles"}, "retention_class_known"), ({}, "retention_reported_once")]
)
def test_a_report_that_cannot_be(insurer, columns, rule):
    run = RetentionRun.objects.create(started_at=NOW)
    values = {"run": run, "organization": insurer, "kept": "files", "oldest_on": NOW.date()}
    if not columns:
        RetentionReport.objects.create(**values)
    with pytest.raises(IntegrityError, match=rule):
        RetentionReport.objects.create(**{**values, **columns})


# -- killed half way -------------------------------------------------------------------------------------------------

MANY = 60


def _closed(provider, insurer, user, number: int) -> AuthorizationRequest:
    """Make an old dossier with a file, its page, a decision and an issued letter, each with its bytes."""
    closed = authorizations.filed(provider, insurer, user, "granted", closed_at=LONG_AGO)
    file = files.receive(
        stream=io.BytesIO(makers.pdf()), name=f"{number}.pdf", size=None, by_user_id=user.pk, now=LONG_AGO
    )
    Document.objects.create(
        authorization=closed, file=file, origin=Origin.FILING.value, added_by=user, added_at=LONG_AGO
    )
    picture = store.place("pages", file.pk, "/1.webp")
    store.write(picture, b"x")
    PageImage.objects.create(file=file, number=1, width=1, height=1, path=picture)
    decision = Decision.objects.create(
        authorization=closed, outcome="granted", summary="Voldoet.", proposed_by=user, proposed_at=LONG_AGO,
        final_at=LONG_AGO,
    )  # fmt: skip
    reference = uuid.uuid4()
    pdf = store.place("letters", reference, ".pdf")
    store.write(pdf, b"x")
    letter = Letter.objects.create(
        reference=reference, kind="grant", title="Besluit", html="<p>Ja</p>", created_at=LONG_AGO, issued_at=LONG_AGO,
        pdf=pdf, sha256="a" * 64, size=1,
    )  # fmt: skip
    RequestLetter.objects.create(
        authorization=closed, decision=decision, letter=letter, kind=LetterKind.GRANTED.value,
        addressee=Addressee.PROVIDER.value,
    )  # fmt: skip
    return closed


@pytest.mark.asvs("14.2.7")
@pytest.mark.django_db(transaction=True)
def test_killed_half_way_and_run_again_nothing_is_left_and_nothing_held_is_gone(provider, insurer, child_environment):
    # The child has the store of the tests; this test uses the same one.
    portal_settings.MEDIA_ROOT = portal_settings.DATA_DIR / "files"
    media = Path(portal_settings.MEDIA_ROOT)
    before = set(on_disk(media))
    user = accounts.UserFactory()
    made = [_closed(provider, insurer, user, number) for number in range(MANY)]
    held = made[::10]
    for one in held:
        LegalHold.objects.create(authorization=one, reason="Klacht", placed_by=user, placed_at=NOW)
    environment = child_environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "retention"]
    first = subprocess.Popen(command, env=environment, cwd=portal_settings.BASE_DIR, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while AuthorizationRequest.objects.count() > MANY - 8 and time.monotonic() < end:
        time.sleep(0.002)
    first.send_signal(signal.SIGKILL)
    assert first.wait(30) == -signal.SIGKILL
    half = AuthorizationRequest.objects.count()
    assert len(held) < half < MANY
    # Whoever reads a row now finds its bytes.
    assert all(store.full(store.place("files", file.pk)).exists() for file in File.objects.all())
    subprocess.run(command, env=environment, cwd=portal_settings.BASE_DIR, check=True, capture_output=True)
    tidying.remove_abandoned(now=datetime.now(UTC) + timedelta(days=2))
    assert set(AuthorizationRequest.objects.all()) == set(held)
    assert File.objects.count() == PageImage.objects.count() == Letter.objects.count() == len(held)
    assert len(set(on_disk(media)) - before) == 3 * len(held)
    reports = RetentionReport.objects.all()
    assert sorted(reference for one in reports for reference in one.references) == sorted(
        one.reference for one in made if one not in held
    )
    assert sum(one.requests for one in reports) == MANY - len(held)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM authorizations_legalhold")
    retention.run(now=NOW)
    assert set(on_disk(media)) <= before
