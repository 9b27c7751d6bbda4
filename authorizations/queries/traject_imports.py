"""What may be asked about files of activities. Every look-up of a person begins at `visible_to`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from accounts.domain.actors import Actor
from authorizations.domain.traject_import import AT_WORK, KEPT, RowState, Stage
from authorizations.models import (
    TrajectImport,
    TrajectImportEffect,
    TrajectImportRow,
    Zorgtraject,
)
from authorizations.queries import FILING_ROLES, traject_numbers
from authorizations.queries import subtrajects as asked


def visible_to(actor: Actor) -> QuerySet[TrajectImport]:
    """Return the files of the own institution, the last first, for who registers there."""
    if not actor.is_provider or not actor.roles & FILING_ROLES:
        return TrajectImport.objects.none()
    return TrajectImport.objects.filter(organization_id=actor.organization_id).order_by("-made_at", "-id")


def rows(imported: TrajectImport, *states: RowState) -> QuerySet[TrajectImportRow]:
    """Return the lines of a file in these states, in their order."""
    found = TrajectImportRow.objects.filter(imported=imported, state__in=states)
    return found.select_related("zorgtraject").order_by("line")


def faults(imported: TrajectImport, *, kind: str = "") -> QuerySet[TrajectImportRow]:
    """Return the wrong lines, or those of one kind, with whom they are about as far as that is known."""
    found = rows(imported, RowState.WRONG).select_related("zorgtraject__insured")
    return found.filter(fault=kind) if kind else found


def faulty_trajects(imported: TrajectImport, *, most: int) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten of which lines are wrong, with whom they are about."""
    ids = TrajectImportRow.objects.filter(imported=imported, state=RowState.WRONG).order_by().values("zorgtraject_id")
    return Zorgtraject.objects.filter(pk__in=ids).select_related("insured").order_by("pk")[:most]


def fault_counts(imported: TrajectImport) -> list[tuple[str, int]]:
    """Return how often each kind of fault occurs, the most frequent first."""
    found = TrajectImportRow.objects.filter(imported=imported, state=RowState.WRONG)
    counted = found.order_by().values_list("fault").annotate(number=Count("id")).order_by("-number", "fault")
    return list(counted)


def effects(imported: TrajectImport, *states: RowState) -> QuerySet[TrajectImportEffect]:
    """Return what a file does, per zorgtraject: first where something changes."""
    found = TrajectImportEffect.objects.filter(imported=imported)
    if states:
        found = found.filter(state__in=states)
    return found.select_related("zorgtraject__insured").order_by(
        F("words__0").asc(nulls_last=True), "zorgtraject__number"
    )


def named(actor: Actor, numbers: Collection[str]) -> dict[str, int]:
    """
    Return which of these zorgtrajectnummers this person may register in, with their ids.

    A number that no zorgtraject bears may be the new one of a zorgtraject that stands here under its old. Bron: G-34.
    """
    borne = dict(asked.kept_by(actor).filter(number__in=numbers).values_list("number", "pk"))
    return traject_numbers.resolved(actor, set(numbers) - borne.keys(), asked.kept_by(actor)) | borne


def unchecked(imported: TrajectImport, *, most: int) -> list[int]:
    """Return some zorgtrajecten of which lines still wait for a check."""
    found = TrajectImportRow.objects.filter(imported=imported, state=RowState.READ)
    return list(found.order_by("zorgtraject_id").values_list("zorgtraject_id", flat=True).distinct()[:most])


def next_at_work() -> TrajectImport | None:
    """
    Lock the file that the worker goes on with: the smallest, of equals the one that waits longest.

    A file of 200,000 lines takes minutes; who brings ten lines meanwhile doesn't wait for it.
    """
    found = TrajectImport.objects.select_for_update(skip_locked=True).filter(stage__in=AT_WORK)
    return found.order_by("lines", "stage_began_at", "id").first()


def at_work() -> bool:
    """Say whether a file waits for the worker."""
    return TrajectImport.objects.filter(stage__in=AT_WORK).exists()


def kept_longest(*, now: datetime) -> QuerySet[TrajectImport]:
    """Return the files that were kept long enough after the last thing that happened to them."""
    return TrajectImport.objects.filter(
        stage__in=[Stage.READY, Stage.DONE, Stage.CANCELLED], stage_began_at__lt=now - KEPT
    )


def for_log(trajects: Iterable[int]) -> QuerySet[Zorgtraject, Any]:
    """Return what the access log writes down of these zorgtrajecten."""
    found = Zorgtraject.objects.filter(pk__in=list(trajects)).order_by("pk")
    return found.values("pk", "number", "provider_id", "insurer_id", "insured__bsn_hash")


def counts(imported: TrajectImport) -> dict[str, int]:
    """Return how many lines are in each state."""
    found = TrajectImportRow.objects.filter(imported=imported).order_by().values_list("state")
    return dict(found.annotate(number=Count("id")))
