"""
Decide on a request: grant, grant in part, or propose a denial for which a second medisch adviseur must be found.

The second gives an own opinion first, without having seen the proposal: `second_opinion`.

Everything here is done by a person, named in `by`: no rule, timer or import decides anything. Bron: R-19.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import deadlines, records, references, words
from authorizations.domain import letters as letter_rules
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Addressee, Discipline, Outcome, Setting, Verdict
from authorizations.models import AuthorizationRequest, Decision, Grant, GrantHours
from authorizations.services import (
    amendments,
    drafts,
    letters,
    lifecycle,
    messages,
    privacy_check,
    review,
    second_opinion,
    sight,
    signals,
)

NotAllowed = lifecycle.NotAllowed
Stale = lifecycle.Stale
Changed = sight.Changed
Incomplete = review.Incomplete
Reasonless = second_opinion.Reasonless

MOVE_OF = {Outcome.GRANTED: "grant", Outcome.PARTLY_GRANTED: "grant_partly", Outcome.DENIED: "deny"}
DECIDED_IN = frozenset({Status.IN_REVIEW, Status.ANSWERED})
ATTEMPTS = 5
WITHOUT_BIG = Obstacle(
    "signatory_without_big", "Uw BIG-nummer ontbreekt. Vul het in bij uw profiel: de brief noemt het."
)


class Replaced(Stale):
    """Another proposal lies there now than the one that this person read."""


@dataclass(frozen=True)
class Choice:
    """A decision as the advisor filled it in; the verdicts on the criteria come from what was saved."""

    outcome: Outcome
    summary: str = ""
    not_granted: str = ""
    conditions: str = ""
    next_step: str = ""
    indication_weighed: str = ""
    early_start_reason: str = ""
    long_period_reason: str = ""
    grant: rules.Grant | None = None
    second_wanted: bool = False
    codes_checked: bool = False
    """That the advisor looked at codes that our list doesn't know on the first day: it is of one release of the NZa."""


def obstacles(authorization: AuthorizationRequest, choice: Choice, *, by: Actor, now: datetime) -> list[Obstacle]:
    """
    Return everything that stands in the way of this decision: shown above the button, and why `decide` refuses.

    Bron: R-13, R-19, R-20, R-22; domain.md section 6 (decision letter minimum).
    """
    person = rules.Person(by.user_id, by.has(Role.MEDISCH_ADVISEUR), by.works_for)
    found = rules.obstacles_to_sign(choice.outcome, person, None, provider_id=authorization.provider_id)
    # Deciding is how a second advisor gets to see it, so that one's absence is no obstacle here.
    found = [obstacle for obstacle in found if obstacle.code != "second_advisor_missing"]
    if not by.big_number:
        found.append(WITHOUT_BIG)
    return [*found, *_about_content(authorization, choice, now=now), *doubtful_codes(authorization, choice)]


