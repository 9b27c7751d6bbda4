"""
The desk of the medisch adviseur: take a request, hand it over, judge it criterion by criterion.

What comes of it stands in `decisions`; what is asked of the provider in `questions`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import deadlines, words
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import CLOSED, OPEN, Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Indication, Verdict
from authorizations.models import AuthorizationRequest, CriterionAssessment
from authorizations.queries import absences
from authorizations.services import lifecycle, messages

NotAllowed = lifecycle.NotAllowed
Stale = lifecycle.Stale

RELEASED_IN = frozenset({Status.SUBMITTED, Status.IN_REVIEW, Status.ANSWERED, Status.WAITING_FOR_PROVIDER})
CLAIMED_IN = RELEASED_IN - {Status.IN_REVIEW}
JUDGED_IN = frozenset({Status.IN_REVIEW, Status.ANSWERED, Status.WAITING_FOR_PROVIDER})


class Taken(NotAllowed):
    """Somebody else has this request; the message says who and since when."""


class Incomplete(NotAllowed):
    """Something lacks what it must say; `obstacles` names all of it."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = list(obstacles)


class Conflict(NotAllowed):
    """Somebody, or another window, saved this verdict in the meantime; `current` is what stands there now."""

    def __init__(self, current: CriterionAssessment) -> None:
        at = current.assessed_at.astimezone(deadlines.AMSTERDAM)
        super().__init__(
            f"{current.assessed_by.full_name} bewaarde dit oordeel om {at:%-H.%M} uur. Vergelijk het met wat u typte."
        )
        self.current = current


# -- taking and handing over -----------------------------------------------------------------------------------------


@transaction.atomic
def claim(*, authorization_id: int, by: Actor, now: datetime) -> AuthorizationRequest:
    """
    Take a request. Of two people who try at once one gets it, the other reads who has it.

    :raises Taken: when somebody else has it
    :raises NotAllowed: when this person may not judge it, or it isn't new

    Bron: feature 36; ux.md section 6, message 31.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    require_advisor(authorization, by)
    holder = authorization.assigned_to
    if holder and holder.pk != by.user_id:
        raise Taken(_taken(authorization))
    if holder and authorization.status in JUDGED_IN:
        return authorization
    take(authorization, by=by, now=now)
    return authorization


def is_free(status: Status, holder_id: int | None, *, by: Actor) -> bool:
    """Tell whether this person can take a request in this status that `holder_id` has."""
    return status in CLAIMED_IN and (holder_id is None or (status == Status.SUBMITTED and holder_id == by.user_id))


def take(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Take a locked request: a new one comes into review, one that was handed back half-way stays where it is."""
    if authorization.status in (Status.ANSWERED, Status.WAITING_FOR_PROVIDER):
        _hand_to(authorization, by.user_id, now=now)
        lifecycle.record(authorization, "take_over", by=by, at=now, internal=True)
    else:
        lifecycle.move(authorization, "claim", by=by, at=now, assigned_to_id=by.user_id, assigned_at=now)


