"""A zorgaanbieder that isn't known here asks to be let in, and the insurer says yes or no."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import MANAGER_OF, OrganizationKind, Role
from accounts.models import AccessRequest, Organization
from accounts.services import colleagues, invitations, mail
from accounts.services.colleagues import NotAllowed
from kit import tenancy

RECEIVED = """Beste {name},

{insurer} heeft uw vraag om toegang tot het Machtigingsportaal ontvangen, voor {organization}.

U krijgt bericht als de vraag is beoordeeld. Tot die tijd hoeft u niets te doen.

Heeft u dit niet gevraagd? Dan hoeft u niets te doen.

Machtigingsportaal
"""
WAITING = """Beste beheerder,

Er is een nieuwe vraag om toegang tot het Machtigingsportaal. Log in om de vraag te beoordelen.

Machtigingsportaal
"""
REFUSED = """Beste {name},

{insurer} heeft uw vraag om toegang tot het Machtigingsportaal afgewezen.

De reden: {reason}

Klopt dit niet? Neem dan contact op met {insurer}.

Machtigingsportaal
"""


@transaction.atomic
def ask(*, insurer_id: int, now: datetime, email: str, **told: str) -> None:
    """
    Write the question down and tell both sides; the same question while one is open does nothing.

    Whether the organisation or the person is known here makes no difference to who asks.

    :raises Organization.DoesNotExist: when there is no such insurer
    """
    insurer = queries.insurers().get(pk=insurer_id)
    made = AccessRequest(insurer=insurer, email=email.strip().lower(), asked_at=now, **told)
    # Who asks works for nobody here yet (portal/tenancy/registry.py).
    with tenancy.as_system("access"):
        AccessRequest.objects.bulk_create([made], ignore_conflicts=True)
        if not _is_new(made):
            return
    mail.ask(
        to=[made.email],
        subject="Uw vraag om toegang tot het Machtigingsportaal",
        body=RECEIVED.format(name=made.full_name, insurer=insurer.name, organization=made.organization_name),
        key=_key("received", made, now),
        now=now,
    )
    if waiting := queries.emails_of(insurer.pk, Role.BEHEERDER):
        mail.ask(to=waiting, subject="Nieuwe vraag om toegang", body=WAITING, key=_key("waiting", made, now), now=now)


@transaction.atomic
def approve(*, by: Actor, request_id: int, link_to: Callable[[str], str], now: datetime) -> AccessRequest:
    """
    Let the organisation in: make it, and invite the person to manage it.

    :raises NotAllowed: when it isn't the beheerder who asks, it was decided already, or the organisation has a manager
    """
    asked = _open(by, request_id)
    organization = _organization(asked)
    manager = MANAGER_OF[OrganizationKind.PROVIDER]
    if queries.people_with(organization.pk, manager).exists():
        raise NotAllowed(
            f"{organization.name} is hier al bekend en heeft een organisatiebeheerder. Die nodigt collega's uit. "
            "Wijs deze vraag af en verwijs daarnaar."
        )
    asked.invitation = invitations.send(
        organization=organization,
        email=asked.email,
        full_name=asked.full_name,
        roles=frozenset({manager}),
        by=by,
        link_to=link_to,
        now=now,
    )
    _decide(asked, by, now)
    return asked


@transaction.atomic
def refuse(*, by: Actor, request_id: int, reason: str, now: datetime) -> AccessRequest:
    """
    Say no, with the reason, which goes to who asked.

    :raises NotAllowed: when it isn't the beheerder who asks, it was decided already, or there is no reason
    """
    asked = _open(by, request_id)
    if not reason.strip():
        raise NotAllowed("Schrijf op waarom u de vraag afwijst.")
    asked.refused_because = reason.strip()
    _decide(asked, by, now)
    mail.ask(
        to=[asked.email],
        subject="Uw vraag om toegang tot het Machtigingsportaal",
        body=REFUSED.format(name=asked.full_name, insurer=asked.insurer.name, reason=asked.refused_because),
        key=f"access-request-refused-{asked.pk}",
        now=now,
    )
    return asked


def _is_new(made: AccessRequest) -> bool:
    """Say whether this very row was written: of two at once the second meets the constraint."""
    found = AccessRequest.objects.filter(
        insurer=made.insurer, agb_code=made.agb_code, email=made.email, decided_at=None
    ).first()
    return found is not None and found.asked_at == made.asked_at


def _open(by: Actor, request_id: int) -> AccessRequest:
    colleagues.check_manager(by)
    asked = queries.access_request_to_change(by.organization_id, request_id)
    if asked is None or asked.decided_at:
        raise NotAllowed("Deze vraag is al behandeld, misschien door een collega.")
    return asked


def _organization(asked: AccessRequest) -> Organization:
    found, _made = Organization.objects.get_or_create(
        agb_code=asked.agb_code,
        defaults={
            "kind": OrganizationKind.PROVIDER.value,
            "name": asked.organization_name,
            "kvk_number": asked.kvk_number,
            "phone": asked.phone,
        },
    )
    return queries.organization_to_change(found.pk)


def _decide(asked: AccessRequest, by: Actor, now: datetime) -> None:
    asked.decided_at, asked.decided_by_id = now, by.user_id
    asked.save(update_fields=["decided_at", "decided_by", "refused_because", "invitation"])


def _key(what: str, made: AccessRequest, now: datetime) -> str:
    return f"access-request-{what}-{made.insurer_id}-{made.agb_code}-{now.timestamp():.3f}"
