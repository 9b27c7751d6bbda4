"""
What stands in a cell of a code list, read as text: codes, days, amounts. Never guessed: what is not sure is refused.

A code read as a number is lost: 14E489 and 14E490 are both infinite, and a spreadsheet makes 1,5E+131 of 15E130.

Bron: codes.md sections 0 and 3; decisions.md R-27.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.validity import Period

OPEN_END = date(9999, 12, 31)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""Beyond these a day in a code list is a slip of the pen."""

MANGLED = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+[0-9]+|INF|NAN")
FRACTION = re.compile(r"[0-9]+[.,][0-9]+")
"""A code of a fixed shape never is one; one of a list may be, such as 296.3 of the DSM."""
DECLARATION = re.compile(r"[0-9]{2}[A-Z][0-9]{3}|[0-9]{3}[A-Z][0-9]{2}|[0-9]{6}")
ANY_CODE = re.compile(r"[0-9A-Z][0-9A-Z._-]{0,19}")
CENTS = re.compile(r"[0-9]{1,12}")
EURO = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+),[0-9]{2}")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
BARE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
DUTCH = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"


class BadCell(ValueError):
    """Raised for a cell that can't be read; its words say why, and what to do."""


@dataclass(frozen=True)
class Code:
    """A code as it is kept, with what was mended in it."""

    value: str
    warning: str = ""


@dataclass(frozen=True)
class Shape:
    """How the codes of a kind look: so many digits, or a pattern that `words` explains."""

    digits: int = 0
    pattern: re.Pattern[str] = ANY_CODE
    words: str = "cijfers en letters, hoogstens 20"


SHAPES: dict[RowKind, Shape] = {
    RowKind.ZORGTYPE: Shape(2),
    RowKind.DECLARATIECODE: Shape(pattern=DECLARATION, words="6 tekens, zoals 14E490"),
    RowKind.TARIEF: Shape(pattern=DECLARATION, words="6 tekens, zoals 14E490"),
    RowKind.ZORGPRODUCT: Shape(9),
    RowKind.ZORGACTIVITEIT: Shape(6),
    RowKind.PRODUCTGROEP: Shape(6),
    RowKind.SPECIALISME: Shape(4),
    RowKind.PRESTATIECODE: Shape(pattern=re.compile(r"[0-9A-Z]{12}"), words="12 tekens"),
}
PER_DOMAIN = {
    (RowKind.ZORGTYPE, "GGZ"): Shape(3),
    (RowKind.PRODUCTGROEP, "GGZ"): Shape(),
    (RowKind.DIAGNOSE, "MSR"): Shape(4),
    (RowKind.DIAGNOSE, "0327"): Shape(4),
}


def clean(text: str) -> str:
    """Return what a cell says without the blanks around it, also those that look like nothing."""
    return text.strip(BLANKS)


@lru_cache(maxsize=4096)
def code(text: str, kind: RowKind, domain: str = "") -> Code:
    """
    Return the code in a cell: trimmed, in capitals, with the zeros in front that a spreadsheet lost (and a warning).

    Bron: codes.md section 3 (length per domain); import.csv IM01 to IM08.

    :raises BadCell: when it isn't a code of this kind
    """
    said = clean(text).upper()
    if not said:
        raise BadCell("Hier moet een code staan.")
    shape = PER_DOMAIN.get((kind, domain)) or SHAPES.get(kind, Shape())
    if MANGLED.fullmatch(said) or ((shape.digits or shape.pattern is not ANY_CODE) and FRACTION.fullmatch(said)):
        raise BadCell(
            f"“{said}” is een getal. Waarschijnlijk maakte een spreadsheet het van een code, zoals 15E130. "
            "Zet de kolom op Tekst en vul de code opnieuw in."
        )
    if shape.digits:
        return _digits(said, shape.digits, kind)
    if shape.pattern.fullmatch(said):
        return Code(said)
    if "O" in said and shape.pattern.fullmatch(said.replace("O", "0")):
        raise BadCell(f"In “{said}” staat de letter O. Bedoelt u het cijfer 0?")
    if DECLARATION is shape.pattern and said.isdigit() and len(said) == 5:
        return _digits(said, 6, kind)
    raise BadCell(f"“{_short(said)}” is geen {kind.label.lower()}: dat zijn {shape.words}.")