@transaction.atomic
def release(*, authorization_id: int, by: Actor, now: datetime) -> None:
    """
    Put a request back, so that a colleague can take it. Verdicts stay, and so does what the provider was asked.

    One in review is new again. One that waits for the provider, or has the answer in, stays so: its term rests or runs
    on as it did, and the provider notices nothing.

    :raises NotAllowed: when it isn't this person's and this isn't a coordinator, or there is nothing to put back
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    _require_insurer(authorization, by)
    if authorization.assigned_to_id != by.user_id and not by.has(Role.COORDINATOR):
        raise NotAllowed("Deze aanvraag is niet van u. U kunt de aanvraag niet teruggeven.")
    put_back(authorization, by=by, now=now)


def put_back(authorization: AuthorizationRequest, *, by: Actor | None, now: datetime, note: str = "") -> None:
    """
    Take a locked request off the desk that it lies on, by somebody or by the portal itself; `note` is for colleagues.

    :raises NotAllowed: when there is nothing to put back
    """
    if authorization.status in CLAIMED_IN and authorization.assigned_to_id:
        _hand_to(authorization, None, now=now)
        step = "unassign" if authorization.status == Status.SUBMITTED else "put_back"
        lifecycle.record(authorization, step, by=by, at=now, note=note, internal=True)
    else:
        desk: dict[str, None] = {"assigned_to_id": None, "assigned_at": None}
        lifecycle.move(authorization, "release", by=by, at=now, note=note, internal=bool(note), **desk)


@transaction.atomic
def assign(*, authorization_id: int, advisor_id: int, reason: str, by: Actor, now: datetime) -> None:
    """
    Put a request on somebody's desk, also when another has it, and tell that person.

    :raises NotAllowed: as `put_on_desk` does
    """
    authorization = put_on_desk(authorization_id=authorization_id, advisor_id=advisor_id, reason=reason, by=by, now=now)
    messages.tell_advisor(authorization, "assigned", key=f"{authorization.version}", now=now)


def require_to_divide(*, advisor_id: int, reason: str, by: Actor) -> None:
    """
    Refuse what holds for any request: dividing is for a coordinator, with a reason, among the medisch adviseurs.

    :raises NotAllowed: with what is wrong
    """
    if not by.has(Role.COORDINATOR):
        raise NotAllowed("Alleen een coördinator kan een aanvraag toewijzen.")
    if not reason.strip():
        raise NotAllowed("Schrijf waarom u de aanvraag toewijst.")
    if not accounts.people_with(by.organization_id, Role.MEDISCH_ADVISEUR).filter(pk=advisor_id).exists():
        raise NotAllowed("Deze persoon is geen medisch adviseur van deze verzekeraar.")


def put_on_desk(
    *, authorization_id: int, advisor_id: int, reason: str, by: Actor, now: datetime
) -> AuthorizationRequest:
    """
    Put a request on somebody's desk and write down why, only for colleagues. Runs inside the caller's transaction.

    :raises NotAllowed: for others than coordinators, without a reason, for somebody who may not judge this request, or
        when it is closed

    Bron: feature 36; decisions.md, roles ("assign, reassign"); R-19.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    _require_insurer(authorization, by)
    require_to_divide(advisor_id=advisor_id, reason=reason, by=by)
    if authorization.status not in OPEN:
        raise NotAllowed(f"Dat kan niet meer. De status is nu: {authorization.get_status_display().lower()}.")
    advisor = accounts.user(advisor_id)
    if accounts.organizations_of(advisor.pk).filter(pk=authorization.provider_id).exists():
        raise NotAllowed(f"{advisor.full_name} werkt bij deze zorgaanbieder. Kies een ander.")
    today = now.astimezone(deadlines.AMSTERDAM).date()
    if absences.comes_back_at_once(by.organization_id, advisor.pk, authorization.due_on, today=today):
        raise NotAllowed(f"{advisor.full_name} is afwezig en de termijn loopt te snel af. Kies een ander.")
    if authorization.assigned_to_id == advisor.pk:
        raise NotAllowed(f"Deze aanvraag is al van {advisor.full_name}.")
    _hand_to(authorization, advisor.pk, now=now)
    note = f"Toegewezen aan {advisor.full_name}: {reason.strip()}"
    lifecycle.record(authorization, "assign", by=by, at=now, note=note, internal=True)
    authorization.assigned_to = advisor
    return authorization


def _hand_to(authorization: AuthorizationRequest, advisor_id: int | None, *, now: datetime) -> None:
    changed = AuthorizationRequest.objects.filter(pk=authorization.pk, version=authorization.version).update(
        assigned_to_id=advisor_id, assigned_at=now if advisor_id else None, version=authorization.version + 1
    )
    if not changed:
        raise Stale("Iemand anders heeft deze aanvraag zojuist gewijzigd. Bekijk de aanvraag opnieuw.")
    authorization.version += 1


# -- judging ---------------------------------------------------------------------------------------------------------


def criteria(authorization: AuthorizationRequest) -> tuple[rules.Criterion, ...]:
    """Return what must be judged in this request, with what the national layer has settled. Bron: R-13."""
    return rules.criteria(
        queries.policy_of(authorization),
        queries.national(),
        Indication(authorization.indication),
        authorization.planned_start_on,
    )


def assessments(authorization: AuthorizationRequest) -> dict[str, CriterionAssessment]:
    """Return the verdicts that people gave, by criterion."""
    found = CriterionAssessment.objects.filter(authorization=authorization).select_related("assessed_by")
    return {assessment.criterion: assessment for assessment in found}


def obstacles_to_assess(
    verdict: Verdict | None, *, motivation: str, missing_fact: str, leads_to_consent: str
) -> list[Obstacle]:
    """
    Return what a verdict still lacks, by field.

    Bron: R-13; feature 51; features.md, "What none of them has", 1.
    """
    if verdict is None:
        return [Obstacle("verdict_missing", "Kies een oordeel.", field="verdict")]
    return rules.lacking(rules.Assessment("", verdict, motivation, missing_fact, leads_to_consent))


