"""
What a request says, typed: one part per step of the form. A draft may lack anything, so every field may be empty.

Numbers that people type (BSN, AGB) are kept as typed until they are checked; `intake.obstacles` does that.
Bron: domain.md section 2, form sections A to O.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from authorizations.domain import records, weighting
from authorizations.domain.identifiers import clean
from authorizations.domain.policy import TimeUnit
from authorizations.domain.terms import (
    DiagnosisGroup,
    Discipline,
    Domain,
    Indication,
    Kind,
    Referrer,
    Setting,
    TreatmentKind,
    WpnLevel,
)

MOST_HOURS = 2000


@dataclass(frozen=True)
class Insured:
    """A: the patient. The address is for the letter by post (R-36)."""

    bsn: str = ""
    initials: str = ""
    surname: str = ""
    birth_date: date | None = None
    insured_number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True)
class Care:
    """B and D: who treats, and what is asked. Who has a contract says why it is asked all the same (Z-01)."""

    contracted: bool = False
    contract_reason: str = ""
    indication: Indication | None = None
    setting: Setting | None = None
    urgent: bool = False
    urgent_reason: str = ""
    location: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    revalidatiearts_name: str = ""
    revalidatiearts_big: str = ""
    revalidatiearts_agb: str = ""


@dataclass(frozen=True)
class Referral:
    """C, E and F: the referral, the complaints and the diagnosis (optional, Z-13; not without consent, G-06)."""

    referrer: Referrer | None = None
    referrer_name: str = ""
    referrer_agb: str = ""
    referred_on: date | None = None
    complaints: str = ""
    complaint_months: int | None = None
    diagnosis_group: DiagnosisGroup | None = None
    diagnosis_code: str = ""
    diagnosis_text: str = ""
    diagnosis_shared: bool | None = None
    wpn_level: WpnLevel | None = None


@dataclass(frozen=True)
class Treatment:
    """A line of the earlier treatment, or why it wasn't tried. Bron: Z-14 to Z-17; R-14."""

    kind: TreatmentKind | None = None
    discipline: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    sessions: int | None = None
    intensity: str = ""
    result: str = ""
    untried_because: str = ""

    @property
    def tried(self) -> bool:
        """Tell whether this was tried."""
        return not self.untried_because.strip()


@dataclass(frozen=True)
class History:
    """G and H: what was tried in the first line, and why that isn't enough. Bron: Z-04 to Z-07, Z-14 to Z-19."""

    treatments: tuple[Treatment, ...] = ()
    domains: frozenset[Domain] = frozenset()
    complexity: str = ""
    integrated_care: str = ""
    coincidence: str = ""
    why_second_line: str = ""


@dataclass(frozen=True)
class FollowUp:
    """L: what changed since the earlier machtiging. Bron: Z-29, Z-33, Z-35; R-11."""

    previous_number: str = ""
    zorgtrajectnummer: str = ""
    progress: str = ""
    why_not_finished: str = ""
    minutes_used: int | None = None
    gap_over_42: bool | None = None
    gap_reason: str = ""
    exceptional_reason: str = ""


@dataclass(frozen=True)
class HoursLine:
    """The time that a discipline plans. Kept in minutes, so that hours and minutes are both exact. Bron: Z-20; A-33."""

    discipline: Discipline | None = None
    minutes: int | None = None
    # Which discipline it is when it isn't in the list.
    label: str = ""

    @property
    def hours(self) -> Decimal | None:
        """Return the hours, in two places."""
        return None if self.minutes is None else hours_of(self.minutes)


@dataclass(frozen=True)
class Practitioner:
    """Who does what. Bron: A-34."""

    name: str = ""
    discipline: Discipline | None = None
    big_number: str = ""
    does: str = ""


