"""Rows of the log, all invented."""

from typing import Any

from django.db import connection, transaction

from audit.domain.events import Event, Kind, Outcome, Purpose, Sensitivity, Subject, Where, Who
from audit.models import AccessEvent
from audit.services import recording
from portal.tenancy.owner import as_owner

INSURER, PROVIDER, ELSEWHERE = 1, 2, 3


def who(user_id: int = 7, organization_id: int = INSURER, name: str = "A. Meijer") -> Who:
    return Who(
        user_id=user_id, name=name, organization_id=organization_id, organization_name="Verzekeraar",
        roles=("medisch_adviseur",), login="a@b.example",
    )  # fmt: skip


def logged(kind: Kind = Kind.READ, *references: str, by: Who | None = None, **fields: Any) -> AccessEvent:
    """Write a row about these dossiers of INSURER and PROVIDER."""
    insured = fields.pop("insured", recording.pseudonym("999996708"))
    subjects = tuple(Subject(reference, 1, PROVIDER, INSURER, insured) for reference in references)
    values: dict[str, Any] = {
        "kind": kind,
        "who": by or who(),
        "where": Where(),
        "purpose": Purpose.REVIEWING,
        "outcome": Outcome.DONE,
        "sensitivity": Sensitivity.MEDICAL,
        **fields,
    }
    return recording.record(Event(subjects=subjects, **values))


def backdate(**interval: int) -> None:
    """Move the whole log into the past, as only somebody with every right on the database can."""
    length = " ".join(f"{number} {unit}" for unit, number in interval.items())
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_accessevent SET at = at - %s::interval", [length])
        cursor.execute("SET LOCAL session_replication_role = origin")
