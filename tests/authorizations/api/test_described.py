"""What programs read of these addresses is what they get."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from authorizations.api import activities_described as described
from authorizations.api.urls_activities import urlpatterns
from authorizations.domain import import_effects
from authorizations.domain.subtrajects import Change
from authorizations.services.program_answers import EFFECTS
from tests.factories.programs import item

pytestmark = pytest.mark.django_db
KINDS = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}


def fits(value, schema, place="antwoord"):
    """Assert that a value is as its schema tells."""
    if "$ref" in schema:
        return fits(value, described.SCHEMAS[schema["$ref"].rpartition("/")[2]], place)
    if schema.get("type") == "object":
        known = schema["properties"]
        assert set(schema["required"]) <= value.keys() <= known.keys(), place
        return [fits(one, known[name], f"{place}.{name}") for name, one in value.items()]
    if schema.get("type") == "array":
        assert isinstance(value, list), place
        return [fits(one, schema["items"], f"{place}[]") for one in value]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, KINDS[kind]) for kind in kinds), f"{place}: {value!r}"
    assert value in schema.get("enum", [value]), f"{place}: {value!r}"
    assert schema.get("format") != "date" or value is None or re.fullmatch(r"\d{4}-\d\d-\d\d", value), place
    return None


def schema_of(path, method, status):
    content = described.PATHS[path][method]["responses"][str(status)]["content"]
    [(kind, told)] = content.items()
    return kind, told["schema"]


def test_every_address_is_told_and_asks_for_a_key():
    told = {re.sub(r"\{.*?\}", "1", path) for path in described.PATHS}
    there = {
        reverse(f"activities-api:{one.name}", args=[1] if one.pattern.converters else []).removeprefix("/api/v1")
        for one in urlpatterns
    }
    assert told == there
    for path in described.PATHS.values():
        for asked in path.values():
            assert asked["security"] == [{name: [] for name in described.SECURITY}]
            assert {"401", "429"} <= asked["responses"].keys()


def test_everything_that_is_named_is_there():
    names = set(re.findall(r"#/components/schemas/(\w+)", str([described.PATHS, described.SCHEMAS])))
    assert names - {"Probleem"} == set(described.SCHEMAS)


def test_every_effect_has_its_code():
    source = Path(import_effects.__file__).read_text()
    used = {Change[name] for name in re.findall(r"\(Change\.([A-Z_]+), ", source)}
    assert used == EFFECTS.keys() and len(set(EFFECTS.values())) == len(EFFECTS)


def test_answers_are_as_told(program, told):
    sent = [item(0), item(7, aantal=3), item(9, zorgactiviteit="190041")]
    for one in sent:
        fits(one, described.SCHEMAS["Activiteit"], "vraag")
    made, again = program.send(*sent), program.send(*sent)
    wrong = program.send(item(-1), {"x": "y"})
    for answer, status in ((made, 201), (again, 200), (wrong, 422)):
        kind, schema = schema_of("/activiteiten", "post", status)
        assert (answer.status_code, answer["Content-Type"]) == (status, kind)
        fits(answer.json(), schema)
    kind, schema = schema_of("/zorgtrajecten/{id}", "get", 200)
    stands = program.look(told.traject.pk)
    assert stands["Content-Type"] == kind
    fits(stands.json(), schema)
