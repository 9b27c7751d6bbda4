"""Take the next request: what is most urgent, or what this person knows already."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.absence import MARGIN
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, Decision
from authorizations.queries import teams
from authorizations.services import review


@transaction.atomic
def claim_next(*, by: Actor, now: datetime) -> AuthorizationRequest | None:
    """
    Take the most urgent request that is free, or that was put on this person's desk; None when there is none.

    What lies with a group that this person isn't in comes last. While nothing is due soon a vervolg of what this person
    decided goes first. People who do this at the same moment get different requests: a row that another is taking is
    passed over.

    Bron: feature 35; features.md, "What none of them has", 11.
    """
    free = (
        queries.reviewable_by(by)
        .filter(
            Q(assigned_to=None, status__in=(Status.SUBMITTED, Status.ANSWERED))
            | Q(assigned_to=by.user_id, status=Status.SUBMITTED)
        )
        .order_by(F("due_on").asc(nulls_last=True), "id")
        .select_for_update(of=("self",), skip_locked=True)
    )
    soon = deadlines.workdays_after(now.astimezone(deadlines.AMSTERDAM).date(), MARGIN)
    decided = Decision.objects.filter(final_at__isnull=False, proposed_by_id=by.user_id)
    own = Q(team=None) | Q(team__in=teams.own(by).values("team")) | Q(assigned_to=by.user_id)
    authorization = (
        free.filter(own, due_on__lte=soon).first()
        or free.filter(own, previous__in=decided.values("authorization")).first()
        or free.filter(own).first()
        or free.first()
    )
    if authorization:
        review.take(authorization, by=by, now=now)
    return authorization
