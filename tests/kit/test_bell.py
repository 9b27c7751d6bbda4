"""A bell never carries work and never costs anything when it doesn't ring."""

import logging

import kombu.exceptions
import pytest
from celery import current_app
from django.db import transaction

from kit import bell


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, dict]]:
    calls: list[tuple[str, dict]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: calls.append((name, options)))
    return calls


@pytest.mark.django_db(transaction=True)
def test_it_rings_after_the_commit(sent):
    with transaction.atomic():
        bell.ring("papers.tasks.send_mail")
        assert sent == []
    assert [name for name, _ in sent] == ["papers.tasks.send_mail"]
    assert "args" not in sent[0][1]


@pytest.mark.django_db(transaction=True)
def test_it_does_not_ring_for_what_was_rolled_back(sent):
    with pytest.raises(RuntimeError), transaction.atomic():
        bell.ring("papers.tasks.send_mail")
        raise RuntimeError
    assert sent == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [kombu.exceptions.OperationalError("Redis is weg"), OSError(), RuntimeError()])
def test_a_broker_that_is_away_is_no_reason_to_fail(error, monkeypatch, caplog):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(current_app, "send_task", fails)
    with caplog.at_level(logging.WARNING), transaction.atomic():
        bell.ring("papers.tasks.send_mail")
    assert type(error).__name__ in caplog.text
