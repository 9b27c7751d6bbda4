"""
Programs at the addresses of the API: known by their key alone, and shut out of what isn't open to everybody.

No cookie counts there (portal.middleware.NobodyByCookie), so no page of another site can let a browser register
something, and a key opens no page. What isn't in OPEN is shut without a key, also an address that was added yesterday.
Bron: RFC 6750 section 3 (WWW-Authenticate: Bearer); ADR 8.
"""

from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.services import api_keys
from audit.domain.events import Outcome, Who
from audit.web import log
from kit.problems import problem

API = "/api/"
OPEN = frozenset({"checks-api:judge", "checks-api:openapi", "checks-api:codes", "checks-api:code"})
"""What programs ask without a key: it holds nothing of anybody."""
BEARER = "bearer"
NEEDED = "Stuur uw API-sleutel mee in de header Authorization: Bearer mp_…"
WRONG = "Deze API-sleutel werkt niet. De organisatiebeheerder ziet op /organisatie/api-sleutels/ welke wel werken."


def for_programs(request: HttpRequest) -> bool:
    """Say whether this address is of the API."""
    return request.path_info.startswith(API)


def actor(request: HttpRequest) -> Actor | None:
    """Return in whose name a program acts; None without a key, with one that doesn't work, or where none is needed."""
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != BEARER or is_open(request):
        return None
    place = api_keys.source(ratelimit.get_ip(request))
    try:
        program = api_keys.recognise(said=said.strip(), place=place, now=timezone.now())
    except api_keys.Wait as rest:
        request.key_rests = rest.seconds  # type: ignore[attr-defined]
        return None
    except api_keys.Unknown as refusal:
        if key := refusal.whose:
            # Whose key was tried is for the log of that organisation; who tried it reads nothing of it.
            log.notes(request).who = Who(
                user_id=key.acts_for_id,
                name=key.acts_for.full_name,
                organization_id=key.organization_id,
                organization_name=key.organization.name,
            )
            log.tells(request, outcome=Outcome.REFUSED, sleutel=key.pk)
        return None
    request.program = program  # type: ignore[attr-defined]
    log.tells(request, sleutel=program.key_id)
    return program.actor


def is_open(request: HttpRequest) -> bool:
    """Say whether everybody may ask here; an address that isn't there holds nothing."""
    try:
        return resolve(request.path_info).view_name in OPEN
    except Resolver404:
        return True


def refuse(request: HttpRequest) -> HttpResponse | None:
    """Shut what isn't open for who has no key that works."""
    if getattr(request, "actor", None) or is_open(request):
        return None
    seconds = getattr(request, "key_rests", None)
    if seconds:
        words = f"Er kwamen te veel sleutels die niet werken. Probeer het over {seconds} seconden opnieuw."
        answer = problem(HTTPStatus.TOO_MANY_REQUESTS, "Dit was te vaak na elkaar", words)
        answer["Retry-After"] = str(seconds)
        return answer
    words = WRONG if "Authorization" in request.headers else NEEDED
    answer = problem(HTTPStatus.UNAUTHORIZED, "Hier is een API-sleutel nodig", words)
    answer["WWW-Authenticate"] = 'Bearer realm="Machtigingsportaal"'
    answer["Cache-Control"] = "no-store"
    return answer
