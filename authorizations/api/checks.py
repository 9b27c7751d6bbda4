"""
The checks for programs: POST /api/v1/toetsen/{toets}. Open to everybody; nothing is kept, nothing asked of who calls.

Bron: checks.md; errors: RFC 9457.
"""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from authorizations.domain import check_items
from authorizations.domain.checks import TOETSEN
from authorizations.services import policies
from kit.problems import problem

MOST_BYTES = 4 * 1024 * 1024
JSON = ("application/json", "")


@never_cache
@csrf_exempt
def judge(request: HttpRequest, name: str) -> HttpResponse:
    """Judge a list of objects and return it with the results."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    toets = TOETSEN.get(name)
    if toets is None:
        return problem(HTTPStatus.NOT_FOUND, "Deze toets is er niet", f"Kies uit: {_listed(TOETSEN)}.")
    wanted = request.GET.get("policy", "")
    known = policies.shipped()
    if wanted and wanted not in known:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit beleid is er niet", f"Kies uit: {_listed(known)}.")
    if request.content_type not in JSON:
        words = "Stuur JSON, met Content-Type: application/json."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Dit is een ander soort inhoud", words)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        words = f"Er past {MOST_BYTES // 1024**2} MB in. Stuur de lijst in delen."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit is te veel in 1 keer", words)
    try:
        items = check_items.read(request.body)
    except check_items.NoJson as fault:
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen JSON die wij kunnen lezen", str(fault))
    except check_items.WrongShape as fault:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit is geen lijst van objecten", str(fault))
    except check_items.TooMany as fault:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit zijn te veel items", str(fault))
    judged = check_items.judge(toets, items, known.get(wanted))
    return HttpResponse(_written(judged), content_type="application/json")


def _written(judged: object) -> bytes:
    try:
        return json.dumps(judged, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half a pair of UTF-16 can only be written as it came: \ud800.
        return json.dumps(judged).encode()


def _listed(names: object) -> str:
    return ", ".join(sorted(names))  # type: ignore[call-overload]
