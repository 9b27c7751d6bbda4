"""How a Dutch reader writes days, numbers and lists. Bron: ux.md section 6 (numbers)."""

from collections.abc import Sequence
from decimal import Decimal

from kit.dates import day as day


def number(value: Decimal | int) -> str:
    """Return 12,5 or 1.204: no zeros after the comma."""
    whole, _, rest = f"{Decimal(value).normalize():,f}".partition(".")
    return whole.replace(",", ".") + ("," + rest if rest else "")


def listing(items: Sequence[str], last: str = "en") -> str:
    """Return "a, b en c"."""
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def euros(amount: Decimal) -> str:
    """Return € 1.250.000, or € 12,50 when there are cents."""
    cents = amount != amount.to_integral_value()
    return "€ " + f"{amount:,.{2 if cents else 0}f}".translate(str.maketrans(",.", ".,"))
