"""
What would have been said of a closed request under another policy: the same rules, with other values.

Nothing is decided anew: it only tells which checks would newly fail, or newly pass.

Bron: features.md, "What none of them has", 9; I-10 (criteria against under- and over-treatment).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from authorizations.domain import deadlines, documents, intake, review
from authorizations.domain.application import Application
from authorizations.domain.documents import Answer
from authorizations.domain.policy import National, Policy
from authorizations.domain.review import Assessment
from authorizations.domain.terms import DocumentKind, Outcome, Verdict

NOT_JUDGED, AGAINST, WITHOUT_GROUND = "criterion_not_judged", "grant_against_verdict", "refusal_without_ground"
KIND_NOT_ASKED = "kind_not_in_policy"


@dataclass(frozen=True)
class Closed:
    """A closed request as it was: what it said, which documents it had, and how each criterion was judged."""

    application: Application
    filed_at: datetime
    answers: Mapping[DocumentKind, Answer]
    assessments: tuple[Assessment, ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True, order=True)
class Check:
    """A check that fails: which one, and of what (a step of the form, a document, a criterion)."""

    code: str
    about: str = ""


@dataclass(frozen=True, order=True)
class Effect:
    """A check that comes out otherwise: it newly fails, or newly passes."""

    check: Check
    fails: bool


def effects(closed: Closed, old: Policy, new: Policy, national: National) -> list[Effect]:
    """Return what comes out otherwise under the new policy. Bron: features.md, "What none of them has", 9."""
    before, after = failing(closed, old, national), failing(closed, new, national)
    return sorted(
        [Effect(check, fails=True) for check in after - before]
        + [Effect(check, fails=False) for check in before - after]
    )


def failing(closed: Closed, policy: Policy, national: National) -> frozenset[Check]:
    """
    Return the checks that fail under this policy: of the form, of the documents and of the criteria.

    Bron: R-13; R-38; features 16, 17 and 47.
    """
    application = closed.application
    if application.kind not in policy.kinds:
        return frozenset({Check(KIND_NOT_ASKED)})
    expected_on = deadlines.expected_decision_on(
        received_at=closed.filed_at, policy=policy, now=closed.filed_at, urgent=application.care.urgent
    )
    today = closed.filed_at.astimezone(deadlines.AMSTERDAM).date()
    found = intake.obstacles(application, policy, today, expected_on=expected_on, answers=closed.answers)
    checks = {Check(one.code, one.field if one.step == documents.STEP else one.step) for one in found}
    if closed.outcome and application.care.indication:
        asked = review.criteria(policy, national, application.care.indication, application.plan.starts_on)
        checks.update(
            _of_decision(closed.outcome, review.judged(asked, closed.assessments), [one.code for one in asked])
        )
    return frozenset(checks)


def _of_decision(outcome: Outcome, judged: Mapping[str, Assessment], asked: Iterable[str]) -> Iterable[Check]:
    """Yield what stands in the way of the decision that was taken, with the verdicts that were given."""
    given = [judged[code] for code in asked if code in judged]
    yield from (Check(NOT_JUDGED, code) for code in asked if code not in judged)
    against = [one.criterion for one in given if one.verdict is not Verdict.MET]
    if outcome is Outcome.GRANTED:
        yield from (Check(AGAINST, code) for code in against)
    elif not against:
        yield Check(WITHOUT_GROUND)
