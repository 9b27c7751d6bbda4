"""The invented world for tests: its people, and a request walked to the state that you name, through the services."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from authorizations.models import AuthorizationRequest

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ZK = "zilveren-kruis-msr"


@pytest.fixture
def world(db: None) -> None:
    """Settle the people, load the policies and the codes."""
    from django.core.management import call_command

    from authorizations.services import policies
    from portal.world import people

    policies.load_all(now=NOW)
    call_command("load_catalogue", verbosity=0)
    people.settle(NOW - timedelta(days=30))


@pytest.fixture
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every letter be the same real page, for tests in which it doesn't matter what it says: a press is slow."""
    from papers.delivery import letters

    monkeypatch.setattr(letters, "pdf", lambda html, *, title, created_at: _plain_letter())


@cache
def _plain_letter() -> bytes:
    from papers.delivery import letters

    return letters.press().print("<!DOCTYPE html><html lang=nl><title>Brief</title><p>Geachte heer of mevrouw,")


@pytest.fixture
def authorization_in(world: None) -> "Callable[..., AuthorizationRequest]":
    """Return a function that walks a request of chronic pain to a status: draft, submitted, in_review, …"""
    return walk_to


def walk_to(
    status: str, *, now: datetime = NOW, by: str = "jansen@esdoorn.example", **about: Any
) -> "AuthorizationRequest":
    """Walk there in steps of a day, as M. Jansen at De Esdoorn and A. Meijer and R. Kok at Zilveren Kruis."""
    from django.utils import timezone

    from authorizations.domain.terms import Outcome
    from authorizations.services import intake
    from portal.world import people, walk

    filer, first, second = (people.actor(who) for who in (by, "noor@zk.example", "kok@zk.example"))
    content = walk.application(today=timezone.localdate(now), **about)
    if status == "draft":
        return walk.draft(content, by=filer, policy_slug=ZK, now=now)
    authorization = walk.file(content, by=filer, policy_slug=ZK, now=now)
    later = iter(now + timedelta(days=days) for days in range(1, 9))
    if status == "withdrawn":
        intake.withdraw(
            authorization_id=authorization.pk, reason="De patiënt ziet ervan af.", by=filer, now=next(later)
        )
    if status not in ("submitted", "withdrawn"):
        walk.claim(authorization, by=first, now=next(later))
    if status in ("waiting_for_provider", "answered"):
        walk.ask(authorization, by=first, now=next(later), criterion="c2a")
    if status == "answered":
        walk.answer(authorization, by=filer, now=next(later))
    outcomes = {"granted": Outcome.GRANTED, "partly_granted": Outcome.PARTLY_GRANTED}
    outcome = outcomes.get(status, Outcome.DENIED)
    if status in ("granted", "partly_granted", "denied", "second_review"):
        walk.judge(authorization, by=first, now=next(later), not_met=walk.REASONS[outcome])
        confirming = second if status == "denied" else None
        walk.decide(authorization, outcome, by=first, now=next(later), second=confirming)
    authorization.refresh_from_db()
    assert authorization.status == status
    return authorization
