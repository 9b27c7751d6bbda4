"""
The second opinion on a proposal: given blind, laid beside the first, and a third medisch adviseur where they differ.

What comes of it stands in `decisions`: confirming, handing back. Bron: R-19; docs/adr/0010.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import second_opinion as rules
from authorizations.domain.lifecycle import CLOSED, Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.second_opinion import Given, Position, Stage
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Opinion, OpinionVerdict, StatusEvent
from authorizations.services import lifecycle, messages, review, sight

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
Changed = sight.Changed

OWN_FIRST = "Geef eerst uw eigen oordeel. Daarna ziet u het voorstel van uw collega."
TAKES_PART = ("claim", "take_over", "propose")
"""Steps after which somebody may have seen what was judged so far."""


class Reasonless(NotAllowed):
    """Who takes a proposal over that he or she thinks differently of, says why."""


class GivenAlready(NotAllowed):
    """This person gave the opinion just now: a second click."""


@dataclass(frozen=True)
class Round:
    """A proposal with what each thinks of it. Until both are in, nobody but its giver reads one."""

    proposal: Decision
    first: Opinion
    second: Opinion | None
    third: Opinion | None

    @property
    def stage(self) -> Stage:
        """How far it is."""
        second = _values(self.second) if self.second else None
        return rules.stage(_values(self.first), second, third_named=self.third is not None)

    @property
    def differences(self) -> tuple[str, ...]:
        """The criteria on which the two differ."""
        return rules.differences(_values(self.first), _values(self.second)) if self.second else ()

    def may_end(self, by: Actor) -> bool:
        """Tell whether this person may confirm it or hand it back: who gave an opinion, or else the third."""
        heard = self.third or self.second
        return heard is not None and heard.advisor_id == by.user_id

    def reads(self, by: Actor) -> bool:
        """Tell whether this person may read the proposal: who made it, and who gave an opinion or decides as third."""
        return by.user_id == self.proposal.proposed_by_id or (
            self.second is not None and by.user_id in {one.advisor_id for one in (self.second, self.third) if one}
        )


# -- who sees what ---------------------------------------------------------------------------------------------------


def shows_verdicts(authorization: AuthorizationRequest, *, to: Actor) -> bool:
    """
    Tell whether this person may see what colleagues judged and wrote here.

    Before the decision only who has the request may; once a proposal lies there its maker, and who gave an own opinion
    on it. Anybody else may still be asked for one. Bron: R-19; docs/adr/0010.
    """
    if authorization.status in CLOSED:
        return True
    if authorization.status != Status.SECOND_REVIEW:
        return authorization.assigned_to_id == to.user_id
    found = current(authorization)
    return found is not None and found.reads(to)


def hides_words(authorization: AuthorizationRequest, move: str, by_id: int | None, *, to: Actor) -> bool:
    """
    Tell whether what was written at this internal step stays hidden from who may not see the verdicts.

    A note may say what its writer thinks. While a proposal lies there that holds for every colleague's; before it for
    who has the request, and for why a proposal came back.
    """
    if by_id == to.user_id:
        return False
    return authorization.status == Status.SECOND_REVIEW or move == "return" or by_id == authorization.assigned_to_id


def current(authorization: AuthorizationRequest) -> Round | None:
    """Return the proposal that lies there now with the opinions on it; None when there is none."""
    if authorization.status != Status.SECOND_REVIEW:
        return None
    proposal = queries.current_decision(authorization)
    return _round(proposal) if proposal else None


def earlier(authorization: AuthorizationRequest) -> list[Round]:
    """Return every proposal on which a second opinion is in, the newest first, with those opinions."""
    proposals = Decision.objects.filter(
        authorization=authorization, change=None, opinions__position=Position.SECOND.value
    ).select_related("proposed_by", "confirmed_by", "returned_by")
    return [_round(one) for one in proposals.order_by("-proposed_at", "-id")]


# -- giving ----------------------------------------------------------------------------------------------------------


def open_round(decision: Decision) -> Opinion:
    """Keep what the first found, as it is at this moment. Nobody changes a verdict while a proposal lies there."""
    found, made = Opinion.objects.get_or_create(
        decision=decision,
        position=Position.FIRST.value,
        defaults={
            "authorization_id": decision.authorization_id,
            "advisor_id": decision.proposed_by_id,
            "outcome": decision.outcome,
            "given_at": decision.proposed_at,
        },
    )
    if made:
        saved = review.assessments(decision.authorization)
        asked = [one.code for one in review.criteria(decision.authorization) if not one.locked]
        for code in asked:
            if one := saved.get(code):
                OpinionVerdict.objects.create(
                    opinion=found, criterion=code, verdict=one.verdict, motivation=one.motivation
                )
    return found


def why_not_give(authorization: AuthorizationRequest, *, by: Actor) -> str:
    """Return why this person gives no second opinion here; empty when he or she may."""
    try:
        _require_to_give(authorization, current(authorization), by)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def obstacles(authorization: AuthorizationRequest, outcome: Outcome | None, given: Iterable[Given]) -> list[Obstacle]:
    """Return what this opinion still lacks; it says nothing of what the first found."""
    return rules.obstacles_to_give(outcome, given, review.criteria(authorization))


def given_before(authorization: AuthorizationRequest, *, by: Actor) -> Opinion | None:
    """Return what this person found in an earlier round, for the form to begin with; it is blind no more."""
    own = Opinion.objects.filter(authorization=authorization, advisor_id=by.user_id, given_at__isnull=False)
    return own.prefetch_related("verdicts").order_by("-id").first()


def is_blind(authorization: AuthorizationRequest, *, by: Actor) -> bool:
    """Tell whether this person never had part in judging this request before."""
    took_part = StatusEvent.objects.filter(authorization=authorization, by_id=by.user_id, move__in=TAKES_PART)
    return not took_part.exists() and given_before(authorization, by=by) is None


@transaction.atomic
def give(
    *,
    authorization_id: int,
    proposal_id: int | None,
    outcome: Outcome | None,
    given: Iterable[Given],
    seen: str,
    by: Actor,
    now: datetime,
) -> Round:
    """
    Give the second opinion on a proposal, whole and at once, without having seen the first.

    When the two differ, the first and the coordinators are told.

    :raises Incomplete: naming all that it lacks
    :raises Changed: when there is something new in the request since it was seen
    :raises GivenAlready: for a second click
    :raises NotAllowed: for the first, for who judged a criterion here, for who may not judge this request, when a
        colleague was sooner, or when another proposal lies there

    Bron: R-19; docs/adr/0010.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_undecided(authorization)
    review.require_advisor(authorization, by)
    found = current(authorization)
    if found and found.second and found.second.advisor_id == by.user_id:
        raise GivenAlready("U gaf uw oordeel al.")
    found = _require_to_give(authorization, found, by)
    if found.proposal.pk != proposal_id:
        raise NotAllowed("Er ligt intussen een nieuw voorstel. Kijk uw oordeel na en geef het opnieuw.")
    sight.require_same(authorization, seen)
    given = list(given)
    if lacking := obstacles(authorization, outcome, given):
        raise Incomplete(lacking)
    assert outcome  # noqa: S101 (one of the obstacles)
    opinion = Opinion.objects.create(
        authorization=authorization,
        decision=found.proposal,
        position=Position.SECOND.value,
        advisor_id=by.user_id,
        blind=is_blind(authorization, by=by),
        outcome=outcome.value,
        given_at=now,
    )
    asked = {one.code for one in review.criteria(authorization) if not one.locked}
    for one in given:
        if one.criterion in asked and one.verdict:
            OpinionVerdict.objects.create(
                opinion=opinion,
                criterion=one.criterion,
                verdict=one.verdict.value,
                motivation=one.motivation.strip(),
            )
    lifecycle.record(authorization, "opinion", by=by, at=now, internal=True)
    found = _round(found.proposal)
    if found.stage is Stage.DIFFERENT:
        key = str(found.proposal.pk)
        messages.tell_proposer(found.proposal, "opinions_differ", key=key, now=now)
        nobody = not thirds(authorization)
        messages.tell_coordinators(authorization, "opinions_differ_third", key=key, now=now, nobody=nobody)
    return found


