"""Load the catalogue that ships with the code: files with sources, read as text."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from ggz_codes.models import CodeDomain, Prestatie, Zorgtype

FOLDER = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Loaded:
    """What a load did; a second load of the same files does nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@transaction.atomic
def load(folder: Path = FOLDER) -> Loaded:
    """
    Bring the catalogue in step with the files: add what is new, mend what differs, delete nothing.

    A row is known by its code, its zorgproduct and the day it starts.
    """
    done = Loaded()
    for name, domain in (("msr_prestaties.csv", CodeDomain.MSR), ("ggz_prestaties.csv", CodeDomain.GGZ)):
        for row in _rows(folder / name):
            key = {
                "domain": domain.value,
                "code": row["code"],
                "zorgproduct_code": row.get("zorgproduct_code", ""),
                "valid_from": _day(row["valid_from"]),
            }
            values = {
                "description": row["description"],
                "group": row["group"],
                "valid_until": _day(row["valid_until"]),
                "minutes_from": _number(row["minutes_from"]),
                "minutes_until": _number(row["minutes_until"]),
                "max_weighted_hours": _number(row.get("max_weighted_hours", "")),
                "source": row["source"],
                "note": row["note"],
            }
            done += _keep(Prestatie, key, values)
    for row in _rows(folder / "ggz_zorgtypes.csv"):
        key = {"code": row["code"], "valid_from": _day(row["valid_from"])}
        values = {
            "description": row["description"],
            "series": row["series"],
            "group": row["group"],
            "valid_until": _day(row["valid_until"]),
            "source": row["source"],
            "note": row["note"],
        }
        done += _keep(Zorgtype, key, values)
    return done


def _keep(model: type[models.Model], key: Mapping[str, Any], values: Mapping[str, Any]) -> Loaded:
    rows = model._default_manager.select_for_update()
    known = rows.filter(**{name: value for name, value in key.items() if value is not None}).filter(
        **{f"{name}__isnull": True for name, value in key.items() if value is None}
    )
    row = known.first()
    if row is None:
        model._default_manager.create(**key, **values)
        return Loaded(added=1)
    if all(getattr(row, name) == value for name, value in values.items()):
        return Loaded(unchanged=1)
    known.update(**values)
    return Loaded(changed=1)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None
