"""
Ask to change a machtiging that was granted, and decide on that: granted, in part, or denied by two.

What was granted stays as it was written; what comes of a change is a machtiging that takes its place. Bron: R-19, R-21.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import grant_change as rules
from authorizations.domain import review as review_rules
from authorizations.domain.grant_change import Asked, ChangeKind, ChangeStatus, Intent
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review_grant import Grant as Granted
from authorizations.domain.second_opinion import Position
from authorizations.domain.terms import Discipline, DocumentKind, Origin, Outcome, Setting, Verdict
from authorizations.models import (
    AuthorizationRequest,
    Decision,
    Document,
    DocumentItem,
    Grant,
    GrantChange,
    GrantChangePaper,
    Opinion,
    OpinionVerdict,
)
from authorizations.queries import grant_changes as found
from authorizations.services import decisions, lifecycle, messages, review
from authorizations.services import grant_change_letters as letters
from kit import text
from papers.services import files

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete


STEPS = {
    Outcome.GRANTED: "change_granted",
    Outcome.PARTLY_GRANTED: "change_granted_part",
    Outcome.DENIED: "change_denied",
}
"""How the course of the request calls what was decided."""
WHOLE = "wijziging"
"""What an opinion on a change is about: the change as a whole."""


@dataclass(frozen=True)
class Paper:
    """A file to take in."""

    stream: BinaryIO
    name: str
    size: int | None


def held_by(authorization: AuthorizationRequest) -> Granted | None:
    """Return what this request has been granted so far, as values for the rules."""
    grant = queries.grant_of(authorization.pk)
    return None if grant is None else values_of(grant)


def values_of(grant: Grant) -> Granted:
    """Return a machtiging as values for the rules."""
    return Granted(
        declaratie_code=grant.declaratie_code,
        setting=Setting(grant.setting),
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        hours={Discipline(line.discipline): line.hours for line in grant.hours.all()},
        zorgproduct_code=grant.zorgproduct_code,
        zorgtype=grant.zorgtype,
        days_of_stay=grant.days_of_stay,
    )


def asked_in(change: GrantChange) -> Asked:
    """Return what was asked, as values for the rules."""
    return Asked(
        kind=ChangeKind(change.kind),
        why=change.why,
        from_on=change.from_on,
        until_on=change.until_on,
        setting=Setting(change.setting) if change.setting else None,
        hours={Discipline(name): Decimal(hours) for name, hours in change.hours.items()},
        institution_name=change.institution_name,
        institution_agb=change.institution_agb,
    )


def obstacles(authorization: AuthorizationRequest, asked: Asked, *, now: datetime) -> list[Obstacle]:
    """Return why this can't be asked: `file` refuses with the same."""
    held = held_by(authorization) if authorization.is_decided else None
    is_open = found.open_one(authorization) is not None
    return rules.obstacles_to_file(asked, held, is_open=is_open, today=timezone.localdate(now))


def file(*, authorization_id: int, asked: Asked, papers: Sequence[Paper], by: Actor, now: datetime) -> GrantChange:
    """
    Ask for a change, with its documents; all of it is kept, or nothing.

    :raises Incomplete: naming everything that lacks
    :raises NotAllowed: when this isn't the provider's to ask
    """
    try:
        with transaction.atomic():
            authorization = queries.authorization_to_change(authorization_id=authorization_id)
            if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
                raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit vragen.")
            asked = replace(asked, why=text.storable(asked.why).strip())
            if missing := obstacles(authorization, asked, now=now):
                raise Incomplete(missing)
            grant = queries.grant_of(authorization.pk)
            assert grant and asked.kind  # noqa: S101 (obstacles saw to it)
            change = GrantChange.objects.create(
                authorization=authorization,
                held_number=grant.number,
                kind=asked.kind.value,
                from_on=asked.from_on,
                until_on=asked.until_on,
                setting=asked.setting.value if asked.setting else "",
                hours={discipline.value: str(hours) for discipline, hours in asked.hours.items() if hours},
                institution_name=asked.institution_name,
                institution_agb=asked.institution_agb,
                why=asked.why,
                filed_by_id=by.user_id,
                filed_at=now,
            )
            _take_in(change, papers, by=by, now=now)
            lifecycle.record(authorization, "change_filed", by=by, at=now)
            messages.tell_coordinators(authorization, "change_filed", key=str(change.pk), now=now)
            return change
    except IntegrityError as error:
        if "one_open_grant_change" not in str(error):
            raise
        raise NotAllowed("Er loopt al een verzoek om deze machtiging te wijzigen.") from error


