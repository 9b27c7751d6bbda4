"""What every door for programs does with a list that comes in: read it, or say why it can't be read. Bron: RFC 9457."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from authorizations.domain import json_items
from kit.problems import problem

JSON = "application/json"


def items(
    request: HttpRequest, *, most_bytes: int, kinds: Collection[str] = (JSON,)
) -> list[dict[str, Any]] | HttpResponse:
    """Return what was sent, or the answer that says why it can't be read; `kinds` are the types of content taken."""
    if request.content_type not in kinds:
        words = "Stuur JSON, met Content-Type: application/json."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Dit is een ander soort inhoud", words)
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        words = f"Er past {most_bytes // 1024**2} MB in. Stuur de lijst in delen."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit is te veel in 1 keer", words)
    try:
        return json_items.read(request.body)
    except json_items.NoJson as fault:
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen JSON die wij kunnen lezen", str(fault))
    except json_items.WrongShape as fault:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit is geen lijst van objecten", str(fault))
    except json_items.TooMany as fault:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit zijn te veel items", str(fault))