def _digits(said: str, number: int, kind: RowKind) -> Code:
    if "O" in said and said.replace("O", "0").isdigit():
        raise BadCell(f"In “{_short(said)}” staat de letter O. Bedoelt u het cijfer 0?")
    if not (said.isascii() and said.isdigit()) or len(said) > number:
        raise BadCell(f"“{_short(said)}” is geen {kind.label.lower()}: dat zijn {number} cijfers.")
    if len(said) == number:
        return Code(said)
    padded = said.zfill(number)
    return Code(padded, f"“{said}” is aangevuld tot {padded}: de nullen vooraan waren weg.")


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """
    Return the day in a cell, None when there is none or it never ends (9999-12-31).

    Reads 2020-01-31, 20200131 and 31-01-2020; a midnight behind it is forgotten. Slashes are read in two ways, so not.

    Bron: codes.md section 3; import.csv IM09 to IM11.

    :raises BadCell: when it is no day, or none that a code list has
    """
    said = re.sub(r"[T ]00:00(?::00(?:\.0+)?)?Z?$", "", clean(text))
    if not said:
        return None
    if "/" in said:
        raise BadCell(f"“{_short(said)}” heeft schuine strepen: dag en maand zijn zo niet zeker. Schrijf 2020-01-31.")
    if found := ISO.fullmatch(said) or BARE.fullmatch(said):
        year, month, number = found.groups()
    elif found := DUTCH.fullmatch(said):
        number, month, year = found.groups()
    else:
        raise BadCell(f"“{_short(said)}” is geen datum. Schrijf 2020-01-31, 20200131 of 31-01-2020.")
    try:
        read = date(int(year), int(month), int(number))
    except ValueError:
        raise BadCell(f"“{_short(said)}” bestaat niet als datum.") from None
    if read == OPEN_END:
        return None
    if not EARLIEST <= read <= LATEST:
        raise BadCell(f"“{_short(said)}” ligt buiten 1900 tot 2200.")
    return read


def last_day(text: str) -> date | None:
    """Return the last valid day where a list gives just that. Bron: NZa (inclusive); import.csv IM12."""
    return day(text)


def before(text: str) -> date | None:
    """
    Return the last valid day where a list gives the first that no longer is ("beëindigd per", "datum expiratie").

    Bron: S2 and Vektis comment RC019 (exclusive); R-27; import.csv IM13.
    """
    read = day(text)
    return read - timedelta(days=1) if read else None


def cents(text: str) -> int | None:
    """
    Return a price that is written in whole eurocents, with or without zeros in front; None when there is none.

    Bron: NZa Tarieven Tabel and the EI records; import.csv IM14, IM17.

    :raises BadCell: when it has a sign, a comma or a point
    """
    said = clean(text)
    if not said:
        return None
    if not CENTS.fullmatch(said):
        raise BadCell(f"“{_short(said)}” is geen bedrag in hele eurocenten.")
    return int(said)


def euros(text: str) -> Decimal | None:
    """
    Return a price as decisions write it, € 1.373,34: two decimals behind a comma, thousands by points.

    Bron: NZa tariff decisions; import.csv IM15, IM16.

    :raises BadCell: when it is written in another way; a bare decimal point could be a thousand
    """
    said = clean(clean(text).removeprefix("€").removeprefix("EUR"))
    if not said:
        return None
    if not EURO.fullmatch(said):
        raise BadCell(f"“{_short(said)}” is geen bedrag. Schrijf twee decimalen na een komma: 1.373,34.")
    return Decimal(said.replace(".", "").replace(",", "."))


def whole(text: str) -> int | None:
    """
    Return a whole number of at most six digits, None when there is none.

    :raises BadCell: for anything else
    """
    said = clean(text)
    if not said:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", said):
        raise BadCell(f"“{_short(said)}” is geen heel getal.")
    return int(said)


def wording(text: str) -> str:
    """
    Return words on one line.

    :raises BadCell: when the file was read in another alphabet than it was written in, or holds signs that nobody sees
    """
    said = " ".join(clean(text).split())
    if said.isascii() and said.isprintable():
        return said
    if "\ufffd" in said or re.search(r"Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|â€", said):
        raise BadCell(f"“{_short(said)}” heeft verminkte letters. Sla het bestand op als UTF-8.")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", said):
        raise BadCell("Hier staan onzichtbare tekens in.")
    return said


def period(valid_from: date | None, valid_until: date | None) -> Period:
    """
    Return when a row is valid, both ends included; an unknown start doesn't bind. Bron: R-27; import.csv IM19, IM20.

    :raises BadCell: when it ends before it starts
    """
    if valid_from and valid_until and valid_until < valid_from:
        raise BadCell(f"Het einde ({valid_until}) ligt voor het begin ({valid_from}).")
    return Period(valid_from, valid_until)


def overlap(periods: Sequence[Period]) -> Period | None:
    """Return the first of these periods of one code that overlaps another, or None. Bron: import.csv IM18."""
    row = sorted(periods, key=lambda one: one.valid_from or date.min)
    for earlier, later in itertools.pairwise(row):
        if earlier.valid_until is None or (later.valid_from or date.min) <= earlier.valid_until:
            return later
    return None


def _short(said: str) -> str:
    return said if len(said) <= 40 else f"{said[:39]}…"
