"""The colour of a status, as the provider reads it; the words say it too."""

from authorizations.domain.lifecycle import Status, provider_words
from authorizations.models import AuthorizationRequest

COLOURS = {
    Status.DRAFT: "neutral",
    Status.SUBMITTED: "neutral",
    Status.IN_REVIEW: "active",
    Status.WAITING_FOR_PROVIDER: "warning",
    Status.ANSWERED: "active",
    Status.SECOND_REVIEW: "active",
    Status.GRANTED: "ok",
    Status.PARTLY_GRANTED: "warning",
    Status.DENIED: "danger",
    Status.WITHDRAWN: "neutral",
}


def badge(authorization: AuthorizationRequest) -> tuple[str, str]:
    """Return the colour and the words of the status."""
    status = Status(authorization.status)
    return COLOURS[status], provider_words(status)