@transaction.atomic
def decide(*, authorization_id: int, choice: Choice, seen: str, by: Actor, now: datetime) -> Decision:
    """
    Take a decision, or propose it to a second medisch adviseur when it is a denial or when one is wanted.

    `seen` is what the page showed of the request (`sight.of`).

    :raises Incomplete: naming every obstacle
    :raises Changed: when a document, a verdict, a counter-question or the status is new since; it names what
    :raises NotAllowed: when it isn't with this advisor, or no longer open (withdrawn, decided)
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_to_decide(authorization, by)
    sight.require_same(authorization, seen)
    if found := obstacles(authorization, choice, by=by, now=now):
        raise Incomplete(found)
    choice = replace(choice, grant=choice.grant and rules.in_order(choice.grant))
    needs_second = rules.needs_second(choice.outcome, wanted=choice.second_wanted)
    decision = draft(authorization, choice, by=by, now=now)
    if not needs_second:
        decision.final_at = now
    decision.save()
    if needs_second:
        second_opinion.open_round(decision)
        lifecycle.move(authorization, "propose", by=by, at=now, internal=True)
        messages.tell_second_advisors(authorization, by=by, key=str(decision.pk), now=now)
    else:
        _finish(decision, authorization, by=by, now=now)
    return decision


@transaction.atomic
def confirm(
    *, authorization_id: int, proposal_id: int | None, seen: str, by: Actor, now: datetime, because: str = ""
) -> Decision:
    """
    Confirm the proposal of a colleague, after an own opinion: with this it is the decision.

    `proposal_id` is the proposal that this person read, `seen` what the page showed of the request (`sight.of`). Where
    the two opinions differ, `because` says why this person takes the proposal over.

    :raises Replaced: when another proposal lies there now
    :raises Changed: when the request is not what was seen; it names what is new
    :raises Incomplete: when something came in the way since, such as a first day that has passed
    :raises Reasonless: when the opinions differ and no reason is given
    :raises NotAllowed: for who gave no opinion or may not judge this request, or when there is no proposal any more

    Bron: R-19; feature 44; docs/adr/0010.
    """
    authorization, decision = _proposal(authorization_id, proposal_id, by)
    opinions = None if by.user_id == decision.proposed_by_id else second_opinion.require_to_end(decision, by=by)
    sight.require_same(authorization, seen)
    second = rules.Person(by.user_id, by.has(Role.MEDISCH_ADVISEUR), by.works_for)
    first = rules.Person(decision.proposed_by_id, is_medical_advisor=True)
    choice = choice_of(decision)
    found = rules.obstacles_to_sign(choice.outcome, first, second, provider_id=authorization.provider_id)
    if not by.big_number:
        found.append(WITHOUT_BIG)
    if found := found + _about_content(authorization, choice, now=now):
        raise Incomplete(found)
    assert opinions  # noqa: S101 (who proposed it was refused above)
    second_opinion.agree_to(opinions, because=because, now=now)
    decision.confirmed_by_id, decision.confirmed_at, decision.final_at = by.user_id, now, now
    decision.save(update_fields=["confirmed_by", "confirmed_at", "final_at"])
    _finish(decision, authorization, by=by, now=now)
    return decision


@transaction.atomic
def hand_back(*, authorization_id: int, proposal_id: int | None, because: str, by: Actor, now: datetime) -> Decision:
    """
    Give a proposal back to the first advisor, with the reason; the proposer may take it back the same way.

    A third medisch adviseur who doesn't follow the proposal gets the request, to decide on it as its own.

    :raises Replaced: when another proposal lies there now than the one that this person read
    :raises NotAllowed: without a reason, for who gave no opinion or may not judge this request, or when there is no
        proposal any more
    """
    authorization, decision = _proposal(authorization_id, proposal_id, by)
    is_own = by.user_id == decision.proposed_by_id
    opinions = None if is_own else second_opinion.require_to_end(decision, by=by)
    if not because.strip():
        raise NotAllowed("Schrijf waarom u het voorstel teruggeeft.")
    decision.returned_by_id, decision.returned_at, decision.returned_because = by.user_id, now, because.strip()
    decision.save(update_fields=["returned_by", "returned_at", "returned_because"])
    takes = {"assigned_to_id": by.user_id, "assigned_at": now} if opinions and opinions.third else {}
    lifecycle.move(authorization, "return", by=by, at=now, note=because.strip(), internal=True, **takes)
    if not is_own:
        messages.tell_proposer(decision, "returned", key=str(decision.pk), now=now)
    return decision


def draft(authorization: AuthorizationRequest, choice: Choice, *, by: Actor, now: datetime) -> Decision:
    """Return the decision that this choice makes, not saved: what the letter is previewed from and decided with."""
    policy = queries.policy_of(authorization)
    return Decision(
        authorization=authorization,
        outcome=choice.outcome.value,
        summary=choice.summary.strip(),
        not_granted=choice.not_granted.strip(),
        conditions=choice.conditions.strip(),
        next_step=choice.next_step.strip(),
        indication_weighed=choice.indication_weighed.strip(),
        early_start_reason=choice.early_start_reason.strip(),
        long_period_reason=choice.long_period_reason.strip(),
        grant=_written(choice.grant),
        # What it was judged by, as it was that day: a later version of the policy changes nothing here.
        policy_documents=[
            {"code": policy.slug, "title": policy.title, "version": policy.version},
            *(records.write(document) for document in policy.documents),
        ],
        proposed_by_id=by.user_id,
        proposed_at=now,
    )


def preview(
    authorization: AuthorizationRequest, choice: Choice, addressee: Addressee, *, by: Actor, now: datetime
) -> bytes:
    """Return the PDF of the letter that this choice would send: the same text by the same way. Bron: feature 55."""
    return _preview(draft(authorization, choice, by=by, now=now), addressee, now=now)


def preview_proposal(proposal: Decision, addressee: Addressee, *, by: Actor, now: datetime) -> bytes:
    """Return the PDF of the letter that confirming this proposal would send."""
    # Only in memory: the letter names the second medisch adviseur as well.
    proposal.confirmed_by_id = by.user_id
    return _preview(proposal, addressee, now=now)


def _preview(decision: Decision, addressee: Addressee, *, now: datetime) -> bytes:
    grant = _read(decision.grant)
    granted = letter_rules.care_of(grant) if grant else None
    return letters.preview(decision, addressee, granted=granted, hours=dict(grant.hours) if grant else {}, now=now)


def choice_of(decision: Decision) -> Choice:
    """Return what the advisor filled in for this decision or proposal."""
    return Choice(
        outcome=Outcome(decision.outcome),
        summary=decision.summary,
        not_granted=decision.not_granted,
        conditions=decision.conditions,
        next_step=decision.next_step,
        indication_weighed=decision.indication_weighed,
        early_start_reason=decision.early_start_reason,
        long_period_reason=decision.long_period_reason,
        grant=_read(decision.grant),
    )


# -- helpers ---------------------------------------------------------------------------------------------------------


def _about_content(authorization: AuthorizationRequest, choice: Choice, *, now: datetime) -> list[Obstacle]:
    intent = rules.Intent(
        outcome=choice.outcome,
        assessments=tuple(
            rules.Assessment(
                one.criterion, Verdict(one.verdict), one.motivation, one.missing_fact, one.leads_to_consent
            )
            for one in review.assessments(authorization).values()
        ),
        summary=choice.summary,
        not_granted=choice.not_granted,
        indication_weighed=choice.indication_weighed,
        next_step=choice.next_step,
        grant=choice.grant,
        early_start_reason=choice.early_start_reason,
        long_period_reason=choice.long_period_reason,
    )
    found = rules.obstacles_to_decide(
        intent,
        drafts.application_of(authorization),
        review.criteria(authorization),
        queries.policy_of(authorization),
        decided_on=now.astimezone(deadlines.AMSTERDAM).date(),
        open_questions=queries.open_information_request(authorization) is not None,
        open_counter_questions=queries.open_counter_questions(authorization).exists(),
    )
    return [*privacy_check.obstacles(authorization), *amendments.obstacles(authorization), *found]


def doubtful_codes(authorization: AuthorizationRequest, choice: Choice) -> Iterator[Obstacle]:
    """
    Name the codes that the catalogue doesn't know on the first day, until the advisor says that they are right.

    Of a stay in the GGZ that is the day on which its dbc opens.

    Our list is that of one release, so it warns and never forbids. Bron: feature 15; R-27.
    """
    grant = choice.grant
    if grant is None or grant.starts_on is None or choice.codes_checked:
        return
    day = drafts.application_of(authorization).plan.dbc_opened_on or grant.starts_on
    found = signals.doubtful_codes(grant.declaratie_code, grant.zorgproduct_code, day, zorgtype=grant.zorgtype)
    for code, standing in found:
        message = (
            f"Code {code} is op {words.day(day)} volgens onze lijst: {standing.words.lower()}. "
            "Controleer de code, of vink aan dat zij klopt."
        )
        yield Obstacle("code_not_valid", message, "besluit", "codes_checked")


def _proposal(authorization_id: int, proposal_id: int | None, by: Actor) -> tuple[AuthorizationRequest, Decision]:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_undecided(authorization)
    review.require_advisor(authorization, by)
    decision = queries.current_decision(authorization)
    if authorization.status != Status.SECOND_REVIEW or decision is None:
        raise NotAllowed("Er ligt geen voorstel meer. Een collega was u voor.")
    if decision.pk != proposal_id:
        by_whom = f"{decision.proposed_by.full_name} deed intussen een nieuw voorstel."
        raise Replaced(f"{by_whom} Lees dit voorstel eerst. Er is nog niets besloten.")
    return authorization, decision


def _finish(decision: Decision, authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Make it final: the machtiging, the status, the letters and the mail, all in the caller's transaction."""
    if grant := _read(decision.grant):
        issue(grant, decision, granted_on=now.astimezone(deadlines.AMSTERDAM).date())
    lifecycle.move(authorization, MOVE_OF[Outcome(decision.outcome)], by=by, at=now)
    letters.issue_for(decision, now=now)
    messages.tell_provider(authorization, "decided", key=str(decision.pk), now=now)


