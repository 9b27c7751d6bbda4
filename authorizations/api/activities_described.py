"""
How the addresses for programs of providers are told in openapi.json: paths below /api/v1, schemas, and the key.

Bron: OpenAPI 3.1.0; errors: RFC 9457.
"""

from typing import Any

from authorizations.api.calling import MOST_BYTES, VISIBLE
from authorizations.api.openapi_parts import DAY, DAY_OR_NOT, NUMBER, TEXT, Part, listed, ref, refusals, whole
from authorizations.api.reading import JSON
from authorizations.domain.json_items import MOST
from authorizations.domain.subtrajects import DotZorgtype, Ground
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import NEEDED, FaultCode
from authorizations.services.program_answers import EFFECTS, NEW, THERE
from kit import problems

SECURITY: dict[str, Any] = {
    "sleutel": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "mp_<begin>_<geheim>",
        "description": "De organisatiebeheerder maakt sleutels op /organisatie/api-sleutels/.",
    }
}
ASKED_WITH_KEY: list[dict[str, list[str]]] = [{"sleutel": []}]
REASONS = listed({"type": "string", "enum": [one.value for one in Ground]})
SCHEMAS: dict[str, Any] = {
    "Activiteit": {
        "type": "object",
        "description": "Een zorgactiviteit, met de namen en regels van het CSV-bestand. Een andere naam is een fout.",
        "required": list(NEEDED),
        "properties": {
            "zorgtrajectnummer": TEXT,
            "zorgactiviteit": {"type": "string", "pattern": "^[0-9]{6}$"},
            "uitgevoerd_op": DAY,
            "discipline": {"type": "string", "description": f"Een van: {', '.join(one.value for one in Discipline)}."},
            "aantal": {"type": ["integer", "string", "null"], "description": "1 tot en met 288. Zonder: 1."},
            "zorgprofielklasse": {"type": ["integer", "string", "null"], "description": "1 tot en met 99. Zonder: 14."},
        },
        "additionalProperties": False,
    },
    "Subtraject": whole(
        "Een subtraject: wanneer het opende, en wanneer en waarom het sluit.",
        zorgtype={"type": "string", "enum": [one.value for one in DotZorgtype]},
        geopend_op=DAY,
        sluit_op=DAY,
        gesloten_op=DAY_OR_NOT,
        redenen=REASONS,
        afgerond_op=DAY_OR_NOT,
        gedeclareerd={"type": "boolean"},
        correctie_nodig={"type": "boolean"},
    ),
    "Gevolg": whole(
        "Wat er met een subtraject gebeurde.", code={"type": "string", "enum": list(EFFECTS.values())}, tekst=TEXT
    ),
    "Vastgelegd": whole(
        "Wat er van elke activiteit werd, en van elk zorgtraject.",
        proef={"type": "boolean"},
        activiteiten=listed(
            whole(
                "Per item, in uw volgorde.",
                item={"type": "integer", "minimum": 1},
                zorgtraject=NUMBER,
                stand={"type": "string", "enum": [NEW, THERE]},
            )
        ),
        zorgtrajecten=listed(
            whole(
                "Per zorgtraject.",
                id=NUMBER,
                zorgtrajectnummer=TEXT,
                gevolgen=listed(ref("Gevolg")),
                subtrajecten=listed(ref("Subtraject")),
            )
        ),
    ),
    "Waarschuwing": whole(
        "Een waarschuwing dat een subtraject bijna sloot.",
        subtraject_geopend_op=DAY,
        reden={"type": "string", "enum": [Ground.IDLE.value, Ground.LONGEST.value]},
        sluit_op=DAY,
        dagen_ervoor=NUMBER,
        gegeven_op=DAY,
    ),
    "Uren": whole(
        "Gebruikte uren naast die van de machtiging; zonder machtiging alles bij elkaar.",
        machtiging={"type": ["string", "null"]},
        geldig_van=DAY_OR_NOT,
        geldig_tot_en_met=DAY_OR_NOT,
        disciplines=listed(
            whole(
                "Per discipline.",
                discipline={"type": "string", "enum": [one.value for one in Discipline]},
                toegekend={"type": ["number", "null"]},
                gebruikt={"type": "number"},
                meer_dan_toegekend={"type": ["number", "null"]},
            )
        ),
        niet_geteld={**listed(TEXT), "description": "Codes waarvan wij niet weten hoe lang 1 eenheid duurt."},
    ),
    "Zorgtraject": whole(
        "Hoe een zorgtraject ervoor staat.",
        id=NUMBER,
        zorgtrajectnummer=TEXT,
        stand_op=DAY,
        subtrajecten=listed(ref("Subtraject")),
        waarschuwingen=listed(ref("Waarschuwing")),
        uren=listed(ref("Uren")),
    ),
    "Fouten": {
        "type": "object",
        "description": "Wat er niet klopt. Er is niets vastgelegd. Zonder errors gaat het over de hele oproep.",
        "required": ["title", "status"],
        "properties": {
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "errors": listed(
                whole(
                    "Een fout in een item.",
                    item={"type": "integer", "minimum": 1},
                    kolom=TEXT,
                    waarde=TEXT,
                    code={"type": "string", "enum": [one.value for one in FaultCode]},
                    melding=TEXT,
                )
            ),
        },
    },
}
SHUT = {
    401: "Geen sleutel, of een die niet werkt. WWW-Authenticate zegt wat er nodig is.",
    429: "Dit was te vaak na elkaar. Retry-After zegt wanneer het weer kan.",
}
REFUSALS = {
    400: "Geen Idempotency-Key, of geen JSON die wij kunnen lezen.",
    409: "Dezelfde oproep loopt nog. Retry-After zegt wanneer u het opnieuw vraagt.",
    413: f"Er passen {MOST} items en {MOST_BYTES // 1024**2} MB in 1 oproep.",
    415: "De inhoud is geen JSON.",
}


