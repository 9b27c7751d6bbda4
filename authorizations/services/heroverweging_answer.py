"""
Answer a request for heroverweging: the decision stays, or a new one takes its place, with a letter of its own.

Everything here is done by a person who had no part in the first decision. Bron: R-19, R-37; features 57 to 60.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import heroverweging as rules
from authorizations.domain import review as review_rules
from authorizations.domain.heroverweging import (
    Channel,
    HeroverwegingOutcome,
    HeroverwegingStatus,
    OverturnReason,
    PaperRole,
)
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review import Assessment
from authorizations.domain.terms import Addressee, Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Heroverweging
from authorizations.queries import heroverweging as found
from authorizations.services import decisions, drafts, heroverweging, lifecycle, messages, review
from authorizations.services import heroverweging_letters as letters

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete


class Changed(NotAllowed):
    """A document came in since this person looked."""


@dataclass(frozen=True)
class Answer:
    """What the advisor filled in. A revision brings the new decision, and how the criteria are judged now."""

    ruling: HeroverwegingOutcome
    motivation: str
    reason: OverturnReason | None = None
    choice: decisions.Choice | None = None
    assessments: tuple[Assessment, ...] = ()


def first_assessments(authorization: AuthorizationRequest) -> dict[str, Assessment]:
    """Return how the criteria stand now: as the last revision judged them, or else as the first decision did."""
    revised = Heroverweging.objects.filter(authorization=authorization, status=HeroverwegingStatus.REVISED)
    last = revised.order_by("-decided_at", "-id").first()
    if last:
        return {one.criterion: one for one in rules.verdicts_read(last.verdicts)}
    return {
        code: Assessment(code, Verdict(one.verdict), one.motivation, one.missing_fact, one.leads_to_consent)
        for code, one in review.assessments(authorization).items()
    }


def obstacles(
    authorization: AuthorizationRequest, heroverweging_: Heroverweging, answer: Answer, *, by: Actor, now: datetime
) -> list[Obstacle]:
    """
    Return everything that stands in the way of this answer: shown on the page, and why `decide` refuses.

    Bron: R-13, R-19, R-22, R-37; domain.md section 6 (decision letter minimum).
    """
    papers = list(found.papers_of(heroverweging_))
    in_the_way = rules.obstacles_in_papers(
        Channel(heroverweging_.channel),
        clean={PaperRole(one.role) for one in papers if one.document.file.is_clean},
        waiting=any(one.document.file.is_waiting for one in papers),
    )
    in_the_way += rules.obstacles_to_rule(answer.ruling, motivation=answer.motivation, reason=answer.reason)
    if not by.big_number:
        in_the_way.append(decisions.WITHOUT_BIG)
    if answer.ruling is not HeroverwegingOutcome.UPHELD and answer.choice:
        in_the_way += _in_decision(authorization, answer.choice, answer.assessments, now=now)
        in_the_way += decisions.doubtful_codes(authorization, answer.choice)
    # The motivation of the answer is that of the new decision: what it lacks is said once.
    return list({(one.code, one.field): one for one in in_the_way}.values())


@transaction.atomic
def decide(*, authorization_id: int, answer: Answer, seen: int | None, by: Actor, now: datetime) -> Heroverweging:
    """
    Answer: the first decision stays as it was, whatever the answer; a revision is a new one beside it, in force.

    `seen` is the version that the page showed.

    :raises Incomplete: naming every obstacle
    :raises Changed: when a document came in since
    :raises NotAllowed: for who had a part in the first decision, or hasn't taken this one

    Bron: R-19, R-21, R-37; features 57 to 60.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    running = heroverweging.require_own(authorization, by)
    if running.version != seen:
        raise Changed("Er kwam intussen een document bij. Bekijk dat eerst. Er is nog niets besloten.")
    if in_the_way := obstacles(authorization, running, answer, by=by, now=now):
        raise Incomplete(in_the_way)
    revised = answer.ruling is not HeroverwegingOutcome.UPHELD
    running.status = (HeroverwegingStatus.REVISED if revised else HeroverwegingStatus.UPHELD).value
    running.motivation = answer.motivation.strip()
    running.overturn_reason = answer.reason.value if revised and answer.reason else ""
    running.verdicts = rules.verdicts_written(answer.assessments) if revised else {}
    running.decided_by_id, running.decided_at = by.user_id, now
    running.save()
    if revised:
        _take_its_place(running, answer, by=by, now=now)
    lifecycle.record(authorization, f"reconsider_{running.status}", by=by, at=now)
    letters.issue_for(running, now=now)
    messages.tell_provider(authorization, "heroverweging_answered", key=str(running.pk), now=now)
    return running


def preview(
    authorization: AuthorizationRequest,
    heroverweging_: Heroverweging,
    answer: Answer,
    addressee: Addressee,
    *,
    by: Actor,
    now: datetime,
) -> bytes:
    """Return the PDF of the letter that this answer would send: the same text by the same way. Bron: feature 55."""
    # Only in memory: nothing of it is saved.
    heroverweging_.motivation, heroverweging_.decided_by_id, heroverweging_.decided_at = (
        answer.motivation.strip(),
        by.user_id,
        now,
    )
    decision = None
    if answer.ruling is not HeroverwegingOutcome.UPHELD and answer.choice:
        decision = decisions.draft(authorization, answer.choice, by=by, now=now)
    return letters.preview(heroverweging_, decision, answer.choice, answer.assessments, addressee, now=now)


def _take_its_place(running: Heroverweging, answer: Answer, *, by: Actor, now: datetime) -> Decision:
    """Write the new decision, and the machtiging that comes of it: it takes the place of the one there was."""
    assert answer.choice and answer.choice.grant  # noqa: S101 (the obstacles saw to it)
    choice = replace(answer.choice, grant=review_rules.in_order(answer.choice.grant))
    decision = decisions.draft(running.authorization, choice, by=by, now=now)
    decision.heroverweging, decision.final_at = running, now
    decision.save()
    assert choice.grant  # noqa: S101
    decisions.issue(
        choice.grant,
        decision,
        granted_on=timezone.localdate(now),
        replaces=queries.grant_of(running.authorization_id),
    )
    return decision


def _in_decision(
    authorization: AuthorizationRequest,
    choice: decisions.Choice,
    assessments: tuple[Assessment, ...],
    *,
    now: datetime,
) -> list[Obstacle]:
    intent = review_rules.Intent(
        outcome=Outcome(choice.outcome),
        assessments=assessments,
        summary=choice.summary,
        not_granted=choice.not_granted,
        indication_weighed=choice.indication_weighed,
        next_step=choice.next_step,
        grant=choice.grant,
        early_start_reason=choice.early_start_reason,
        long_period_reason=choice.long_period_reason,
    )
    return review_rules.obstacles_to_decide(
        intent,
        drafts.application_of(authorization),
        review.criteria(authorization),
        queries.policy_of(authorization),
        decided_on=timezone.localdate(now),
    )
