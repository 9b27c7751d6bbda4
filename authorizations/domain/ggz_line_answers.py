"""What is told of a line of a GGZ declaration, and what each rule answers to it. Bron: G-15 to G-32."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from authorizations.domain import words
from authorizations.domain.claim_checks import FindingKind
from authorizations.domain.dbcs import DbcKind
from ggz_codes.domain.mandatory_care import LegalBasis
from ggz_codes.domain.rulings import Ruling
from kit.terms import Term

SOURCE = "Zilveren Kruis, “Declareren & machtigen GGZ” 2020"


class LineAnswer(Term):
    """Whether a line may be declared by a rule (a list of our own); unknown is what no source or person told."""

    YES = "ja", "Ja"
    NO = "nee", "Nee"
    UNKNOWN = "onbekend", "Niet bekend"


class LinePart(Term):
    """What a line is when it isn't the treatment of a dbc. Bron: G-17, G-23, G-29."""

    STAY = "verblijf", "Verblijf"
    FIRST_LINE = "ozp_eerstelijnsdiagnostiek", "Eerstelijnsdiagnostiek (ozp)"


class LineRule(Term):
    """The rules that a line is held against; the value stands in files. Bron: G-15 to G-32; R-27."""

    CODE = "code_geldig", "Geldt de code?"
    ZORGTYPE = "zorgtype_geldig", "Geldt het zorgtype?"
    KIND = "zorgtype_bij_dbc", "Past het zorgtype bij de dbc?"
    TOGETHER = "zorgtype_met_code", "Horen zorgtype en code bij elkaar?"
    MINUTES = "minuten_bij_code", "Passen de minuten bij de code?"
    CRISIS = "crisiszorgtype", "Is dit het zorgtype van deze crisis?"
    DECLARANT = "declarant", "Mag u dit zorgtype declareren?"
    PREPARATION = "voorbereiding_zorgmachtiging", "Mag de voorbereiding van een zorgmachtiging?"
    ZT254 = "zt254", "Past zorgtype 254 met 25B144?"
    STAY = "verblijf", "Mag het verblijf?"
    FIRST_LINE = "ozp_eerstelijnsdiagnostiek", "Mag eerstelijnsdiagnostiek apart?"


KINDS = {LineAnswer.YES: FindingKind.GOOD, LineAnswer.NO: FindingKind.WRONG, LineAnswer.UNKNOWN: FindingKind.LOOK}


@dataclass(frozen=True)
class Line:
    """A line of a declaration; what is None or empty is not known."""

    code: str
    zorgtype: str = ""
    kind: DbcKind | None = None
    opened_on: date | None = None
    minutes: int | None = None
    vmr: bool | None = None
    part: LinePart | None = None
    performed_on: date | None = None
    plan: bool | None = None
    by_or_on_behalf: bool | None = None
    goes_on: bool | None = None
    tariff_decision: bool | None = None
    basis: LegalBasis | None = None
    requested: bool | None = None
    assessments: int | None = None
    registered: int | None = None


@dataclass(frozen=True)
class Judged:
    """What one rule says of a line: why, what to do, the rules of the source and where they stand in it."""

    rule: LineRule
    answer: LineAnswer
    rules: tuple[str, ...]
    under: str
    why: str
    do: str = ""

    @property
    def kind(self) -> FindingKind:
        """Return how it stands out on a page."""
        return KINDS[self.answer]

    @property
    def source(self) -> str:
        """Return where all of these rules were read."""
        return SOURCE

    @property
    def heading(self) -> str:
        """Return the heading of the source under which it stands."""
        return f"onder “{self.under[:1].upper()}{self.under[1:]}”" if self.under else ""

    @property
    def told(self) -> str:
        """Return in one line why, and what to do."""
        return f"{self.why} {self.do}".strip()


def lacking(rule: LineRule, rules: tuple[str, ...], under: str, lacks: Sequence[str]) -> Judged:
    """Return that a rule can't answer without these."""
    return Judged(rule, LineAnswer.UNKNOWN, rules, under, f"Wij weten niet {words.listing(lacks)}.", "Vul dat in.")


def between(
    rule: LineRule,
    rules: tuple[str, ...],
    under: str,
    best: Ruling,
    worst: Ruling,
    lacks: Mapping[str, object],
    do: str,
) -> Judged:
    """Return the answer of a rule that was asked with the best and the worst that may be so of what isn't known."""
    if not best.allowed:
        return Judged(rule, LineAnswer.NO, rules, under, " ".join(best.reasons), do)
    if worst.allowed:
        return Judged(rule, LineAnswer.YES, rules, under, " ".join(worst.reasons), " ".join(worst.signals))
    return lacking(rule, rules, under, [name for name, value in lacks.items() if value is None])
