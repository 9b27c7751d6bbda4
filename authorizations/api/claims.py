"""
Claims from programs of a zorgaanbieder: POST and GET /api/v1/declaraties, and one of them.

Who asks is known by the key (accounts.web.keys). What a claim is for is judged as a line of a file; a BSN comes in and
never goes out. Bron: docs/adr/0008-api-keys.md; A-39 to A-45; R-26; errors: RFC 9457.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.domain.actors import Actor
from accounts.web import access
from audit.domain.events import Kind
from audit.web import log
from authorizations.api import calling, reading
from authorizations.api.calling import MOST_BYTES, YES_OR_NO
from authorizations.domain import declaration_items
from authorizations.domain.obstacles import Obstacle
from authorizations.models import Declaration
from authorizations.queries import claims_due
from authorizations.queries import declarations as found
from authorizations.services import claim_answers as answers
from authorizations.services import claim_calls as calls
from authorizations.services import declarations as service
from kit.problems import problem

ON_A_PAGE, CHECKED_ON_A_PAGE = 100, 25
LARGEST = 2**63 - 1
NOT_SO = "Niet alle declaraties kloppen"


@never_cache
@csrf_exempt
def claims(request: HttpRequest) -> HttpResponse:
    """Keep a list of claims, or tell which there are."""
    if request.method == "POST":
        return _take(request)
    if request.method in ("GET", "HEAD"):
        return _list(request)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


@never_cache
@csrf_exempt
def one(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Tell of one claim, or keep when it was handed in and what the insurer answered."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    actor = access.actor(request)
    row = found.whole(actor).filter(pk=declaration_id).first()
    if row is None:
        raise Http404
    _shown(request, [row])
    if request.method == "POST":
        refusal = _handle(request, row, actor)
        if refusal:
            return refusal
        row = found.whole(actor).get(pk=row.pk)
    told = answers.listed(row, lifted_by=claims_due.lifted_by(row), today=timezone.localdate())
    return calling.written(told | {"toetsen": answers.checked(row, actor)})


def _take(request: HttpRequest) -> HttpResponse:
    key = calling.key_of(request)
    if isinstance(key, HttpResponse):
        return key
    only_good = YES_OR_NO.get(request.GET.get("alleen_goede", ""))
    if only_good is None:
        words = "Met alleen_goede=1 leggen wij de goede vast en noemen wij de andere. Laat het anders weg."
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen geldige waarde voor alleen_goede", words)
    items = reading.items(request, most_bytes=MOST_BYTES)
    if isinstance(items, HttpResponse):
        return items
    if not items:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Deze lijst is leeg", "Stuur minstens 1 declaratie.")
    return _taken(request, items, whole=not only_good, key=key)


def _taken(request: HttpRequest, items: list[dict[str, Any]], *, whole: bool, key: str) -> HttpResponse:
    actor, now = access.actor(request), timezone.now()
    try:
        if key:
            program = request.program  # type: ignore[attr-defined]  # who is let in here has one
            answer = calls.take(items=items, whole=whole, api_key_id=program.key_id, key=key, by=actor, now=now)
        else:
            answer = calls.trial(items=items, whole=whole, by=actor, now=now)
    except calls.Refused as refusal:
        return _refused([answers.fault(item, fault) for item, fault in refusal.faults])
    except calls.NotAllowed as refusal:
        return _conflict(str(refusal))
    except (calls.OtherBody, calls.Busy) as why:
        return calling.stopped(why)
    _shown(request, found.whole(actor).filter(pk__in=answer.claims))
    if not key or answer.replayed:
        log.tells(request, Kind.CLAIM_READ, proef=not key, herhaald=answer.replayed)
    else:
        new = sum(line["stand"] == answers.NEW for line in answer.body["declaraties"])
        log.tells(request, items=len(items), nieuw=new)
    return calling.given(answer)


def _list(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if isinstance(asked, HttpResponse):
        return asked
    after, many, only_open, with_checks = asked
    actor, today = access.actor(request), timezone.localdate()
    rows = list(found.after(actor, after, only_open=only_open)[: many + 1])
    more, rows = len(rows) > many, rows[:many]
    _shown(request, rows)
    lifted = claims_due.lifted(rows)
    told = [answers.listed(row, lifted_by=lifted.get(row.pk, ""), today=today) for row in rows]
    if with_checks:
        told = [line | {"toetsen": answers.checked(row, actor)} for line, row in zip(told, rows, strict=True)]
    return calling.written({"stand_op": today.isoformat(), "declaraties": told, "na": rows[-1].pk if more else None})


def _asked(request: HttpRequest) -> tuple[int, int, bool, bool] | HttpResponse:
    """Return after which claim, how many, whether only open ones and whether with the checks; or what is wrong."""
    flags = {name: YES_OR_NO.get(request.GET.get(name, "")) for name in ("open", "toetsen")}
    for name, flag in flags.items():
        if flag is None:
            words = f"Geef {name}=1, of laat {name} weg."
            return problem(HTTPStatus.BAD_REQUEST, f"Dit is geen geldige waarde voor {name}", words)
    most = CHECKED_ON_A_PAGE if flags["toetsen"] else ON_A_PAGE
    after = _number(request.GET.get("na", ""), default=0, least=0, most=LARGEST)
    many = _number(request.GET.get("aantal", ""), default=most, least=1, most=most)
    if after is None:
        words = "Geef het getal dat in het vorige antwoord bij na staat, of laat na weg."
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen geldige waarde voor na", words)
    if many is None:
        words = f"Geef een getal van 1 tot en met {most}, of laat aantal weg."
        return problem(HTTPStatus.BAD_REQUEST, "Dit is geen geldige waarde voor aantal", words)
    return after, many, bool(flags["open"]), bool(flags["toetsen"])


def _number(said: str, *, default: int, least: int, most: int) -> int | None:
    if not said:
        return default
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        return None
    return int(said) if least <= int(said) <= most else None


def _handle(request: HttpRequest, row: Declaration, actor: Actor) -> HttpResponse | None:
    """Keep what was said of handing in and of the answer; return why not, if so."""
    item = reading.item(request, most_bytes=MOST_BYTES)
    if isinstance(item, HttpResponse):
        return item
    if not item:
        words = "Noem wat er verandert: ingediend_op, antwoord, retourcode of antwoord_op."
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Hier staat niets in", words)
    changes, wrong = declaration_items.read_handling(item)
    if wrong:
        return _refused_one(wrong)
    try:
        service.amend(declaration_id=row.pk, changes=changes, by=actor, now=timezone.now())
    except service.Incomplete as incomplete:
        return _refused_one(incomplete.obstacles)
    except service.NotAllowed as refusal:
        return _conflict(str(refusal))
    return None


def _refused(errors: list[dict[str, Any]]) -> HttpResponse:
    number = len({error["item"] for error in errors})
    words = f"In {number} {'item' if number == 1 else 'items'} klopt iets niet. Wij hebben niets vastgelegd."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, NOT_SO, words, errors=errors)


def _refused_one(wrong: Iterable[Obstacle]) -> HttpResponse:
    errors = [answers.fault(1, fault) for fault in wrong]
    words = "Hierin klopt iets niet. Wij hebben niets veranderd."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit klopt niet", words, errors=errors)


def _conflict(words: str) -> HttpResponse:
    return problem(HTTPStatus.CONFLICT, "Iemand anders was net eerder", f"{words} Stuur het opnieuw.")


def _shown(request: HttpRequest, rows: Iterable[Declaration]) -> None:
    """Tell the log of which claims the answer says something."""
    for row in rows:
        log.about(request, service.subject(row))
