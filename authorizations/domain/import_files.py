"""Files around the reading of activities: what the columns hold, an example to begin with, and what was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TextIO

from authorizations.domain.subtrajects import REHABILITATION
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import COLUMNS, NEEDED
from kit.csv import BOM, Writer

FAULTS = (*COLUMNS, "regel", "kolom", "fout")


@dataclass(frozen=True)
class Column:
    """What belongs in a column."""

    name: str
    words: str
    example: str

    @property
    def needed(self) -> bool:
        """Whether it has to be there."""
        return self.name in NEEDED


EXPLAINED = (
    Column("zorgtrajectnummer", "Het nummer van een zorgtraject dat in het portaal staat.", "ZT20260001"),
    Column("zorgactiviteit", "De code: 6 cijfers, met de nullen vooraan.", "190961"),
    Column("uitgevoerd_op", "De dag, niet in de toekomst.", "2026-11-03 of 3-11-2026"),
    Column("discipline", "Een van de disciplines hieronder, in woorden.", "fysiotherapie"),
    Column("aantal", "Een heel getal, in eenheden van 5 minuten. Leeg is 1.", "6"),
    Column("zorgprofielklasse", f"Een heel getal. Leeg is {REHABILITATION} (revalidatie).", str(REHABILITATION)),
)


def example(outgoing: TextIO, *, today: date) -> None:
    """Write a file of two activities as it should be, to fill in further."""
    lines = Writer(outgoing)
    outgoing.write(BOM)
    lines.write(COLUMNS)
    for ago, code, discipline, units in ((8, "190961", Discipline.FYSIOTHERAPIE, 6), (1, "190962", None, 12)):
        done = discipline or Discipline.ERGOTHERAPIE
        lines.write(("ZT20260001", code, (today - timedelta(days=ago)).isoformat(), done, units, REHABILITATION))


def faults(outgoing: TextIO, rows: Iterable[tuple[int, Any]]) -> None:
    """Write each wrong line as it was, with what is wrong: mended, this file can be brought itself."""
    lines = Writer(outgoing)
    outgoing.write(BOM)
    lines.write(FAULTS)
    for number, wrong in rows:
        columns = dict.fromkeys(column for column, _value, _told in wrong["faults"] if column)
        said = " ".join(told for _column, _value, told in wrong["faults"])
        lines.write((*wrong["cells"], number, ", ".join(columns), said))
