"""Who acts: one person, in one organisation, with the roles held there at this moment."""

from dataclasses import dataclass

from accounts.domain.roles import MANAGER_OF, OrganizationKind, Role, labels_of


@dataclass(frozen=True)
class Actor:
    """
    A person at work for one organisation; made anew for every request, so a role taken away is gone at once.

    `works_for` holds every organisation of this person, for nobody decides on a request of an own institution.

    Bron: R-19 and decisions.md, roles.
    """

    user_id: int
    name: str
    email: str
    organization_id: int
    organization_name: str
    organization_kind: OrganizationKind
    roles: frozenset[Role]
    works_for: frozenset[int]
    big_number: str = ""
    profession: str = ""
    shortcuts_on: bool = True

    @property
    def is_provider(self) -> bool:
        """Say whether this person acts for a zorgaanbieder."""
        return self.organization_kind == OrganizationKind.PROVIDER

    @property
    def is_insurer(self) -> bool:
        """Say whether this person acts for a zorgverzekeraar."""
        return self.organization_kind == OrganizationKind.INSURER

    @property
    def is_manager(self) -> bool:
        """Say whether this person adds and removes colleagues here."""
        return MANAGER_OF[self.organization_kind] in self.roles

    @property
    def role_labels(self) -> str:
        """Name the roles for people, in the order of the list of roles."""
        return labels_of(self.roles)

    def has(self, *roles: Role) -> bool:
        """Say whether this person has at least one of these roles."""
        return not self.roles.isdisjoint(roles)
