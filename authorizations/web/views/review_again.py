"""What the page of a request at the desk says of what came after it: its heroverweging, and a changed request."""

from typing import Any

from authorizations.domain.heroverweging import Channel
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest
from authorizations.queries import grant_changes, heroverweging, privacyverklaring
from authorizations.queries import overleg as overleggen
from authorizations.services import amendments


def context(authorization: AuthorizationRequest) -> dict[str, Any]:
    """Return what was asked, whether one can be written down for the insured now, and what took its place."""
    every = heroverweging.of_request(authorization) if authorization.is_decided else []
    by_provider = any(one.is_open and one.channel == Channel.PORTAL for one in every)
    return {
        "heroverwegingen": every,
        "can_file_again": authorization.is_decided and not by_provider,
        "grant_changes": grant_changes.of_request(authorization) if authorization.is_decided else [],
        "overleg": next(iter(overleggen.without_results(authorization, but_shared=False)), None),
        "privacy": privacyverklaring.in_force(authorization),
        "newer": amendments.successor(authorization) if authorization.status == Status.WITHDRAWN else None,
    }
