"""What the virus scanner says after the provider has gone on: the checklist, the mail and the timeline follow."""

from uuid import uuid4

import pytest

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.documents import ItemState
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind
from authorizations.models import Document, StatusEvent
from authorizations.services import documents, intake, letters, questions, scanned
from papers.delivery import scanning, store
from papers.domain.states import FileState
from papers.models import File, Mail
from portal import virus_scanner
from tests.factories import accounts, desk
from tests.factories import documents as make
from tests.papers import makers

K = DocumentKind
NOW = make.NOW


@pytest.fixture
def scanner_away(settings):
    """The scanner is away until this is called."""
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:1"

    def comes_back():
        settings.CLAMD_ADDRESS = address

    return comes_back


def state(authorization, kind=K.VERWIJSBRIEF):
    return next(row.state for row in documents.checklist(authorization) if row.item.kind is kind)


def scan_all():
    """Do what the worker does."""
    File.objects.update(next_attempt_at=None)
    while scanning.scan_next(now=NOW):
        pass


def infect(document):
    store.write(store.place("files", document.file_id), virus_scanner.EICAR)


def test_a_virus_is_refused_where_it_is_chosen(draft, indiener):
    with pytest.raises(documents.Refused, match='In "brief.pdf" zit een virus. Wij hebben het niet bewaard.'):
        make.added(draft, indiener, content=makers.with_a_stream(virus_scanner.EICAR, squeezed=False), name="brief.pdf")
    assert not Document.objects.exists()


def test_what_was_not_checked_does_not_count_and_says_so(draft, indiener, scanner_away):
    make.added(draft, indiener)
    assert state(draft) is ItemState.CHECKING
    found = [one for one in intake.obstacles(draft, by=indiener, now=NOW) if one.field == "verwijsbrief"]
    assert [one.code for one in found] == ["document_checking"]
    assert "Wacht even en probeer het dan opnieuw." in found[0].message
    scanner_away()
    scan_all()
    assert state(draft) is ItemState.COMPLETE
    assert not [one for one in intake.obstacles(draft, by=indiener, now=NOW) if one.field == "verwijsbrief"]


def test_a_file_that_nobody_asked_for_must_be_checked_too(draft, indiener, scanner_away):
    make.added(draft, indiener, K.OVERIG)
    assert "document_checking" in {one.code for one in intake.obstacles(draft, by=indiener, now=NOW)}


def test_the_column_of_the_list_follows_the_scanner(draft, indiener, scanner_away):
    for row in documents.checklist(draft):
        if row.item.required:
            make.added(draft, indiener, row.item.kind)
    draft.refresh_from_db()
    assert not draft.documents_complete
    scanner_away()
    scan_all()
    assert scanned.catch_up(now=NOW) == 6
    draft.refresh_from_db()
    assert draft.documents_complete
    assert scanned.catch_up(now=NOW) == 0
    assert not Mail.objects.exists()


def test_who_added_it_is_told_once_and_nothing_medical(draft, indiener, scanner_away):
    document = make.added(draft, indiener, name="diagnose van Jansen.pdf")
    infect(document)
    scanner_away()
    scan_all()
    assert scanned.catch_up(now=NOW) == 1
    assert scanned.catch_up(now=NOW) == 0
    mail = Mail.objects.get()
    assert mail.to == [indiener.email]
    assert draft.reference in mail.subject
    assert "virus" in mail.body
    assert "Jansen" not in mail.subject + mail.body
    assert state(draft) is ItemState.FAILED
    assert not StatusEvent.objects.filter(move="document_refused").exists(), "a draft has no history"


def test_the_same_file_may_come_again_after_it_was_refused(draft, indiener, scanner_away):
    content = make.pdf()
    document = make.added(draft, indiener, content=content)
    infect(document)
    scanner_away()
    scan_all()
    room = documents.room_left(draft)
    again = make.added(draft, indiener, content=content)
    assert again.pk != document.pk
    assert documents.room_left(draft) == room - 1
    assert state(draft) is ItemState.COMPLETE


def test_after_filing_both_sides_see_it_on_the_timeline(indiener, insurer, scanner_away):
    scanner_away()
    filed = make.filed(indiener, insurer)
    document = make.added(filed, indiener)
    File.objects.update(state=FileState.UNKNOWN.value, scanned_at=None, scanner="", owner_told_at=None)
    infect(document)
    scan_all()
    scanned.catch_up(now=NOW)
    assert StatusEvent.objects.filter(authorization=filed, move="document_refused", by=None).count() == 1
    assert document not in queries.clean_documents_of(filed)
    assert document in queries.documents_of(filed)


def test_a_draft_that_changes_a_request_leaves_what_was_refused_behind(indiener, insurer, scanner_away):
    scanner_away()
    filed = make.filed(indiener, insurer)
    make.added(filed, indiener)
    kept = make.added(filed, indiener, K.BEHANDELPLAN)
    bad = make.added(filed, indiener, K.HUISARTSENJOURNAAL)
    File.objects.filter(pk=bad.file_id).update(state=FileState.UNKNOWN.value, scanned_at=None, scanner="")
    infect(bad)
    scan_all()
    infect(kept)
    changed = intake.amend(authorization=filed, by=indiener, creation_key=uuid4(), now=NOW)
    assert [document.items.get().kind for document in queries.documents_of(changed)] == [K.VERWIJSBRIEF]
    assert not changed.documents_complete


def test_an_answer_of_a_file_counts_when_it_was_checked(indiener, insurer, scanner_away):
    noor = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    asked = questions.ask(authorization_id=taken.pk, items=[desk.question()], by=noor, now=desk.NOW)
    item = asked.items.get()
    make.added(taken, indiener, question_id=item.pk)
    with pytest.raises(questions.Incomplete) as refusal:
        questions.send_answers(authorization_id=taken.pk, by=indiener, now=desk.NOW)
    assert [one.code for one in refusal.value.obstacles] == ["question_checking"]
    assert "nog gecontroleerd op virussen" in str(refusal.value)
    scanner_away()
    scan_all()
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=desk.NOW)


def test_a_receipt_names_what_people_can_read(indiener, insurer):
    filed = make.filed(indiener, insurer)
    document = make.added(filed, indiener, name="brief.pdf")
    assert letters._documents(filed)
    File.objects.filter(pk=document.file_id).update(state=FileState.UNKNOWN.value, scanned_at=None, scanner="")
    assert letters._documents(filed) == ()
