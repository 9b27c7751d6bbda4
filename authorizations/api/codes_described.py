"""How the codes are told in openapi.json. Bron: R-27."""

from typing import Any

from authorizations.api.codes import KINDS, MOST, WORDS
from authorizations.api.openapi_parts import DAY, DAY_OR_NOT, NUMBER, TEXT, Part, listed, ref, refusals, whole
from ggz_codes.domain.validity import Certainty

NUMBER_OR_NOT: dict[str, Any] = {"type": ["integer", "null"]}
KIND: dict[str, Any] = {"type": "string", "enum": list(KINDS)}
STANDING: dict[str, Any] = {"type": "string", "enum": list(WORDS.values())}
PERIOD = {"geldig_vanaf": DAY_OR_NOT, "geldig_tot": DAY_OR_NOT}
REFUSALS = {
    405: "Hier werkt alleen GET.",
    422: "De datum, de soort of het getal is niet te lezen.",
    429: "Dit was te vaak na elkaar. Retry-After zegt wanneer het weer kan.",
}


SCHEMAS: dict[str, Any] = {
    "Code": whole(
        "Een code, met hoe die op de gevraagde dag staat.",
        soort=KIND,
        code=TEXT,
        domein=TEXT,
        omschrijving=TEXT,
        groep=TEXT,
        **PERIOD,
        stand=STANDING,
    ),
    "CodeVersie": whole(
        "Een tekst van een code en wanneer die geldt.",
        domein=TEXT,
        omschrijving=TEXT,
        omschrijving_verzekerde=TEXT | {"description": "Leeg als de bron er geen heeft."},
        groep=TEXT,
        **PERIOD,
        minuten_van=NUMBER_OR_NOT,
        minuten_tot=NUMBER_OR_NOT,
        maximale_looptijd=NUMBER_OR_NOT | {"description": "In dagen, van een zorgtype."},
        zorgproduct=TEXT | {"description": "Het zorgproduct dat met deze declaratiecode wordt gedeclareerd."},
        tariefsoort=TEXT,
        bron=TEXT,
    ),
    "CodeDomein": whole(
        "Hoe een code staat in een domein of bij een specialisme: dezelfde code is elders een andere.",
        domein=TEXT,
        naam=TEXT,
        stand=STANDING,
    ),
    "CodeOpvolger": whole(
        "Wat in de plaats kwam van een beëindigde code.",
        code=TEXT,
        zekerheid={"type": "string", "enum": [one.value for one in Certainty]},
    ),
}


def part() -> Part:
    """Return what there is to ask of codes."""
    return Part({"/codes": {"get": _listed()}, "/codes/{soort}/{kode}": {"get": _told()}}, SCHEMAS)


def _listed() -> dict[str, Any]:
    answer = whole("Wat er is gevonden.", op=DAY, aantal=NUMBER, codes=listed(ref("Code")))
    return {
        "operationId": "codes-zoeken",
        "summary": "Codes zoeken",
        "description": f"Codes die zo beginnen of waar alle woorden in staan, {MOST} per keer. Zonder q: alle codes.",
        "tags": ["codes"],
        "parameters": [
            _asked("q", TEXT, "Het begin van een code, of woorden."),
            _asked("soort", KIND, "Alleen codes van deze soort."),
            _asked("geldig_op", DAY, "De dag waarop de code wordt beoordeeld. Zonder dit: vandaag."),
            _asked("alleen_geldig", {"type": "string", "enum": ["1"]}, "Alleen wat op die dag geldig is."),
            _asked("vanaf", {"type": "integer", "minimum": 0}, "Hoeveel codes worden overgeslagen."),
        ],
        "responses": {"200": _given("De gevonden codes.", answer), **refusals(REFUSALS)},
    }


def _told() -> dict[str, Any]:
    answer = whole(
        "Een code en zijn geschiedenis.",
        soort=KIND,
        code=TEXT,
        op=DAY,
        stand=STANDING,
        opvolgers=listed(ref("CodeOpvolger")),
        domeinen=listed(ref("CodeDomein")),
        versies=listed(ref("CodeVersie")),
    )
    path = [
        {"name": "soort", "in": "path", "required": True, "description": "De soort.", "schema": KIND},
        {"name": "kode", "in": "path", "required": True, "description": "De code zelf.", "schema": TEXT},
    ]
    return {
        "operationId": "code-opvragen",
        "summary": "Een code opvragen",
        "description": "Hoe een code op een dag staat, met elke versie en met wat ervoor in de plaats kwam.",
        "tags": ["codes"],
        "parameters": [*path, _asked("geldig_op", DAY, "De dag. Zonder dit: vandaag.")],
        "responses": {
            "200": _given("De code.", answer),
            **refusals({**REFUSALS, 404: "Deze code kennen wij niet."}),
        },
    }


def _asked(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _given(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
