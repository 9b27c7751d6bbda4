"""
What every door that keeps something for programs does: a trial or an Idempotency-Key, and one answer to one call.

Bron: Idempotency-Key: draft-ietf-httpapi-idempotency-key-header-07; errors: RFC 9457; ADR 8.
"""

import json
import re
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from authorizations.api.reading import JSON
from authorizations.services import program_calls as calls
from authorizations.services.program_calls import Answer
from kit.problems import problem

MOST_BYTES = 1024 * 1024
VISIBLE = re.compile(r"[\x21-\x7e]{8,200}")
YES_OR_NO = {"": False, "0": False, "1": True}
NO_KEY = (
    "Stuur een header Idempotency-Key mee van 8 tot 200 tekens zonder spaties, voor elke oproep een andere: "
    "bijvoorbeeld een UUID."
)


def key_of(request: HttpRequest) -> str | HttpResponse:
    """Return the Idempotency-Key of a call, empty when it is only a trial; or the answer that says what is missing."""
    trial = YES_OR_NO.get(request.GET.get("proef", ""))
    if trial is None:
        words = "Met proef=1 kijkt u vooruit en bewaren wij niets. Laat proef anders weg."
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen geldige waarde voor proef", words)
    key = request.headers.get("Idempotency-Key", "")
    if not trial and not VISIBLE.fullmatch(key):
        return problem(HTTPStatus.BAD_REQUEST, "Hier is een Idempotency-Key nodig", NO_KEY)
    return "" if trial else key


def stopped(why: calls.OtherBody | calls.Busy) -> HttpResponse:
    """Say why this key isn't used now."""
    if isinstance(why, calls.OtherBody):
        words = "Kies voor een andere inhoud een nieuwe sleutel. Wij hebben niets vastgelegd."
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Deze Idempotency-Key is gebruikt voor iets anders", words)
    words = "Dezelfde oproep is nog bezig. Vraag het zo opnieuw, met dezelfde sleutel."
    busy = problem(HTTPStatus.CONFLICT, "Deze oproep loopt nog", words)
    busy["Retry-After"] = "1"
    return busy


def given(answer: Answer) -> HttpResponse:
    """Return what came of a call, and whether it is the answer of before."""
    response = written(answer.body, HTTPStatus(answer.status))
    if answer.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def written(body: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Return the answer as JSON."""
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=JSON)
