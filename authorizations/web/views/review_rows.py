"""A line of the lists of the desk: what stands in it, for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import deadlines, lifecycle
from authorizations.domain.lifecycle import CLOSED, Status
from authorizations.domain.routing import Because
from authorizations.domain.terms import Indication, Kind
from authorizations.models import Insured
from authorizations.services import review

BADGES = {
    Status.SUBMITTED: "neutral",
    Status.IN_REVIEW: "active",
    Status.WAITING_FOR_PROVIDER: "warning",
    Status.ANSWERED: "active",
    Status.SECOND_REVIEW: "active",
    Status.GRANTED: "ok",
    Status.PARTLY_GRANTED: "ok",
    Status.DENIED: "danger",
    Status.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class Row:
    """A line of the list, with all its words, so that the template only writes."""

    reference: str
    insured: str
    provider: str
    kind: str
    indication: str
    urgent: bool
    complete: bool
    submitted_on: date
    closed_on: date | None
    status: str
    badge: str
    term: tuple[str, str] | None
    assigned: str
    is_mine: bool
    can_claim: bool
    has_counter: bool
    starts_on: date | None
    policy: str
    team: str
    because: str
    take_by: tuple[date, bool] | None
    fits_rule: bool


def row_of(line: dict[str, Any], actor: Actor, today: date, *, medical: bool) -> Row:
    """Return the line of the list for these columns of a request, as this person may see it."""
    status = Status(line["status"])
    insured = Insured(
        initials=line["insured__initials"] or "",
        surname=line["insured__surname"] or "",
        birth_date=line["insured__birth_date"],
    )
    # For who sees no content a group that routes on indication isn't there: its name alone may say what somebody has.
    shows_team = medical or not (line["team__indication"] or Because.INDICATION in line["team_because"])
    return Row(
        reference=line["reference"],
        insured=insured.short_name,
        provider=line["provider__name"],
        kind=Kind(line["kind"]).label,
        indication=Indication(line["indication"]).label if medical and line["indication"] else "",
        urgent=line["urgent"],
        complete=line["documents_complete"],
        submitted_on=timezone.localdate(line["submitted_at"]),
        closed_on=line["closed_at"] and timezone.localdate(line["closed_at"]),
        status=lifecycle.advisor_words(status),
        badge=BADGES[status],
        term=term(line["due_on"], status, today),
        assigned=line["assigned_to__full_name"] or "",
        is_mine=line["assigned_to_id"] == actor.user_id,
        can_claim=review.is_free(status, line["assigned_to_id"], by=actor)
        and actor.has(Role.MEDISCH_ADVISEUR)
        and line["provider_id"] not in actor.works_for,
        has_counter=status not in CLOSED and line.get("has_counter", False),
        starts_on=line["planned_start_on"],
        policy=line["policy_version__title"],
        team=(line["team__name"] or "") if shows_team else "",
        because=", ".join(Because(one).label for one in line["team_because"]) if shows_team else "",
        take_by=(line["take_by"], line["take_by"] < today)
        if line["take_by"] and status == Status.SUBMITTED and not line["assigned_to_id"]
        else None,
        fits_rule=medical and bool(line["rule_approval__id"]) and status == Status.SUBMITTED,
    )


def term(due_on: date | None, status: str, today: date) -> tuple[str, str] | None:
    """Return level and words of the term badge; None when the request is closed."""
    if status in CLOSED:
        return None
    if due_on is None:
        return "paused", "Rust"
    left = deadlines.workdays_until(today, due_on)
    if due_on < today:
        late = max(1, -left)
        return "over", f"{late} {'werkdag' if late == 1 else 'werkdagen'} te laat"
    if left == 0:
        return "high", "Vandaag"
    return (
        "high" if left == 1 else "mid" if left <= 3 else "low"
    ), f"Nog {left} {'werkdag' if left == 1 else 'werkdagen'}"
