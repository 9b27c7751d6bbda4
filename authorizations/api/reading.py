"""What every door for programs does with a list that comes in: read it, or say why it can't be read. Bron: RFC 9457."""

from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from authorizations.domain import json_items
from kit.problems import problem

JSON = "application/json"
Read = TypeVar("Read")


def items(
    request: HttpRequest, *, most_bytes: int, kinds: Collection[str] = (JSON,)
) -> list[dict[str, Any]] | HttpResponse:
    """Return what was sent, or the answer that says why it can't be read; `kinds` are the types of content taken."""
    return _read(request, json_items.read, "lijst van objecten", most_bytes=most_bytes, kinds=kinds)


def item(request: HttpRequest, *, most_bytes: int) -> dict[str, Any] | HttpResponse:
    """Return the one object that was sent, or the answer that says why it can't be read."""
    return _read(request, json_items.read_one, "object", most_bytes=most_bytes, kinds=(JSON,))


def _read(
    request: HttpRequest, read: Callable[[bytes], Read], shape: str, *, most_bytes: int, kinds: Collection[str]
) -> Read | HttpResponse:
    if request.content_type not in kinds:
        words = "Stuur JSON, met Content-Type: application/json."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Dit is een ander soort inhoud", words)
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        words = f"Er past {most_bytes // 1024**2} MB in. Stuur de lijst in delen."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit is te veel in 1 keer", words)
    try:
        return read(request.body)
    except json_items.NoJson as fault:
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen JSON die wij kunnen lezen", str(fault))
    except json_items.WrongShape as fault:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"Dit is geen {shape}", str(fault))
    except json_items.TooMany as fault:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit zijn te veel items", str(fault))
