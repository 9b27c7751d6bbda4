"""A zorgaanbieder that an insurer has something with enters by its AGB-code."""

from accounts.services import providers
from contracting.services.refusals import Incomplete
from kit.obstacles import Obstacle


def provider_id(*, agb_code: str, name: str) -> int:
    """
    Return the provider with this AGB-code; one that the portal doesn't know yet is made under this name.

    :raises Incomplete: for an unknown one without a name, and for an insurer
    """
    try:
        found = providers.ensure(agb_code=agb_code, name=name)
    except providers.NotAProvider as refusal:
        raise Incomplete([Obstacle("no_provider", str(refusal), field="agb_code")]) from None
    if found is None:
        words = "Deze AGB-code kennen wij nog niet. Vul ook de naam van de zorgaanbieder in."
        raise Incomplete([Obstacle("name_missing", words, field="name")])
    return found.pk
