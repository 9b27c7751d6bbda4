"""Who may do what: the kinds of organisation and the roles that belong to each."""

from collections.abc import Iterable

from kit.terms import Term


class OrganizationKind(Term):
    """The two sides of a request. Bron: decisions.md, roles."""

    PROVIDER = "provider", "Zorgaanbieder"
    INSURER = "insurer", "Zorgverzekeraar"


class Role(Term):
    """What someone does in an organisation; one person may have several. Bron: decisions.md, roles."""

    LEZER = "lezer", "Lezer"
    INDIENER = "indiener", "Indiener"
    BEHANDELAAR = "behandelaar", "Behandelaar"
    ORGANISATIEBEHEERDER = "organisatiebeheerder", "Organisatiebeheerder"
    MEDEWERKER = "medewerker", "Medewerker"
    MEDISCH_ADVISEUR = "medisch_adviseur", "Medisch adviseur"
    COORDINATOR = "coordinator", "Coördinator"
    BEHEERDER = "beheerder", "Beheerder"
    LOGBEHEERDER = "logbeheerder", "Logbeheerder"


ROLES_OF: dict[OrganizationKind, tuple[Role, ...]] = {
    OrganizationKind.PROVIDER: (
        Role.LEZER,
        Role.INDIENER,
        Role.BEHANDELAAR,
        Role.ORGANISATIEBEHEERDER,
        Role.LOGBEHEERDER,
    ),
    OrganizationKind.INSURER: (
        Role.MEDEWERKER,
        Role.MEDISCH_ADVISEUR,
        Role.COORDINATOR,
        Role.BEHEERDER,
        Role.LOGBEHEERDER,
    ),
}

DESK = (Role.MEDEWERKER, Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
"""Who works on requests at an insurer. Bron: decisions.md, roles."""

MANAGER_OF: dict[OrganizationKind, Role] = {
    OrganizationKind.PROVIDER: Role.ORGANISATIEBEHEERDER,
    OrganizationKind.INSURER: Role.BEHEERDER,
}
"""The role that adds and removes colleagues; an organisation always keeps one such person."""

EXPLANATION: dict[Role, str] = {
    Role.LEZER: "Leest alle aanvragen, met de documenten.",
    Role.INDIENER: "Maakt aanvragen, voegt documenten toe en dient in.",
    Role.BEHANDELAAR: "Revalidatiearts. Maakt, ondertekent en dient in.",
    Role.ORGANISATIEBEHEERDER: "Beheert collega's, gegevens en contracten. Ziet geen medische stukken.",
    Role.MEDEWERKER: "Bereidt de beoordeling voor. Ziet geen medische stukken.",
    Role.MEDISCH_ADVISEUR: "Beoordeelt aanvragen en neemt het besluit.",
    Role.COORDINATOR: "Verdeelt het werk en bewaakt de termijnen.",
    Role.BEHEERDER: "Beheert collega's, beleid, standaardteksten en contracten.",
    Role.LOGBEHEERDER: "Controleert wie welke aanvragen bekeek. Ziet zelf geen stukken en heeft geen andere rol.",
}

LOGBEHEERDER_ALONE = "Een logbeheerder ziet zelf geen stukken en heeft geen andere rol."


def labels_of(roles: Iterable[Role]) -> str:
    """Name roles for people, always in the same order."""
    held = frozenset(roles)
    return ", ".join(role.label for role in Role if role in held)


def fits(kind: OrganizationKind, roles: frozenset[Role]) -> bool:
    """Say whether this kind of organisation has all these roles. Bron: decisions.md, roles."""
    return roles <= frozenset(ROLES_OF[kind])


def go_together(roles: frozenset[Role]) -> bool:
    """
    Say whether one person may hold all these roles at one organisation: nobody watches over himself or herself.

    Bron: security.md 2.1 and 2.2, separation of duties.
    """
    return Role.LOGBEHEERDER not in roles or len(roles) == 1


def own_roles_to_change(kind: OrganizationKind, *, manages_alone: bool) -> frozenset[Role]:
    """
    Return which roles a manager may give to or take from himself or herself.

    None: another manager does that. Only a practice may have nobody else to do it; who decides on requests never does.

    Bron: security.md 2.1, separation of duties.
    """
    if kind == OrganizationKind.PROVIDER and manages_alone:
        return frozenset(ROLES_OF[kind]) - {Role.LOGBEHEERDER}
    return frozenset()
