"""Which questions a request needs: what earlier answers make superfluous isn't shown, and so isn't kept."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

from authorizations.domain import kinds
from authorizations.domain.application import Application
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Setting

Need = Callable[[Application, Policy, date], bool]

# (part, field) -> when it is asked; what isn't listed is always asked.
NEEDS: dict[tuple[str, str], Need] = {
    ("care", "contract_reason"): lambda a, p, d: a.care.contracted,
    ("care", "urgent_reason"): lambda a, p, d: a.care.urgent,
    ("referral", "complaints"): lambda a, p, d: p.asks.complaints,
    ("referral", "complaint_months"): lambda a, p, d: p.asks.complaints,
    ("referral", "diagnosis_group"): lambda a, p, d: a.referral.diagnosis_shared is not False,
    ("referral", "diagnosis_code"): lambda a, p, d: a.referral.diagnosis_shared is not False,
    ("referral", "diagnosis_text"): lambda a, p, d: a.referral.diagnosis_shared is not False,
    ("referral", "wpn_level"): lambda a, p, d: a.chronic_pain,
    ("history", "treatments"): lambda a, p, d: p.asks.prior_treatment,
    ("history", "domains"): lambda a, p, d: bool(p.asks.minimum_domains),
    ("history", "complexity"): lambda a, p, d: p.asks.why_second_line,
    ("history", "integrated_care"): lambda a, p, d: p.asks.why_second_line,
    ("history", "why_second_line"): lambda a, p, d: p.asks.why_second_line,
    ("history", "coincidence"): lambda a, p, d: p.asks.why_second_line and a.chronic_pain,
    ("follow_up", "gap_reason"): lambda a, p, d: bool(a.follow_up.gap_over_42),
    ("follow_up", "exceptional_reason"): lambda a, p, d: a.chronic_pain,
    ("plan", "early_start_reason"): lambda a, p, d: bool(a.plan.starts_on and a.plan.starts_on < d),
    ("plan", "exceptional_reason"): lambda a, p, d: (
        a.chronic_pain and not kinds.of(a.kind).goes_on and (a.plan.days or 0) > p.limits.plan_days
    ),
    ("plan", "activities"): lambda a, p, d: p.asks.activities,
    ("plan", "practitioners"): lambda a, p, d: p.asks.practitioners,
    ("plan", "second_code"): lambda a, p, d: p.asks.second_code,
    ("plan", "admission_reason"): lambda a, p, d: a.care.setting is Setting.INPATIENT,
}


def is_asked(part: str, name: str, application: Application, policy: Policy, *, expected_on: date) -> bool:
    """
    Tell whether this request needs the answer to this question.

    `expected_on` is the day on which a decision may be expected: who begins earlier says why.

    Bron: Z-12 to Z-20, Z-35 (Zilveren Kruis); A-32 to A-35 (a.s.r.); G-06 (no diagnosis without consent); R-11, R-22;
    feature 4.
    """
    if not kinds.of(application.kind).asks(part, name):
        return False
    need = NEEDS.get((part, name))
    return need is None or need(application, policy, expected_on)


def superfluous(application: Application, policy: Policy, *, expected_on: date) -> list[tuple[str, str]]:
    """Return the questions, as (part, field), whose answers this request doesn't need. Bron: feature 4."""
    questions = [(part, name) for part in _parts(application) for name in _names(application, part)]
    return [
        (part, name)
        for part, name in questions
        if not is_asked(part, name, application, policy, expected_on=expected_on)
    ]


def only_asked(application: Application, policy: Policy, *, expected_on: date) -> Application:
    """Return the request without answers to questions that it doesn't need. Bron: feature 4."""
    for part, name in superfluous(application, policy, expected_on=expected_on):
        record = getattr(application, part)
        empty = getattr(type(record)(), name)
        application = replace(application, **{part: replace(record, **{name: empty})})
    return application


def _parts(application: Application) -> list[str]:
    return [field.name for field in fields(application) if field.name != "kind"]


def _names(application: Application, part: str) -> list[str]:
    return [field.name for field in fields(getattr(application, part))]
