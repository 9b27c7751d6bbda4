from datetime import timedelta

import pytest

from papers import queries
from papers.domain.states import FileState, MailState, WorkKind
from tests.papers import rows

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_undone_work_counts_what_waits_and_what_is_stuck(now):
    rows.file(now - HOUR)
    rows.file(now, pages_made_at=now)
    rows.file(now, pages_made_at=now, read_at=now)
    rows.file(now, state=FileState.UNKNOWN.value)
    rows.letter(now - 2 * HOUR, gave_up_at=now)
    rows.letter(now - HOUR, next_attempt_at=now + HOUR)
    rows.letter(now)
    rows.letter(now, issued=True)
    rows.mail(now - 3 * HOUR, state=MailState.UNCERTAIN.value)
    rows.mail(now - HOUR, state=MailState.SENT.value, sent_at=now)
    assert queries.undone_work(now) == [
        queries.UndoneWork(WorkKind.SCAN, waiting=1, oldest_at=now, stuck=0),
        queries.UndoneWork(WorkKind.PAGES, waiting=1, oldest_at=now - HOUR, stuck=0),
        queries.UndoneWork(WorkKind.READ, waiting=1, oldest_at=now, stuck=0),
        queries.UndoneWork(WorkKind.LETTER, waiting=2, oldest_at=now - HOUR, stuck=1),
        queries.UndoneWork(WorkKind.MAIL, waiting=0, oldest_at=None, stuck=1),
    ]


def test_stuck_work_is_listed_oldest_first_with_the_kind_of_error(now):
    rows.mail(now - HOUR, state=MailState.UNCERTAIN.value, last_error="TimeoutError", attempts=1)
    rows.letter(now - 2 * HOUR, gave_up_at=now, attempts=12, last_error="FromOutside")
    rows.file(now, gave_up_at=now, attempts=12, last_error="ChildFailed")
    rows.letter(now)
    assert [
        (work.kind, work.since, work.attempts, work.last_error, work.uncertain) for work in queries.stuck_work()
    ] == [
        (WorkKind.LETTER, now - 2 * HOUR, 12, "FromOutside", False),
        (WorkKind.MAIL, now - HOUR, 1, "TimeoutError", True),
        (WorkKind.PAGES, now, 12, "ChildFailed", False),
    ]


def test_what_is_due_now_comes_oldest_first(now):
    later = rows.letter(now)
    rows.letter(now, next_attempt_at=now + timedelta(seconds=1))
    rows.letter(now, gave_up_at=now)
    first = rows.letter(now - HOUR, next_attempt_at=now)
    assert list(queries.due(WorkKind.LETTER, now)) == [first, later]


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        (WorkKind.SCAN, "file_to_scan"),
        (WorkKind.READ, "file_to_read"),
        (WorkKind.LETTER, "letter_to_render"),
        (WorkKind.MAIL, "mail_to_send"),
    ],
)
def test_the_sweep_reads_an_index_of_undone_work_only(now, kind, index):
    """However many letters were ever sent, it stays small."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in queries.due(kind, now).explain()


def test_a_fixed_number_of_queries_for_the_page_of_what_failed(now, django_assert_num_queries):
    for _ in range(5):
        rows.letter(now, gave_up_at=now)
        rows.mail(now, gave_up_at=now)
    with django_assert_num_queries(10):
        queries.stuck_work()
        queries.undone_work(now)