def issue(
    grant: rules.Grant,
    decision: Decision,
    *,
    granted_on: date,
    replaces: Grant | None = None,
    institution: tuple[str, str] = ("", ""),
) -> Grant:
    """Write the machtiging under a new number; in the one case in 10^15 that it exists, under another. Bron: R-25."""
    assert grant.setting and grant.starts_on and grant.ends_on  # noqa: S101 (obstacles_to_decide saw to it)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                issued = Grant.objects.create(
                    decision=decision,
                    authorization_id=decision.authorization_id,
                    replaces=replaces,
                    institution_name=institution[0],
                    institution_agb=institution[1],
                    number=references.machtigingsnummer(secrets.choice, granted_on),
                    declaratie_code=grant.declaratie_code,
                    zorgproduct_code=grant.zorgproduct_code,
                    zorgtype=grant.zorgtype,
                    days_of_stay=grant.days_of_stay,
                    setting=grant.setting.value,
                    starts_on=grant.starts_on,
                    ends_on=grant.ends_on,
                )
            break
        except IntegrityError as error:
            if "number" not in str(error) or attempt == ATTEMPTS:
                raise
    GrantHours.objects.bulk_create(
        GrantHours(grant=issued, discipline=discipline.value, hours=hours)
        for discipline, hours in grant.hours.items()
        if hours
    )
    return issued


