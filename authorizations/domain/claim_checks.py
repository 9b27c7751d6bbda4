"""
What can be said of a claim before it is handed in: its machtiging, and the way by which it goes to the insurer.

A finding never decides anything: the insurer does. Bron: R-22; A-30, A-39, A-43; Zvw art. 14 lid 5.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from authorizations.domain import words
from authorizations.domain.claim_terms import Regime
from authorizations.domain.exemption import Answer, Needed
from kit.terms import Term


class FindingKind(Term):
    """Whether something about a claim is in order (a list of our own); the value is the colour of its badge."""

    GOOD = "ok", "In orde"
    LOOK = "warning", "Kijk dit na"
    WRONG = "danger", "Klopt niet"


class Channel(Term):
    """By which way a claim goes to the insurer. Bron: A-39, A-43."""

    VECOZO = "vecozo", "via VECOZO"
    INSURED = "verzekerde", "een nota voor de verzekerde"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    kind: FindingKind
    message: str


@dataclass(frozen=True)
class Claimed:
    """What of a claim the checks look at; the first and the last day of the care, and for whom, as far as known."""

    code: str
    number: str
    first_day: date
    last_day: date | None
    insured: str
    insurer_id: int


@dataclass(frozen=True)
class Held:
    """A machtiging, of this portal or taken over; `decided_on` isn't known of one of another insurer."""

    starts_on: date
    ends_on: date
    code: str
    insured: str
    insurer_id: int
    decided_on: date | None
    from_insurer: str = ""
    over_hours: tuple[str, ...] = ()


def of_title(claim: Claimed, held: Held | None, needed: Needed) -> list[Finding]:
    """
    Return what there is to say of the machtiging of a claim; `needed` says whether one is asked at all.

    Bron: R-22, A-30 (the start of the care beside the decision); Z-25 to Z-27; Zvw art. 14 lid 5.
    """
    if held is None:
        return [_without(claim, needed)]
    return list(_beside(claim, held))


def _without(claim: Claimed, needed: Needed) -> Finding:
    if claim.number:
        told = "Dit machtigingsnummer kennen wij niet bij uw instelling. Controleer het, of leg de machtiging vast."
        return Finding(FindingKind.LOOK, told)
    kinds = {Answer.NEEDED: FindingKind.WRONG, Answer.NOT_NEEDED: FindingKind.GOOD, Answer.CONTRACT: FindingKind.LOOK}
    missing = " Er staat geen machtiging bij deze declaratie." if needed.answer is Answer.NEEDED else ""
    return Finding(kinds[needed.answer], f"{needed.words}{missing}")


def _beside(claim: Claimed, held: Held) -> Iterator[Finding]:
    if held.from_insurer:
        yield Finding(FindingKind.GOOD, f"De machtiging is overgenomen van {held.from_insurer} en geldt ook hier.")
    if held.insurer_id != claim.insurer_id:
        yield Finding(FindingKind.WRONG, "De machtiging is van een andere verzekeraar dan deze declaratie.")
    if claim.insured and held.insured and claim.insured != held.insured:
        yield Finding(FindingKind.WRONG, "De machtiging is van een andere patiënt.")
    yield _period(claim, held)
    if held.decided_on is None:
        yield Finding(FindingKind.LOOK, "De dag van het besluit kennen wij niet. Kijk of de zorg niet eerder begon.")
    elif claim.first_day < held.decided_on:
        told = f"De zorg begon op {words.day(claim.first_day)}, vóór het besluit van {words.day(held.decided_on)}."
        yield Finding(FindingKind.WRONG, f"{told} Een machtiging moet er zijn voordat de behandeling start.")
    else:
        yield Finding(FindingKind.GOOD, f"De zorg begon na het besluit van {words.day(held.decided_on)}.")
    if not held.code:
        yield Finding(FindingKind.LOOK, "Op de machtiging staat geen declaratiecode.")
    elif held.code != claim.code:
        yield Finding(FindingKind.WRONG, f"De machtiging is voor {held.code}, de declaratie voor {claim.code}.")
    else:
        yield Finding(FindingKind.GOOD, f"De code is die van de machtiging: {held.code}.")
    for over in held.over_hours:
        yield Finding(FindingKind.WRONG, f"Er zijn meer uren gebruikt dan toegekend: {over}.")


def _period(claim: Claimed, held: Held) -> Finding:
    granted = f"{words.day(held.starts_on)} tot en met {words.day(held.ends_on)}"
    last = claim.last_day or claim.first_day
    if held.starts_on <= claim.first_day and last <= held.ends_on:
        return Finding(FindingKind.GOOD, f"De zorg valt binnen de machtiging, van {granted}.")
    told = f"De machtiging geldt van {granted}."
    if held.starts_on <= claim.first_day <= held.ends_on:
        return Finding(FindingKind.LOOK, f"{told} De zorg eindigde op {words.day(last)}, daarna.")
    return Finding(FindingKind.WRONG, f"{told} De zorg begon op {words.day(claim.first_day)}.")


@dataclass(frozen=True)
class Way:
    """By which way a claim goes, why, and what stands out."""

    channel: Channel
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


CONTRACTED = (Regime.ZK_GGZ, Regime.ASR_MSZ)
VECOZO = "Met een contract declareert u alleen via VECOZO, volgens de geldende declaratiestandaard."
TO_THE_INSURED = (
    "Zonder contract kunt u niet zelf declareren. Geef de verzekerde een nota met alle gegevens die Vektis voor de "
    "restitutienota voorschrijft. De verzekerde dient hem in."
)


def channel(regime: Regime, *, contract: tuple[date, date] | None) -> Way:
    """
    Return by which way a claim goes; `contract` is the period of the one in the register on the day of the care.

    That the register knows of none says nothing: an insurer may keep its contracts elsewhere.

    Bron: A-08, A-39, A-43.
    """
    if regime in CONTRACTED:
        if contract is None:
            told = "De afspraak is met een contract, maar in het register staat er geen op de dag van de zorg."
            return Way(Channel.VECOZO, (VECOZO,), (Finding(FindingKind.LOOK, told),))
        told = f"In het register staat uw contract, van {words.day(contract[0])} tot en met {words.day(contract[1])}."
        return Way(Channel.VECOZO, (VECOZO,), (Finding(FindingKind.GOOD, told),))
    if contract is not None:
        told = (
            f"In het register staat een contract, van {words.day(contract[0])} tot en met {words.day(contract[1])}. "
            "Dan declareert u via VECOZO, en past deze afspraak niet."
        )
        return Way(Channel.INSURED, (TO_THE_INSURED,), (Finding(FindingKind.WRONG, told),))
    return Way(Channel.INSURED, (TO_THE_INSURED,))


@dataclass(frozen=True)
class Used:
    """Whether what was declared without machtiging fits, by reading A and by reading B."""

    by_a: bool
    by_b: bool


def exempt_use(codes: Collection[str]) -> Used:
    """
    Return whether what was declared for one insured, each code as often as it was, fits in the exemption.

    A: one of the two codes, once. B: each of them once.

    Bron: R-03; Z-25 to Z-27; codes.md section 7.
    """
    return Used(by_a=len(codes) <= 1, by_b=len(set(codes)) == len(codes))
