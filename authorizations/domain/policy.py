"""
What differs per insurer, as values that rules receive.

A policy is a TOML file in data/policies/, kept as a dated version. The standpunten of the Zorginstituut lie over all.

Bron: R-01.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from authorizations.domain import records
from authorizations.domain.contact import Contact
from authorizations.domain.policy_approval import ApprovalRule
from authorizations.domain.policy_privacy import UNSAID, PrivacyRule
from authorizations.domain.records import Unreadable
from authorizations.domain.terms import (
    Addressee,
    DocumentKind,
    Feature,
    Indication,
    Kind,
    LetterKind,
    Referrer,
    Setting,
    Term,
)

NOT_FROM_A_SOURCE = "niet uit een bron"
NATIONAL = "landelijk"
LATER = {"approval": None, "coulance_not_handed_in": True, "privacyverklaring": UNSAID}  # came later, left out unsaid


class Closing(Term):
    """Which grounds close a subtraject. Bron: R-02."""

    BRON = "bron", "De drie gronden van de verzekeraar"
    NZA = "nza", "De regels van de NZa: 42 en 120 dagen"


class Reading(Term):
    """How "1 van beide prestatiecodes per verzekerde" is read. Bron: Z-26, Z-27; R-03."""

    A = "A", "Een van de twee codes, één keer"
    B = "B", "Elk van de twee codes één keer"


class TimeUnit(Term):
    """In which unit the provider fills in time. Bron: Z-20 (hours), A-33 (minutes); R-17."""

    HOURS = "hours", "uren"
    MINUTES = "minutes", "minuten"


class StandpuntOutcome(Term):
    """What a standpunt says. Bron: I-11 (duiding leads to a standpunt)."""

    POSITIVE = "positive", "Positief"
    NEGATIVE = "negative", "Negatief"


@dataclass(frozen=True)
class Insurer:
    """Who the policy belongs to. An unknown UZOVI stays empty. Bron: R-39."""

    name: str
    uzovi: str = ""


@dataclass(frozen=True)
class Terms:
    """
    How long things may take; `patient_workdays` is the norm for the patient's whole wait: no source gives one.

    Bron: R-18, R-20.
    """

    decision_workdays: int
    urgent_workdays: int
    cut_off: time
    question_workdays: int
    source: str
    patient_workdays: int | None = None


@dataclass(frozen=True)
class Asks:
    """Which parts of the request this policy asks for. Bron: Z-12 to Z-20 (Zilveren Kruis), A-33 to A-35 (a.s.r.)."""

    prior_treatment: bool = False
    complaints: bool = False
    why_second_line: bool = False
    minimum_domains: int = 0
    practitioners: bool = False
    activities: bool = False
    second_code: bool = False
    time_unit: TimeUnit = TimeUnit.HOURS
    revalidatiearts_must_sign: bool = False
    source: str = ""


@dataclass(frozen=True)
class Exemption:
    """Which codes need no machtiging once, at an intake. Bron: Z-25 to Z-27; R-03."""

    reading: Reading = Reading.A
    codes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class ChecklistRow:
    """When a document is asked, whether it may be absent, and why. An empty list means all of them. Bron: R-38."""

    document: DocumentKind
    why: str
    source: str
    required: bool = True
    may_be_absent: bool = False
    statement_may_replace: bool = False
    kinds: tuple[Kind, ...] = ()
    indications: tuple[Indication, ...] = ()
    settings: tuple[Setting, ...] = ()
    features: tuple[Feature, ...] = ()
    contains: tuple[str, ...] = ()
    label: str = ""

    def fits(self, kind: Kind, indication: Indication, setting: Setting) -> bool:
        """Tell whether this row belongs to such a request."""
        return all(
            not chosen or value in chosen
            for chosen, value in ((self.kinds, kind), (self.indications, indication), (self.settings, setting))
        )


@dataclass(frozen=True)
class Criterion:
    """What the medical advisor judges: the words of the source and the article of the law. Bron: Z-02 to Z-09; R-13."""

    code: str
    title: str
    text: str
    source: str
    article: str
    parent: str = ""
    indications: tuple[Indication, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyDocument:
    """A document that the policy rests on; what the source doesn't tell stays unknown. Bron: Z-10, Z-28."""

    code: str
    title: str
    source: str
    version: str = ""
    dated_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A line of a list on an information page, with the points under it."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Information:
    """A section of the public information page, in the words of the source."""

    code: str
    title: str
    source: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A standard paragraph: in which letters, to whom, and where it comes from. Bron: A-38, A-43, A-48."""

    code: str
    title: str
    text: str
    source: str
    letters: tuple[LetterKind, ...]
    addressees: tuple[Addressee, ...] = ()
    only_not_contracted: bool = False


@dataclass(frozen=True)
class Heroverweging:
    """How to ask for reconsideration; a last day only where the policy has one. Bron: R-37."""

    how: str
    answer_days: int
    source: str
    last_day_after_days: int | None = None
    address: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How much and how long. Bron: R-39."""

    file_megabytes: int = 25
    files_at_filing: int = 40
    files_after_filing: int = 40
    grant_days: int = 120
    plan_days: int = 120
    files_kept_years: int = 2
    decision_kept_years: int = 7
    draft_kept_days: int = 180
    source: str = NOT_FROM_A_SOURCE


