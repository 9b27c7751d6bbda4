"""What programs read of the addresses for programs: true to OpenAPI, and true to what those addresses do."""

import json
import re

import pytest
from django.urls import resolve
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from authorizations.api.openapi_parts import Part, Twice, composed
from authorizations.domain.checks import TOETSEN
from authorizations.services import policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)


def test_it_is_openapi(told):
    assert list(OpenAPIV31SpecValidator(told).iter_errors()) == []


def test_every_address_that_is_told_is_there(told):
    for path, asked in told["paths"].items():
        one = re.sub(r"\{\w+\}", "1", path)
        assert resolve(told["servers"][0]["url"] + one).namespaces, path
        assert asked.keys() <= {"get", "post"}


def test_every_check_is_told_with_its_policies(told):
    for name, toets in TOETSEN.items():
        asked = told["paths"][f"/toetsen/{name}"]["post"]
        assert asked["summary"] == toets.title
        assert asked["parameters"][0]["schema"]["enum"] == sorted(policies.shipped())


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_what_comes_back_is_as_told(client, told, name):
    asked, answer = (validator(told, f"{name}-{side}") for side in ("vraag", "antwoord"))
    items = [dict.fromkeys(TOETSEN[name].takes, ""), dict.fromkeys(TOETSEN[name].takes, "x") | {"nr": 1}]
    assert all(asked.is_valid(item) for item in items)
    assert not asked.is_valid({}) and not asked.is_valid(dict.fromkeys(TOETSEN[name].takes, 1))
    sent = client.post(f"/api/v1/toetsen/{name}", json.dumps(items), content_type="application/json")
    for item in json.loads(sent.content):
        assert answer.is_valid(item), item
    refused = json.loads(client.post(f"/api/v1/toetsen/{name}", "{", content_type="application/json").content)
    assert validator(told, "Probleem").is_valid(refused)
    assert not validator(told, "Probleem").is_valid({"detail": "x"})


def validator(told, schema):
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": told["components"]})


def test_two_doors_cannot_tell_the_same():
    one = Part({"/a": {}}, security={"sleutel": {"type": "http", "scheme": "bearer"}})
    assert composed([one, Part({"/b": {}})])["components"]["securitySchemes"].keys() == {"sleutel"}
    with pytest.raises(Twice, match="/a"):
        composed([one, Part({"/a": {}})])
    with pytest.raises(Twice, match="Probleem"):
        composed([Part({}, {"Probleem": {}})])