@transaction.atomic
def assess(
    *,
    authorization_id: int,
    criterion: str,
    verdict: Verdict | None,
    motivation: str,
    missing_fact: str,
    leads_to_consent: str,
    internal_note: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> CriterionAssessment:
    """
    Keep the verdict on one criterion. `version` is what the person saw: 0 when there was no verdict yet.

    A version that never was counts as one that is no longer true.

    :raises Incomplete: when the verdict lacks something
    :raises Conflict: when the verdict was saved by somebody else or in another window meanwhile
    :raises NotAllowed: when the request isn't with this advisor, the criterion isn't asked, or its answer is locked
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    require_own(authorization, by)
    require_undecided(authorization)
    if authorization.status not in JUDGED_IN:
        raise NotAllowed(f"U kunt nu niet oordelen. De status is: {authorization.get_status_display().lower()}.")
    asked = {one.code: one for one in criteria(authorization)}.get(criterion)
    if asked is None:
        raise NotAllowed("Dit criterium hoort niet bij deze aanvraag.")
    if asked.locked:
        raise NotAllowed("Deze vraag is landelijk beantwoord. Het antwoord staat vast.")
    if obstacles := obstacles_to_assess(
        verdict, motivation=motivation, missing_fact=missing_fact, leads_to_consent=leads_to_consent
    ):
        raise Incomplete(obstacles)
    assert verdict  # noqa: S101 (one of the obstacles)
    told = rules.Assessment(criterion, verdict, motivation.strip(), missing_fact.strip(), leads_to_consent.strip())
    current = assessments(authorization).get(criterion)
    if current and current.version != version:
        raise Conflict(current)
    assessment, _ = CriterionAssessment.objects.update_or_create(
        authorization=authorization,
        criterion=criterion,
        defaults={
            "verdict": told.verdict.value,
            "motivation": told.motivation,
            "missing_fact": told.missing_fact,
            "leads_to_consent": told.leads_to_consent,
            "internal_note": internal_note.strip(),
            "version": (current.version if current else 0) + 1,
            "assessed_by_id": by.user_id,
            "assessed_at": now,
        },
    )
    return assessment


@transaction.atomic
def note(*, authorization_id: int, text: str, by: Actor, now: datetime) -> None:
    """
    Leave an internal note with a request: never shown to the provider, not in the letter, not in a mail.

    :raises NotAllowed: without a text, or for somebody outside the insurer

    Bron: feature 33.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    _require_insurer(authorization, by)
    if not by.has(*queries.STAFF_ROLES):
        raise NotAllowed("U kunt geen notitie maken bij deze aanvraag.")
    if not text.strip():
        raise NotAllowed("Schrijf een notitie.")
    lifecycle.record(authorization, "note", by=by, at=now, note=text.strip(), internal=True)


# -- who may ---------------------------------------------------------------------------------------------------------


def require_advisor(authorization: AuthorizationRequest, by: Actor) -> None:
    """
    Refuse who may not judge this request: it takes a medisch adviseur of this insurer, not at work for the provider.

    :raises NotAllowed: with the reason

    Bron: R-19.
    """
    _require_insurer(authorization, by)
    if not by.has(Role.MEDISCH_ADVISEUR):
        raise NotAllowed("Alleen een medisch adviseur kan dit doen.")
    if authorization.provider_id in by.works_for:
        raise NotAllowed("U werkt bij deze zorgaanbieder. Een collega beoordeelt deze aanvraag.")


def require_own(authorization: AuthorizationRequest, by: Actor) -> None:
    """
    Refuse who may not judge this request, or hasn't taken it.

    :raises Taken: when somebody else has it
    :raises NotAllowed: with the reason
    """
    require_advisor(authorization, by)
    if authorization.assigned_to_id not in (None, by.user_id):
        raise Taken(_taken(authorization))
    if authorization.assigned_to_id is None or authorization.status == Status.SUBMITTED:
        raise NotAllowed("Pak de aanvraag eerst op.")


def require_to_decide(authorization: AuthorizationRequest, by: Actor) -> None:
    """
    Refuse who has nothing to decide about this request now, whatever the decision.

    :raises NotAllowed: with the reason: it is closed, it lies with a second advisor, or it is somebody else's
    """
    require_undecided(authorization)
    require_advisor(authorization, by)
    if authorization.status == Status.SECOND_REVIEW:
        raise NotAllowed("Er ligt al een voorstel bij een tweede medisch adviseur.")
    require_own(authorization, by)


def require_undecided(authorization: AuthorizationRequest) -> None:
    """Refuse when there is nothing left to decide, in words that say what happened."""
    if authorization.status == Status.WITHDRAWN and (
        newer := authorization.amendments.exclude(submitted_at=None).first()
    ):
        raise NotAllowed(
            f"De zorgaanbieder wijzigde deze aanvraag: {newer.reference} komt ervoor in de plaats. "
            "Daar staan ook uw oordelen."
        )
    if authorization.status == Status.WITHDRAWN:
        raise NotAllowed("De zorgaanbieder heeft deze aanvraag ingetrokken. Er is niets meer te besluiten.")
    if authorization.status in CLOSED:
        raise NotAllowed(f"Er is al besloten over deze aanvraag: {authorization.get_status_display().lower()}.")


def why_not_decide(authorization: AuthorizationRequest, *, by: Actor) -> str:
    """Return why this person has nothing to decide here; empty when there is."""
    try:
        require_to_decide(authorization, by)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _require_insurer(authorization: AuthorizationRequest, by: Actor) -> None:
    if by.organization_id != authorization.insurer_id:
        raise NotAllowed("Alleen de verzekeraar kan dit doen.")


def _taken(authorization: AuthorizationRequest) -> str:
    """Bron: ux.md section 6, message 31."""
    assert authorization.assigned_to and authorization.assigned_at  # noqa: S101 (a database constraint sees to it)
    at = authorization.assigned_at.astimezone(deadlines.AMSTERDAM)
    when = f"{words.day(at.date())} om {at:%-H.%M} uur"
    if authorization.status == Status.SUBMITTED:
        return f"Deze aanvraag is {when} toegewezen aan {authorization.assigned_to.full_name}. U kunt meelezen."
    return f"{authorization.assigned_to.full_name} pakte deze aanvraag op {when} op. U kunt meelezen."
