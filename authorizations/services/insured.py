"""Who the insured is, for whoever must know it exactly."""

from datetime import datetime

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.models import AuthorizationRequest, Insured
from authorizations.services.lifecycle import NotAllowed


def reveal_bsn(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> Insured:
    """
    Return the insured with the whole BSN, to somebody who asked for it. Elsewhere only its last digits are shown.

    This is the one place where a whole BSN is handed to a page: who asks and when is for the access log.

    :raises NotAllowed: for who may not see the content of this request
    """
    if not queries.with_content_for(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Uw rol ziet het BSN niet.")
    return queries.insured_of(authorization)
