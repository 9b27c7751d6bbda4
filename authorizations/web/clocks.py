"""The twin clocks as components/_clocks.html shows them: the same for the provider and for the insurer."""

from datetime import datetime
from typing import Any

from authorizations import queries
from authorizations.domain import clocks as rules
from authorizations.domain import clocks_picture, deadlines
from authorizations.models import AuthorizationRequest
from authorizations.services import progress


def context(authorization: AuthorizationRequest, *, now: datetime) -> dict[str, Any]:
    """Return the clocks, their drawing and the alarm; nothing for a draft, that nobody waits for yet."""
    clocks = progress.clocks(authorization, now=now)
    if clocks is None:
        return {"clocks": None}
    policy = queries.policy_of(authorization)
    return {
        "clocks": clocks,
        "day_ends": policy.terms.cut_off,
        "clocks_picture": clocks_picture.draw(clocks),
        "clocks_alarm": rules.alarm(
            clocks,
            norm=policy.terms.patient_workdays,
            term=deadlines.term(policy, urgent=authorization.urgent),
        ),
    }