def _written(grant: rules.Grant | None) -> dict[str, object]:
    if grant is None:
        return {}
    hours = {discipline.value: str(number) for discipline, number in grant.hours.items()}
    return {
        "declaratie_code": grant.declaratie_code,
        "zorgproduct_code": grant.zorgproduct_code,
        "setting": grant.setting and grant.setting.value,
        "starts_on": grant.starts_on and grant.starts_on.isoformat(),
        "ends_on": grant.ends_on and grant.ends_on.isoformat(),
        "hours": hours,
        **({"zorgtype": grant.zorgtype, "days_of_stay": grant.days_of_stay} if grant.zorgtype else {}),
    }


def _read(kept: dict[str, object]) -> rules.Grant | None:
    if not kept:
        return None
    hours = kept["hours"]
    assert isinstance(hours, dict)  # noqa: S101
    return rules.Grant(
        declaratie_code=str(kept["declaratie_code"]),
        zorgproduct_code=str(kept["zorgproduct_code"]),
        setting=Setting(str(kept["setting"])) if kept["setting"] else None,
        starts_on=date.fromisoformat(str(kept["starts_on"])) if kept["starts_on"] else None,
        ends_on=date.fromisoformat(str(kept["ends_on"])) if kept["ends_on"] else None,
        hours={Discipline(name): Decimal(number) for name, number in hours.items()},
        zorgtype=str(kept.get("zorgtype", "")),
        days_of_stay=days if isinstance(days := kept.get("days_of_stay"), int) else None,
    )
