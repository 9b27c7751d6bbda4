"""How the portal is doing, for machines: not whether it answers, but whether work gets done."""

from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.services import anchoring
from kit import tenancy
from papers import queries
from papers.services import scanner
from portal.tenancy import guard, registry

HEARTBEAT = "portaal:hartslag"
SILENT = timedelta(minutes=2)
"""So long after its last sign of life the clock or the worker is taken for dead; it rings every half minute."""
TOO_OLD = timedelta(minutes=15)
"""Work that waits so long waits for something that is broken."""


def bells() -> redis.Redis:
    """Return a client for the Redis that carries the bells; it gives up quickly."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)


def beat(now: datetime) -> None:
    """Leave a sign of life: called by the worker because the clock rang, so it proves both."""
    with bells() as client:
        client.set(HEARTBEAT, now.isoformat())


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the web server answers; for what restarts it when it doesn't."""
    return JsonResponse({"status": "leeft"})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say what is wrong, with 503, or that all is well, with 200; numbers only, nothing about anybody."""
    with tenancy.as_system(registry.HEALTH):
        found, problems = examine(timezone.now())
    status = {"status": "storing" if problems else "goed", "problemen": problems, **found}
    response = JsonResponse(status, status=503 if problems else 200, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


def examine(now: datetime) -> tuple[dict[str, Any], list[str]]:
    """Return what was measured, and what is wrong in words."""
    problems: list[str] = []
    found: dict[str, Any] = {"database": False, "redis": False, "virusscanner": None, "hartslag_seconden": None}
    found["werk"] = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found["database"] = True
        undone = queries.undone_work(now)
        found["werk"] = [
            {
                "soort": work.kind.value,
                "wacht": work.waiting,
                "oudste_seconden": seconds(now, work.oldest_at),
                "vastgelopen": work.stuck,
            }
            for work in undone
        ]
        late = [work for work in undone if work.oldest_at and now - work.oldest_at > TOO_OLD]
        problems += [f"Werk blijft liggen: {work.kind.label}." for work in late]
        problems += guard.problems()
        problems += [f"Het logboek is niet heel. {fault.words}" for fault in filter(None, [anchoring.fault()])]
    except DatabaseError:
        problems.append("De database antwoordt niet.")
    found["virusscanner"], trouble = scanner.condition(now)
    problems += [trouble] if trouble else []
    try:
        with bells() as client:
            sign = client.get(HEARTBEAT)
            began = now - running(client)
        found["redis"] = True
        last = datetime.fromisoformat(sign.decode()) if isinstance(sign, bytes) else None
        found["hartslag_seconden"] = seconds(now, last)
        # A Redis that has just begun has forgotten the last sign, or kept it from before: then the next one may come.
        if now - max(last or began, began) > SILENT:
            problems.append("De klok of de worker geeft geen teken van leven.")
    except redis.RedisError:
        problems.append("Redis antwoordt niet.")
    return found, problems


def running(client: redis.Redis) -> timedelta:
    """Return how long Redis has been running."""
    about: Any = client.info("server")
    return timedelta(seconds=about["uptime_in_seconds"])


def seconds(now: datetime, since: datetime | None) -> int | None:
    """Return how long ago it was."""
    return max(int((now - since).total_seconds()), 0) if since else None