@dataclass(frozen=True)
class Policy:
    """Everything that one insurer wants of one kind of care, from one day on. Bron: R-01."""

    slug: str
    title: str
    version: str
    source: str
    insurer: Insurer
    kinds: tuple[Kind, ...]
    terms: Terms
    asks: Asks
    referrers: tuple[Referrer, ...]
    checklist: tuple[ChecklistRow, ...]
    criteria: tuple[Criterion, ...]
    heroverweging: Heroverweging
    summary: str = ""
    care: str = "Medisch-specialistische revalidatie (MSR)"
    agb_kinds: tuple[str, ...] = ()  # the first two digits of the AGB codes it speaks to; empty: all. Bron: A-28.
    valid_from: date | None = None
    valid_until: date | None = None
    closing: Closing = Closing.BRON
    exemption: Exemption = field(default_factory=Exemption)
    limits: Limits = field(default_factory=Limits)
    documents: tuple[PolicyDocument, ...] = ()
    contacts: tuple[Contact, ...] = ()
    information: tuple[Information, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    prices_for_providers: bool = False
    approval: ApprovalRule | None = None
    coulance_not_handed_in: bool = True  # Bron: R-34.
    privacyverklaring: PrivacyRule = field(default_factory=PrivacyRule)

    def valid_on(self, day: date) -> bool:
        """Tell whether this version governs care that starts on `day`; both ends count, an unknown end doesn't bind."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def paragraphs_for(self, letter: LetterKind, addressee: Addressee, *, contracted: bool) -> tuple[Paragraph, ...]:
        """Return the standard paragraphs of such a letter, in the order of the policy."""
        return tuple(
            paragraph
            for paragraph in self.paragraphs
            if letter in paragraph.letters
            and (not paragraph.addressees or addressee in paragraph.addressees)
            and not (paragraph.only_not_contracted and contracted)
        )


@dataclass(frozen=True)
class Standpunt:
    """
    What the Zorginstituut has settled for care that starts on or after a day: a question whose answer is locked.

    Bron: I-02, I-09, I-11; R-13.
    """

    code: str
    title: str
    question: str
    answer: str
    indications: tuple[Indication, ...]
    outcome: StandpuntOutcome
    valid_from: date
    parent: str
    article: str
    source: str
    definition: str = ""

    def settles(self, indication: Indication, starts_on: date | None) -> bool:
        """Tell whether this settles the question: the start of treatment decides, not the day of asking."""
        return indication in self.indications and starts_on is not None and starts_on >= self.valid_from


@dataclass(frozen=True)
class National:
    """The layer over all policies."""

    slug: str
    title: str
    version: str
    source: str
    standpunten: tuple[Standpunt, ...]
    criteria: tuple[Criterion, ...] = ()
    skgz: tuple[str, ...] = ()
    skgz_insured: tuple[str, ...] = ()


def load(values: Mapping[str, Any]) -> Policy:
    """
    Return the policy that these values describe, checked to the last key.

    :raises Unreadable: naming the key that is unknown, missing or wrong
    """
    policy = records.read(Policy, values)
    if policy.insurer.uzovi and not (len(policy.insurer.uzovi) == 4 and policy.insurer.uzovi.isdecimal()):
        raise Unreadable("insurer.uzovi: vier cijfers, of leeg als het nummer niet bekend is")
    if policy.valid_from and policy.valid_until and policy.valid_until < policy.valid_from:
        raise Unreadable("valid_until: ligt vóór valid_from")
    for name in ("kinds", "referrers", "checklist", "criteria"):
        if not getattr(policy, name):
            raise Unreadable(f"{name}: mag niet leeg zijn")
    for name in ("decision_workdays", "urgent_workdays", "question_workdays", "patient_workdays"):
        if (days := getattr(policy.terms, name)) is not None and days < 1:
            raise Unreadable(f"terms.{name}: minstens 1")
    for name in ("criteria", "paragraphs", "information"):
        _unique(name, (part.code for part in getattr(policy, name)))
    for criterion in policy.criteria:
        if criterion.parent and criterion.parent not in {one.code for one in policy.criteria}:
            raise Unreadable(f"criteria.{criterion.code}.parent: {criterion.parent!r} is geen criterium")
    for kind in policy.kinds:
        for indication in Indication:
            for setting in Setting:
                rows = (row.document for row in policy.checklist if row.fits(kind, indication, setting))
                _unique("checklist", rows)
    return policy


def load_national(values: Mapping[str, Any]) -> National:
    """Return the national layer. :raises Unreadable: naming what doesn't fit"""
    return records.read(National, values)


def shipped(folder: Path) -> tuple[dict[str, Policy], National]:
    """Return the policies in a folder by slug, and the national layer. :raises Unreadable: naming the file"""
    policies: dict[str, Policy] = {}
    national = None
    for path in sorted(folder.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        try:
            if path.stem == NATIONAL:
                national = load_national(values)
            else:
                policies[path.stem] = load(values)
                if policies[path.stem].slug != path.stem:
                    raise Unreadable("slug: moet gelijk zijn aan de bestandsnaam")
        except Unreadable as unreadable:
            raise Unreadable(f"{path.name}: {unreadable}") from unreadable
    if national is None:
        raise Unreadable(f"{NATIONAL}.toml ontbreekt in {folder}")
    return policies, national


def body(policy: Policy | National) -> dict[str, Any]:
    """Return the JSON-ready body to keep; `load` makes the same policy of it again."""
    kept: dict[str, Any] = records.write(policy)
    if isinstance(policy, Policy) and policy.terms.patient_workdays is None:
        del kept["terms"]["patient_workdays"]  # what was loaded before there was such a value still reads the same
    for contact in kept.get("contacts", ()):
        if contact["about"] is None:
            del contact["about"]  # as above
    return {name: value for name, value in kept.items() if name not in LATER or value != LATER[name]}


def last_day_for_heroverweging(policy: Policy, decided_on: date) -> date | None:
    """Return the last day for asking, or None when the policy knows none: the letter then says so. Bron: R-37."""
    days = policy.heroverweging.last_day_after_days
    return None if days is None else decided_on + timedelta(days=days)


def _unique(name: str, values: Any) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise Unreadable(f"{name}: {value} staat er {times} keer")