def answer(description: str, schema: str, kind: str = JSON, headers: Any = None) -> dict[str, Any]:
    """Return how an answer is told."""
    told = {"description": description, "content": {kind: {"schema": ref(schema)}}}
    return told | ({"headers": headers} if headers else {})


REPLAYED = {
    "Idempotent-Replayed": {
        "schema": {"const": "true"},
        "description": "Dit is het antwoord van toen; er is nu niets gedaan.",
    }
}
KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Verplicht, behalve bij een proef. Voor elke oproep een andere, bij opnieuw proberen dezelfde. "
    "Wij onthouden het antwoord minstens 24 uur.",
    "schema": {"type": "string", "pattern": f"^{VISIBLE.pattern}$"},
}
TRIAL: dict[str, Any] = {
    "name": "proef",
    "in": "query",
    "required": False,
    "description": "1: hetzelfde antwoord, en wij bewaren niets.",
    "schema": {"enum": ["0", "1"]},
}
PATHS: dict[str, Any] = {
    "/activiteiten": {
        "post": {
            "operationId": "activiteiten-vastleggen",
            "summary": "Leg zorgactiviteiten vast: alle, of geen",
            "tags": ["zorgtrajecten"],
            "security": ASKED_WITH_KEY,
            "parameters": [KEY, TRIAL],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": {**listed(ref("Activiteit")), "minItems": 1, "maxItems": MOST}}},
            },
            "responses": {
                "200": answer("Een proef, of er was niets nieuws.", "Vastgelegd", headers=REPLAYED),
                "201": answer("Er is iets nieuws vastgelegd.", "Vastgelegd", headers=REPLAYED),
                "422": answer("Iets klopt niet: er is niets vastgelegd.", "Fouten", problems.TYPE),
                **refusals(REFUSALS | SHUT),
            },
        }
    },
    "/zorgtrajecten/{id}": {
        "get": {
            "operationId": "zorgtraject-opvragen",
            "summary": "Vraag op hoe een zorgtraject ervoor staat",
            "description": "Het id staat in het antwoord op het vastleggen: een zorgtrajectnummer staat nooit in "
            "een adres.",
            "tags": ["zorgtrajecten"],
            "security": ASKED_WITH_KEY,
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}],
            "responses": {
                "200": answer("De stand van vandaag.", "Zorgtraject"),
                **refusals({404: "Dit zorgtraject is er niet bij uw instelling."} | SHUT),
            },
        }
    },
}
"""Below /api/v1. `Probleem` is the schema that all doors share."""


def part() -> Part:
    """Return what programs of providers may ask."""
    return Part(PATHS, SCHEMAS, SECURITY)
