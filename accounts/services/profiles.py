"""What people tell about themselves."""

from typing import Any

from django.db import transaction

from accounts import queries
from accounts.domain.actors import Actor
from accounts.services import versions

PROFILE = ("full_name", "profession", "big_number", "agb_code", "phone", "shortcuts_on")


@transaction.atomic
def change(*, by: Actor, seen: str, **profile: Any) -> None:
    """
    Change one's own profile.

    :raises Changed: when another tab was first
    """
    versions.apply(queries.user_to_change(by.user_id), seen=seen, fields=profile)
