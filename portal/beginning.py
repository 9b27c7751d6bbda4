"""The first person of an organisation: the one who can't be invited, for nobody is there to invite."""

from datetime import datetime

from django.db import transaction

from accounts.domain.roles import MANAGER_OF, OrganizationKind
from accounts.models import Membership, Organization, User


class NotFirst(Exception):
    """It can't begin like this; the message is for people."""


@transaction.atomic
def begin(*, organization: str, agb_code: str, email: str, full_name: str, now: datetime) -> User:
    """
    Let somebody look after an organisation and ask for a password by mail. An AGB code makes a new zorgaanbieder.

    :raises NotFirst: when the organisation is unknown or has somebody already, or the address is in use
    """
    if User.objects.filter(email__iexact=email).exists():
        raise NotFirst(f"Er is al een account met het adres {email}.")
    if agb_code:
        kind = OrganizationKind.PROVIDER.value
        Organization.objects.get_or_create(agb_code=agb_code, defaults={"kind": kind, "name": organization})
    found = Organization.objects.select_for_update().filter(name=organization).first()
    if not found:
        raise NotFirst(
            f"{organization} is hier niet bekend. Een zorgverzekeraar komt met zijn beleid (load_policies), "
            "een zorgaanbieder met zijn AGB-code (--agb)."
        )
    role = MANAGER_OF[OrganizationKind(found.kind)].value
    if Membership.objects.filter(organization=found, role=role, ended_at=None).exists():
        raise NotFirst(f"{organization} heeft al een beheerder: die nodigt anderen uit.")
    user = User.objects.create_user(email=email, password=None, full_name=full_name)
    Membership.objects.create(
        user=user, organization=found, organization_kind=found.kind, role=role, started_at=now, started_by=user
    )
    return user
