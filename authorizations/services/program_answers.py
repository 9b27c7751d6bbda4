"""
What a program reads of a zorgtraject: days, grounds and hours, never whom or what it is for.

Bron: R-04 to R-12; Z-20; R-17 (a code without a weight is named, never counted).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.domain.actors import Actor
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.hours_used import Usage
from authorizations.domain.import_effects import Effect
from authorizations.domain.subtrajects import Change
from authorizations.domain.traject_import import Fault
from authorizations.models import Grant, Subtraject, SubtrajectWarning, Zorgtraject
from authorizations.queries import courses

NEW, THERE = "nieuw", "stond_er_al"
EFFECTS: Mapping[Change, str] = {
    Change.OPENED: "geopend",
    Change.REOPENED: "heropend",
    Change.MOVED: "andere_sluitdatum",
    Change.GONE: "vervallen",
    Change.TO_CORRECT: "correctie_nodig",
}
"""What an activity may do to a subtraject, as programs read it: a code never gets another meaning."""


def whole(traject: Zorgtraject, actor: Actor, *, today: date) -> dict[str, Any]:
    """Return how a zorgtraject that this actor may see stands today."""
    rows = courses.rows(traject)
    return {
        "id": traject.pk,
        "zorgtrajectnummer": traject.number,
        "stand_op": today.isoformat(),
        "subtrajecten": [subtraject(row) for row in rows],
        "waarschuwingen": [warning(one) for one in reversed(courses.warnings(traject, actor))],
        "uren": [_usage(grant, used) for grant, used in courses.usages(actor, traject, rows)],
    }


def subtraject(row: Subtraject) -> dict[str, Any]:
    """Return the days of a subtraject, and on which grounds it closes or closed."""
    return {
        "zorgtype": row.zorgtype,
        "geopend_op": row.opened_on.isoformat(),
        "sluit_op": row.closes_on.isoformat(),
        "gesloten_op": row.closed_on and row.closed_on.isoformat(),
        "redenen": row.closes_by.split("+"),
        "afgerond_op": row.finished_on and row.finished_on.isoformat(),
        "gedeclareerd": row.declared_at is not None,
        "correctie_nodig": row.to_correct_since is not None,
    }


def effect(one: Effect) -> dict[str, str]:
    """Return what changed in a subtraject: a code, and words for people."""
    return {"code": EFFECTS[one.change], "tekst": one.words}


def fault(item: int, one: Fault) -> dict[str, Any]:
    """Return what is wrong with an item, numbered from 1."""
    return {"item": item, "kolom": one.column, "waarde": one.value, "code": one.code.value, "melding": one.message}


def warning(one: SubtrajectWarning) -> dict[str, Any]:
    """Return a warning that was given: which ground came near, and how near."""
    return {
        "subtraject_geopend_op": one.subtraject.opened_on.isoformat(),
        "reden": one.ground,
        "sluit_op": one.closes_on.isoformat(),
        "dagen_ervoor": one.days,
        "gegeven_op": one.at.astimezone(AMSTERDAM).date().isoformat(),
    }


def _usage(grant: Grant | None, used: Usage) -> dict[str, Any]:
    """Return the hours under a machtiging; without one, what was done altogether."""
    return {
        "machtiging": grant.number if grant else None,
        "geldig_van": grant.starts_on.isoformat() if grant else None,
        "geldig_tot_en_met": grant.ends_on.isoformat() if grant else None,
        "disciplines": _lines(used, under_grant=grant is not None),
        "niet_geteld": list(used.unknown),
    }


def _lines(used: Usage, *, under_grant: bool) -> list[dict[str, Any]]:
    return [
        {
            "discipline": line.discipline.value,
            "toegekend": None if line.granted is None else float(round(line.granted, 2)),
            "gebruikt": float(round(line.used, 2)),
            "meer_dan_toegekend": float(round(line.over, 2)) if under_grant else None,
        }
        for line in used.lines
    ]
