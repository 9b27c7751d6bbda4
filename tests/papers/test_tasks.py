"""The bells and the clock."""

import pytest
from celery import current_app

from papers import schedule, tasks
from papers.delivery import letters, mail, pages, reading
from papers.services import tidying, work


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr("kit.bell.ring", calls.append)
    return calls


@pytest.mark.parametrize(
    ("task", "module", "name"),
    [
        (tasks.make_pages, pages, "make_next"),
        (tasks.read_scans, reading, "read_next"),
        (tasks.render_letters, letters, "issue_next"),
        (tasks.send_mail, mail, "send_next"),
    ],
)
def test_a_bell_works_until_nothing_waits(task, module, name, monkeypatch, rung):
    waiting = [True, True, True, False]
    monkeypatch.setattr(module, name, lambda *, now: waiting.pop(0))
    task()
    assert waiting == []
    assert rung == []


def test_much_work_leaves_room_for_other_bells(monkeypatch, rung):
    done = []
    monkeypatch.setattr(letters, "issue_next", lambda *, now: done.append(now) or True)
    tasks.render_letters()
    assert len(done) == tasks.AT_ONCE
    assert rung == ["papers.tasks.render_letters"]
    assert done == sorted(done)
    assert done[0].tzinfo is not None


def test_every_bell_that_is_rung_exists():
    current_app.loader.import_default_modules()
    for name in work.BELLS.values():
        assert name in current_app.tasks


def test_the_clock_only_knocks(monkeypatch):
    knocked = []
    monkeypatch.setattr(work, "ring_for_what_waits", lambda *, now: knocked.append(("ring", now.tzinfo is not None)))
    monkeypatch.setattr(tidying, "remove_abandoned", lambda *, now: knocked.append(("tidy", now.tzinfo is not None)))
    schedule.sweep()
    schedule.tidy()
    assert knocked == [("ring", True), ("tidy", True)]
