"""How the addresses for claims are told in openapi.json. Bron: OpenAPI 3.1.0; errors: RFC 9457."""

from typing import Any

from authorizations.api.activities_described import ASKED_WITH_KEY, KEY, REFUSALS, REPLAYED, SHUT, TRIAL, answer
from authorizations.api.claims import CHECKED_ON_A_PAGE, ON_A_PAGE
from authorizations.api.openapi_parts import DAY, DAY_OR_NOT, NUMBER, TEXT, Part, listed, ref, refusals, whole
from authorizations.api.reading import JSON
from authorizations.domain.claim_checks import Channel
from authorizations.domain.claim_standing import ClaimState
from authorizations.domain.declarations import COLUMNS, NEEDED, REGIMES, ClaimAnswer
from authorizations.domain.json_items import MOST
from authorizations.services.claim_answers import CHANGED, HIDDEN, NEW, OUTCOMES, SAME
from kit import problems

TEXT_OR_NOT: dict[str, Any] = {"type": ["string", "null"]}
ANSWERED: dict[str, Any] = {"type": ["string", "null"], "enum": [*(one.value for one in ClaimAnswer), "", None]}
HANDLED: dict[str, Any] = {
    "ingediend_op": TEXT_OR_NOT | {"description": "Een dag die geweest is, zoals 2026-11-03."},
    "antwoord": ANSWERED,
    "retourcode": TEXT_OR_NOT | {"description": "4 cijfers, als tekst: 0586."},
    "antwoord_op": TEXT_OR_NOT | {"description": "De dag waarop het antwoord kwam."},
}
SAID: dict[str, Any] = {
    **dict.fromkeys(COLUMNS, TEXT_OR_NOT),
    **dict.fromkeys(NEEDED, TEXT),
    "regime": {"type": "string", "description": f"Een van: {', '.join(REGIMES)}."},
    "verzekeraar": {"type": "string", "description": "De naam of het UZOVI-nummer."},
    "intake": {"type": ["boolean", "string", "null"], "description": "Of het bij een intake hoorde. Zonder: nee."},
    "bsn": {"type": ["string", "null"], "description": "Alleen zonder zorgtraject. Het komt in geen antwoord terug."},
    **HANDLED,
}
DAYS = ("uitgevoerd_op", "geopend_op", "gesloten_op", "retour_op", "ingediend_op", "antwoord_op")
KEPT: dict[str, Any] = {
    **{name: TEXT_OR_NOT for name in COLUMNS if name not in HIDDEN},
    **dict.fromkeys(DAYS, DAY_OR_NOT),
    "declaratienummer": TEXT,
    "declaratiecode": TEXT,
    "regime": {"type": "string", "enum": [one.value for one in REGIMES]},
    "intake": {"type": "boolean"},
    "antwoord": {"type": ["string", "null"], "enum": [*(one.value for one in ClaimAnswer), None]},
}
TELLS: dict[str, Any] = {
    "id": NUMBER,
    "verzekeraar": TEXT,
    "zorgtrajectnummer": TEXT_OR_NOT,
    **KEPT,
    "stand": {"type": "string", "enum": [one.value for one in ClaimState]},
    "laatste_dag": DAY_OR_NOT,
    "dagen_over": {"type": ["integer", "null"], "description": "Onder 0: te laat. Leeg als zij is ingediend."},
    "toelichting": listed(TEXT),
    "coulance": {"type": ["string", "null"], "description": "Het coulanceverzoek dat de termijn ophief."},
}
LINE = whole("Een declaratie; met toetsen=1 ook wat die zeggen.", **TELLS)
LINE["properties"] = TELLS | {"toetsen": ref("Declaratietoetsen")}
FAULT = whole("Een fout in een item.", item={"type": "integer", "minimum": 1}, kolom=TEXT, code=TEXT, melding=TEXT)
SCHEMAS: dict[str, Any] = {
    "Declaratie": {
        "type": "object",
        "description": "Een declaratie, met de namen en regels van het CSV-bestand. Een andere naam is een fout.",
        "required": list(NEEDED),
        "properties": SAID,
        "additionalProperties": False,
    },
    "Afhandeling": {
        "type": "object",
        "description": "Wat er met een declaratie gebeurde. Wat u niet noemt blijft zo; null maakt leeg.",
        "minProperties": 1,
        "required": [],
        "properties": HANDLED,
        "additionalProperties": False,
    },
    "Declaratietoetsen": whole(
        "Wat de toetsen van een declaratie zeggen. De verzekeraar beslist.",
        machtiging=TEXT_OR_NOT,
        kanaal={"type": "string", "enum": [one.value for one in Channel]},
        uitkomsten=listed(
            whole(
                "Een uitkomst.",
                toets={"type": "string", "enum": ["machtiging", "kanaal"]},
                uitkomst={"type": "string", "enum": list(OUTCOMES.values())},
                tekst=TEXT,
            )
        ),
    ),
    "DeclaratieStand": whole(
        "Een declaratie, hoe zij staat, en wat de toetsen zeggen.", **TELLS, toetsen=ref("Declaratietoetsen")
    ),
    "Declaratieregel": LINE,
    "Declaraties": whole(
        "Een deel van de lijst, in de volgorde waarin zij kwamen.",
        stand_op=DAY,
        declaraties=listed(ref("Declaratieregel")),
        na={"type": ["integer", "null"], "description": "Vraag hiermee het volgende deel. Leeg: dit was alles."},
    ),
    "Declaratiefout": FAULT,
    "Aangenomen": whole(
        "Wat er van elke declaratie werd.",
        proef={"type": "boolean"},
        declaraties=listed(
            whole(
                "Wat is vastgelegd, of dat al was.",
                item={"type": "integer", "minimum": 1},
                id={"type": ["integer", "null"], "description": "Leeg bij een proef met een nieuwe declaratie."},
                declaratienummer=TEXT,
                stand={"type": "string", "enum": [NEW, CHANGED, SAME]},
                laatste_dag=DAY_OR_NOT,
            )
        ),
        fouten=listed(ref("Declaratiefout")),
    ),
    "Declaratiefouten": {
        "type": "object",
        "description": "Wat er niet klopt. Er is niets vastgelegd. Zonder errors gaat het over de hele oproep.",
        "required": ["title", "status"],
        "properties": {"title": TEXT, "status": NUMBER, "detail": TEXT, "errors": listed(ref("Declaratiefout"))},
    },
}
WRONG = {400: "Een van deze waarden kan niet."}
GONE = {404: "Deze declaratie is er niet bij uw instelling."}
RACE = {409: "Dezelfde oproep loopt nog, of iemand anders legde net hetzelfde vast. Vraag het opnieuw."}
FLAG = {"enum": ["0", "1"]}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}


