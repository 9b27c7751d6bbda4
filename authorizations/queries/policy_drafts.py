"""The versions of an insurer's policies, what is being written, and what a replay of it found."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.lifecycle import CLOSED
from authorizations.domain.replay import Check
from authorizations.models import AuthorizationRequest, PolicyDraft, PolicyReplay, PolicyVersion, ReplayEffect

READERS = frozenset({Role.BEHEERDER, Role.COORDINATOR, Role.MEDISCH_ADVISEUR})
"""
Who keeps the policies, and who works by them: criteria are a matter of all of these.

Only the beheerder writes and publishes. Bron: decisions.md, "Who may do what" (policies); I-10.
"""
MOST = 5000
"""So many closed requests are replayed at most, the newest."""


@dataclass(frozen=True)
class Found:
    """How many closed requests a check newly fails or newly passes."""

    check: Check
    fails: bool
    number: int


def versions_of(actor: Actor) -> QuerySet[PolicyVersion]:
    """Return the versions of the policies of the own insurer, the newest of each first."""
    if not actor.is_insurer or not actor.roles & READERS:
        return PolicyVersion.objects.none()
    found = PolicyVersion.objects.filter(insurer_id=actor.organization_id)
    return found.order_by("slug", F("valid_from").desc(nulls_last=True), "-loaded_at", "-pk")


def newest(slug: str) -> PolicyVersion | None:
    """Return the version of this policy that begins last: a draft comes after it."""
    return queries.policy_versions_of(slug).order_by(F("valid_from").desc(nulls_last=True), "-loaded_at").first()


def drafts_of(actor: Actor) -> QuerySet[PolicyDraft]:
    """Return what the own insurer is writing or has written here."""
    if not actor.is_insurer or not actor.roles & READERS:
        return PolicyDraft.objects.none()
    return PolicyDraft.objects.filter(insurer_id=actor.organization_id).select_related(
        "based_on", "edited_by", "made_by"
    )


def closed_under(insurer_id: int, slug: str) -> list[int]:
    """Return the closed requests that were filed under any version of this policy, the newest first."""
    found = AuthorizationRequest.objects.filter(
        insurer_id=insurer_id, policy_version__slug=slug, status__in=CLOSED
    ).order_by("-closed_at", "-id")
    return list(found.values_list("pk", flat=True)[:MOST])


def last_replay(draft: PolicyDraft) -> PolicyReplay | None:
    """Return the last replay of this draft."""
    return PolicyReplay.objects.filter(draft=draft).select_related("started_by").order_by("-started_at", "-pk").first()


def next_replay() -> PolicyReplay | None:
    """Lock the replay that the worker goes on with: the one with the least to do, of equals the oldest."""
    waiting = PolicyReplay.objects.select_for_update(skip_locked=True, of=("self",)).filter(ended_at=None)
    return waiting.order_by("total", "started_at", "pk").first()


def replay_waits() -> bool:
    """Say whether a replay waits for the worker."""
    return PolicyReplay.objects.filter(ended_at=None).exists()


def found_by(replay: PolicyReplay) -> list[Found]:
    """Return how often each check came out otherwise, the most first."""
    rows = ReplayEffect.objects.filter(replay=replay).values_list("code", "about", "fails").annotate(number=Count("pk"))
    return [
        Found(Check(code, about), fails, number)
        for code, about, fails, number in rows.order_by("-number", "code", "about")
    ]


def changed_by(replay: PolicyReplay, actor: Actor) -> dict[tuple[Check, bool], list[str]]:
    """
    Return the references per check, for who may see what is in a dossier: what it lacks tells of its content.

    Who may see that there is a dossier, and no more, gets them under no check.
    """
    rows = ReplayEffect.objects.filter(replay=replay, authorization__in=queries.visible_to(actor))
    found: dict[tuple[Check, bool], list[str]] = {}
    for code, about, fails, reference in rows.order_by("authorization__reference").values_list(
        "code", "about", "fails", "authorization__reference"
    ):
        key = (Check(code, about), fails) if queries.can_see_content(actor) else (Check(""), True)
        if reference not in found.setdefault(key, []):
            found[key].append(reference)
    return found
