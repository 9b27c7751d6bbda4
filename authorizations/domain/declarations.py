"""
A claim (declaratie) as a zorgaanbieder keeps it: what was told of it, what is wrong with that, and its term.

The columns of the file and of the door for programs are here too: one reading for form, file and program.
Bron: A-39 to A-45; G-08 to G-13; R-26; checks.md, `indientermijn`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorizations.domain import claim_terms, identifiers
from authorizations.domain.claim_terms import ClaimTerm, Regime
from authorizations.domain.coulance_files import code_of, number_of
from authorizations.domain.obstacles import Obstacle
from kit import dates
from kit.terms import Term

YEARS = range(1900, 2200)
# A payment is the insurer's: no claim is handed in by it.
REGIMES = (Regime.ZK_GGZ, Regime.ASR_MSZ, Regime.ASR_UNCONTRACTED, Regime.INSURED)
# The text in the file, as people type it.
FLAGS = {"": False, "ja": True, "j": True, "1": True, "nee": False, "n": False, "0": False}
LONGEST_CELL = 100


class ClaimAnswer(Term):
    """What the insurer answered to a claim (a list of our own; the return code says why). Bron: G-13."""

    ACCEPTED = "goedgekeurd", "Goedgekeurd"
    REJECTED = "afgewezen", "Afgewezen"


@dataclass(frozen=True)
class Told:
    """What was told of a claim; `insurer` and `zorgtrajectnummer` are looked up by whoever keeps it."""

    number: str
    insurer: str
    regime: Regime
    code: str
    resubmission: str = ""
    performed_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    returned_on: date | None = None
    zorgtrajectnummer: str = ""
    bsn: str = ""
    machtigingsnummer: str = ""
    at_intake: bool = False
    handed_in_on: date | None = None
    answer: str = ""
    return_code: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Column:
    """A column of the file: the field that it fills, how it is read, and whether it must be filled."""

    field: str
    read: Callable[[str], Any]
    needed: bool = False


def read(texts: Mapping[str, str]) -> tuple[Told | None, list[Obstacle]]:
    """
    Return the claim that these texts tell, by field; with anything wrong, all of that and no claim.

    Bron: R-40 (dates); R-26.
    """
    values, wrong = values_of(texts, COLUMNS.values())
    return (None, wrong) if wrong else (Told(**values), [])


def values_of(texts: Mapping[str, str], columns: Iterable[Column]) -> tuple[dict[str, Any], list[Obstacle]]:
    """Return what the texts of these columns say, by field, and what is wrong with others; empty says nothing."""
    values: dict[str, Any] = {}
    wrong = []
    for column in columns:
        text = texts.get(column.field, "").strip()
        if not text and not column.needed:
            continue
        try:
            # Longer than any of these is no mistake of typing.
            values[column.field] = column.read(text[:LONGEST_CELL])
        except ValueError as error:
            wrong.append(Obstacle(f"{column.field}_unreadable", str(error), field=column.field))
    return values, wrong


def obstacles(told: Told, *, today: date) -> list[Obstacle]:
    """Return what in a claim contradicts itself or lacks, each at its field. Bron: G-10 to G-12; R-26."""
    found = [
        Obstacle(f"{field}_to_come", "Deze dag ligt in de toekomst.", field=field)
        for field in ("performed_on", "closed_on", "returned_on", "handed_in_on", "answered_on")
        if (day := getattr(told, field)) and day > today
    ]
    if told.regime is Regime.ZK_GGZ and not told.resubmission:
        message = "Vul de code her-declaratie in, bijvoorbeeld 01."
        found.append(Obstacle("resubmission_missing", message, field="resubmission"))
    if told.regime is Regime.ZK_GGZ and not told.opened_on:
        message = "Vul in wanneer de dbc is geopend. Daaruit volgt het schadejaar."
        found.append(Obstacle("opened_missing", message, field="opened_on"))
    elif not told.opened_on and not told.performed_on:
        message = "Vul in wanneer de zorg begon, of op welke dag de verrichting was."
        found.append(Obstacle("opened_missing", message, field="opened_on"))
    found += [
        Obstacle(f"{later}_before_{earlier}", message, field=later)
        for earlier, later, message in IN_ORDER
        if (first := getattr(told, earlier)) and (second := getattr(told, later)) and second < first
    ]
    if told.answer and not told.handed_in_on:
        message = "Er is een antwoord. Vul dan ook in wanneer u de declaratie indiende."
        found.append(Obstacle("handed_in_missing", message, field="handed_in_on"))
    if told.answer and not told.answered_on:
        found.append(Obstacle("answered_missing", "Vul in wanneer het antwoord kwam.", field="answered_on"))
    if not told.answer and (told.answered_on or told.return_code):
        found.append(Obstacle("answer_missing", "Kies wat de verzekeraar antwoordde.", field="answer"))
    if told.zorgtrajectnummer and told.bsn:
        message = "Noem het zorgtraject of het BSN, niet allebei: het zorgtraject zegt al om wie het gaat."
        found.append(Obstacle("insured_twice", message, field="bsn"))
    return found


IN_ORDER = (
    ("opened_on", "closed_on", "De zorg sluit vóór de opening."),
    ("closed_on", "handed_in_on", "De declaratie is ingediend vóór de sluiting."),
    ("performed_on", "handed_in_on", "De declaratie is ingediend vóór de verrichting."),
    ("returned_on", "handed_in_on", "De declaratie is ingediend vóór de retourinformatie."),
    ("handed_in_on", "answered_on", "Het antwoord kwam vóór het indienen."),
)


def start_of(
    *, regime: Regime, resubmission: str, performed_on: date | None, closed_on: date | None, returned_on: date | None
) -> date | None:
    """
    Return the day from which the term of a claim is counted, None when nobody told it.

    Bron: R-26; G-10, G-11 (02 and 03 run from the return information); codes.md section 6 (care over more than one
    month: the end of the product).
    """
    if regime is Regime.ZK_GGZ:
        return closed_on if resubmission == claim_terms.INITIAL else returned_on
    return closed_on or performed_on


def term_of(
    *,
    regime: Regime,
    resubmission: str,
    performed_on: date | None,
    opened_on: date | None,
    closed_on: date | None,
    returned_on: date | None,
) -> ClaimTerm | None:
    """
    Return the term of a claim, or None while the day from which it runs isn't known.

    Bron: R-26; G-08 to G-12.
    """
    start = start_of(
        regime=regime,
        resubmission=resubmission,
        performed_on=performed_on,
        closed_on=closed_on,
        returned_on=returned_on,
    )
    if claim_terms.needs_start(regime, resubmission) and start is None:
        return None
    damage_year = opened_on.year if opened_on else None
    return claim_terms.term(regime, resubmission=resubmission, damage_year=damage_year, started_on=start or date.min)


def _day(text: str) -> date:
    found = dates.read(text.removesuffix(" 00:00:00"))
    if found is None or found.year not in YEARS:
        raise ValueError("Schrijf een bestaande datum als 2026-11-03 of 3-11-2026.")
    return found


def _regime(text: str) -> Regime:
    found = next((one for one in REGIMES if text.casefold() in (one.value.casefold(), one.label.casefold())), None)
    if found is None:
        raise ValueError(f"Kies een afspraak: {', '.join(REGIMES)}.")
    return found


def _answer(text: str) -> str:
    if text.casefold() not in set(ClaimAnswer):
        raise ValueError("Vul goedgekeurd of afgewezen in, of laat dit leeg.")
    return ClaimAnswer(text.casefold()).value


def _flag(text: str) -> bool:
    if text.casefold() not in FLAGS:
        raise ValueError("Vul ja of nee in.")
    return FLAGS[text.casefold()]


def _machtigingsnummer(text: str) -> str:
    number = "".join(text.split()).upper()
    # The last sign of a number of this portal may be one of these. Bron: R-25.
    if not re.fullmatch(r"[0-9A-Z*~$=]{1,15}", number):
        raise ValueError("Een machtigingsnummer heeft hoogstens 15 letters en cijfers.")
    return number


def _return_code(text: str) -> str:
    if not re.fullmatch(r"[0-9]{3,4}", text):
        raise ValueError("Een retourcode heeft 4 cijfers, bijvoorbeeld 0586.")
    # The nought that a spreadsheet drops comes back.
    return text.zfill(4)


def _insurer(text: str) -> str:
    if not text:
        raise ValueError("Noem de verzekeraar, met de naam of het UZOVI-nummer.")
    return text


COLUMNS: Mapping[str, Column] = {
    "declaratienummer": Column("number", number_of, needed=True),
    "verzekeraar": Column("insurer", _insurer, needed=True),
    "regime": Column("regime", _regime, needed=True),
    "declaratiecode": Column("code", identifiers.declaratiecode, needed=True),
    "code_herdeclaratie": Column("resubmission", code_of),
    "uitgevoerd_op": Column("performed_on", _day),
    "geopend_op": Column("opened_on", _day),
    "gesloten_op": Column("closed_on", _day),
    "retour_op": Column("returned_on", _day),
    "zorgtrajectnummer": Column("zorgtrajectnummer", identifiers.zorgtrajectnummer),
    "bsn": Column("bsn", identifiers.bsn),
    "machtigingsnummer": Column("machtigingsnummer", _machtigingsnummer),
    "intake": Column("at_intake", _flag),
    "ingediend_op": Column("handed_in_on", _day),
    "antwoord": Column("answer", _answer),
    "retourcode": Column("return_code", _return_code),
    "antwoord_op": Column("answered_on", _day),
}
HANDLING = ("ingediend_op", "antwoord", "retourcode", "antwoord_op")
"""What changes in the life of a claim: that it was handed in, and what the insurer answered."""
COLUMN_OF = {column.field: name for name, column in COLUMNS.items()}
NEEDED = tuple(name for name, column in COLUMNS.items() if column.needed)
