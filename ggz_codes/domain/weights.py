"""
For how many minutes a unit of a zorgactiviteit of MSR counts, as the release of 2017 says, and for which discipline.

Bron: R-17; codes.md section 2 (NZa, grouper tables with effect from 2017-01-01, WeegFactor2 of cluster Z99002700).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from ggz_codes.domain import shipped

YEAR = 2017


@dataclass(frozen=True)
class Weight:
    """The weight of a unit of five minutes, with the discipline that it stands for where it is direct treatment."""

    code: str
    description: str
    weight: int
    discipline: str
    year: int
    valid_from: date
    source: str


@cache
def of_2017() -> Mapping[str, Weight]:
    """Return the weights of the release of 2017 by zorgactiviteit. Bron: R-17."""
    return MappingProxyType({row["code"]: _weight(row) for row in shipped.rows("msr_weights.csv")})


def _weight(row: Mapping[str, str]) -> Weight:
    return Weight(
        code=row["code"],
        description=row["description"],
        weight=int(row["weight"]),
        discipline=row["discipline"],
        year=int(row["year"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        source=row["source"],
    )
