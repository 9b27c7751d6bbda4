"""
Grant many requests after each other, as each was asked: every one is decided on its own, or says why not.

Only the plain grant is here: there is no part and no denial. Bron: feature 46; R-19.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import bulk_grant as rules
from authorizations.domain import deadlines
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review_grant import Grant, default_grant
from authorizations.domain.terms import Addressee, Outcome, Verdict
from authorizations.models import AuthorizationRequest, CriterionAssessment
from authorizations.services import checklist, decisions, desk_drafts, drafts, review, sight, signals

NotAllowed = decisions.NotAllowed
NOT_JUDGED = "Nog niet elk criterium is beoordeeld als voldaan."
LATER = f"Er zijn er al {rules.MOST} om toe te kennen. Deze volgt daarna."


@dataclass(frozen=True)
class Ready:
    """A request that can be granted as asked: what that would be, and what was there to see of it."""

    authorization: AuthorizationRequest
    grant: Grant
    seen: str


@dataclass(frozen=True)
class Result:
    """What came of one request: granted, or why not."""

    reference: str
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What one medisch adviseur can grant now, and the own requests that still ask for a look."""

    ready: list[Ready] = field(default_factory=list)
    others: list[Result] = field(default_factory=list)
    is_more: bool = False


def offer(*, by: Actor, now: datetime) -> Offer:
    """Return what this person can grant in one go, the least time left first; `rules.MOST` at once."""
    own = list(_own(by).order_by("due_on", "id")[: rules.MOST * 2 + 1])
    found = Offer(is_more=len(own) > rules.MOST * 2)
    for authorization in own[: rules.MOST * 2]:
        # What is not wholly judged as met needs no further look.
        judged = authorization.judged and not authorization.unmet  # type: ignore[attr-defined]
        why_not = _why_not(authorization, by, now) if judged else (NOT_JUDGED,)
        if len(found.ready) == rules.MOST and not why_not:
            why_not = (LATER,)
        if why_not:
            found.others.append(Result(authorization.reference, why_not))
        else:
            found.ready.append(_ready(authorization, now))
    return found


def visible(references: Iterable[str], *, by: Actor) -> list[str]:
    """Return those of these requests that this person may judge at all, in the same order."""
    found = set(queries.reviewable_by(by).filter(reference__in=references).values_list("reference", flat=True))
    return [reference for reference in references if reference in found]


def chosen(references: Mapping[str, str], *, by: Actor, now: datetime) -> list[Ready]:
    """Return the own requests among these, to be looked at once more, each with the `seen` that it came with."""
    own = {one.reference: one for one in _own(by).filter(reference__in=list(references)[: rules.MOST])}
    return [
        Ready(own[reference], _ready(own[reference], now).grant, seen)
        for reference, seen in references.items()
        if reference in own
    ]


def choice(authorization: AuthorizationRequest, summary: str, *, now: datetime) -> decisions.Choice:
    """Return the one decision that can be taken here: granted, as it was asked."""
    return decisions.Choice(Outcome.GRANTED, summary=summary, grant=_ready_grant(authorization, now))


def in_the_way(authorization: AuthorizationRequest, summary: str, *, by: Actor, now: datetime) -> list[Obstacle]:
    """Return everything because of which this request is not granted here; on its own page it may be. Bron: R-19."""
    verdicts = review.assessments(authorization).values()
    given = checklist.checklist(authorization)
    level = drafts.application_of(authorization).referral.wpn_level
    return [
        *decisions.obstacles(authorization, choice(authorization, summary, now=now), by=by, now=now),
        *rules.obstacles(
            warned=rules.warnings(signals.of(authorization, given, now=now), level),
            judged_by=[one.assessed_by_id for one in verdicts],
            judged_at=max((one.assessed_at for one in verdicts), default=None),
            added_at=[document.added_at for document in queries.documents_of(authorization)],
            asks=by.user_id,
        ),
    ]


