"""A zorgaanbieder that an insurer has something with enters the portal by its AGB-code, before anybody works there."""

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization


def ensure(*, agb_code: str, name: str) -> Organization | None:
    """Return who has this AGB-code, or a provider that is made now under this name; None for an unknown one without."""
    found = Organization.objects.filter(agb_code=agb_code).first()
    if found or not name.strip():
        return found
    made, _ = Organization.objects.get_or_create(
        agb_code=agb_code, defaults={"kind": OrganizationKind.PROVIDER.value, "name": name.strip()}
    )
    return made
