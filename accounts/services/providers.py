"""A zorgaanbieder enters the portal by its AGB-code, before anybody works there."""

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization


class NotAProvider(Exception):
    """This AGB-code is of another kind of organisation; the text says so, in words for people."""


def ensure(*, agb_code: str, name: str, street: str = "", postcode: str = "", city: str = "") -> Organization | None:
    """
    Return who has this AGB-code, or a provider that is made now under this name; None for an unknown one without.

    What is known already stays as it was: only who works there changes that.

    :raises NotAProvider: when the code is of an insurer
    """
    found = Organization.objects.filter(agb_code=agb_code).first()
    if found is None and name.strip():
        details = {"name": name.strip(), "street": street, "postcode": postcode, "city": city}
        details["kind"] = OrganizationKind.PROVIDER.value
        found, _ = Organization.objects.get_or_create(agb_code=agb_code, defaults=details)
    if found and found.kind != OrganizationKind.PROVIDER:
        raise NotAProvider("Deze AGB-code is niet van een zorgaanbieder.")
    return found
