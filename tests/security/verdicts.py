"""
Who may do what at every address: the declared half of the access table. An address without a row here breaks the build.

A row says which ways of asking there are, who is let in (everybody else reads that another role is needed), who of
those finds what the address names (for the others it isn't there), and in which states nobody finds it.

Bron: decisions.md, "Who may do what"; security.md section 8, A1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from accounts.domain.roles import Role

LOOK = frozenset({"GET", "HEAD"})
SEND = frozenset({"POST"})
BOTH = LOOK | SEND
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

FILE = frozenset({Role.INDIENER, Role.BEHANDELAAR})
READ_OWN = FILE | {Role.LEZER}
PROVIDER = READ_OWN | {Role.ORGANISATIEBEHEERDER}
ADVISE = frozenset({Role.MEDISCH_ADVISEUR})
DESK = ADVISE | {Role.MEDEWERKER, Role.COORDINATOR}
MEDICAL = READ_OWN | ADVISE
STATUS = PROVIDER | DESK
MANAGE = frozenset({Role.ORGANISATIEBEHEERDER, Role.BEHEERDER})
TECHNICAL = frozenset({Role.BEHEERDER})
COLLEAGUE = frozenset(Role)


class Verdict(Enum):
    """What comes of a request; the value is how it shows."""

    OPEN = "de pagina of de handeling"
    LOG_IN = "naar het inloggen"
    OTHER_ROLE = "403"
    ABSENT = "404"
    NOT_SO = "405"
    LED = "naar de pagina van de knop"


@dataclass(frozen=True)
class Row:
    """What holds at one address. `let_in` None: everybody, also who hasn't logged in; `finds` None: who is let in."""

    asked: frozenset[str]
    let_in: frozenset[Role] | None
    finds: frozenset[Role] | None = None
    absent: frozenset[str] = frozenset()
    how_first: bool = False
    """Whether the way of asking is looked at before the person: a button that somebody opens leads to its page."""
    leads: bool = True
    """Whether there is such a page."""
    hidden: bool = False
    """Whether there is nothing to see where something can be sent."""

    def verdict(self, *, method: str, roles: frozenset[Role] | None, owns: bool, state: str, insurer: bool) -> Verdict:
        """Return the one right outcome. `roles` None: nobody has logged in."""
        if method not in BOTH:
            return Verdict.NOT_SO
        led = method in LOOK and self.leads
        wrong_way = None if method in self.asked else Verdict.LED if led else Verdict.NOT_SO
        if wrong_way and (self.how_first or self.let_in is None):
            return wrong_way
        if self.let_in is not None and roles is None:
            return Verdict.LOG_IN
        if self.let_in is not None and not (roles or frozenset()) & self.let_in:
            return Verdict.OTHER_ROLE
        if wrong_way:
            return wrong_way
        there = owns and not (insurer and state == "draft") and state not in self.absent
        if self.finds is not None and not (roles or frozenset()) & self.finds:
            there = False
        if self.hidden and method in LOOK:
            there = False
        return Verdict.OPEN if there else Verdict.ABSENT


