"""
Activities from programs of a zorgaanbieder: POST /api/v1/activiteiten, GET /api/v1/zorgtrajecten/{id}.

Who asks is known by the key (accounts.web.keys), before anything here. A zorgtrajectnummer never stands in an address.
Bron: docs/adr/0008-api-keys.md; errors: RFC 9457; Idempotency-Key: draft-ietf-httpapi-idempotency-key-header-07.
"""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.web import access
from audit.domain.events import Kind
from audit.services import recording
from audit.web import log
from authorizations.api import calling, reading
from authorizations.api.calling import MOST_BYTES
from authorizations.queries import program_calls as asked
from authorizations.services import program_answers as answers
from authorizations.services import program_calls as calls
from authorizations.services.program_calls import Answer
from kit.problems import problem


@never_cache
@csrf_exempt
def register(request: HttpRequest) -> HttpResponse:
    """Register a list of activities, all or none; with `?proef=1` only tell what that would do."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    key = calling.key_of(request)
    if isinstance(key, HttpResponse):
        return key
    found = reading.items(request, most_bytes=MOST_BYTES)
    if isinstance(found, HttpResponse):
        return found
    if not found:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Deze lijst is leeg", "Stuur minstens 1 activiteit.")
    return answered(request, found, key=key)


@never_cache
@csrf_exempt
def traject(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Tell how one zorgtraject stands: its subtrajecten, warnings, and hours used of those granted."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    actor = access.actor(request)
    found = asked.traject(actor, traject_id)
    if found is None:
        raise Http404
    shown(request, (found.pk,))
    return calling.written(answers.whole(found, actor, today=timezone.localdate()))


def answered(request: HttpRequest, found: list[dict[str, Any]], *, key: str) -> HttpResponse:
    """Do it, or without a key only try it, and tell what came of it."""
    actor, now = access.actor(request), timezone.now()
    try:
        if key:
            program = request.program  # type: ignore[attr-defined]  # who is let in here has one
            answer = calls.register(items=found, api_key_id=program.key_id, key=key, by=actor, now=now)
        else:
            answer = calls.trial(items=found, by=actor, now=now)
    except calls.Refused as refusal:
        shown(request, refusal.trajects)
        return refused(refusal)
    except (calls.OtherBody, calls.Busy) as why:
        return calling.stopped(why)
    shown(request, answer.trajects)
    tell(request, answer, number=len(found), trial=not key)
    return calling.given(answer)


def refused(refusal: calls.Refused) -> HttpResponse:
    """Say everything that is wrong, per item; nothing was registered."""
    number = len({item for item, _ in refusal.faults})
    words = f"In {number} {'item' if number == 1 else 'items'} klopt iets niet. Wij hebben niets vastgelegd."
    errors = [answers.fault(item, fault) for item, fault in refusal.faults]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Niet alle activiteiten kloppen", words, errors=errors)


def tell(request: HttpRequest, answer: Answer, *, number: int, trial: bool) -> None:
    """Tell the log what was done; who only looks ahead or asks again, reads."""
    if trial or answer.replayed:
        log.tells(request, Kind.TRAJECT_READ, proef=trial, herhaald=answer.replayed)
        return
    new = sum(one["stand"] == answers.NEW for one in answer.body["activiteiten"])
    log.tells(request, items=number, nieuw=new)


def shown(request: HttpRequest, trajects: tuple[int, ...]) -> None:
    """Tell the log of which zorgtrajecten the answer says something."""
    if trajects:
        for subject in recording.subjects_of(trajects=trajects):
            log.about(request, subject)
