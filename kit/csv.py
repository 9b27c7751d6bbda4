"""
Rows for a spreadsheet. Every CSV that leaves the portal is written here.

A spreadsheet runs a cell that begins with `=`, and with a few other signs, as a formula: a name that somebody typed
would then open an address on the computer of a colleague. Such a cell gets an apostrophe in front; a number stays one.

Bron: security.md section 3, row 4 (ASVS 1.2.10).
"""

import csv
import re
from collections.abc import Iterable
from typing import TextIO

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def harmless(cell: object) -> str:
    """Return what a cell says, so that no spreadsheet takes it for a formula."""
    said = "" if cell is None else str(cell)
    if said.startswith(BEGINS_A_FORMULA) and not NUMBER.fullmatch(said):
        return f"'{said}"
    return said


class Writer:
    """
    Writes rows as Dutch spreadsheets read them (a semicolon between the cells), none of which does anything.

    `untouched` is for the shell, where somebody gets back the own file: there every cell stays as it was.
    """

    def __init__(self, outgoing: TextIO, *, untouched: bool = False) -> None:
        self._writer = csv.writer(outgoing, delimiter=";", lineterminator="\n")
        self._untouched = untouched

    def write(self, cells: Iterable[object]) -> None:
        """Write one row."""
        self._writer.writerow(cells if self._untouched else [harmless(cell) for cell in cells])
