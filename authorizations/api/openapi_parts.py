"""
What doors for programs use to tell of themselves: each gives a `Part`, and `openapi.py` makes one document of them.

Bron: OpenAPI 3.1.0; errors: RFC 9457.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kit import problems

PROBLEM = {
    "type": "object",
    "description": "Wat er niet kan, en wat u doet (RFC 9457).",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string", "description": "Wat er is; bij dezelfde fout steeds dezelfde woorden."},
        "status": {"type": "integer", "description": "De status van HTTP."},
        "detail": {"type": "string", "description": "Waar het om gaat, en wat u doet."},
    },
}

DAY: dict[str, Any] = {"type": "string", "format": "date"}
DAY_OR_NOT: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
NUMBER: dict[str, Any] = {"type": "integer"}
TEXT: dict[str, Any] = {"type": "string"}


class Twice(ValueError):
    """Two doors tell of the same address, or use one name for two things."""


@dataclass(frozen=True)
class Part:
    """What one door tells: its addresses below /api/v1, the schemas that they name, and how one shows who one is."""

    paths: Mapping[str, Any]
    schemas: Mapping[str, Any] = field(default_factory=dict)
    security: Mapping[str, Any] = field(default_factory=dict)


def whole(description: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of an object that always has all of these, and nothing else."""
    return {
        "type": "object",
        "description": description,
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def ref(name: str) -> dict[str, str]:
    """Return where a schema stands."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(of: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": of}


def refusals(said: Mapping[int, str]) -> dict[str, Any]:
    """Return the answers that are a problem, from their statuses and what they mean."""
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {
        str(status): {"description": words, "content": {problems.TYPE: {"schema": schema}}}
        for status, words in said.items()
    }


def composed(parts: Iterable[Part]) -> dict[str, Any]:
    """
    Return one document of what the doors tell.

    :raises Twice: when two of them tell the same
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Probleem": PROBLEM}
    security: dict[str, Any] = {}
    for part in parts:
        for whole, more in ((paths, part.paths), (schemas, part.schemas), (security, part.security)):
            if twice := whole.keys() & more.keys():
                raise Twice(", ".join(sorted(twice)))
            whole |= more
    schemes = {"securitySchemes": security} if security else {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Machtigingsportaal",
            "version": "1",
            "description": "De adressen voor programma’s. Wat niet kan, komt terug als application/problem+json.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas, **schemes},
    }
