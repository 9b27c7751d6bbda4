"""
A coulanceverzoek: claims that were handed in too late by overmacht or a calamiteit, and what is decided on them.

The source names the two grounds and says nothing of who decides or how: a medewerker or coördinator does, for nothing
here is medical, and no rule ever refuses. Bron: G-07; R-34.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from authorizations.domain import readability
from authorizations.domain.notices import INSURER, PROVIDER, Step
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term

MOST_CLAIMS = 500
MOST_PAPERS = 40
MOST = Decimal(10) ** 8
NOTHING = Decimal()
NUMBER_LENGTH = 30
WITHOUT_TERM = "05"


class CoulanceGround(Term):
    """Why a claim was late: these two and nothing else. Bron: G-07."""

    OVERMACHT = "overmacht", "Overmacht"
    CALAMITEIT = "calamiteit", "Calamiteit"


class CareKind(Term):
    """What kind of care a claim is for (a list of our own: the claim terms differ). Bron: G-08, A-44."""

    GGZ = "ggz", "GGZ"
    MSZ = "msz", "Medisch-specialistische zorg"
    OTHER = "other", "Andere zorg"


class CoulanceStatus(Term):
    """How a coulanceverzoek stands. Bron: G-07 (a list of our own)."""

    DRAFT = "draft", "Concept"
    SUBMITTED = "submitted", "Ontvangen"
    IN_REVIEW = "in_review", "In behandeling"
    GRANTED = "granted", "Toegekend"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijk toegekend"
    DENIED = "denied", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


COULANCE_OPEN = (CoulanceStatus.SUBMITTED, CoulanceStatus.IN_REVIEW)
COULANCE_DECIDED = (CoulanceStatus.GRANTED, CoulanceStatus.PARTLY_GRANTED, CoulanceStatus.DENIED)
COULANCE_STEPS: Mapping[str, Step] = {
    "submit": Step(PROVIDER, (CoulanceStatus.DRAFT,), CoulanceStatus.SUBMITTED, "Coulanceverzoek ingediend"),
    "take": Step(INSURER, (CoulanceStatus.SUBMITTED,), CoulanceStatus.IN_REVIEW, "In behandeling genomen"),
    "release": Step(INSURER, (CoulanceStatus.IN_REVIEW,), CoulanceStatus.SUBMITTED, "Teruggelegd"),
    "grant": Step(INSURER, (CoulanceStatus.IN_REVIEW,), CoulanceStatus.GRANTED, "Coulance toegekend"),
    "grant_partly": Step(
        INSURER, (CoulanceStatus.IN_REVIEW,), CoulanceStatus.PARTLY_GRANTED, "Coulance gedeeltelijk toegekend"
    ),
    "deny": Step(INSURER, (CoulanceStatus.IN_REVIEW,), CoulanceStatus.DENIED, "Coulance afgewezen"),
    "withdraw": Step(PROVIDER, COULANCE_OPEN, CoulanceStatus.WITHDRAWN, "Coulanceverzoek ingetrokken"),
}


class CoulanceOutcome(Term):
    """What is decided on a coulanceverzoek: the whole, a part of the claims, or none. Bron: G-07."""

    GRANTED = "granted", "Toekennen"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijk toekennen"
    DENIED = "denied", "Afwijzen"


STEP_OF = {
    CoulanceOutcome.GRANTED: "grant",
    CoulanceOutcome.PARTLY_GRANTED: "grant_partly",
    CoulanceOutcome.DENIED: "deny",
}


@dataclass(frozen=True)
class Claim:
    """A claim (declaratie) that is concerned: by its own number, and nothing of the insured."""

    number: str
    care: CareKind
    opened_on: date
    closed_on: date
    handed_in_on: date | None
    amount: Decimal
    code: str


@dataclass(frozen=True)
class Verdict:
    """A decision as it was filled in: which claims are granted, and why."""

    outcome: CoulanceOutcome | None
    motivation: str
    next_step: str = ""
    granted: frozenset[int] = field(default_factory=frozenset)


def known_number(text: str) -> str:
    """Return by which number a claim is known, however it was typed."""
    return "".join(text.split()).upper()


def wrong_with(claim: Claim, *, today: date, not_handed_in: bool) -> list[Obstacle]:
    """
    Return what is wrong with a claim, each at its field; `not_handed_in` says whether the policy takes those too.

    Bron: G-07; G-12 (code 05 has no term); R-34.
    """
    found = []
    if not 0 < claim.amount < MOST:
        found.append(Obstacle("amount_wrong", "Vul een bedrag in dat groter is dan 0.", field="amount"))
    if claim.closed_on < claim.opened_on:
        found.append(Obstacle("closed_before_opened", "De zorg sluit vóór de opening.", field="closed_on"))
    elif claim.closed_on > today:
        message = "De sluiting ligt in de toekomst. Dan is de declaratie nog niet te laat."
        found.append(Obstacle("closed_to_come", message, field="closed_on"))
    if claim.handed_in_on is None:
        if not not_handed_in:
            message = "Vul in wanneer u de declaratie indiende. Deze verzekeraar neemt alleen ingediende declaraties."
            found.append(Obstacle("handed_in_missing", message, field="handed_in_on"))
    elif claim.handed_in_on > today:
        message = "Deze dag ligt in de toekomst. Nog niet ingediend? Laat het leeg."
        found.append(Obstacle("handed_in_to_come", message, field="handed_in_on"))
    elif claim.handed_in_on < claim.closed_on:
        message = "De declaratie is ingediend vóór de sluiting. Controleer de dagen."
        found.append(Obstacle("handed_in_too_early", message, field="handed_in_on"))
    if claim.code == WITHOUT_TERM:
        message = "Bij code 05 geldt geen indientermijn. Hiervoor heeft u geen coulance nodig."
        found.append(Obstacle("code_without_term", message, field="code"))
    return found


def twice(numbers: Sequence[str], there: Collection[str] = ()) -> list[str]:
    """Return the numbers that stand in a request more than once, or stand `there` already."""
    seen, found = set(there), []
    for number in numbers:
        if number in seen and number not in found:
            found.append(number)
        seen.add(number)
    return found


def obstacles_to_submit(
    *, ground: str, explanation: str, claims: int, papers: Sequence[tuple[bool, bool]]
) -> list[Obstacle]:
    """
    Return everything that a coulanceverzoek lacks; `papers` says of each whether it was refused, and still waits.

    Bron: G-07 (only overmacht or calamiteit); that evidence is asked is our own.
    """
    found = []
    if ground not in set(CoulanceGround):
        found.append(Obstacle("ground_missing", "Kies: overmacht of calamiteit.", field="ground"))
    if not explanation.strip():
        found.append(Obstacle("explanation_missing", "Schrijf wat er is gebeurd.", field="explanation"))
    if not claims:
        message = "Noem minstens 1 declaratie, in een rij of met een bestand."
        found.append(Obstacle("claims_missing", message, field="file"))
    if not any(not refused for refused, _ in papers):
        message = "Voeg een stuk toe dat laat zien wat er is gebeurd."
        found.append(Obstacle("papers_missing", message, field="papers"))
    if any(refused for refused, _ in papers):
        message = "In een stuk zit een virus. Haal het weg en voeg een ander toe."
        found.append(Obstacle("paper_refused", message, field="papers"))
    if any(waits for _, waits in papers):
        message = "Wij controleren een stuk nog op virussen. Dien over een paar minuten opnieuw in."
        found.append(Obstacle("paper_waiting", message, field="papers"))
    return found


def obstacles_to_decide(verdict: Verdict, claims: Collection[int]) -> list[Obstacle]:
    """
    Return what a decision lacks: it says why, and where not all is granted also what the provider can do now.

    Bron: G-07; features.md, row 52 and "what none of them has", row 12.
    """
    if verdict.outcome is None:
        return [Obstacle("outcome_missing", "Kies wat u besluit.", field="outcome")]
    found = []
    whole = verdict.outcome is CoulanceOutcome.GRANTED
    for name, text, message in (
        ("motivation", verdict.motivation, "Schrijf waarom u dit besluit."),
        ("next_step", verdict.next_step, "Schrijf wat de zorgaanbieder nu kan doen."),
    ):
        if not text.strip():
            if name == "motivation" or not whole:
                found.append(Obstacle(f"{name}_missing", message, field=name))
        elif long := readability.too_long(text):
            found.append(Obstacle(f"{name}_too_long", f"Te moeilijk: {long.message}", field=name))
    if verdict.outcome is CoulanceOutcome.PARTLY_GRANTED:
        chosen = verdict.granted & set(claims)
        if not chosen:
            message = "Kies voor welke declaraties u coulance geeft. Geen enkele? Kies dan afwijzen."
            found.append(Obstacle("none_granted", message, field="granted"))
        elif len(chosen) == len(claims):
            message = "U kiest alle declaraties. Kies dan toekennen."
            found.append(Obstacle("all_granted", message, field="granted"))
    return found


def granted_of(verdict: Verdict, claims: Collection[int]) -> frozenset[int]:
    """Return the claims for which coulance is given."""
    if verdict.outcome is CoulanceOutcome.GRANTED:
        return frozenset(claims)
    return frozenset(claims) & verdict.granted if verdict.outcome is CoulanceOutcome.PARTLY_GRANTED else frozenset()
