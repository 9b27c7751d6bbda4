"""
Ask to look at a decision again, and put that on the desk of another medisch adviseur.

The provider asks with the authorisation of the insured; staff write down what the insured asks. What comes of it stands
in `heroverweging_answer`. Bron: R-19, R-21, R-36, R-37.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import heroverweging as rules
from authorizations.domain.heroverweging import Asked, Channel, HeroverwegingStatus, PaperRole
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import last_day_for_heroverweging
from authorizations.domain.terms import DocumentKind, Origin
from authorizations.models import AuthorizationRequest, Document, DocumentItem, Heroverweging, HeroverwegingPaper
from authorizations.queries import heroverweging as found
from authorizations.services import lifecycle, messages, review
from kit import text
from papers.services import files

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
Refused = files.Refused

FIELD_OF = {
    PaperRole.AUTHORISATION: "authorisation",
    PaperRole.GROUNDS: "letter",
    PaperRole.FURTHER: "further",
}
"""The field of a form at which something about such a document is said."""


@dataclass(frozen=True)
class Paper:
    """A file to take in, and what it is for."""

    role: PaperRole
    stream: BinaryIO
    name: str
    size: int | None


def obstacles(authorization: AuthorizationRequest, asked: Asked, *, now: datetime) -> list[Obstacle]:
    """Return why this can't be filed; the page shows it and `file` refuses with the same. Bron: R-36."""
    decision = found.decision_in_force(authorization) if authorization.is_decided else None
    return rules.obstacles_to_file(
        asked,
        decided_on=timezone.localdate(decision.final_at) if decision else None,
        is_open=found.open_one(authorization) is not None,
        today=timezone.localdate(now),
    )


def file(
    *,
    authorization_id: int,
    channel: Channel,
    grounds: str,
    received_on: date | None,
    papers: Sequence[Paper],
    by: Actor,
    now: datetime,
) -> Heroverweging:
    """
    Ask to look at the decision in force again, with its grounds and documents; all of it is kept, or nothing.

    One that comes after the last day of the policy is kept like any other, and says so: a person looks at it.

    :raises Incomplete: naming everything that lacks, also a file that is no good
    :raises NotAllowed: when this person may not ask this, or it is asked already

    Bron: R-36, R-37; features 58 and 59.
    """
    try:
        with transaction.atomic():
            authorization = queries.authorization_to_change(authorization_id=authorization_id)
            _require_who_may_ask(authorization, channel, by)
            grounds = text.storable(grounds).strip()
            received_on = timezone.localdate(now) if channel is Channel.PORTAL else received_on
            asked = Asked(grounds, channel, received_on, frozenset(paper.role for paper in papers))
            if missing := obstacles(authorization, asked, now=now):
                raise Incomplete(missing)
            decision = found.decision_in_force(authorization)
            assert decision and decision.final_at and received_on  # noqa: S101 (obstacles saw to it)
            policy, decided_on = queries.policy_of(authorization), timezone.localdate(decision.final_at)
            heroverweging = Heroverweging.objects.create(
                authorization=authorization,
                decision=decision,
                channel=channel.value,
                received_on=received_on,
                last_day=last_day_for_heroverweging(policy, decided_on),
                due_on=rules.answer_by(policy, received_on),
                grounds=grounds,
                filed_by_id=by.user_id,
                filed_at=now,
                decided_first_id=decision.proposed_by_id,
                confirmed_first_id=decision.confirmed_by_id,
            )
            _take_in(heroverweging, papers, by=by, now=now)
            step = "reconsider_filed" if channel is Channel.PORTAL else "reconsider_insured"
            lifecycle.record(authorization, step, by=by, at=now)
            messages.tell_coordinators(authorization, "heroverweging_filed", key=str(heroverweging.pk), now=now)
            messages.tell_provider(authorization, "heroverweging_received", key=str(heroverweging.pk), now=now)
            return heroverweging
    except IntegrityError as error:
        if "one_open_heroverweging" not in str(error):
            raise
        raise NotAllowed("Er loopt al een heroverweging van dit besluit.") from error


@transaction.atomic
def add(*, authorization_id: int, papers: Sequence[Paper], by: Actor, now: datetime) -> Heroverweging:
    """
    Add documents to the one that runs; who judges it is told, and can't answer without having seen them.

    :raises Incomplete: naming every file that is no good
    :raises NotAllowed: when none runs, or this person may not add to it
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    heroverweging = found.to_change(authorization)
    if heroverweging is None:
        raise NotAllowed("Er loopt geen heroverweging van dit besluit.")
    _require_who_may_ask(authorization, Channel(heroverweging.channel), by)
    if not papers:
        raise Incomplete([Obstacle("papers_missing", "Kies een bestand.", field="further")])
    _take_in(heroverweging, papers, by=by, now=now)
    _changed(heroverweging)
    lifecycle.record(authorization, "reconsider_added", by=by, at=now, internal=by.is_insurer)
    if heroverweging.assigned_to_id:
        messages.tell_of_heroverweging(heroverweging, "heroverweging_added", key=f"{heroverweging.version}", now=now)
    return heroverweging


@transaction.atomic
def claim(*, authorization_id: int, by: Actor, now: datetime) -> Heroverweging:
    """
    Take the one that runs. Of two people who try at once one gets it, the other reads who has it.

    :raises NotAllowed: for who had a part in the first decision, may not judge this request, or when another has it

    Bron: R-19; features 36 and 59.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    heroverweging = _running(authorization, by)
    if heroverweging.assigned_to_id == by.user_id:
        return heroverweging
    if holder := heroverweging.assigned_to:
        raise NotAllowed(f"{holder.full_name} doet deze heroverweging. U kunt meelezen.")
    heroverweging.assigned_to_id, heroverweging.assigned_at = by.user_id, now
    heroverweging.status = HeroverwegingStatus.IN_REVIEW.value
    heroverweging.save(update_fields=["assigned_to", "assigned_at", "status"])
    lifecycle.record(authorization, "reconsider_taken", by=by, at=now)
    return heroverweging


