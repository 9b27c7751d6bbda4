"""What stands in the menu of each side, and for whom: a row per page."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.domain import roles
from accounts.domain.roles import Role

DESK = frozenset(roles.DESK)
OFFICE = frozenset({Role.MEDEWERKER, Role.COORDINATOR})
REQUESTS = frozenset({Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.ORGANISATIEBEHEERDER})
EVERYBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Entry:
    """A page in the menu. Without roles it is for everybody."""

    name: str
    text: str
    roles: frozenset[Role] = EVERYBODY

    def is_for(self, roles: Collection[str]) -> bool:
        """Tell whether somebody with these roles finds it in the menu."""
        return not self.roles or not self.roles.isdisjoint(roles)


HELP = Entry("authorizations:information", "Hulp")
LOG = Entry("logbook:log", "Logboek", frozenset({Role.LOGBEHEERDER}))
OF_INSURER = (
    Entry("authorizations:review-queue", "Werkvoorraad", DESK),
    Entry("authorizations:review-decided", "Besloten", DESK),
    Entry("authorizations:review-heroverwegingen", "Na besluit", DESK),
    Entry("authorizations:review-notices", "Meldingen", OFFICE),
    Entry("authorizations:figures", "Cijfers", frozenset({Role.COORDINATOR, Role.MEDISCH_ADVISEUR, Role.BEHEERDER})),
    Entry("authorizations:trajects", "Zorgtrajecten", DESK),
    Entry("authorizations:checks", "Controles", DESK),
    Entry("authorizations:print-batches", "Post", DESK),
    Entry("authorizations:paper", "Papier", DESK),
    Entry("accounts:colleagues", "Collega’s"),
    Entry("accounts:access-requests", "Toegang", frozenset({Role.BEHEERDER})),
    Entry("contracting:contracts", "Contracten", frozenset({Role.BEHEERDER})),
    Entry("authorizations:retention", "Bewaren", frozenset({Role.COORDINATOR, Role.BEHEERDER})),
    Entry("authorizations:policies", "Beleid", frozenset({Role.COORDINATOR, Role.MEDISCH_ADVISEUR, Role.BEHEERDER})),
    Entry("authorizations:paragraphs", "Alinea’s", frozenset({Role.BEHEERDER})),
    Entry("releases:releases", "Codes", frozenset({Role.BEHEERDER})),
    Entry("portal:failures", "Storingen", frozenset({Role.BEHEERDER})),
    LOG,
    HELP,
)
OF_PROVIDER = (
    Entry("authorizations:dashboard", "Aanvragen", REQUESTS),
    Entry("authorizations:intake-start", "Nieuwe aanvraag", frozenset({Role.INDIENER, Role.BEHANDELAAR})),
    Entry("authorizations:trajects", "Zorgtrajecten", REQUESTS),
    Entry("authorizations:declarations", "Declaraties", frozenset({Role.LEZER, Role.INDIENER, Role.BEHANDELAAR})),
    Entry("authorizations:notices", "Meldingen", REQUESTS),
    Entry("authorizations:checks", "Controles", REQUESTS),
    Entry("contracting:contracts", "Contracten", frozenset({Role.ORGANISATIEBEHEERDER})),
    LOG,
    Entry("accounts:organization", "Organisatie"),
    HELP,
)


def pairs(entries: tuple[Entry, ...], roles: Collection[str]) -> list[str]:
    """Return names and texts in turn, as the tag `menu` wants them."""
    return [word for entry in entries if entry.is_for(roles) for word in (entry.name, entry.text)]
