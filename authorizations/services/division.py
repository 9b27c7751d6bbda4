"""Divide the work of the desk: many requests to one colleague, each on its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.services import lifecycle, messages, review

NotAllowed = lifecycle.NotAllowed
MOST = 200
"""So many are moved at once at most: each is locked and written down on its own."""


@dataclass(frozen=True)
class Divided:
    """What came of it: the references that moved, and per reason those that stayed where they were."""

    moved: list[str] = field(default_factory=list)
    stayed: dict[str, list[str]] = field(default_factory=dict)


def assign_many(
    *,
    requests: Mapping[str, int],
    holder_id: int | None,
    advisor_id: int,
    reason: str,
    by: Actor,
    now: datetime,
) -> Divided:
    """
    Put these requests (reference and number) on one desk, each in a transaction of its own; the advisor gets one mail.

    What can't be moved stays where it is and keeps nothing else waiting. Whoever does this twice moves nothing twice.
    `holder_id` is who had them all on the page that this comes from (None: nobody): what somebody else got since stays.

    :raises NotAllowed: for others than coordinators, without a reason, for who isn't a medisch adviseur, for too many

    Bron: feature 36; decisions.md, roles ("assign, reassign"); R-19.
    """
    review.require_to_divide(advisor_id=advisor_id, reason=reason, by=by)
    if len(requests) > MOST:
        raise NotAllowed(f"U kunt hoogstens {MOST} aanvragen tegelijk verplaatsen.")
    done = Divided()
    for reference, authorization_id in requests.items():
        try:
            with transaction.atomic():
                _require_holder(authorization_id, {holder_id, advisor_id}, by=by)
                review.put_on_desk(
                    authorization_id=authorization_id, advisor_id=advisor_id, reason=reason, by=by, now=now
                )
                # With the first that moved, so that the mail is there whatever happens to the rest.
                if not done.moved:
                    messages.tell_of_division(advisor_id, key=now.isoformat(), now=now)
        except NotAllowed as refusal:
            done.stayed.setdefault(str(refusal), []).append(reference)
        else:
            done.moved.append(reference)
    return done


def _require_holder(authorization_id: int, expected: Collection[int | None], *, by: Actor) -> None:
    """Lock the request until the end of the transaction, and refuse when it lies with somebody else than expected."""
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if authorization.insurer_id == by.organization_id and authorization.assigned_to_id not in expected:
        holder = authorization.assigned_to
        raise NotAllowed(f"Ligt intussen bij {holder.full_name if holder else 'niemand'}.")
