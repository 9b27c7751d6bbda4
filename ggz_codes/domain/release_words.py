"""
What a release changes, in words and as lines of a file.

Bron: codes.md section 3 (a diff before activation); R-32 (prices are for internal roles).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TextIO

from ggz_codes.domain.release_terms import DiffKind, LinkKind, NoteKind, RowKind
from ggz_codes.domain.validity import Period
from kit.csv import BOM, Writer

COLUMNS = (
    *("wijziging", "soort", "domein", "code", "was", "wordt", "tarief_eurocent_was", "tarief_eurocent_wordt"),
    *("relatie", "naar_soort", "naar_code", "geldig_vanaf", "geldig_tot", "plaats"),
)
FAULT_COLUMNS = ("plaats", "kolom", "waarde", "fout")


@dataclass(frozen=True)
class Version:
    """A code as it was or becomes."""

    kind: RowKind
    domain: str
    code: str
    description: str
    period: Period
    cents: int | None
    group: str
    tariff_kind: str


@dataclass(frozen=True)
class Line:
    """One change: of which code or relation, what it was and what it becomes; or what is told beside the codes."""

    change: str
    place: str
    kind: str = ""
    domain: str = ""
    code: str = ""
    before: str = ""
    after: str = ""
    period: Period | None = None
    price_before: str = ""
    """The prices in words, where the two sides don't say them already."""
    price_after: str = ""
    cents_before: int | None = None
    cents_after: int | None = None
    relation: str = ""
    to_kind: str = ""
    to_code: str = ""
    column: str = ""
    """Of a fault or what was mended: the column of the file, and what stood there."""
    value: str = ""

    @property
    def valid(self) -> str:
        """When it is valid, in words; nothing for what has no days."""
        return valid(self.period) if self.period else ""


def change(diff: DiffKind, before: Version | None, after: Version, place: str) -> Line:
    """Return a change of a code as a line; the two sides say what differs, and a new or other price stands apart."""
    words = WORDS.get(diff, _description)
    was = before.cents if before else None
    says_price = diff != DiffKind.PRICE and was != after.cents
    return Line(
        diff.label,
        place,
        kind=after.kind.label,
        domain=after.domain,
        code=after.code,
        before=words(before) if before else "",
        after=words(after),
        period=after.period,
        price_before=_price(before) if says_price and before else "",
        price_after=_price(after) if says_price else "",
        cents_before=was,
        cents_after=after.cents,
    )


def note(kind: NoteKind, *, about: str, value: str, message: str, place: str, before: Version | None) -> Line:
    """Return what is told beside the codes as a line. Of a code it names the kind and code, else the column."""
    if kind == NoteKind.SKIPPED:
        number = _number(int(value))
        rows = "1 regel" if value == "1" else f"{number} regels"
        return Line(kind.label, place, after=f"{rows}, die het portaal niet gebruikt", value=number)
    if kind in (NoteKind.FAULT, NoteKind.WARNING):
        return Line(kind.label, place, after=message, column=about, value=value)
    goes = kind in (NoteKind.MISSING, NoteKind.WITHDRAWN, NoteKind.LINK_ENDED)
    return Line(
        kind.label,
        place,
        kind=RowKind(about).label,
        domain=before.domain if before else "",
        code=value,
        before=message if goes else "",
        after="" if goes else message,
        period=before.period if before else None,
        cents_before=before.cents if before else None,
    )


def relation(diff: DiffKind, kind: LinkKind, code: tuple[RowKind, str, str], to: tuple[RowKind, str], place: str,
             was: Period | None, becomes: Period) -> Line:  # fmt: skip
    """Return a relation that is new, ends or holds on other days; `code` has its domain in the middle."""
    diff = DiffKind.ENDED if diff == DiffKind.CUT else diff
    return Line(
        diff.label,
        place,
        kind=code[0].label,
        domain=code[1],
        code=code[2],
        before=valid(was) if was else "",
        after=valid(becomes),
        period=becomes,
        relation=kind.label,
        to_kind=to[0].label,
        to_code=to[1],
    )


def summary(codes: Mapping[str, int], links: Mapping[str, int]) -> str:
    """
    Say what a release brings, from how many rows and relations there are per kind of change; nothing for nothing.

    A row that a new period of the same code closes isn't counted: that code is counted with its new period.
    """
    brought = [
        (_sum(codes, DiffKind.NEW), "nieuwe code", "nieuwe codes"),
        (_sum(codes, DiffKind.TEXT, DiffKind.PRICE, DiffKind.OTHER), "gewijzigde code", "gewijzigde codes"),
        (_sum(codes, DiffKind.ENDED), "beëindigde code", "beëindigde codes"),
        (_sum(links, DiffKind.NEW), "nieuwe relatie", "nieuwe relaties"),
        (_sum(links, DiffKind.OTHER), "gewijzigde relatie", "gewijzigde relaties"),
        (
            _sum(links, DiffKind.ENDED, DiffKind.CUT) + codes.get(NoteKind.LINK_ENDED.value, 0),
            "beëindigde relatie",
            "beëindigde relaties",
        ),
    ]
    parts = [f"{_number(number)} {one if number == 1 else more}" for number, one, more in brought if number]
    said = [f"Deze uitgave brengt {' en '.join(filter(None, [', '.join(parts[:-1]), parts[-1]]))}."] if parts else []
    fall = _sum(codes, DiffKind.WITHDRAWN)
    if fall:
        said.append("Er vervalt 1 periode." if fall == 1 else f"Er vervallen {_number(fall)} perioden.")
    return " ".join(said)


def valid(period: Period) -> str:
    """Say when something is valid."""
    if period.valid_from and period.valid_until:
        return f"{_day(period.valid_from)} tot en met {_day(period.valid_until)}"
    if period.valid_from:
        return f"vanaf {_day(period.valid_from)}"
    return f"tot en met {_day(period.valid_until)}" if period.valid_until else "altijd"


def euros(cents: int | None) -> str:
    """Say a price as people do."""
    return "geen prijs" if cents is None else f"€ {_number(cents // 100)},{cents % 100:02d}"


def write(outgoing: TextIO, lines: Iterable[Line]) -> None:
    """Write the changes for a spreadsheet, prices in whole cents as well."""
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(COLUMNS)
    for one in lines:
        period = one.period or Period()
        after = f"{one.column}: {one.after}" if one.column else one.after
        writer.write((
            one.change, one.kind, one.domain, one.code, one.before, after, one.cents_before, one.cents_after,
            one.relation, one.to_kind, one.to_code, period.valid_from, period.valid_until, one.place,
        ))  # fmt: skip


def write_faults(outgoing: TextIO, lines: Iterable[Line]) -> None:
    """Write what is wrong with a file for a spreadsheet."""
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(FAULT_COLUMNS)
    for one in lines:
        writer.write((one.place, one.column, one.value, one.after))


def _sum(counts: Mapping[str, int], *kinds: DiffKind) -> int:
    return sum(counts.get(one.value, 0) for one in kinds)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _description(version: Version) -> str:
    return version.description


def _price(version: Version) -> str:
    return " ".join(filter(None, (euros(version.cents), version.tariff_kind)))


def _validity(version: Version) -> str:
    return valid(version.period)


def _other(version: Version) -> str:
    return ", ".join(filter(None, (valid(version.period), version.group)))


WORDS: dict[DiffKind, Any] = {
    DiffKind.PRICE: _price,
    DiffKind.ENDED: _validity,
    DiffKind.CUT: _validity,
    DiffKind.OTHER: _other,
}


def _day(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""
