"""Zorgtrajecten as people see them: lists, what comes near its end, and everything of one."""

from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import identifiers, references
from authorizations.domain.lifecycle import CLOSED
from authorizations.models import (
    AuthorizationRequest,
    Grant,
    Subtraject,
    SubtrajectEvent,
    SubtrajectWarning,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.queries.subtrajects import visible_to

MOST_COUNTERPARTS = 200


def listed(actor: Actor, *, number: str = "") -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten that this person may see, the newest first; with a number only those that bear it."""
    found = visible_to(actor)
    if number:
        try:
            found = found.filter(number=identifiers.zorgtrajectnummer(number))
        except ValueError:
            found = found.none()
    # Of the few that are shown, in queries of their own: joined, row-level security would look at every row there is.
    return found.prefetch_related("subtrajects", "insured", "insurer", "provider").order_by("-id")


def near(
    actor: Actor, *, until: date, ground: str = "", indication: str = "", other_id: int | None = None
) -> QuerySet[Subtraject]:
    """
    Return the open subtrajecten that close on or before a day and aren't finished, the first to close first.

    `other_id` is the organisation on the other side.
    """
    found = Subtraject.objects.filter(
        zorgtraject__in=visible_to(actor), closed_on=None, finished_on=None, closes_on__lte=until
    )
    if ground:
        found = found.filter(closes_by__contains=ground)
    if indication:
        found = found.filter(zorgtraject__indication=indication)
    if other_id:
        side = "insurer_id" if actor.is_provider else "provider_id"
        found = found.filter(**{f"zorgtraject__{side}": other_id})
    return found.prefetch_related(
        "zorgtraject__insured", "zorgtraject__insurer", "zorgtraject__provider", "granted__authorization"
    ).order_by("closes_on", "id")


def near_count(actor: Actor, *, today: date, days: int) -> int:
    """Return how many subtrajecten close within so many days."""
    return near(actor, until=today + timedelta(days=days)).count()


def counterparts(actor: Actor) -> list[tuple[int, str]]:
    """Return the organisations on the other side of the zorgtrajecten that this person may see."""
    side = "insurer" if actor.is_provider else "provider"
    names = visible_to(actor).order_by(f"{side}__name", side).values_list(side, f"{side}__name").distinct()
    return list(names[:MOST_COUNTERPARTS])


# -- one zorgtraject -------------------------------------------------------------------------------------------------


def whole(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten that this person may see, with whom they are of and for."""
    return visible_to(actor).select_related("provider", "insurer", "policy_version", "insured", "registered_by")


def rows(traject: Zorgtraject) -> list[Subtraject]:
    """Return the subtrajecten in order, with the machtiging of each."""
    found = Subtraject.objects.filter(zorgtraject=traject).order_by("opened_on", "id")
    return list(found.select_related("granted__authorization").prefetch_related("granted__hours"))


def everything_done(traject: Zorgtraject) -> list[Zorgactiviteit]:
    """Return the activities, also those that were removed or replaced, in the order in which they were performed."""
    found = Zorgactiviteit.objects.filter(zorgtraject=traject).order_by("performed_on", "id")
    return list(found.select_related("registered_by", "removed_by", "replaced_by"))


def history(traject: Zorgtraject) -> list[SubtrajectEvent]:
    """Return what happened, oldest first."""
    return list(SubtrajectEvent.objects.filter(zorgtraject=traject).select_related("by").order_by("at", "id"))


def warnings(traject: Zorgtraject, actor: Actor) -> list[SubtrajectWarning]:
    """Return the warnings that this organisation got, the last first."""
    found = SubtrajectWarning.objects.filter(
        subtraject__zorgtraject=traject, organization_id=actor.organization_id
    ).order_by("-at", "ground", "days")
    return list(found.select_related("subtraject"))


def of_request(actor: Actor, authorization: AuthorizationRequest) -> list[Zorgtraject]:
    """Return the zorgtrajecten under the machtiging that this request led to."""
    under = Subtraject.objects.filter(granted__authorization=authorization).values("zorgtraject_id")
    return list(visible_to(actor).filter(pk__in=under).order_by("id"))


def follow_up_of(actor: Actor, granted: Grant | None) -> AuthorizationRequest | None:
    """Return the vervolgaanvraag on this machtiging that is being written or judged, the last."""
    if granted is None:
        return None
    found = queries.visible_to(actor).filter(previous_id=granted.authorization_id).exclude(status__in=CLOSED)
    return found.order_by("-created_at", "-id").first()


def grant_numbered(actor: Actor, number: str) -> Grant | None:
    """Return the machtiging of the own organisation with this number, of itself or of its request."""
    number = references.normalise(number)
    mine = queries.grants(actor)
    return mine.filter(number=number).first() or mine.filter(authorization__reference=number).first()
