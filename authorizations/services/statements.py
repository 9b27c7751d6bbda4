"""Give a statement that no machtiging is needed. Bron: feature 13; Z-25 to Z-27."""

import secrets
from collections.abc import Collection
from datetime import datetime

from authorizations import queries
from authorizations.domain import deadlines, exemption, references
from authorizations.domain.exemption import Answer
from authorizations.models import PolicyVersion, Statement
from authorizations.services.lifecycle import NotAllowed


def give(
    *, version: PolicyVersion, contracted: bool, intake: bool, used_before: Collection[str], code: str, now: datetime
) -> Statement:
    """
    Return the statement for these answers on this day; the first who asks makes it.

    :raises NotAllowed: when a machtiging is needed, or the contract says whether
    """
    limits = queries.policy(version).exemption
    found = exemption.needed(
        contracted=contracted,
        intake=intake,
        used_before=used_before,
        code=code,
        reading=limits.reading,
        exempt=limits.codes,
    )
    if found.answer is not Answer.NOT_NEEDED:
        raise NotAllowed("Een verklaring geven wij alleen als er geen machtiging nodig is.")
    statement, _ = Statement.objects.get_or_create(
        policy_version=version,
        said_on=now.astimezone(deadlines.AMSTERDAM).date(),
        code=code,
        used=next((one for one in sorted(used_before) if one != code), ""),
        defaults={
            "number": references.statement_number(secrets.choice),
            "said_at": now,
            "reason": found.reason.value,
        },
    )
    return statement
