"""What the page of a request at the desk says of its heroverweging."""

from typing import Any

from authorizations.domain.heroverweging import Channel
from authorizations.models import AuthorizationRequest
from authorizations.queries import heroverweging


def context(authorization: AuthorizationRequest) -> dict[str, Any]:
    """Return what was asked, and whether one can be written down for the insured now, or be added to."""
    every = heroverweging.of_request(authorization) if authorization.is_decided else []
    by_provider = any(one.is_open and one.channel == Channel.PORTAL for one in every)
    return {"heroverwegingen": every, "can_file_again": authorization.is_decided and not by_provider}
