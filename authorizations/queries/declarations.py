"""What may be asked about the claims of a zorgaanbieder. Every look-up of a person begins at `visible_to`."""

from collections.abc import Collection

from django.db.models import QuerySet

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.models import Declaration
from authorizations.queries import subtrajects

# A claim says what somebody was treated for: only who reads the content of a dossier sees it.
LOOKING_ROLES = frozenset({Role.LEZER, Role.INDIENER, Role.BEHANDELAAR})


def visible_to(actor: Actor) -> QuerySet[Declaration]:
    """Return the claims that this person may see: those of the own institution."""
    if not actor.is_provider or not actor.roles & LOOKING_ROLES:
        return Declaration.objects.none()
    return Declaration.objects.filter(provider_id=actor.organization_id)


def kept_by(actor: Actor) -> QuerySet[Declaration]:
    """Return the claims that this person may change."""
    return visible_to(actor) if actor.roles & queries.FILING_ROLES else Declaration.objects.none()


def whole(actor: Actor) -> QuerySet[Declaration]:
    """Return the claims that this person may see, with what a page tells of them."""
    return visible_to(actor).select_related("insurer", "zorgtraject__insured", "registered_by", "changed_by")


def listed(actor: Actor, *, number: str = "") -> QuerySet[Declaration]:
    """Return the claims that this person may see, the newest first, or those with this number."""
    found = visible_to(actor).select_related("insurer", "zorgtraject__insured").order_by("-id")
    return found.filter(number=number) if number else found


def after(actor: Actor, last_id: int, *, only_open: bool) -> QuerySet[Declaration]:
    """Return the claims that this person may see after that one, in the order in which they came."""
    found = whole(actor).filter(pk__gt=last_id).order_by("pk")
    return found.filter(handed_in_on=None) if only_open else found


def numbered(actor: Actor, numbers: Collection[str]) -> dict[tuple[int, str], Declaration]:
    """Return the claims with these numbers, by insurer and number, locked so that nobody else changes them now."""
    found = kept_by(actor).filter(number__in=numbers).select_for_update().order_by("id")
    return {(one.insurer_id, one.number): one for one in found}


def insurers() -> dict[str, int]:
    """Return every insurer by the names that a file may call it: its name in small letters, and its UZOVI number."""
    found = {}
    for insurer in accounts.insurers():
        found[insurer.name.casefold()] = insurer.pk
        if insurer.uzovi:
            found[insurer.uzovi] = insurer.pk
    return found


def trajects(actor: Actor, numbers: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the zorgtrajecten of the own institution with these numbers, GGZ too: their id and that of the insurer."""
    found = subtrajects.told_by(actor).filter(number__in=numbers)
    return {number: (pk, insurer) for number, pk, insurer in found.values_list("number", "pk", "insurer_id")}
