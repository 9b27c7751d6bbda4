"""Divide the work of the desk: many requests to one colleague, each on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.services import lifecycle, messages, review

NotAllowed = lifecycle.NotAllowed
MOST = 200
"""So many are moved at once at most: each is locked and written down on its own."""


@dataclass(frozen=True)
class Divided:
    """What came of it: the references that moved, and per reason those that stayed where they were."""

    moved: list[str] = field(default_factory=list)
    stayed: dict[str, list[str]] = field(default_factory=dict)


def assign_many(*, requests: Mapping[str, int], advisor_id: int, reason: str, by: Actor, now: datetime) -> Divided:
    """
    Put these requests (reference and number) on one desk, each in a transaction of its own; the advisor gets one mail.

    What can't be moved stays where it is and keeps nothing else waiting. Whoever does this twice moves nothing twice.

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
