"""What an account could have seen, as a file that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from audit.domain.unusual import AMSTERDAM

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
HEAD = ("kenmerk", "keren gezien", "waarvan geopend", "medische gegevens", "eerste keer", "laatste keer")


def neutral(cell: object) -> str:
    """Return a cell that a spreadsheet shows and never runs. Bron: ASVS 1.2.10."""
    text = str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def dossiers(seen: Iterable[dict[str, Any]]) -> str:
    """Return the dossiers as lines with semicolons, as Dutch spreadsheets want them."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(HEAD)
    for one in seen:
        moments = (one[name].astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M:%S") for name in ("first", "last"))
        cells = (one["reference"], one["times"], one["opened"], "ja" if one["medical"] else "nee", *moments)
        lines.writerow([neutral(cell) for cell in cells])
    return "\ufeff" + written.getvalue()
