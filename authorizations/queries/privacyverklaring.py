"""What may be asked about the privacyverklaring of a request."""

from django.db.models import Q

from authorizations.domain.privacyverklaring import HOLDS
from authorizations.models import AuthorizationRequest, Privacyverklaring, Subtraject, Zorgtraject


def in_force(authorization: AuthorizationRequest) -> Privacyverklaring | None:
    """Return the one that holds, without asking the database when there is none."""
    if not authorization.without_diagnosis:
        return None
    found = Privacyverklaring.objects.filter(authorization=authorization, status__in=HOLDS)
    return found.select_related("provider_signed_by", "checked_by", "carried_from__authorization").first()


def withdrawn(authorization: AuthorizationRequest) -> list[Privacyverklaring]:
    """Return those that hold no more, the newest first."""
    found = Privacyverklaring.objects.filter(authorization=authorization).exclude(status__in=HOLDS)
    return list(found.select_related("withdrawn_by").order_by("-withdrawn_at", "-id"))


def treatment(authorization: AuthorizationRequest, *, lock: bool = False) -> list[AuthorizationRequest]:
    """
    Return every request of the same provider about this treatment: what it changes, follows on, and the other way.

    Locked in the order of their numbers when that is wanted, so that two who change them wait for each other.
    """
    known, edge = {authorization.pk}, {authorization.pk}
    while edge:
        linked = AuthorizationRequest.objects.filter(
            Q(amends__in=edge) | Q(previous__in=edge) | Q(amendments__in=edge) | Q(follow_ups__in=edge)
        )
        edge = set(linked.values_list("pk", flat=True)) - known
        known |= edge
    found = AuthorizationRequest.objects.filter(pk__in=known).order_by("pk")
    return list(found.select_for_update(of=("self",)) if lock else found)


def trajects(authorizations: list[AuthorizationRequest]) -> list[Zorgtraject]:
    """Return the zorgtrajecten under the machtigingen that these requests led to."""
    under = Subtraject.objects.filter(granted__authorization__in=authorizations).values("zorgtraject_id")
    return list(Zorgtraject.objects.filter(pk__in=under).order_by("pk"))
