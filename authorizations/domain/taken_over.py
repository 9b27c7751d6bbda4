"""
A machtiging that another insurer gave before the insured changed insurer: it holds for its period here as well.

The new insurer asks for no other while it holds, so it counts wherever the portal asks for a machtiging.

Bron: Zvw art. 14 lid 5 (domain.md, section 6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain import identifiers, words
from authorizations.domain.intake_request import OLDEST
from authorizations.domain.obstacles import Obstacle

LONGEST = timedelta(days=5 * 366)
"""No source: what is longer is a slip in the year."""
YEARS_BACK = 10


@dataclass(frozen=True)
class Told:
    """What somebody tells of it."""

    number: str
    from_insurer: str
    from_uzovi: str
    bsn: str
    birth_date: date | None
    starts_on: date | None
    ends_on: date | None
    declaratie_code: str = ""


def number(text: str) -> str:
    """
    Return the number of a machtiging as it is kept: at most 15 letters and digits. Bron: Vektis ZH308 field 0406.

    :raises ValueError: with the reason in words
    """
    found = "".join(sign for sign in identifiers.clean(text).upper() if sign.isalnum())
    if not found:
        raise ValueError("Vul het nummer van de machtiging in.")
    if not found.isascii() or len(found) > 15:
        raise ValueError("Een machtigingsnummer heeft hoogstens 15 letters en cijfers.")
    return found


def holds_on(starts_on: date, ends_on: date, day: date) -> bool:
    """Say whether it is a title on this day; both its days count. Bron: Zvw art. 14 lid 5."""
    return starts_on <= day <= ends_on


def obstacles(told: Told, *, own_insurer: str, today: date) -> list[Obstacle]:
    """
    Return everything that is wrong with what is told, each at its field.

    Bron: Zvw art. 14 lid 5 (a machtiging of another insurer, with its period).
    """
    return [*_of_patient(told, today), *_of_insurer(told, own_insurer), *_of_period(told, today)]


def _of_patient(told: Told, today: date) -> Iterator[Obstacle]:
    for field, reader in (("number", number), ("bsn", identifiers.bsn)):
        try:
            reader(getattr(told, field))
        except ValueError as wrong:
            yield Obstacle(f"{field}_wrong", str(wrong), field=field)
    if told.number and told.number == told.bsn:
        yield Obstacle("number_is_bsn", "Dit is het BSN. Vul het nummer van de machtiging in.", field="number")
    if told.birth_date is None:
        yield Obstacle("birth_date_missing", "Vul de geboortedatum in.", field="birth_date")
    elif not OLDEST <= told.birth_date <= today:
        yield Obstacle("birth_date_wrong", "Controleer het jaar van de geboortedatum.", field="birth_date")


def _of_insurer(told: Told, own_insurer: str) -> Iterator[Obstacle]:
    if not told.from_insurer.strip():
        yield Obstacle("insurer_missing", "Vul in welke verzekeraar de machtiging gaf.", field="from_insurer")
    elif told.from_insurer.strip().casefold() == own_insurer.casefold():
        message = "Dit is dezelfde verzekeraar. Een machtiging van deze verzekeraar staat al in het portaal."
        yield Obstacle("insurer_same", message, field="from_insurer")
    for field, reader in (("from_uzovi", identifiers.uzovi), ("declaratie_code", identifiers.declaratiecode)):
        if value := getattr(told, field):
            try:
                reader(value)
            except ValueError as wrong:
                yield Obstacle(f"{field}_wrong", str(wrong), field=field)


def _of_period(told: Told, today: date) -> Iterator[Obstacle]:
    if told.starts_on is None:
        yield Obstacle("starts_on_missing", "Vul in vanaf welke dag de machtiging geldt.", field="starts_on")
    if told.ends_on is None:
        yield Obstacle("ends_on_missing", "Vul in tot en met welke dag de machtiging geldt.", field="ends_on")
    if told.starts_on is None or told.ends_on is None:
        return
    if told.ends_on < told.starts_on:
        yield Obstacle("period_reversed", "De machtiging eindigt voordat zij begint.", field="ends_on")
    elif told.ends_on - told.starts_on > LONGEST:
        yield Obstacle("period_long", "De machtiging duurt meer dan 5 jaar. Controleer de jaren.", field="ends_on")
    if abs(told.starts_on.year - today.year) > YEARS_BACK:
        far = f"{words.day(told.starts_on).capitalize()} ligt ver weg. Controleer het jaar."
        yield Obstacle("period_far", far, field="starts_on")