def page(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to look."""
    return Row(LOOK, let_in, **{"how_first": True, **more})  # type: ignore[arg-type]


def form(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to look and to send."""
    return Row(BOTH, let_in, **more)  # type: ignore[arg-type]


def button(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to send only."""
    return Row(SEND, let_in, **{"how_first": True, **more})  # type: ignore[arg-type]


EVERYBODY = None
ROWS: Mapping[str, Row] = {
    # The house
    "home": page(EVERYBODY),
    "portal:health": page(EVERYBODY),
    "portal:alive": page(EVERYBODY),
    "portal:privacy": page(EVERYBODY),
    "portal:accessibility": page(EVERYBODY),
    "portal:csp-report": button(EVERYBODY, leads=False),
    "portal:failures": page(TECHNICAL, how_first=False),
    "portal:failures-retry": button(TECHNICAL, how_first=False),
    "style": form(EVERYBODY),
    # Logging in
    "account_login": form(EVERYBODY),
    "account_inactive": page(EVERYBODY),
    "account_logout": form(EVERYBODY),
    "account_reset_password": form(EVERYBODY),
    "account_reset_password_done": page(EVERYBODY),
    "account_reset_password_from_key": form(EVERYBODY),
    "account_reset_password_from_key_done": page(EVERYBODY),
    "account_change_password": form(COLLEAGUE),
    "accounts:invitation": form(EVERYBODY),
    "accounts:resume": form(COLLEAGUE),
    "accounts:stay": form(COLLEAGUE),
    # People and organisations
    "accounts:profile": form(COLLEAGUE),
    "accounts:choose-organization": form(COLLEAGUE),
    "accounts:organization": form(COLLEAGUE),
    "accounts:organization-change": form(MANAGE),
    "accounts:location-add": form(MANAGE),
    "accounts:location-change": form(MANAGE),
    "accounts:location-stop": form(MANAGE),
    "accounts:colleagues": form(COLLEAGUE),
    "accounts:invite": form(MANAGE),
    "accounts:colleague-roles": form(MANAGE),
    "accounts:colleague-remove": form(MANAGE),
    "accounts:invitation-resend": form(MANAGE, hidden=True),
    "accounts:invitation-withdraw": form(MANAGE, hidden=True),
    # What anybody may read
    "authorizations:information": page(EVERYBODY),
    "authorizations:information-policy": page(EVERYBODY),
    "authorizations:needed-check": page(EVERYBODY),
    # Writing and filing
    "authorizations:intake-start": form(FILE),
    "authorizations:intake-step": form(FILE),
    "authorizations:intake-autosave": button(FILE),
    "authorizations:intake-check": form(FILE),
    "authorizations:intake-adopt-policy": button(FILE),
    "authorizations:intake-submit": button(FILE),
    "authorizations:intake-filed": form(COLLEAGUE, finds=PROVIDER),
    "authorizations:intake-delete": form(FILE),
    "authorizations:intake-documents": form(FILE),
    "authorizations:document-upload": button(FILE),
    "authorizations:documents-autosave": button(FILE),
    "authorizations:extra-documents": form(FILE),
    # Following
    "authorizations:dashboard": page(COLLEAGUE),
    "authorizations:send-documents": page(PROVIDER),
    "authorizations:request-detail": page(COLLEAGUE, finds=STATUS),
    "authorizations:request-withdraw": form(FILE),
    "authorizations:request-amend": form(FILE),
    "authorizations:answer-questions": form(FILE),
    "authorizations:answers-autosave": button(FILE),
    # Documents and letters
    "authorizations:document-view": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:document-page": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:document-original": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:receipt": page(MEDICAL),
    "authorizations:letter": page(MEDICAL),
    "authorizations:print-batches": page(DESK),
    "authorizations:print-batch-make": button(ADVISE),
    "authorizations:print-batch": page(ADVISE),
    "authorizations:print-batch-sent": button(DESK),
    "authorizations:print-item-returned": button(DESK),
    "authorizations:print-item-again": button(DESK),
    # Reviewing
    "authorizations:review-queue": page(DESK, how_first=False),
    "authorizations:review-next": button(ADVISE, how_first=False),
    "authorizations:review-decided": page(DESK, how_first=False),
    "authorizations:review-detail": page(DESK, how_first=False),
    "authorizations:review-claim": button(ADVISE, how_first=False),
    "authorizations:review-release": button(ADVISE | {Role.COORDINATOR}, how_first=False),
    "authorizations:review-assign": form(frozenset({Role.COORDINATOR})),
    "authorizations:review-criterion": form(ADVISE),
    "authorizations:review-document": button(ADVISE, how_first=False),
    "authorizations:review-draft": button(ADVISE),
    "authorizations:review-note": button(DESK, how_first=False),
    "authorizations:review-ask": form(ADVISE),
    "authorizations:review-close-questions": form(ADVISE),
    "authorizations:review-extend": form(ADVISE),
    "authorizations:review-reply": form(ADVISE),
    "authorizations:review-decide": form(ADVISE),
    "authorizations:review-confirm": form(ADVISE),
    "authorizations:review-return": button(ADVISE, how_first=False),
}
