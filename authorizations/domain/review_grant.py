"""What is granted: proposed as it was asked, kept in order, and everything that stands in its way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from authorizations.domain import identifiers, kinds, words
from authorizations.domain.application import Application, hours_of
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Discipline, Outcome, Setting

NOTHING = Decimal()
PARTS = {
    "declaratie_code": "code",
    "setting": "vorm van behandeling",
    "hours": "uren",
    "zorgtype": "zorgtype",
    "days_of_stay": "dagen verblijf",
    "period": "periode",
}
OF_STAY = ("zorgtype", "days_of_stay")
LONGEST_DAYS = 365
"""Whatever the reason: care that goes on after a year is asked for again."""


@dataclass(frozen=True)
class Grant:
    """What would be granted."""

    declaratie_code: str
    setting: Setting | None
    starts_on: date | None
    ends_on: date | None
    hours: Mapping[Discipline, Decimal] = field(default_factory=dict)
    zorgproduct_code: str = ""
    zorgtype: str = ""
    days_of_stay: int | None = None


def default_grant(application: Application, policy: Policy, *, decided_on: date) -> Grant:
    """
    Return what is proposed to the advisor: as asked, from the decision day at the earliest, for 120 days at most.

    A start that moves to the decision day keeps the length that was asked. A request that itself says why it is
    exceptional is proposed at its own length; the advisor still has to say why.

    Bron: R-22 (never before the decision date by itself); R-39 (120 days unless the advisor says otherwise).
    """
    plan, most = application.plan, policy.limits.grant_days
    starts_on = max(plan.starts_on or decided_on, decided_on)
    days = plan.days if plan.days is not None and plan.days >= 0 else most
    exceptional = plan.exceptional_reason or application.follow_up.exceptional_reason
    return Grant(
        declaratie_code=plan.code.upper(),
        setting=application.care.setting,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=min(days, LONGEST_DAYS if exceptional else most)),
        hours=asked_hours(application),
        zorgproduct_code=plan.second_code,
        zorgtype=plan.zorgtype,
        days_of_stay=plan.days_of_stay,
    )


def asked_hours(application: Application) -> dict[Discipline, Decimal]:
    """Return the hours asked, per discipline."""
    return {discipline: hours_of(minutes) for discipline, minutes in application.plan.minutes_by_discipline.items()}


def in_order(grant: Grant) -> Grant:
    """Return the grant with its codes as they are kept; the rules have found them right."""
    return replace(
        grant,
        declaratie_code=identifiers.declaratiecode(grant.declaratie_code),
        zorgproduct_code=grant.zorgproduct_code and identifiers.zorgproduct(grant.zorgproduct_code),
        zorgtype=grant.zorgtype and identifiers.zorgtype(grant.zorgtype),
    )


def less_than_asked(grant: Grant, application: Application, *, decided_on: date) -> list[str]:
    """Return in which ways this grants less or other than was asked, in words; empty when it is all of it."""
    plan, asked = application.plan, asked_hours(application)
    ways = []
    if grant.declaratie_code.upper() != plan.code.upper():
        ways.append("een andere code")
    if grant.setting != application.care.setting:
        ways.append("een andere vorm van behandeling")
    if any(grant.hours.get(discipline, NOTHING) < hours for discipline, hours in asked.items()):
        ways.append("minder uren")
    if grant.zorgtype != plan.zorgtype:
        ways.append("een ander zorgtype")
    if (grant.days_of_stay or 0) < (plan.days_of_stay or 0):
        ways.append("minder dagen verblijf")
    # Starting on the decision day instead of a day already past is what the law asks, not less than asked.
    if grant.starts_on and plan.starts_on and grant.starts_on > max(plan.starts_on, decided_on):
        ways.append("een latere ingangsdatum")
    if grant.ends_on and plan.ends_on and grant.ends_on < plan.ends_on:
        ways.append("een eerdere einddatum")
    return ways


def obstacles(
    outcome: Outcome,
    grant: Grant | None,
    application: Application,
    policy: Policy,
    *,
    decided_on: date,
    early_start_reason: str,
    long_period_reason: str,
) -> Iterator[Obstacle]:
    """
    Return what stands in the way of granting this.

    Bron: R-22 (never before the decision day by itself); R-39 (120 days unless the advisor says otherwise).
    """
    if outcome is Outcome.DENIED:
        if grant is not None:
            yield Obstacle("denial_with_grant", "Een afwijzing kent niets toe.", "besluit")
        return
    in_hours = kinds.of(application.kind).in_hours
    asks = [name for name in PARTS if name not in (OF_STAY if in_hours else ("hours",))]
    if grant is None:
        message = f"Vul in wat u toekent: {words.listing([PARTS[name] for name in asks])}."
        yield Obstacle("grant_missing", message, "besluit", "grant")
        return
    given = {
        "declaratie_code": grant.declaratie_code,
        "setting": grant.setting,
        "hours": any(grant.hours.values()) or not in_hours,
        "zorgtype": grant.zorgtype or in_hours,
        "days_of_stay": grant.days_of_stay or in_hours,
    }
    absent = [name for name, value in given.items() if not value]
    if absent:
        message = f"Vul in wat u toekent: {words.listing([PARTS[name] for name in absent])}."
        yield Obstacle("grant_missing", message, "besluit", absent[0])
    yield from _codes(grant)
    if grant.starts_on is None or grant.ends_on is None:
        yield Obstacle("grant_period_missing", "Vul in van wanneer tot wanneer u toekent.", "besluit", "starts_on")
    else:
        yield from _end(grant.starts_on, grant.ends_on, application, policy, decided_on, long_period_reason)
        if grant.starts_on < decided_on and not early_start_reason.strip():
            message = "De periode begint voor de datum van het besluit. Leg uit waarom."
            yield Obstacle("early_start_reason_missing", message, "besluit", "early_start_reason")
    asked = asked_hours(application)
    for discipline, hours in grant.hours.items():
        most = asked.get(discipline, NOTHING)
        if hours < 0 or hours > most:
            message = f"{discipline.label}: u kunt 0 tot {words.number(most)} uur toekennen."
            yield Obstacle("hours_out_of_range", message, "besluit", f"hours_{discipline.value}")
    yield from _days(grant, application)
    if absent:
        return  # whether it is all that was asked can't be told yet
    less = less_than_asked(grant, application, decided_on=decided_on)
    if outcome is Outcome.GRANTED and less:
        message = f"U kent {words.listing(less)} toe dan gevraagd. Kies gedeeltelijk toekennen."
        yield Obstacle("grant_is_partial", message, "besluit", "outcome")
    if outcome is Outcome.PARTLY_GRANTED and not less:
        yield Obstacle("grant_is_whole", "U kent alles toe wat gevraagd is. Kies toekennen.", "besluit", "outcome")


def _days(grant: Grant, application: Application) -> Iterator[Obstacle]:
    asked, days = application.plan.days_of_stay, grant.days_of_stay
    if not asked or not days:
        return
    if not 0 < days <= asked:
        message = f"U kunt 1 tot en met {words.number(asked)} dagen verblijf toekennen."
        yield Obstacle("days_out_of_range", message, "besluit", "days_of_stay")
    elif grant.starts_on and grant.ends_on and days > (fit := (grant.ends_on - grant.starts_on).days + 1) > 0:
        message = f"In deze periode passen {fit} dagen. U kent er {words.number(days)} toe."
        yield Obstacle("days_beyond_period", message, "besluit", "days_of_stay")


def _codes(grant: Grant) -> Iterator[Obstacle]:
    for name, value, read in (
        ("declaratie_code", grant.declaratie_code, identifiers.declaratiecode),
        ("zorgproduct_code", grant.zorgproduct_code, identifiers.zorgproduct),
        ("zorgtype", grant.zorgtype, identifiers.zorgtype),
    ):
        if value:
            try:
                read(value)
            except ValueError as error:
                yield Obstacle(f"{name}_invalid", str(error), "besluit", name)


def _end(
    starts_on: date, ends_on: date, application: Application, policy: Policy, decided_on: date, reason: str
) -> Iterator[Obstacle]:
    plan, most, days = application.plan, policy.limits.grant_days, (ends_on - starts_on).days
    if days < 0:
        yield Obstacle("grant_ends_before_start", "De periode eindigt voor het begin.", "besluit", "ends_on")
    if days > LONGEST_DAYS:
        message = f"De periode is {days} dagen. Een machtiging geldt hoogstens {LONGEST_DAYS} dagen."
        yield Obstacle("grant_too_long", message, "besluit", "ends_on")
        return
    if reason.strip():
        return
    # A start that had to wait for the decision takes the end along.
    late = max((decided_on - plan.starts_on).days, 0) if plan.starts_on else 0
    if days > most:
        message = f"De periode is {days} dagen. Een machtiging geldt {most} dagen. Leg uit waarom deze langer geldt."
        yield Obstacle("long_period_reason_missing", message, "besluit", "long_period_reason")
    elif plan.ends_on and ends_on > plan.ends_on + timedelta(days=late):
        message = f"De aanvraag vraagt tot en met {words.day(plan.ends_on)}. Leg uit waarom u langer toekent."
        yield Obstacle("long_period_reason_missing", message, "besluit", "long_period_reason")
