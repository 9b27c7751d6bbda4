"""Which machtiging holds on a day, when one request led to several: a later one takes the place of an earlier one."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Held(Protocol):
    """A machtiging, as far as this asks about it."""

    pk: int
    starts_on: date
    ends_on: date


GrantLike = TypeVar("GrantLike", bound=Held)


def grant_on(grants: Iterable[GrantLike], day: date) -> GrantLike | None:
    """
    Return the one that holds on this day, of all that one request led to; None when none does.

    The newest that has begun speaks, also when it says that it is over: so a machtiging that ends earlier ends there.

    Bron: domain.md section 4 (a decision is immutable; what changes is a new one beside it).
    """
    begun = [grant for grant in grants if grant.starts_on <= day]
    newest = max(begun, key=lambda grant: grant.pk, default=None)
    return newest if newest and day <= newest.ends_on else None