@transaction.atomic
def name_third(*, authorization_id: int, advisor_id: int, reason: str, by: Actor, now: datetime) -> Opinion:
    """
    Name the third medisch adviseur, who decides where two differ.

    :raises NotAllowed: for others than coordinators, without a reason, where nothing differs, and for somebody who may
        not judge this request or had part in it

    Bron: R-19; docs/adr/0010.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_to_divide(advisor_id=advisor_id, reason=reason, by=by)
    if by.organization_id != authorization.insurer_id:
        raise NotAllowed("Alleen de verzekeraar kan dit doen.")
    found = current(authorization)
    if found is None or found.stage is not Stage.DIFFERENT:
        raise NotAllowed("Er is hier geen verschil waarover een derde medisch adviseur beslist.")
    if advisor_id not in {choice for choice, _ in thirds(authorization)}:
        raise NotAllowed("Deze persoon oordeelde al, of werkt bij deze zorgaanbieder. Kies een ander.")
    third = Opinion.objects.create(
        authorization=authorization,
        decision=found.proposal,
        position=Position.THIRD.value,
        advisor_id=advisor_id,
        blind=False,
        named_by_id=by.user_id,
        named_at=now,
    )
    advisor = accounts.user(advisor_id)
    note = f"{advisor.full_name}: {reason.strip()}"
    lifecycle.record(authorization, "third", by=by, at=now, note=note, internal=True)
    messages.tell_third(authorization, advisor_id, key=str(found.proposal.pk), now=now)
    return third


def thirds(authorization: AuthorizationRequest) -> list[tuple[int, str]]:
    """Return who can be the third: medisch adviseurs of this insurer without part in it, not at work there."""
    found = current(authorization)
    if found is None:
        return []
    part = {one.advisor_id for one in (found.first, found.second, found.third) if one}
    return [
        (person.pk, person.full_name)
        for person in accounts.people_with(authorization.insurer_id, Role.MEDISCH_ADVISEUR).exclude(pk__in=part)
        if not accounts.organizations_of(person.pk).filter(pk=authorization.provider_id).exists()
    ]


# -- ending ----------------------------------------------------------------------------------------------------------


def require_to_end(proposal: Decision, *, by: Actor) -> Round:
    """
    Return the round of this proposal for who may confirm it or hand it back.

    :raises NotAllowed: for who gave no opinion, or left it to a third
    """
    found = _round(proposal)
    if found.may_end(by):
        return found
    if found.third:
        raise NotAllowed(f"{found.third.advisor.full_name} beslist als derde medisch adviseur.")
    raise NotAllowed(OWN_FIRST if found.second is None else "Een collega gaf het tweede oordeel al.")


def agree_to(found: Round, *, because: str, now: datetime) -> None:
    """
    Keep that the second, or the third, stands behind the proposal; where opinions differ, with the reason.

    :raises Reasonless: without that reason
    """
    opinion = found.third or found.second
    if found.stage is Stage.AGREED or opinion is None:
        return
    if not because.strip():
        raise Reasonless("Schrijf waarom u het voorstel overneemt.")
    if found.third:
        opinion.outcome, opinion.given_at = found.proposal.outcome, now
    opinion.adopted_because, opinion.adopted_at = because.strip(), now
    opinion.save(update_fields=["outcome", "given_at", "adopted_because", "adopted_at"])


# -- helpers ---------------------------------------------------------------------------------------------------------


def _require_to_give(authorization: AuthorizationRequest, found: Round | None, by: Actor) -> Round:
    review.require_advisor(authorization, by)
    if found is None:
        raise NotAllowed("Er ligt geen voorstel meer. Een collega was u voor.")
    if found.proposal.proposed_by_id == by.user_id:
        raise NotAllowed("U deed dit voorstel. Iemand anders geeft het tweede oordeel.")
    if found.second:
        raise NotAllowed("Een collega gaf het tweede oordeel al.")
    if any(one.assessed_by_id == by.user_id for one in review.assessments(authorization).values()):
        raise NotAllowed("U oordeelde zelf al over een criterium van deze aanvraag. Een collega geeft het oordeel.")
    return found


def _round(proposal: Decision) -> Round:
    found = Opinion.objects.filter(decision=proposal).select_related("advisor").prefetch_related("verdicts")
    by_position = {one.position: one for one in found}
    # A proposal from before there were opinions gets its first one now: no verdict changed since it was made.
    first = by_position.get(Position.FIRST.value) or open_round(proposal)
    return Round(proposal, first, by_position.get(Position.SECOND.value), by_position.get(Position.THIRD.value))


def _values(opinion: Opinion) -> rules.Opinion:
    return rules.Opinion(Outcome(opinion.outcome), dict(_verdicts(opinion)))


def _verdicts(opinion: Opinion) -> Iterator[tuple[str, Verdict]]:
    for one in opinion.verdicts.all():
        yield one.criterion, Verdict(one.verdict)