@dataclass(frozen=True)
class Plan:
    """I, J and K: the plan, the hours, the codes and the admission. Bron: Z-20, A-32 to A-35; I-08; G-01, R-27."""

    starts_on: date | None = None
    ends_on: date | None = None
    early_start_reason: str = ""
    exceptional_reason: str = ""
    goals: str = ""
    activities: str = ""
    joint_plan: bool | None = None
    hours: tuple[HoursLine, ...] = ()
    practitioners: tuple[Practitioner, ...] = ()
    code: str = ""
    second_code: str = ""
    admission_reason: str = ""
    days_of_stay: int | None = None
    dbc_opened_on: date | None = None
    zorgtype: str = ""

    @property
    def days(self) -> int | None:
        """Return how many days after its start the plan ends."""
        return (self.ends_on - self.starts_on).days if self.starts_on and self.ends_on else None

    def name_of(self, discipline: Discipline) -> str:
        """Return what the provider calls a discipline: one that isn't in the list has the name that was typed."""
        typed = [line.label for line in self.hours if line.discipline is discipline and line.label]
        return ", ".join(typed) or discipline.label

    @property
    def minutes_by_discipline(self) -> dict[Discipline, int]:
        """Return the planned minutes per discipline; lines of the same discipline add up."""
        total: dict[Discipline, int] = {}
        for line in self.hours:
            if line.discipline and line.minutes:
                total[line.discipline] = total.get(line.discipline, 0) + line.minutes
        return total

    @property
    def total_minutes(self) -> int:
        """Return the running total of the time."""
        return sum(self.minutes_by_discipline.values())

    @property
    def total_hours(self) -> Decimal:
        """Return the same in hours."""
        return hours_of(self.total_minutes)

    @property
    def estimate(self) -> weighting.Estimate:
        """Return what the hours would weigh: an estimate. Bron: R-17."""
        return weighting.estimate(self.minutes_by_discipline)


@dataclass(frozen=True)
class Consent:
    """M and O: the insured agrees, and who signs. Bron: R-23; domain.md section 2."""

    consented_on: date | None = None
    signatory_name: str = ""
    signatory_profession: str = ""
    signatory_big: str = ""
    declared_true: bool = False
    duplicate_reason: str = ""


@dataclass(frozen=True)
class Application:
    """A whole request, as far as it has been filled in."""

    kind: Kind = Kind.MSR_FIRST
    insured: Insured = field(default_factory=Insured)
    care: Care = field(default_factory=Care)
    referral: Referral = field(default_factory=Referral)
    history: History = field(default_factory=History)
    follow_up: FollowUp = field(default_factory=FollowUp)
    plan: Plan = field(default_factory=Plan)
    consent: Consent = field(default_factory=Consent)

    @property
    def without_diagnosis(self) -> bool:
        """Tell whether the patient shares no diagnosis."""
        return self.referral.diagnosis_shared is False

    @property
    def chronic_pain(self) -> bool:
        """Tell whether this is about chronic pain."""
        return self.care.indication is Indication.CHRONIC_PAIN


def read(answers: Mapping[str, Any]) -> Application:
    """
    Return the request that these answers make: a table per part, under the names of the fields.

    What is half typed or can't be read stays empty; the step where it was typed says so.
    """
    return records.read(Application, answers, lenient=True)


def write(application: Application) -> dict[str, Any]:
    """Return the JSON-ready answers; `read` makes the same request of them again."""
    answers: dict[str, Any] = records.write(application)
    return answers


def hours_of(minutes: int) -> Decimal:
    """Return these minutes as hours, in at most two places."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def in_unit(hours: Decimal, unit: TimeUnit) -> Decimal:
    """Return hours in the unit of a policy: minutes are whole. Bron: Z-20 (hours); A-33 (minutes)."""
    return hours if unit is TimeUnit.HOURS else (hours * 60).quantize(Decimal(1), ROUND_HALF_UP)


def minutes_of(text: str, unit: TimeUnit = TimeUnit.HOURS, *, what: str = "deze discipline") -> int:
    """
    Return whole minutes from what someone typed, in hours or in minutes; comma and point both work.

    :raises ValueError: with words for whoever typed it

    Bron: R-17 (hours; minutes accepted and converted); ux.md section 6, message 13.
    """
    typed = clean(text).replace(",", ".")
    try:
        # Only plain figures: Decimal would also take 1e9, NaN and figures of other scripts.
        if not typed.isascii() or not typed.replace(".", "", 1).isdigit():
            raise InvalidOperation
        number = Decimal(typed)
    except InvalidOperation:
        raise ValueError(f"Vul de {unit.label} van {what} in als getal, bijvoorbeeld 12 of 12,5.") from None
    minutes = number * 60 if unit is TimeUnit.HOURS else number
    if minutes > MOST_HOURS * 60:
        raise ValueError(f"Het aantal {unit.label} van {what} is te groot. Controleer het getal.")
    return int(minutes.quantize(Decimal(1), ROUND_HALF_UP))
