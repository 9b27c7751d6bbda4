"""Claims of a provider of the demo: one about to be late, one that was, and one that was answered."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from authorizations.domain.claim_terms import Regime
from authorizations.domain.declarations import Told
from authorizations.services import declarations
from portal.world import people


def tell(now: datetime) -> None:
    """Let a provider keep claims, of which some must still be handed in."""
    sanne, team, today = people.actor("sanne@esdoorn.example"), people.actor("team@zk.example"), timezone.localdate(now)
    ggz = {"insurer": team.organization_name, "regime": Regime.ZK_GGZ, "code": "25B130", "resubmission": "01"}
    rows: tuple[dict[str, Any], ...] = (
        # Six months after the closing: about to be late, too late, and all the time that there is.
        {"number": "D-2043", "opened_on": today - timedelta(days=400), "closed_on": today - timedelta(days=176)},
        {"number": "D-2040", "opened_on": today - timedelta(days=500), "closed_on": today - timedelta(days=200)},
        {"number": "D-2044", "opened_on": today - timedelta(days=150), "closed_on": today - timedelta(days=20)},
        {"number": "D-2030", "opened_on": today - timedelta(days=600), "closed_on": today - timedelta(days=230),
         "handed_in_on": today - timedelta(days=30), "answer": "afgewezen", "return_code": "0586",
         "answered_on": today - timedelta(days=20)},
    )  # fmt: skip
    duin = people.actor("duin@duin.example")
    # Coulance was granted for this one.
    lifted: dict[str, Any] = {
        "number": "F-88013", "opened_on": today - timedelta(days=600), "closed_on": today - timedelta(days=240),
        "handed_in_on": today - timedelta(days=20),
    }  # fmt: skip
    declarations.register(told=Told(**(ggz | lifted)), by=duin, now=now - timedelta(days=2))
    for row in rows:
        declarations.register(told=Told(**(ggz | row)), by=sanne, now=now - timedelta(days=2))
