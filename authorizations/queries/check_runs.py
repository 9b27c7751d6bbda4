"""What may be asked about runs of files through a check. Every look-up of a person begins at `visible_to`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain.check_runs import AT_WORK, KEPT, MOST_IN_WORKBOOK, OVER, RunStatus
from authorizations.models import CheckMapping, CheckRun, CheckRunPart
from authorizations.queries import MEDICAL_ROLES

RUN_ROLES = MEDICAL_ROLES | {Role.MEDEWERKER, Role.COORDINATOR}


def visible_to(actor: Actor) -> QuerySet[CheckRun]:
    """
    Return the runs of the own organisation, the last first.

    A file may say more of patients than its check asks, so who sees no medical papers sees none of a colleague.
    """
    if not actor.roles & RUN_ROLES:
        return CheckRun.objects.none()
    found = CheckRun.objects.filter(organization_id=actor.organization_id)
    if not actor.roles & MEDICAL_ROLES:
        found = found.filter(made_by_id=actor.user_id)
    return found.select_related("made_by").order_by("-made_at", "-id")


def next_at_work(*, now: datetime) -> CheckRun | None:
    """Lock the run that the worker goes on with: the smallest file, so that ten rows don't wait for a million."""
    ready = at_work().filter(Q(wait_until=None) | Q(wait_until__lte=now))
    return ready.select_for_update(skip_locked=True, of=("self",)).order_by("size", "id").first()


def next_workbook() -> CheckRun | None:
    """Lock a run that is done and of which the worker hasn't made a workbook yet."""
    waiting = CheckRun.objects.filter(status=RunStatus.DONE, workbook_at=None, rows__lte=MOST_IN_WORKBOOK)
    return waiting.select_for_update(skip_locked=True, of=("self",)).order_by("rows", "id").first()


def at_work(organization_id: int | None = None) -> QuerySet[CheckRun]:
    """Return the runs that wait for the worker or are in its hands, of everybody or of one organisation."""
    found = CheckRun.objects.filter(status__in=AT_WORK, mapping__isnull=False)
    return found if organization_id is None else found.filter(organization_id=organization_id)


def kept_longest(*, now: datetime) -> QuerySet[CheckRun]:
    """Return the runs that were kept long enough after the last thing that happened to them."""
    return CheckRun.objects.filter(Q(status__in=OVER) | Q(mapping__isnull=True), status_at__lt=now - KEPT)


def remembered(*, organization_id: int, toets: str) -> Mapping[str, str]:
    """Return what this organisation called the columns of a check last time."""
    found = CheckMapping.objects.filter(organization_id=organization_id, toets=toets).first()
    names: Any = found.names if found else {}
    return dict(names)


def places(run: CheckRun) -> list[UUID]:
    """Return everything on disk that belongs to a run."""
    parts = CheckRunPart.objects.filter(run=run).values_list("place", flat=True)
    return [*(place for place in (run.source, run.result, run.workbook) if place), *parts]


def known_places() -> Iterator[UUID]:
    """Yield everything on disk that any run knows of."""
    for found in CheckRun.objects.values_list("source", "result", "workbook"):
        yield from (place for place in found if place)
    yield from CheckRunPart.objects.values_list("place", flat=True)
