"""How the checks for programs are told in openapi.json: an address per check, made from the table of checks."""

from typing import Any

from authorizations.api.checks import MOST_BYTES
from authorizations.api.openapi_parts import Part, refusals
from authorizations.domain.check_files import FAULT
from authorizations.domain.checks import TOETSEN, Toets
from authorizations.domain.json_items import MOST
from authorizations.services import policies

REFUSALS = {
    400: "Dit is geen JSON die wij kunnen lezen.",
    404: "Deze toets is er niet.",
    405: "Hier werkt alleen POST.",
    413: f"Dit is te veel in 1 keer: er passen {MOST} items en {MOST_BYTES // 1024**2} MB in.",
    415: "De inhoud is geen JSON.",
    422: "Dit is geen lijst van objecten, of het beleid is er niet.",
    429: "Dit was te vaak na elkaar. Retry-After zegt wanneer het weer kan.",
}


def part() -> Part:
    """Return what there is to ask of each check."""
    schemas: dict[str, Any] = {}
    for toets in TOETSEN.values():
        schemas |= _schemas(toets)
    return Part({f"/toetsen/{name}": {"post": _asked(toets)} for name, toets in TOETSEN.items()}, schemas)


def _asked(toets: Toets) -> dict[str, Any]:
    policy = {
        "name": "policy",
        "in": "query",
        "required": False,
        "description": "Het beleid dat de lezing kiest. Zonder dit: sluiten volgens de bron, lezing A.",
        "schema": {"type": "string", "enum": sorted(policies.shipped())},
    }
    return {
        "operationId": f"toets-{toets.name}",
        "summary": toets.title,
        "description": "Elk item komt terug, in dezelfde volgorde, met de uitkomst erbij. Wij bewaren niets. "
        "Wat niet te beoordelen is, krijgt een tekst in fout; de andere items gaan door.",
        "tags": ["toetsen"],
        "parameters": [policy],
        "requestBody": {"required": True, "content": _json(_list(f"{toets.name}-vraag"))},
        "responses": {
            "200": {"description": "De items met hun uitkomst.", "content": _json(_list(f"{toets.name}-antwoord"))},
            **refusals(REFUSALS),
        },
    }


def _schemas(toets: Toets) -> dict[str, Any]:
    taken = {"type": ["string", "null"], "description": "Leeg of null: niet bekend."}
    given = {"type": "string", "description": "Leeg als dit item niet te beoordelen is."}
    fault = {"type": "string", "description": "Waarom dit item niet te beoordelen is, met de kolom en de waarde."}
    # What else stands in an item comes back as it was.
    asked = {
        "type": "object",
        "required": list(toets.takes),
        "properties": {column: _described(taken, toets.described.get(column, "")) for column in toets.takes},
        "additionalProperties": True,
    }
    answer = {
        "type": "object",
        "required": [*toets.gives, FAULT],
        "properties": {**dict.fromkeys(toets.gives, given), FAULT: fault},
        "additionalProperties": True,
    }
    return {f"{toets.name}-vraag": asked, f"{toets.name}-antwoord": answer}


def _described(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": f"{words} {schema['description']}"} if words else schema


def _list(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return schema | ({"maxItems": MOST} if name.endswith("-vraag") else {})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
