"""
Who and what a row of the access log is about: the dossiers, the insured, the person.

Bron: NEN 7513, chapter 6 (events); security.md 2.2.
"""

import re
from collections.abc import Iterable, Iterator

from accounts import queries as accounts
from audit.domain.events import Subject, Who
from audit.services.recording import pseudonym
from authorizations.queries import keeping, traject_imports
from kit.encrypted import fingerprint
from papers import queries as papers

REFERENCE = re.compile(r"\bMA-[0-9A-Z]{9}")
"""The number of a request in the key of a mail. Bron: R-25."""


def subjects(
    *,
    references: Iterable[str] = (),
    letters: Iterable[int] = (),
    files: Iterable[int] = (),
    mails: Iterable[int] = (),
    trajects: Iterable[int] = (),
    seen_at: int | None = None,
) -> Iterator[Subject]:
    """
    Yield the dossiers as the log names them, also those of another organisation.

    `seen_at` is the organisation of who looks: then a surname that a colleague there bears is noted.
    """
    named = {reference.group() for key in papers.mail_keys(mails) for reference in REFERENCE.finditer(key)}
    wanted = [*references, *sorted(named)]
    for row in keeping.named_for_log(wanted, letters=letters, files=files, seen_at=seen_at):
        yield Subject(
            reference=row["reference"],
            request_id=row["pk"],
            provider_id=row["provider_id"],
            insurer_id=row["insurer_id"],
            insured=pseudonym(row["insured__bsn_hash"] or ""),
            consented=row["submitted_at"] is not None,
            same_name=bool(row.get("same_name")),
        )
    for row in traject_imports.for_log(trajects):
        yield Subject(
            reference=row["number"],
            provider_id=row["provider_id"],
            insurer_id=row["insurer_id"],
            insured=pseudonym(row["insured__bsn_hash"] or ""),
            # Who keeps a zorgtraject treats: the relation is that treatment.
            consented=True,
        )


def insured(bsn: str) -> str:
    """Return by which pseudonym the log knows the insured with this BSN: made of its fingerprint, never of itself."""
    return pseudonym(fingerprint(bsn, "bsn"))


def person(*, user_id: int | None = None, login: str = "") -> Who | None:
    """Return whose account this is and where he or she works, or None when nobody is known by that."""
    user = accounts.users_by_id([user_id]).first() if user_id else accounts.user_by_email(login) if login else None
    # Asked for also when there is no such account: a wrong name takes as long as a wrong password.
    actor = accounts.actor_by_email(login) if login and not user_id else accounts.actor_of(user) if user else None
    if user is None:
        return None
    return Who(
        user_id=user.pk,
        name=user.full_name,
        login=user.email,
        roles=tuple(role.value for role in actor.roles) if actor else (),
        organization_id=actor.organization_id if actor else None,
        organization_name=actor.organization_name if actor else "",
    )