@transaction.atomic
def release(*, authorization_id: int, by: Actor, now: datetime) -> None:
    """
    Put it back, so that another can take it.

    :raises NotAllowed: when it isn't this person's and this isn't a coordinator
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    heroverweging = found.to_change(authorization)
    if by.organization_id != authorization.insurer_id or heroverweging is None or heroverweging.assigned_to_id is None:
        raise NotAllowed("Er is niets terug te geven.")
    if heroverweging.assigned_to_id != by.user_id and not by.has(Role.COORDINATOR):
        raise NotAllowed("Deze heroverweging is niet van u. U kunt haar niet teruggeven.")
    heroverweging.assigned_to = heroverweging.assigned_at = None
    heroverweging.status = HeroverwegingStatus.FILED.value
    heroverweging.save(update_fields=["assigned_to", "assigned_at", "status"])
    lifecycle.record(authorization, "reconsider_released", by=by, at=now, internal=True)


def why_not_judge(authorization: AuthorizationRequest, *, by: Actor) -> str:
    """Return why this person can't judge a heroverweging of this request; empty when he or she can. Bron: R-19."""
    try:
        review.require_advisor(authorization, by)
    except NotAllowed as refusal:
        return str(refusal)
    return rules.why_not_by(by.user_id, had_a_part=found.had_a_part(authorization))


def is_anybody_free(authorization: AuthorizationRequest) -> bool:
    """Tell whether there is a medisch adviseur who can judge a heroverweging of this request. Bron: R-19."""
    advisors = accounts.people_with(authorization.insurer_id, Role.MEDISCH_ADVISEUR)
    free = advisors.exclude(pk__in=found.had_a_part(authorization)).values_list("pk", flat=True)
    return any(not accounts.organizations_of(person).filter(pk=authorization.provider_id).exists() for person in free)


def require_own(authorization: AuthorizationRequest, by: Actor) -> Heroverweging:
    """
    Return the one that runs, locked, when it is this advisor's.

    :raises NotAllowed: with the reason
    """
    heroverweging = _running(authorization, by)
    if heroverweging.assigned_to_id is None:
        raise NotAllowed("Pak de heroverweging eerst op.")
    if heroverweging.assigned_to and heroverweging.assigned_to_id != by.user_id:
        raise NotAllowed(f"{heroverweging.assigned_to.full_name} doet deze heroverweging. U kunt meelezen.")
    return heroverweging


def _running(authorization: AuthorizationRequest, by: Actor) -> Heroverweging:
    heroverweging = found.to_change(authorization)
    if heroverweging is None:
        raise NotAllowed("Er loopt geen heroverweging (meer) van dit besluit.")
    if reason := why_not_judge(authorization, by=by):
        raise NotAllowed(reason)
    return heroverweging


def _require_who_may_ask(authorization: AuthorizationRequest, channel: Channel, by: Actor) -> None:
    if channel is Channel.PORTAL:
        if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
            raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    elif by.organization_id != authorization.insurer_id or not by.has(*queries.STAFF_ROLES):
        raise NotAllowed("Alleen een medewerker van de verzekeraar legt vast wat de verzekerde vraagt.")


def _take_in(heroverweging: Heroverweging, papers: Sequence[Paper], *, by: Actor, now: datetime) -> None:
    """Keep these files. What is wrong with them is said of all at once, and then none is kept."""
    policy = queries.policy_of(heroverweging.authorization)
    limit = policy.limits.file_megabytes * 1024 * 1024
    most = policy.limits.files_after_filing
    room = most - found.papers_of(heroverweging).count()
    if len(papers) > room:
        words = f"Bij een heroverweging passen {most} bestanden. Er kunnen er nog {room} bij."
        raise Incomplete([Obstacle("too_many_files", words, field="further")])
    refused = []
    for paper in papers:
        try:
            file = files.receive(
                stream=paper.stream, name=paper.name, size=paper.size, by_user_id=by.user_id, now=now, limit=limit
            )
        except Refused as refusal:
            refused.append(Obstacle("file_refused", str(refusal), field=FIELD_OF[paper.role]))
            continue
        document = Document.objects.create(
            authorization=heroverweging.authorization,
            file_id=file.pk,
            origin=Origin.HEROVERWEGING.value,
            added_by_id=by.user_id,
            added_at=now,
        )
        DocumentItem.objects.create(document=document, kind=DocumentKind.OVERIG.value)
        HeroverwegingPaper.objects.create(heroverweging=heroverweging, document=document, role=paper.role.value)
    if refused:
        raise Incomplete(refused)


def _changed(heroverweging: Heroverweging) -> None:
    heroverweging.version += 1
    heroverweging.save(update_fields=["version"])
