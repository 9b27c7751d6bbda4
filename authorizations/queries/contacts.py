"""Where to ask what, over all the policies of a day."""

from collections.abc import Iterator
from datetime import date

from authorizations import queries
from authorizations.domain.contact import Contact
from authorizations.domain.policy import Policy


def on(day: date, *, insurer_id: int | None = None) -> Iterator[tuple[Policy, Contact]]:
    """
    Yield each policy of this day with where it is asked what; of every insurer, or of one.

    What two policies of an insurer have alike comes once.
    """
    versions = queries.policy_versions_on(day)
    if insurer_id is not None:
        versions = versions.filter(insurer_id=insurer_id)
    known = set()
    for policy in map(queries.policy, versions):
        for contact in policy.contacts:
            key = (policy.insurer.name, contact.about, contact.for_requests, contact.line)
            if key not in known:
                known.add(key)
                yield policy, contact