def obstacles_to_decide(
    authorization: AuthorizationRequest, change: GrantChange, intent: Intent, *, by: Actor
) -> list[Obstacle]:
    """Return everything that stands in the way of this decision. Bron: R-19, R-39."""
    person = review_rules.Person(by.user_id, by.has(Role.MEDISCH_ADVISEUR), by.works_for)
    in_the_way = review_rules.obstacles_to_sign(intent.outcome, person, None, provider_id=authorization.provider_id)
    in_the_way = [one for one in in_the_way if one.code != "second_advisor_missing"]
    if not by.big_number:
        in_the_way.append(decisions.WITHOUT_BIG)
    held = held_by(authorization)
    assert held  # noqa: S101 (a change is of a machtiging)
    papers = GrantChangePaper.objects.filter(change=change).select_related("document__file")
    if any(one.document.file.is_waiting for one in papers):
        in_the_way.append(Obstacle("papers_waiting", "Een bestand wordt nog gecontroleerd. Wacht tot het te lezen is."))
    return [*in_the_way, *rules.obstacles_to_decide(intent, asked_in(change), held)]


@transaction.atomic
def decide(*, authorization_id: int, intent: Intent, by: Actor, now: datetime) -> Decision:
    """
    Decide on the change that is open, or propose its denial to a second medisch adviseur.

    :raises Incomplete: naming every obstacle
    :raises NotAllowed: when none is open, it lies with a second advisor, or this person may not judge it
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    change = _open(authorization, by, ChangeStatus.FILED)
    if in_the_way := obstacles_to_decide(authorization, change, intent, by=by):
        raise Incomplete(in_the_way)
    choice = decisions.Choice(
        outcome=intent.outcome, summary=intent.summary, not_granted=intent.not_granted, grant=intent.grant
    )
    decision = decisions.draft(authorization, choice, by=by, now=now)
    decision.change = change
    needs_second = review_rules.needs_second(intent.outcome)
    decision.final_at = None if needs_second else now
    decision.save()
    if needs_second:
        _move(change, ChangeStatus.PROPOSED)
        _keep_opinion(decision, Position.FIRST, by, outcome=intent.outcome, because=intent.not_granted, now=now)
        lifecycle.record(authorization, "change_proposed", by=by, at=now, internal=True)
        messages.tell_second_advisors(authorization, by=by, key=f"change:{decision.pk}", now=now)
    else:
        _finish(decision, change, by=by, now=now)
    return decision


def opinion_of(decision: Decision, by: Actor) -> Opinion | None:
    """Return what this person found of the proposal; whoever gave an opinion may read it."""
    return Opinion.objects.filter(decision=decision, advisor_id=by.user_id).prefetch_related("verdicts").first()


@transaction.atomic
def give_opinion(
    *, authorization_id: int, proposal_id: int | None, outcome: Outcome, because: str, by: Actor, now: datetime
) -> Opinion:
    """
    Give the second opinion on a denial of a change, without having read the proposal.

    :raises NotAllowed: without a reason, for the proposer, when a colleague was sooner, or when another proposal lies
        there

    Bron: R-19; docs/adr/0010.
    """
    _, _, decision = _proposal(authorization_id, proposal_id, by)
    if decision.proposed_by_id == by.user_id:
        raise NotAllowed("U deed dit voorstel. Iemand anders geeft het tweede oordeel.")
    if Opinion.objects.filter(decision=decision, position=Position.SECOND.value).exists():
        raise NotAllowed("Het tweede oordeel is al gegeven.")
    if not because.strip():
        raise NotAllowed("Schrijf waarom u dit vindt.")
    return _keep_opinion(decision, Position.SECOND, by, outcome=outcome, because=because, now=now)


@transaction.atomic
def confirm(*, authorization_id: int, proposal_id: int | None, because: str = "", by: Actor, now: datetime) -> Decision:
    """
    Confirm the denial that a colleague proposed; who found otherwise says why he or she takes it over.

    :raises NotAllowed: for the proposer, for who gave no opinion, without that reason, or when it isn't the proposal
        that lies there

    Bron: R-19; docs/adr/0010.
    """
    authorization, change, decision = _proposal(authorization_id, proposal_id, by)
    second = review_rules.Person(by.user_id, by.has(Role.MEDISCH_ADVISEUR), by.works_for)
    first = review_rules.Person(decision.proposed_by_id, is_medical_advisor=True)
    outcome = Outcome(decision.outcome)
    in_the_way = review_rules.obstacles_to_sign(outcome, first, second, provider_id=authorization.provider_id)
    if not by.big_number:
        in_the_way.append(decisions.WITHOUT_BIG)
    if in_the_way:
        raise Incomplete(in_the_way)
    _stand_behind(decision, because, by=by, now=now)
    decision.confirmed_by_id, decision.confirmed_at, decision.final_at = by.user_id, now, now
    decision.save(update_fields=["confirmed_by", "confirmed_at", "final_at"])
    _finish(decision, change, by=by, now=now)
    return decision


@transaction.atomic
def hand_back(*, authorization_id: int, proposal_id: int | None, because: str, by: Actor, now: datetime) -> None:
    """
    Give a proposal back with the reason; the proposer may take it back the same way.

    :raises NotAllowed: without a reason, or when it isn't the proposal that lies there
    """
    authorization, change, decision = _proposal(authorization_id, proposal_id, by)
    if not because.strip():
        raise NotAllowed("Schrijf waarom u het voorstel teruggeeft.")
    decision.returned_by_id, decision.returned_at, decision.returned_because = by.user_id, now, because.strip()
    decision.save(update_fields=["returned_by", "returned_at", "returned_because"])
    _move(change, ChangeStatus.FILED)
    lifecycle.record(authorization, "change_returned", by=by, at=now, note=because.strip(), internal=True)


def _keep_opinion(
    decision: Decision, position: Position, by: Actor, *, outcome: Outcome, because: str, now: datetime
) -> Opinion:
    """A change has no criteria of its own: what is found of it as a whole is kept as the one verdict."""
    earlier = Opinion.objects.filter(decision__change=decision.change_id, advisor_id=by.user_id)
    opinion = Opinion.objects.create(
        authorization_id=decision.authorization_id,
        decision=decision,
        position=position.value,
        advisor_id=by.user_id,
        # Who gave an opinion on this change before has read what the other thought of it.
        blind=not earlier.exists(),
        outcome=outcome.value,
        given_at=now,
    )
    verdict = Verdict.NOT_MET if outcome is Outcome.DENIED else Verdict.MET
    OpinionVerdict.objects.create(opinion=opinion, criterion=WHOLE, verdict=verdict.value, motivation=because.strip())
    return opinion


def _stand_behind(decision: Decision, because: str, *, by: Actor, now: datetime) -> None:
    own = opinion_of(decision, by)
    if own is None:
        raise NotAllowed("Geef eerst uw eigen oordeel. Daarna leest u het voorstel van uw collega.")
    if own.outcome == decision.outcome:
        return
    if not because.strip():
        raise NotAllowed("U oordeelde anders. Schrijf waarom u het voorstel overneemt.")
    own.adopted_because, own.adopted_at = because.strip(), now
    own.save(update_fields=["adopted_because", "adopted_at"])


def _open(authorization: AuthorizationRequest, by: Actor, status: ChangeStatus) -> GrantChange:
    review.require_advisor(authorization, by)
    change = found.open_one(authorization, lock=True)
    if change is None or change.status != status:
        raise NotAllowed(
            "Er is hier nu niets te besluiten. Een collega was u voor, of het ligt bij een tweede adviseur."
        )
    return change


def _proposal(
    authorization_id: int, proposal_id: int | None, by: Actor
) -> tuple[AuthorizationRequest, GrantChange, Decision]:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    change = _open(authorization, by, ChangeStatus.PROPOSED)
    decision = found.proposal(change)
    if decision is None or decision.pk != proposal_id:
        raise NotAllowed("Er ligt intussen een ander voorstel. Lees dat eerst.")
    return authorization, change, decision


def _move(change: GrantChange, status: ChangeStatus, *, at: datetime | None = None) -> None:
    change.status, change.closed_at = status.value, at
    change.save(update_fields=["status", "closed_at"])


def _finish(decision: Decision, change: GrantChange, *, by: Actor, now: datetime) -> None:
    """Make it final: the new machtiging in the place of the old one, the letters and the mail."""
    grant = decisions.choice_of(decision).grant
    if grant:
        decisions.issue(
            grant,
            decision,
            granted_on=timezone.localdate(now),
            replaces=queries.grant_of(change.authorization_id),
            institution=(change.institution_name, change.institution_agb),
        )
    _move(change, ChangeStatus(decision.outcome), at=now)
    lifecycle.record(change.authorization, STEPS[Outcome(decision.outcome)], by=by, at=now)
    letters.issue_for(decision, change, now=now)
    messages.tell_provider(change.authorization, "change_decided", key=str(change.pk), now=now)


def _take_in(change: GrantChange, papers: Sequence[Paper], *, by: Actor, now: datetime) -> None:
    limits = queries.policy_of(change.authorization).limits
    if len(papers) > limits.files_after_filing:
        raise Incomplete(
            [Obstacle("too_many_files", f"Er passen {limits.files_after_filing} bestanden.", field="papers")]
        )
    refused = []
    for paper in papers:
        try:
            file = files.receive(
                stream=paper.stream, name=paper.name, size=paper.size, by_user_id=by.user_id, now=now,
                limit=limits.file_megabytes * 1024 * 1024,
            )  # fmt: skip
        except files.Refused as refusal:
            refused.append(Obstacle("file_refused", str(refusal), field="papers"))
            continue
        document = Document.objects.create(
            authorization=change.authorization,
            file_id=file.pk,
            origin=Origin.CHANGE.value,
            added_by_id=by.user_id,
            added_at=now,
        )
        DocumentItem.objects.create(document=document, kind=DocumentKind.OVERIG.value)
        GrantChangePaper.objects.create(change=change, document=document)
    if refused:
        raise Incomplete(refused)
