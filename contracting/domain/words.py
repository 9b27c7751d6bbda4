"""How days are written here. Bron: ux.md section 6 (numbers)."""

from datetime import date

from kit.dates import NAMES


def day(on: date) -> str:
    """Return 20 november 2026."""
    return f"{on.day} {NAMES[on.month - 1]} {on.year}"
