"""What a program reads when something can't be done: application/problem+json, in Dutch. Bron: RFC 9457."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

TYPE = "application/problem+json"


def problem(status: HTTPStatus, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """Return the answer: a title that is the same each time, and in `detail` what to do about it."""
    told = {"title": title, "status": int(status), **({"detail": detail} if detail else {}), **more}
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=TYPE)