def grant_many(*, requests: Mapping[str, str], summary: str, by: Actor, now: datetime) -> list[Result]:
    """
    Grant these requests (reference, and what the page showed of it), each in a transaction of its own.

    What can't be granted stays as it was and keeps nothing else waiting. Whoever does this twice grants nothing twice.

    :raises NotAllowed: for others than a medisch adviseur, for none or too many, or without a summary

    Bron: feature 46; R-19.
    """
    if not by.has(Role.MEDISCH_ADVISEUR):
        raise NotAllowed("Alleen een medisch adviseur kan besluiten.")
    if not 0 < len(requests) <= rules.MOST:
        raise NotAllowed(f"Kies 1 tot en met {rules.MOST} aanvragen.")
    if not summary.strip():
        raise NotAllowed("Schrijf de motivering van het besluit.")
    found = dict(queries.reviewable_by(by).filter(reference__in=requests).values_list("reference", "pk"))
    return [
        Result(reference, _grant_one(found[reference], seen, summary, by=by, now=now))
        for reference, seen in requests.items()
        if reference in found
    ]


def preview(
    authorization: AuthorizationRequest, summary: str, addressee: Addressee, *, by: Actor, now: datetime
) -> bytes:
    """Return the PDF of the letter that granting this request would send."""
    return decisions.preview(authorization, choice(authorization, summary, now=now), addressee, by=by, now=now)


def _grant_one(authorization_id: int, seen: str, summary: str, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Grant one and return nothing, or return why it wasn't."""
    try:
        with transaction.atomic():
            authorization = queries.authorization_to_change(authorization_id=authorization_id)
            if _granted_before(authorization, by):
                return ()
            review.require_to_decide(authorization, by)
            sight.require_same(authorization, seen)
            if found := in_the_way(authorization, summary, by=by, now=now):
                raise decisions.Incomplete(found)
            wanted = choice(authorization, summary, now=now)
            decisions.decide(authorization_id=authorization_id, choice=wanted, seen=seen, by=by, now=now)
            desk_drafts.forget(authorization, desk_drafts.DECISION, by=by)
    except decisions.Changed as changed:
        return (str(changed), *(obstacle.message for obstacle in changed.obstacles))
    except decisions.Incomplete as incomplete:
        return tuple(obstacle.message for obstacle in incomplete.obstacles)
    except NotAllowed as refusal:
        return (str(refusal),)
    return ()


def _why_not(authorization: AuthorizationRequest, by: Actor, now: datetime) -> tuple[str, ...]:
    return tuple(one.message for one in in_the_way(authorization, rules.SUMMARY, by=by, now=now))


def _granted_before(authorization: AuthorizationRequest, by: Actor) -> bool:
    """Tell whether this person granted it just now: a second click on the button asks for nothing new."""
    taken = queries.current_decision(authorization)
    return bool(
        taken and taken.final_at and taken.proposed_by_id == by.user_id and taken.outcome == Outcome.GRANTED.value
    )


def _own(by: Actor) -> QuerySet[AuthorizationRequest]:
    verdicts = CriterionAssessment.objects.filter(authorization=OuterRef("pk"))
    return (
        queries.reviewable_by(by)
        .filter(assigned_to=by.user_id, status__in=decisions.DECIDED_IN)
        .annotate(judged=Exists(verdicts), unmet=Exists(verdicts.exclude(verdict=Verdict.MET.value)))
        .select_related("policy_version", "provider", "insured")
    )


def _ready(authorization: AuthorizationRequest, now: datetime) -> Ready:
    return Ready(authorization, _ready_grant(authorization, now), sight.of(authorization))


def _ready_grant(authorization: AuthorizationRequest, now: datetime) -> Grant:
    return default_grant(
        drafts.application_of(authorization),
        queries.policy_of(authorization),
        decided_on=now.astimezone(deadlines.AMSTERDAM).date(),
    )
