from datetime import timedelta

import pytest

from papers import queries
from papers.domain.states import FileState, MailState, WorkKind
from papers.services import work
from tests.papers import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr("kit.bell.ring", calls.append)
    return calls


def test_stuck_work_is_tried_again_from_the_start(now, rung):
    stuck = {"gave_up_at": now, "attempts": 12, "last_error": "X"}
    for kind, row in [
        (WorkKind.SCAN, rows.file(now, state=FileState.UNKNOWN.value, **stuck)),
        (WorkKind.PAGES, rows.file(now, **stuck)),
        (WorkKind.READ, rows.file(now, pages_made_at=now, **stuck)),
        (WorkKind.LETTER, rows.letter(now, **stuck)),
        (WorkKind.MAIL, rows.mail(now, **stuck)),
    ]:
        work.retry(kind=kind.value, id=str(row.pk), now=now)
        (taken,) = queries.due(kind, now)
        assert (taken.pk, taken.attempts, taken.gave_up_at) == (row.pk, 0, None)
    kinds = (WorkKind.SCAN, WorkKind.PAGES, WorkKind.READ, WorkKind.LETTER, WorkKind.MAIL)
    assert rung == [work.BELLS[kind] for kind in kinds]


def test_an_uncertain_mail_is_sent_again_when_a_person_says_so(now, rung):
    uncertain = rows.mail(now, state=MailState.UNCERTAIN.value)
    assert not queries.due(WorkKind.MAIL, now).exists()
    work.retry(kind="mail", id=str(uncertain.pk), now=now)
    assert queries.due(WorkKind.MAIL, now).get().state == MailState.READY.value


@pytest.mark.parametrize("kind", [WorkKind.LETTER, WorkKind.MAIL, WorkKind.PAGES])
def test_what_is_done_or_still_going_is_left_alone(now, rung, kind):
    row = {
        WorkKind.LETTER: lambda: rows.letter(now, issued=True),
        WorkKind.MAIL: lambda: rows.mail(now, state=MailState.SENT.value, sent_at=now),
        WorkKind.PAGES: lambda: rows.file(now),
    }[kind]()
    with pytest.raises(work.NotStuck):
        work.retry(kind=kind.value, id=str(row.pk), now=now)
    assert rung == []


def test_the_clock_rings_for_what_was_left_behind_only(now, rung):
    rows.file(now, state=FileState.UNKNOWN.value, next_attempt_at=now + timedelta(seconds=1))
    rows.file(now, pages_made_at=now, read_at=now)
    rows.letter(now, issued=True)
    work.ring_for_what_waits(now=now)
    assert rung == []
    rows.letter(now)
    rows.mail(now, next_attempt_at=now)
    work.ring_for_what_waits(now=now)
    assert rung == ["papers.tasks.render_letters", "papers.tasks.send_mail"]
