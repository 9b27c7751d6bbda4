"""
The checks for programs: POST /api/v1/toetsen/{toets}. Open to everybody; nothing is kept, nothing asked of who calls.

Bron: checks.md; errors: RFC 9457.
"""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from authorizations.api import reading
from authorizations.api.reading import JSON
from authorizations.domain import check_items
from authorizations.domain.checks import TOETSEN
from authorizations.services import policies
from kit.problems import problem

MOST_BYTES = 4 * 1024 * 1024


@never_cache
@csrf_exempt
def judge(request: HttpRequest, toets: str) -> HttpResponse:
    """Judge a list of objects and return it with the results."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = TOETSEN.get(toets)
    if chosen is None:
        return problem(HTTPStatus.NOT_FOUND, "Deze toets is er niet", f"Kies uit: {_listed(TOETSEN)}.")
    wanted = request.GET.get("policy", "")
    known = policies.shipped()
    if wanted and wanted not in known:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit beleid is er niet", f"Kies uit: {_listed(known)}.")
    items = reading.items(request, most_bytes=MOST_BYTES, kinds=(JSON, ""))
    if isinstance(items, HttpResponse):
        return items
    judged = check_items.judge(chosen, items, known.get(wanted))
    return HttpResponse(_written(judged), content_type=JSON)


def _written(judged: object) -> bytes:
    try:
        return json.dumps(judged, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half a pair of UTF-16 can only be written as it came: \ud800.
        return json.dumps(judged).encode()


def _listed(names: object) -> str:
    return ", ".join(sorted(names))  # type: ignore[call-overload]
