"""An insurer enters the portal together with its first policy."""

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization


def ensure(*, name: str, uzovi: str) -> Organization:
    """Return the insurer of this name, made now when the portal doesn't know it yet."""
    insurer, _ = Organization.objects.get_or_create(
        name=name, kind=OrganizationKind.INSURER.value, defaults={"uzovi": uzovi}
    )
    return insurer
