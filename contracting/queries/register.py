"""What you can ask of the contract register, and of the lists that were made public."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from contracting.domain.register import COUNTS, LISTED
from contracting.models import Contract, ContractStep, Publication, PublishedProvider

KEEPERS = frozenset({Role.BEHEERDER})
"""Who keeps the register for an insurer."""
READERS = KEEPERS | {Role.ORGANISATIEBEHEERDER}
"""A provider sees its own contracts."""


def visible_to(actor: Actor) -> QuerySet[Contract]:
    """Return the contracts that this person may see: those of the own organisation, the newest year first."""
    if not actor.has(*READERS):
        return Contract.objects.none()
    side = "provider_id" if actor.is_provider else "insurer_id"
    return Contract.objects.filter(**{side: actor.organization_id}).select_related("provider", "insurer")


def to_change(insurer_id: int, contract_id: int) -> Contract | None:
    """Return a contract of this insurer, locked until the transaction ends."""
    mine = Contract.objects.filter(insurer_id=insurer_id, pk=contract_id)
    return mine.select_for_update(of=("self",)).select_related("provider", "insurer").first()


def steps_of(contract: Contract) -> QuerySet[ContractStep]:
    """Return what was done with a contract, the oldest first."""
    return contract.steps.select_related("by").order_by("pk")


def that_count(provider_id: int) -> QuerySet[Contract]:
    """Return the signed contracts of this provider, of whatever year. Bron: A-08."""
    return Contract.objects.filter(provider_id=provider_id, status__in=COUNTS).select_related("insurer").order_by("pk")


def in_force(provider_id: int, insurer_id: int, on: date) -> Contract | None:
    """Return the contract that this provider has with this insurer on that day, None without one. Bron: A-08."""
    found = that_count(provider_id).filter(insurer_id=insurer_id, starts_on__lte=on, ends_on__gte=on)
    return found.first()


def to_list(insurer_id: int, year: int, on: date) -> QuerySet[Contract]:
    """Return what a public list of this year would name, by name; what stopped before that day is left out."""
    mine = Contract.objects.filter(insurer_id=insurer_id, year=year, status__in=LISTED, ends_on__gte=on)
    return mine.select_related("provider").order_by("provider__name", "pk")


def publications() -> QuerySet[Publication]:
    """Return the public lists in force, the newest year first, with their `number` of providers. Bron: A-09."""
    later = Publication.objects.filter(
        insurer_id=OuterRef("insurer_id"), year=OuterRef("year"), made_at__gt=OuterRef("made_at")
    )
    found = Publication.objects.filter(~Exists(later)).select_related("insurer").annotate(number=Count("lines"))
    return found.order_by("-year", "insurer__name", "-pk")


def every_publication() -> QuerySet[Publication]:
    """Return every list that was ever made public: each stays readable, with its date."""
    return Publication.objects.select_related("insurer").order_by("-made_at", "-pk")


def lines_of(publication: Publication) -> QuerySet[PublishedProvider]:
    """Return the providers in a public list, by name."""
    return publication.lines.order_by("name", "agb_code", "pk")
