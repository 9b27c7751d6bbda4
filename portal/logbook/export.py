"""What an account could have seen, as a file that a spreadsheet opens."""

import io
from collections.abc import Iterable
from typing import Any

from audit.domain.unusual import AMSTERDAM
from kit import csv

HEAD = ("kenmerk", "keren gezien", "waarvan geopend", "medische gegevens", "eerste keer", "laatste keer")


def dossiers(seen: Iterable[dict[str, Any]]) -> str:
    """Return the dossiers as lines with semicolons, as Dutch spreadsheets want them."""
    written = io.StringIO()
    lines = csv.Writer(written)
    lines.write(HEAD)
    for one in seen:
        moments = (one[name].astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M:%S") for name in ("first", "last"))
        lines.write((one["reference"], one["times"], one["opened"], "ja" if one["medical"] else "nee", *moments))
    return csv.BOM + written.getvalue()
