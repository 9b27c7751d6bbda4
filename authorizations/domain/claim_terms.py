"""
Until which day a claim may be handed in, and whether it came in time. A regime is a way of declaring with its own term;
what a source doesn't say stays undetermined instead of being guessed.

Bron: R-26; G-08 to G-13 (Zilveren Kruis, GGZ 2020); A-39, A-40, A-43 to A-45 (a.s.r., MSZ 2020); codes.md section 6.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kit.terms import Term

INITIAL = "01"
TOO_LATE = "0586"
# Before this day nothing was refused for being late, and of earlier damage years the term isn't known.
CHECKED_FROM = date(2020, 1, 1)
FIRST_DAMAGE_YEAR = 2018


class Regime(Term):
    """By which agreement a claim is handed in. Bron: checks.md, `indientermijn`."""

    ZK_GGZ = "ZK_GGZ", "Zilveren Kruis, GGZ met een contract"
    ASR_MSZ = "ASR_MSZ", "a.s.r., MSZ met een contract"
    ASR_UNCONTRACTED = "ASR_NIET_GECONTRACTEERD", "a.s.r., MSZ zonder contract"
    INSURED = "VERZEKERDE", "De verzekerde dient de nota zelf in"
    ASR_PAYMENT = "ASR_BETALING", "De betaling door a.s.r."


class ClaimOutcome(Term):
    """What is said of a claim by its days. Bron: checks.md, `indientermijn`."""

    ALLOWED = "toegestaan", "Ja, op tijd"
    REFUSED = "afgewezen", "Nee, te laat ingediend"
    UNDETERMINED = "niet_bepaald", "Dat staat niet in de bron"
    NOT_HERE = "kan_niet_declareren", "U kunt hier niet zelf declareren"
    IN_TIME = "op_tijd", "Ja, op tijd betaald"
    LATE = "te_laat", "Nee, te laat betaald"


class Start(Term):
    """From which day a term runs. Bron: R-26; G-10, A-40, A-44."""

    CLOSING = "sluiting", "de dag waarop de dbc is gesloten"
    RETURNED = "retour", "de dag waarop u de retourinformatie kreeg"
    CARE = "zorg", "het eind van de maand waarin de zorg is gegeven"
    RECEIPT = "ontvangst", "de dag waarop de declaratie is ontvangen"


@dataclass(frozen=True)
class ClaimTerm:
    """How long a claim has. Without a `start` no term runs: the outcome is the same whatever the day."""

    last_day: date | None = None
    start: Start | None = None
    length: str = ""
    in_time: ClaimOutcome = ClaimOutcome.ALLOWED
    late: ClaimOutcome = ClaimOutcome.ALLOWED
    return_code: str = ""
    # What was handed in before this day is never too late.
    checked_from: date = date.min


@dataclass(frozen=True)
class Judged:
    """The outcome for a claim that was handed in, with the return code that the source names."""

    term: ClaimTerm
    outcome: ClaimOutcome
    return_code: str = ""


def term(regime: Regime, *, resubmission: str = "", damage_year: int | None = None, started_on: date) -> ClaimTerm:
    """
    Return the term of a claim; `resubmission` is the code her-declaratie and only matters in the GGZ.

    Bron: R-26; G-08 to G-12, A-40, A-43 to A-45.
    """
    return _TERMS[regime](resubmission, damage_year, started_on)


def judge(found: ClaimTerm, handed_in_on: date) -> Judged:
    """
    Return what is said of a claim handed in on this day. The last day itself is in time.

    Bron: R-26; G-08, G-13.
    """
    if found.last_day is None or handed_in_on <= found.last_day or handed_in_on < found.checked_from:
        return Judged(found, found.in_time)
    return Judged(found, found.late, found.return_code)


def months_after(day: date, months: int) -> date:
    """
    Return the same day number so many months later, or the last day of that month when it has no such day.

    Bron: R-26; codes.md section 6 (Regulation 1182/71, article 3, by analogy).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def needs_start(regime: Regime, resubmission: str) -> bool:
    """Return whether the answer depends on a day at all."""
    if regime is Regime.ZK_GGZ:
        return resubmission in _GGZ and _GGZ[resubmission] is not None
    return regime in (Regime.ASR_MSZ, Regime.ASR_PAYMENT)


def needs_damage_year(regime: Regime, resubmission: str) -> bool:
    """Return whether the answer depends on the year in which the dbc was opened."""
    return regime is Regime.ZK_GGZ and resubmission == INITIAL


# Months, and the day from which they run; None where the term of the protocol doesn't hold.
_GGZ: Mapping[str, tuple[int, Start] | None] = {
    INITIAL: (6, Start.CLOSING),
    "02": (2, Start.RETURNED),
    "03": (2, Start.RETURNED),
    "05": None,
}
_DAYS_AFTER_THE_MONTH = timedelta(days=180)
_DAYS_TO_PAY = timedelta(days=30)


def _ggz(resubmission: str, damage_year: int | None, started_on: date) -> ClaimTerm:
    if resubmission not in _GGZ:
        return ClaimTerm(in_time=ClaimOutcome.UNDETERMINED)
    counted = _GGZ[resubmission]
    if counted is None or (resubmission == INITIAL and (damage_year or 0) < FIRST_DAMAGE_YEAR):
        return ClaimTerm()
    months, start = counted
    return ClaimTerm(
        months_after(started_on, months),
        start,
        f"{months} maanden",
        late=ClaimOutcome.REFUSED,
        return_code=TOO_LATE,
        checked_from=CHECKED_FROM,
    )


def _asr(resubmission: str, damage_year: int | None, started_on: date) -> ClaimTerm:
    end = started_on.replace(day=monthrange(started_on.year, started_on.month)[1])
    days = _DAYS_AFTER_THE_MONTH
    return ClaimTerm(end + days, Start.CARE, f"{days.days} dagen", late=ClaimOutcome.REFUSED)


def _payment(resubmission: str, damage_year: int | None, started_on: date) -> ClaimTerm:
    days = _DAYS_TO_PAY
    return ClaimTerm(
        started_on + days, Start.RECEIPT, f"{days.days} dagen", in_time=ClaimOutcome.IN_TIME, late=ClaimOutcome.LATE
    )


_TERMS: Mapping[Regime, Callable[[str, int | None, date], ClaimTerm]] = {
    Regime.ZK_GGZ: _ggz,
    Regime.ASR_MSZ: _asr,
    Regime.ASR_UNCONTRACTED: lambda *_: ClaimTerm(in_time=ClaimOutcome.NOT_HERE),
    Regime.INSURED: lambda *_: ClaimTerm(in_time=ClaimOutcome.UNDETERMINED),
    Regime.ASR_PAYMENT: _payment,
}