def flag(name: str, description: str) -> dict[str, Any]:
    """Return how a choice behind the question mark is told."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": FLAG}


def number(name: str, description: str, **limits: int) -> dict[str, Any]:
    """Return how a number behind the question mark is told."""
    schema = {"type": "integer", **limits}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


PATHS: dict[str, Any] = {
    "/declaraties": {
        "post": {
            "operationId": "declaraties-vastleggen",
            "summary": "Leg declaraties vast: alle, of geen",
            "description": "Een declaratie die er al is (zelfde verzekeraar en nummer) wordt bijgewerkt.",
            "tags": ["declaraties"],
            "security": ASKED_WITH_KEY,
            "parameters": [
                KEY,
                TRIAL,
                flag("alleen_goede", "1: leg de goede vast, en noem bij fouten wat er aan de andere niet klopt."),
            ],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": {**listed(ref("Declaratie")), "minItems": 1, "maxItems": MOST}}},
            },
            "responses": {
                "200": answer("Een proef, of er was niets nieuws.", "Aangenomen", headers=REPLAYED),
                "201": answer("Er is iets nieuws vastgelegd.", "Aangenomen", headers=REPLAYED),
                "422": answer("Iets klopt niet: er is niets vastgelegd.", "Declaratiefouten", problems.TYPE),
                **refusals(REFUSALS | RACE | SHUT),
            },
        },
        "get": {
            "operationId": "declaraties-opvragen",
            "summary": "Vraag uw declaraties op, met hun laatste dag",
            "tags": ["declaraties"],
            "security": ASKED_WITH_KEY,
            "parameters": [
                number("na", "Het getal na uit het vorige deel.", minimum=0),
                number(
                    "aantal",
                    f"Hoogstens {ON_A_PAGE}, met toetsen hoogstens {CHECKED_ON_A_PAGE}.",
                    minimum=1,
                    maximum=ON_A_PAGE,
                ),
                flag("open", "1: alleen wat nog niet is ingediend."),
                flag("toetsen", "1: ook wat de toetsen zeggen."),
            ],
            "responses": {"200": answer("Een deel van de lijst.", "Declaraties"), **refusals(WRONG | SHUT)},
        },
    },
    "/declaraties/{id}": {
        "get": {
            "operationId": "declaratie-opvragen",
            "summary": "Vraag op hoe 1 declaratie ervoor staat",
            "tags": ["declaraties"],
            "security": ASKED_WITH_KEY,
            "parameters": [ID],
            "responses": {"200": answer("De stand van vandaag.", "DeclaratieStand"), **refusals(GONE | SHUT)},
        },
        "post": {
            "operationId": "declaratie-afhandelen",
            "summary": "Zeg wanneer u een declaratie indiende, en wat de verzekeraar antwoordde",
            "description": "Opnieuw sturen is zonder gevaar: er is geen Idempotency-Key nodig.",
            "tags": ["declaraties"],
            "security": ASKED_WITH_KEY,
            "parameters": [ID],
            "requestBody": {"required": True, "content": {JSON: {"schema": ref("Afhandeling")}}},
            "responses": {
                "200": answer("Zo staat zij nu.", "DeclaratieStand"),
                "422": answer("Iets klopt niet: er is niets veranderd.", "Declaratiefouten", problems.TYPE),
                **refusals(REFUSALS | RACE | GONE | SHUT),
            },
        },
    },
}
"""Below /api/v1. `Probleem` is the schema that all doors share, and the key is told beside the activities."""


def part() -> Part:
    """Return what programs of providers may ask of their claims."""
    return Part(PATHS, SCHEMAS)
