"""A request on the desk of an advisor, put there as a row, for the tests of what the desk does."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db import connection
from stdnum.nl import bsn

from accounts import queries as accounts
from accounts.domain.actors import Actor
from authorizations.domain import application as applications
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.second_opinion import Given
from authorizations.domain.terms import Discipline, Outcome, Setting, Verdict
from authorizations.models import AuthorizationRequest
from authorizations.services import decisions, lifecycle, questions, review, second_opinion, sight
from kit import tenancy
from tests.factories import applications as make_application
from tests.factories import authorizations as make

NOW = make_application.NOW
_numbers = cycle(number for number in (f"99999{rest:04}" for rest in range(10_000)) if bsn.is_valid(number))
SUBMITTED_AT = make.FILED_AT


def filed(
    by: Actor, insurer: Any, status: Status = Status.SUBMITTED, *, advisor: Actor | None = None, **columns: Any
) -> AuthorizationRequest:
    """Return a filed request with a whole application; `advisor` has it."""
    make.national()
    whole = make_application.application()
    columns = {
        "application": applications.write(whole),
        "planned_start_on": whole.plan.starts_on,
        "planned_end_on": whole.plan.ends_on,
        **columns,
    }
    if advisor:
        columns |= {"assigned_to": accounts.user(advisor.user_id), "assigned_at": NOW}
    authorization = make.filed(
        accounts.organization(by.organization_id), insurer, accounts.user(by.user_id), status, **columns
    )
    if "due_on" not in columns:
        lifecycle.update_due_date(authorization)
    return authorization


def with_own_insured(authorization: AuthorizationRequest) -> AuthorizationRequest:
    """Give this request an insured of its own, with an official test number; the factories have one for all."""
    insured = authorization.insured
    insured.bsn = next(_numbers)
    insured.save(update_fields=["bsn", "bsn_hash"])
    return authorization


def judge(authorization: AuthorizationRequest, by: Actor, *, now: datetime = NOW, **other: Verdict) -> None:
    """Judge every criterion as met, but for the ones named, and what they are a part of."""
    saved = review.assessments(authorization)
    other = {one.parent: other[one.code] for one in review.criteria(authorization) if one.code in other} | other
    for criterion in review.criteria(authorization):
        if not criterion.locked:
            verdict = other.get(criterion.code, Verdict.MET)
            words = (
                {}
                if verdict is Verdict.MET
                else {"missing_fact": "Het eindverslag.", "leads_to_consent": "Een eindverslag."}
            )
            assess(
                authorization, criterion.code, by, now=now, verdict=verdict,
                version=saved[criterion.code].version if criterion.code in saved else 0, **words,
            )  # fmt: skip


def assess(authorization: AuthorizationRequest, criterion: str, by: Actor, **changes: Any) -> Any:
    """Save one verdict."""
    values = {
        "verdict": Verdict.MET,
        "motivation": "De stukken onderbouwen dit.",
        "missing_fact": "",
        "leads_to_consent": "",
        "internal_note": "",
        "version": 0,
        "now": NOW,
        **changes,
    }
    return review.assess(authorization_id=authorization.pk, criterion=criterion, by=by, **values)


def second(authorization: AuthorizationRequest, by: Actor, *, now: datetime = NOW, **other: Any) -> Any:
    """Give a second opinion that is the same as the first, but for the outcome and the verdicts that are named."""
    outcome = other.pop("outcome", None)
    found = second_opinion.current(authorization)
    assert found
    saved = {one.criterion: Verdict(one.verdict) for one in found.first.verdicts.all()} | other
    return second_opinion.give(
        authorization_id=authorization.pk,
        proposal_id=found.proposal.pk,
        outcome=outcome or Outcome(found.proposal.outcome),
        given=[Given(code, verdict, "Dat vindt de tweede.") for code, verdict in saved.items()],
        seen=sight.of(authorization),
        by=by,
        now=now,
    )


def question(**changes: Any) -> questions.Question:
    """Return a question that lacks nothing."""
    values = {
        "criterion": "c2a",
        "what": "Het eindverslag van de fysiotherapeut.",
        "why": "Zonder verslag zien wij niet wat het opleverde.",
        "leads_to_consent": "Een verslag waaruit blijkt dat het niet genoeg hielp.",
        "due_on": date(2026, 12, 7),
        **changes,
    }
    return questions.Question(**values)


def grant(**changes: Any) -> rules.Grant:
    """Return what is granted when all of the request in tests/factories/applications.py is."""
    whole = make_application.application()
    plan = whole.plan
    values: dict[str, Any] = {
        "declaratie_code": plan.code,
        "setting": Setting.OUTPATIENT,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "hours": rules.asked_hours(whole),
        **changes,
    }
    return rules.Grant(**values)


def choice(outcome: Outcome, **changes: Any) -> decisions.Choice:
    """Return a decision that lacks nothing."""
    refusal = {
        "not_granted": "Zes uren fysiotherapie, want daarvoor staat geen doel in het plan.",
        "indication_weighed": "Wij volgen de revalidatiearts in de diagnose.",
        "next_step": "Dien een nieuwe aanvraag in met het eindverslag.",
    }
    less = {**rules.asked_hours(make_application.application())}
    less[Discipline.FYSIOTHERAPIE] -= Decimal(1)
    whole: dict[Outcome, dict[str, Any]] = {
        Outcome.GRANTED: {"grant": grant()},
        Outcome.PARTLY_GRANTED: {**refusal, "next_step": "", "grant": grant(hours=less)},
        Outcome.DENIED: refusal,
    }
    return decisions.Choice(outcome, **{"summary": "Wij hebben alles gewogen.", **whole[outcome], **changes})


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run these in threads that start together and return what each gave, or the refusal that it met."""
    barrier = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            outcomes[number] = call()
        except lifecycle.NotAllowed as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=tenancy.carried(run), args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
