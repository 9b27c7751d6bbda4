"""What the worker does with files that the scanner hasn't judged."""

import io
from datetime import timedelta

import pytest
from django.db import transaction

from papers import queries
from papers.delivery import pages, scanner, scanning, store
from papers.delivery.scanner import Outcome, Verdict
from papers.domain.states import FileState, WorkKind
from papers.domain.work import TRIES
from papers.models import PageImage
from papers.services import downloads, files, tidying
from portal import virus_scanner
from tests.papers import makers, rows

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(hours=2)
AWAY = "127.0.0.1:1"


@pytest.fixture(autouse=True)
def silent(monkeypatch):
    rung: list[str] = []
    monkeypatch.setattr("kit.bell._send", rung.append)
    return rung


@pytest.fixture
def receive(now):
    def receive(content=None, name="scan.pdf"):
        content = makers.pdf(2) if content is None else content
        return files.receive(stream=io.BytesIO(content), name=name, size=None, by_user_id=None, now=now)

    return receive


@pytest.fixture
def waiting(settings, receive, silent):
    """A file that came in while the scanner was away."""
    address = settings.CLAMD_ADDRESS
    settings.CLAMD_ADDRESS = AWAY
    file = receive()
    settings.CLAMD_ADDRESS = address
    assert silent == ["papers.tasks.scan_files"]
    silent.clear()
    return file


def fresh(file):
    file.refresh_from_db()
    return file


def test_a_file_that_the_scanner_knows_is_clean_at_once(receive, now, silent):
    file = receive()
    assert (file.state, file.scanned_at, file.scanner) == (FileState.CLEAN.value, now, "clamd")
    assert silent == ["papers.tasks.make_pages"]


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize("squeezed", [False, True])
def test_a_virus_is_refused_and_leaves_nothing(receive, on_disk, squeezed):
    content = makers.with_a_stream(virus_scanner.EICAR, squeezed=squeezed)
    assert (virus_scanner.EICAR in content) == (not squeezed)
    with pytest.raises(files.Refused) as refusal:
        receive(content)
    assert refusal.value.code == "virus"
    assert refusal.value.message == 'In "scan.pdf" zit een virus. Wij hebben het niet bewaard.'
    assert on_disk() == []
    assert not queries.files_to_scan().exists()


@pytest.mark.asvs("5.4.3")
def test_without_an_answer_it_is_kept_and_closed(waiting, now):
    assert (waiting.state, waiting.scanned_at) == (FileState.UNKNOWN.value, None)
    with pytest.raises(downloads.NotAvailable):
        downloads.original(waiting)
    assert not pages.make_next(now=now)


def test_the_worker_asks_again_and_then_it_opens(waiting, now, silent):
    assert scanning.scan_next(now=now + LATER)
    assert (fresh(waiting).state, waiting.scanner, waiting.attempts) == (FileState.CLEAN.value, "clamd", 0)
    assert waiting.scanned_at == now + LATER
    assert waiting.owner_told_at is None
    assert silent == ["papers.tasks.make_pages"]
    assert not scanning.scan_next(now=now + LATER)
    assert pages.make_next(now=now + LATER)
    assert queries.pages(waiting.pk).count() == 2
    assert downloads.original(waiting)


def infect(file):
    store.write(store.place("files", file.pk), b"%PDF-1.7 " + virus_scanner.EICAR)


@pytest.mark.asvs("5.4.3")
def test_what_turns_out_to_be_infected_is_not_kept(waiting, now, on_disk):
    PageImage.objects.create(file=waiting, number=1, width=9, height=9, path="pages/aa/1.webp")
    store.write("pages/aa/1.webp", b"x")
    infect(waiting)
    assert scanning.scan_next(now=now + LATER)
    assert fresh(waiting).state == FileState.REFUSED.value
    assert waiting.refusal == 'In "scan.pdf" zit een virus. Wij hebben het niet bewaard.'
    assert on_disk() == []
    assert not PageImage.objects.exists()
    with pytest.raises(downloads.NotAvailable):
        downloads.original(waiting)
    assert not scanning.scan_next(now=now + LATER)


def test_bytes_that_outlive_their_refusal_are_tidied(waiting, now, on_disk, monkeypatch):
    infect(waiting)
    with monkeypatch.context() as patch:
        patch.setattr(store, "remove", lambda *_: None)
        scanning.scan_next(now=now + LATER)
    assert on_disk() != []
    assert tidying.remove_abandoned(now=now + timedelta(days=3650)) == 1
    assert on_disk() == []


def test_an_absent_scanner_is_asked_ever_more_seldom_and_never_given_up(waiting, now, settings):
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, AWAY
    moments = [now]
    while len(moments) <= TRIES + 2:
        assert scanning.scan_next(now=moments[-1])
        assert fresh(waiting).state == FileState.UNKNOWN.value
        assert waiting.last_error == "NoAnswer ConnectionRefusedError"
        assert not scanning.scan_next(now=waiting.next_attempt_at - timedelta(seconds=1))
        moments.append(waiting.next_attempt_at)
    assert waiting.gave_up_at == moments[TRIES - 1], "a person sees it after twelve tries"
    assert [work.kind for work in queries.stuck_work()] == [WorkKind.SCAN]
    assert queries.undone_work(now + LATER)[0].stuck == 1
    settings.CLAMD_ADDRESS = address
    assert scanning.scan_next(now=moments[-1])
    assert (fresh(waiting).state, waiting.gave_up_at) == (FileState.CLEAN.value, None)
    assert queries.stuck_work() == []


@pytest.mark.parametrize("state", [FileState.RECEIVED, FileState.SCANNING, FileState.UNKNOWN])
def test_whatever_it_waits_for_the_clock_knows_it(now, state, silent):
    from papers.services import work

    rows.file(now, state=state.value)
    work.ring_for_what_waits(now=now)
    assert silent == ["papers.tasks.scan_files"]


def test_a_worker_that_dies_while_scanning_leaves_it_to_the_next(waiting, now, monkeypatch):
    def dies(path, *, patience):
        assert fresh(waiting).state == FileState.SCANNING.value
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(scanner, "scan", dies)
        scanning.scan_next(now=now)
    assert fresh(waiting).state == FileState.SCANNING.value
    assert not scanning.scan_next(now=now), "after a pause"
    assert scanning.scan_next(now=waiting.next_attempt_at)
    assert fresh(waiting).state == FileState.CLEAN.value


def test_two_workers_never_scan_the_same_file(waiting, now, monkeypatch):
    asked = []

    def meanwhile(path, *, patience):
        asked.append(path)
        second = queries.files_to_scan().select_for_update(skip_locked=True, no_key=True)
        with transaction.atomic(using="default"):
            assert list(second) == [waiting], "our own lock doesn't stop ourselves"
        return Verdict(Outcome.CLEAN, "clamd")

    monkeypatch.setattr(scanner, "scan", meanwhile)
    scanning.scan(waiting.pk, now=now)
    scanning.scan(waiting.pk, now=now)
    assert len(asked) == 1


def test_who_owns_the_file_is_told_once(waiting, now):
    assert not files.owner_told(waiting.pk, now=now), "there is nothing to tell yet"
    scanning.scan_next(now=now + LATER)
    assert files.owner_told(waiting.pk, now=now)
    assert not files.owner_told(waiting.pk, now=now)
