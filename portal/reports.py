"""What browsers tell us: something in a page that our policy didn't let run. Only kind and place are written down."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LONGEST = 16 * 1024
logger = structlog.get_logger(__name__)


# A browser sends it by itself, without a form; it changes nothing here.
@csrf_exempt
@require_POST
def csp(request: HttpRequest) -> HttpResponse:
    """Log what a page tried that the policy refuses."""
    report = _report(request)
    if report is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
    blocked = urlsplit(report.get("blocked-uri", ""))
    logger.warning(
        "csp_refused",
        directive=report.get("effective-directive", "")[:40],
        page=urlsplit(report.get("document-uri", "")).path[:200],
        blocked=(blocked.hostname or blocked.path)[:100],
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _report(request: HttpRequest) -> dict[str, str] | None:
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return None
    try:
        sent: Any = json.loads(request.body)
        report = sent["csp-report"]
        told = {name: value for name, value in report.items() if isinstance(value, str)}
        for name in ("blocked-uri", "document-uri"):
            urlsplit(told.get(name, "")).hostname  # noqa: B018 (raises when it isn't an address)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return told
