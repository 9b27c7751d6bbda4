"""What an organisation tells about itself, and where it works."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts import queries
from accounts.domain.actors import Actor
from accounts.models import Location
from accounts.services import colleagues, versions

PROFILE = ("name", "agb_code", "kvk_number", "vecozo_certificate", "uzovi", "street", "postcode", "city", "phone")
LOCATION = ("name", "street", "postcode", "city", "agb_code")


class Taken(Exception):
    """Raised when a code or name belongs to another row; the text says which."""


@transaction.atomic
def change(*, by: Actor, seen: str, **profile: Any) -> None:
    """
    Change the profile of one's own organisation.

    :raises NotAllowed: when it isn't the manager who asks
    :raises Changed: when a colleague was first
    :raises Taken: when the AGB-code or UZOVI-code belongs to another organisation

    Bron: A-41.
    """
    colleagues.check_manager(by)
    organization = queries.organization_to_change(by.organization_id)
    try:
        with transaction.atomic():
            versions.apply(organization, seen=seen, fields=profile)
    except IntegrityError as refusal:
        raise _taken(refusal) from None


@transaction.atomic
def add_location(*, by: Actor, **values: str) -> Location:
    """
    Add a place where the own organisation works.

    :raises NotAllowed: when it isn't the manager who asks
    :raises Taken: when there is a location with this name
    """
    colleagues.check_manager(by)
    try:
        with transaction.atomic():
            return Location.objects.create(organization_id=by.organization_id, **values)
    except IntegrityError as refusal:
        raise _taken(refusal) from None


@transaction.atomic
def change_location(*, by: Actor, location_id: int, seen: str, **values: str) -> None:
    """
    Change a location of one's own organisation.

    :raises NotAllowed: when it isn't the manager who asks
    :raises Changed: when a colleague was first
    :raises Taken: when there is another location with this name
    """
    colleagues.check_manager(by)
    location = queries.location_to_change(by.organization_id, location_id)
    try:
        with transaction.atomic():
            versions.apply(location, seen=seen, fields=values)
    except IntegrityError as refusal:
        raise _taken(refusal) from None


@transaction.atomic
def stop_location(*, by: Actor, location_id: int, now: datetime) -> None:
    """
    Stop using a location; it stays, for earlier requests name it. Already stopped is fine.

    :raises NotAllowed: when it isn't the manager who asks
    """
    colleagues.check_manager(by)
    queries.locations(by.organization_id).filter(pk=location_id).update(stopped_at=now, stopped_by=by.user_id)


def _taken(refusal: IntegrityError) -> Exception:
    """Turn the refusal of the database into words; any other refusal stays what it is."""
    said = {
        "organization_agb_code_once": "Deze AGB-code hoort al bij een andere organisatie. Controleer de code.",
        "organization_uzovi_once": "Deze UZOVI-code hoort al bij een andere organisatie. Controleer de code.",
        "location_name_once": "Uw organisatie heeft al een locatie met deze naam. Kies een andere naam.",
    }
    for constraint, text in said.items():
        if constraint in str(refusal):
            return Taken(text)
    return refusal
