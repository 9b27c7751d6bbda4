"""
What counts as a machtiging: one that this portal gave, or one that was taken over from another insurer.

Everything that asks "under which machtiging" asks here. Bron: Zvw art. 14 lid 5.
"""

from datetime import date
from typing import TypedDict

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import taken_over as rules
from authorizations.models import AuthorizationRequest, Grant, Subtraject, TakenOver, Zorgtraject
from authorizations.queries import courses, in_force

Title = Grant | TakenOver
MOST = 50


class Under(TypedDict):
    """The two columns that say under which title a subtraject falls; at most one is filled."""

    granted: Grant | None
    taken_over: TakenOver | None


def under(title: Title | None) -> Under:
    """Return this title as a subtraject keeps it."""
    return {
        "granted": title if isinstance(title, Grant) else None,
        "taken_over": title if isinstance(title, TakenOver) else None,
    }


def of(row: Subtraject) -> Title | None:
    """Return the title that a subtraject falls under."""
    return row.granted or row.taken_over


def numbered(actor: Actor, number: str) -> Title | None:
    """Return the title of the own organisation with this number: of the machtiging itself, or of its request."""
    return courses.grant_numbered(actor, number) or taken_over_numbered(actor, number)


def of_patient(actor: Actor, traject: Zorgtraject) -> list[Title]:
    """Return every title of the own organisation for this patient at this insurer, the newest of each kind first."""
    own = visible_to(actor).filter(removed_at=None, insurer_id=traject.insurer_id, bsn_hash=traject.insured.bsn_hash)
    return [*courses.grants_of(actor, traject), *own.order_by("-id")[:MOST]]


def going_on(before: Subtraject | None, opened_on: date) -> Title | None:
    """Return the title of the subtraject before, if it holds on the day that the next one opens."""
    if before is None:
        return None
    if before.granted:
        return in_force.grant_on(before.granted.authorization_id, opened_on)
    taken = before.taken_over
    return (
        taken
        if taken and taken.removed_at is None and rules.holds_on(taken.starts_on, taken.ends_on, opened_on)
        else None
    )


# -- those of another insurer ----------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[TakenOver]:
    """Return those of which this person may see number and period: those of the own organisation."""
    if not actor.roles & (queries.MEDICAL_ROLES | queries.ADMINISTRATIVE_ROLES):
        return TakenOver.objects.none()
    own = "provider_id" if actor.is_provider else "insurer_id"
    return TakenOver.objects.filter(**{own: actor.organization_id})


def with_content_for(actor: Actor) -> QuerySet[TakenOver]:
    """Return those of which this person may see for whom they are, and the evidence."""
    return visible_to(actor) if queries.can_see_content(actor) else TakenOver.objects.none()


def listed(actor: Actor) -> QuerySet[TakenOver]:
    """Return those that stand, the newest first."""
    return visible_to(actor).filter(removed_at=None).prefetch_related("provider", "insurer").order_by("-id")


def taken_over_numbered(actor: Actor, number: str) -> TakenOver | None:
    """Return the one that the own organisation knows by this number."""
    try:
        wanted = rules.number(number)
    except ValueError:
        return None
    return visible_to(actor).filter(number=wanted, removed_at=None).order_by("-id").first()


def of_insured(actor: Actor, authorization: AuthorizationRequest) -> list[TakenOver]:
    """Return those of the insured of this request, the last to end first."""
    bsn_hash = queries.insured_of(authorization).bsn_hash
    if not bsn_hash:
        return []
    own = visible_to(actor).filter(
        removed_at=None, insurer_id=authorization.insurer_id, provider_id=authorization.provider_id, bsn_hash=bsn_hash
    )
    return list(own.order_by("-ends_on", "-id")[:MOST])


def holding_for(actor: Actor, authorization: AuthorizationRequest) -> TakenOver | None:
    """Return the one that holds on the day that this treatment begins: no other machtiging is needed then."""
    day = authorization.planned_start_on
    found = of_insured(actor, authorization) if day else []
    return next((one for one in found if day and rules.holds_on(one.starts_on, one.ends_on, day)), None)
