"""What may be asked about collegiaal overleg."""

from authorizations.domain.overleg import OPEN
from authorizations.models import AuthorizationRequest, Overleg


def of_request(authorization: AuthorizationRequest) -> list[Overleg]:
    """Return every overleg of a request, the newest first."""
    found = Overleg.objects.filter(authorization=authorization)
    return list(found.select_related("offered_by", "answered_by", "result_by").order_by("-offered_at", "-id"))


def without_results(authorization: AuthorizationRequest, *, but_shared: bool) -> list[Overleg]:
    """Return them without what came of them, for who may not read that; `but_shared` leaves what a provider may."""
    found = of_request(authorization)
    for one in found:
        if not (one.shared and but_shared):
            one.result = ""
    return found


def open_one(authorization: AuthorizationRequest, *, lock: bool = False) -> Overleg | None:
    """Return the one that is offered or agreed on, locked until the end of the transaction when that is wanted."""
    found = Overleg.objects.filter(authorization=authorization, status__in=OPEN)
    return (found.select_for_update(of=("self",)) if lock else found).first()
