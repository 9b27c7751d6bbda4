"""Real threads with connections of their own: two workers never do the same work, and never wait for each other."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from django.utils import timezone

from kit import tenancy
from papers import queries
from papers.delivery import letters, mail, store
from papers.domain import work
from papers.domain.states import PrintState, WorkKind
from papers.models import Letter, Mail, PrintItem
from papers.services import mail as mail_services
from papers.services import printing
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.papers import rows

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, do: Callable[[], Any]) -> list[Any]:
    """Do it in so many threads at the same moment, and give what each returned or raised."""
    start, results = threading.Barrier(count), []

    def run() -> None:
        try:
            start.wait()
            results.append(do())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tenancy.carried(run)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def until_done(do_next: Callable[..., bool], now) -> Callable[[], int]:
    def run() -> int:
        done = 0
        while do_next(now=now):
            done += 1
        return done

    return run


@pytest.fixture
def slow_press(monkeypatch) -> list[str]:
    """Count what is printed, and take some time for it."""
    printed: list[str] = []

    def pdf(html: str, **_: object) -> bytes:
        printed.append(html)
        time.sleep(0.1)
        return html.encode()

    monkeypatch.setattr(letters, "pdf", pdf)
    return printed


def test_two_workers_at_one_letter_make_one_pdf(now, slow_press):
    letter = rows.letter(now)
    at_once(4, lambda: letters.issue(letter.pk, now=now))
    assert slow_press == [letter.html]
    assert queries.letter(letter.pk).issued_at == now


def test_a_worker_whose_lease_ran_out_and_the_next_one_make_one_pdf(now, slow_press):
    """Slower than the pause: the row is still locked, so the second worker passes it by."""
    letter = rows.letter(now)
    moments = iter([now, now + timedelta(hours=1), now + timedelta(hours=3)])
    turn = threading.Lock()

    def run() -> bool:
        with turn:
            moment = next(moments)
        return letters.issue_next(now=moment)

    at_once(3, run)
    assert len(slow_press) == 1
    assert queries.letter(letter.pk).issued_at


def test_workers_share_what_waits(now, slow_press, on_disk):
    for n in range(12):
        rows.letter(now, html=f"<p>Brief {n}</p>")
    done = at_once(3, until_done(letters.issue_next, now))
    assert sum(done) == 12
    assert sorted(slow_press) == sorted(f"<p>Brief {n}</p>" for n in range(12))
    assert not Letter.objects.filter(issued_at=None).exists()
    assert len(on_disk()) == 12


def test_nobody_waits_for_a_letter_that_another_is_making(now, slow_press):
    first, second = rows.letter(now), rows.letter(now)
    with transaction.atomic():
        queries.letters_to_render().select_for_update(no_key=True).get(pk=first.pk)
        started = time.monotonic()
        (done,) = at_once(1, until_done(letters.issue_next, now))
        assert time.monotonic() - started < 5
    assert done == 1
    assert queries.letter(second.pk).issued_at
    assert not queries.letter(first.pk).issued_at


def test_nor_for_one_that_is_at_its_last_try(now, slow_press):
    last, other = rows.letter(now, attempts=work.TRIES), rows.letter(now)
    with transaction.atomic():
        queries.letters_to_render().select_for_update(no_key=True).get(pk=last.pk)
        assert at_once(1, until_done(letters.issue_next, now)) == [1]
    assert queries.letter(other.pk).issued_at
    assert not queries.letter(last.pk).gave_up_at
    letters.issue_next(now=now)
    assert queries.letter(last.pk).gave_up_at == now


def test_a_letter_in_the_making_can_be_referred_to(now, slow_press):
    """Its worker holds a lock that lets foreign keys through, so a decision never waits for a PDF."""
    letter, sender = rows.letter(now), OrganizationFactory(insurer=True)
    with transaction.atomic():
        queries.letters_to_render().select_for_update(no_key=True).get(pk=letter.pk)
        (item,) = at_once(1, lambda: printing.add(letter_id=letter.pk, sender_id=sender.pk, now=now))
    assert item.letter_id == letter.pk


def test_a_mail_goes_once_whoever_is_sending(now, monkeypatch):
    # Four who find no box at the same moment would each make one, and the last of them stays.
    monkeypatch.setattr(outbox, "outbox", [], raising=False)
    for n in range(8):
        mail_services.queue(to=["noor@voorbeeld.nl"], subject=f"Nieuws {n}", body="x", key=str(n), now=now)
    assert sum(at_once(4, until_done(mail.send_next, now))) == 8
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    assert sorted(message.subject for message in outbox.outbox) == [f"Nieuws {n}" for n in range(8)]


def test_a_mail_is_queued_once_whoever_asks(now):
    results = at_once(
        6, lambda: mail_services.queue(to=["noor@voorbeeld.nl"], subject="x", body="x", key="een", now=now)
    )
    assert results == [None] * 6
    assert Mail.objects.count() == 1


def test_a_letter_is_printed_in_one_batch(now):
    sender, person = OrganizationFactory(insurer=True), UserFactory()
    for _ in range(20):
        rows.print_item(now, sender)
    results = at_once(4, lambda: printing.make_batch(sender_id=sender.pk, by_user_id=person.pk, now=now))
    batches = [result for result in results if not isinstance(result, printing.NotAllowed)]
    assert len(batches) >= 1
    assert sum(batch.items.count() for batch in batches) == 20
    assert not PrintItem.objects.filter(state=PrintState.WAITING.value).exists()


def test_a_batch_is_posted_once(now):
    sender, person = OrganizationFactory(insurer=True), UserFactory()
    rows.print_item(now, sender)
    batch = printing.make_batch(sender_id=sender.pk, by_user_id=person.pk, now=now)
    results = at_once(4, lambda: printing.mark_sent(batch_id=batch.pk, by_user_id=person.pk, now=now))
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, printing.NotAllowed) for result in results) == 3


def test_a_try_is_counted_once(now, slow_press):
    letter = rows.letter(now)
    at_once(4, lambda: letters.do_next(WorkKind.LETTER, lambda pk: None, now=now))
    left = queries.letter(letter.pk)
    assert (left.attempts, left.next_attempt_at) == (1, now + work.pause(1))


def test_a_file_is_written_whole_while_others_read(media):
    """Whoever opens it sees one whole version, never half of one."""
    versions = [bytes([n]) * 400_000 for n in range(4)]
    store.write("letters/x.pdf", versions[0])
    seen, stop = set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            content = store.full("letters/x.pdf").read_bytes()
            seen.add((len(content), len(set(content))))

    reader = threading.Thread(target=tenancy.carried(read))
    reader.start()
    for _ in range(15):
        for version in versions:
            store.write("letters/x.pdf", version)
    stop.set()
    reader.join()
    assert seen == {(400_000, 1)}


SLOW_WORKER = """
import sys, time, django
django.setup()
from django.utils import timezone
from kit import tenancy
from papers.delivery import letters

tenancy.become(tenancy.Context(system=tenancy.WORKER))

def slow(*_, **__):
    print("bezig", flush=True)
    time.sleep(60)

letters.pdf = slow
letters.issue_next(now=timezone.now())
"""


def test_kill_nine_of_a_worker_halfway_a_letter(child_environment, slow_press):
    """A real process, really killed: the database lets go of the row and the next worker makes the letter."""
    now = timezone.now()
    letter = rows.letter(now)
    environment = {**child_environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_WORKER], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        try:
            assert worker.stdout.readline() == "bezig\n"
            assert not letters.issue_next(now=now + timedelta(hours=1)), "it is still at it"
            assert queries.letter(letter.pk).attempts == 1
        finally:
            worker.kill()
    deadline = time.monotonic() + 10
    while not queries.letter(letter.pk).issued_at and time.monotonic() < deadline:
        letters.issue_next(now=now + timedelta(hours=3))
        time.sleep(0.1)
    assert queries.letter(letter.pk).issued_at
    assert slow_press == [letter.html]
