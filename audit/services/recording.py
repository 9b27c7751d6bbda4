"""Write events down. Whoever shows a dossier calls this first, and shows nothing when it fails."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from audit.domain import pseudonyms, unusual
from audit.domain.events import CODE_SYSTEM, Event, Kind, Outcome, Purpose, Subject, Where, Who, checks
from audit.models import AccessEvent
from kit import tenancy

LOG = "log"
"""The part of the portal that may write down, and see, whose dossier was asked for (portal/tenancy/registry.py)."""
MOST_SUBJECTS = 1000
SYSTEM_OBJECT, REPORT = 2, 3
OBJECT_ID = "kenmerk; verzekerde als HMAC-SHA256 van BSN"
APPLICATION_SERVER, WEB_SERVER = 4, 3
THE_PORTAL = Who(name="Machtigingsportaal", roles=("systeem",), is_requestor=False)


def record(event: Event) -> AccessEvent:
    """Write one row; with a savepoint of its own, so that whoever asked can go on when it fails."""
    with tenancy.as_system(LOG), transaction.atomic():
        return AccessEvent.objects.create(**columns(event))


def probe(event: Event) -> None:
    """Show that this event could be written now, without writing it: a change that can't be logged isn't begun."""
    with tenancy.as_system(LOG), transaction.atomic():
        AccessEvent.objects.create(**columns(event))
        transaction.set_rollback(True)


def by_the_portal(
    kind: Kind,
    *,
    purpose: Purpose = Purpose.HANDLING,
    outcome: Outcome = Outcome.DONE,
    detail: dict[str, Any] | None = None,
    **found_by: Any,
) -> AccessEvent:
    """
    Write what the worker, the clock or a command does with a dossier, in the transaction that it is called in.

    `found_by` says which dossiers: whatever the function of the setting AUDIT_SUBJECTS takes.
    """
    subjects = subjects_of(**found_by) if found_by else ()
    return record(
        Event(
            kind=kind,
            who=THE_PORTAL,
            where=Where(source_type=APPLICATION_SERVER),
            purpose=purpose,
            outcome=outcome,
            subjects=subjects,
            detail=detail or {},
        )
    )


def subjects_of(**found_by: Any) -> tuple[Subject, ...]:
    """Ask the house which dossiers these are; this app knows none."""
    with tenancy.as_system(LOG):
        found: tuple[Subject, ...] = tuple(import_string(settings.AUDIT_SUBJECTS)(**found_by))
    return found[:MOST_SUBJECTS]


def who_is(**known_by: Any) -> Who | None:
    """Ask the house whose account this is, by id or by log-in name."""
    found: Who | None = import_string(settings.AUDIT_PERSON)(**known_by)
    return found


def pseudonym(value: str) -> str:
    """Return what stands in the log for a BSN or a search text."""
    return pseudonyms.of(value, key=settings.LOG_LOOKUP_KEY.encode())


def columns(event: Event) -> dict[str, Any]:
    """Return the row; `id` and `at` are left to the database."""
    who, where, subjects = event.who, event.where, event.subjects
    return {
        "took_ms": event.took_ms,
        "kind": event.kind.value,
        "kind_system": CODE_SYSTEM,
        "kind_name": event.kind.label,
        "action": (event.action or event.kind.action).value,
        "outcome": event.outcome.value,
        "user_id": who.user_id,
        "login": who.login[:254],
        "external_login": who.external_login[:255],
        "user_name": who.name[:150],
        "is_requestor": who.is_requestor,
        "on_behalf_of_id": who.on_behalf_of_id,
        "on_behalf_of": who.on_behalf_of[:150],
        "roles": sorted(who.roles),
        "purpose": event.purpose.value,
        "network_type": where.network,
        "network_id": where.address[:64],
        "source_id": settings.AUDIT_SOURCE[:100],
        "source_site": settings.AUDIT_SITE[:100],
        "source_type": where.source_type,
        "organization_id": who.organization_id,
        "organization_name": who.organization_name[:150],
        "subjects": [subject.plain() for subject in subjects],
        "dossiers": [subject.reference for subject in subjects if subject.reference],
        "insured": sorted({subject.insured for subject in subjects if subject.insured}),
        "organization_ids": sorted({id for subject in subjects for id in subject.organizations}),
        "object_type": SYSTEM_OBJECT,
        "object_role": REPORT,
        "object_id_type": OBJECT_ID,
        "life_cycle": event.kind.life_cycle.value,
        "sensitivity": event.sensitivity.value,
        "checks": checks(event),
        "signs": unusual.signs(
            kind=event.kind,
            outcome=event.outcome,
            at=event.began_at,
            is_person=who.user_id is not None,
            same_name=any(subject.same_name for subject in subjects),
        ),
        "detail": event.detail,
        "request_id": where.request_id[:64],
    }
