"""
How often somebody may ask for something that can be guessed at or that costs a lot.

A hospital shares one address, so limits per address are wide and those per person narrow. Who asks too often reads so,
and browsers are told when to come back (`Retry-After`). The lock-out of wrong passwords is that of logging in itself.

Bron: security.md section 3, row 16 (ASVS 2.4.1).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone

from portal import errors
from portal.models import RateCount

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KEPT = timedelta(days=1)
COUNT = """
    INSERT INTO portal_ratecount ("limit", who, began_at, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT ON CONSTRAINT rate_counted_once DO UPDATE SET count = portal_ratecount.count + 1
    RETURNING count
"""


@dataclass(frozen=True)
class Limit:
    """So often within so long: per person, and per address for everybody behind it together."""

    name: str
    per_person: int
    per_address: int
    within: timedelta
    methods: tuple[str, ...] = ("POST",)
    asked_by: tuple[str, ...] = ()
    """Only when one of these stands after the question mark: looking at a list is free, searching it isn't."""


LOOKING = ("GET", "HEAD", "POST")
LOG_IN = Limit("inloggen", 60, 240, 5 * MINUTE)
RESET = Limit("wachtwoord", 10, 120, HOUR)
INVITATION = Limit("uitnodiging", 30, 120, 5 * MINUTE, LOOKING)
INVITE = Limit("uitnodigen", 60, 240, HOUR)
UPLOAD = Limit("uploaden", 600, 6000, 5 * MINUTE)
IMPORT = Limit("inlezen", 30, 240, 5 * MINUTE)
FAULTS = Limit("fouten", 30, 240, 5 * MINUTE, LOOKING)
SEARCH = Limit("zoeken", 60, 600, MINUTE, LOOKING, asked_by=("q", "zoek"))
LOOK_FOR = Limit("in-document-zoeken", 60, 600, MINUTE)
CHECK = Limit("machtiging-nodig", 60, 300, MINUTE, LOOKING)
CHECK_FILE = Limit("toetsbestanden", 10, 40, 5 * MINUTE)
JUDGE = Limit("toetsen", 150, 600, MINUTE)
CODES = Limit("codes", 150, 600, MINUTE, LOOKING)
TELL = Limit("vastleggen", 120, 600, MINUTE)
ASK = Limit("zorgtraject-opvragen", 600, 3000, MINUTE, LOOKING)
CLAIMS = Limit("declaraties-programma", 600, 3000, MINUTE, LOOKING)
PRINT = Limit("brieven", 120, 1200, 5 * MINUTE, LOOKING)
FIND_INSURED = Limit("bsn-zoeken", 30, 300, 5 * MINUTE)
DIVIDE = Limit("verdelen", 30, 240, 5 * MINUTE)
DOSSIER = Limit("dossiers", 20, 120, 5 * MINUTE)
OVERVIEW = Limit("inzage", 30, 120, 5 * MINUTE)
REPORT = Limit("meldingen", 60, 300, MINUTE)
STAND = Limit("stand", 30, 120, 5 * MINUTE, LOOKING)
LIMITS: Mapping[str, Limit] = {
    "account_login": LOG_IN,
    "account_reset_password": RESET,
    "account_reset_password_from_key": INVITATION,
    "accounts:invitation": INVITATION,
    "accounts:invite": INVITE,
    "accounts:invitation-resend": INVITE,
    "authorizations:document-upload": UPLOAD,
    "authorizations:intake-documents": UPLOAD,
    "authorizations:extra-documents": UPLOAD,
    "authorizations:answer-questions": UPLOAD,
    "authorizations:heroverweging": UPLOAD,
    "authorizations:grant-change": UPLOAD,
    "authorizations:taken-over-register": UPLOAD,
    "authorizations:privacyverklaring": UPLOAD,
    "authorizations:coulance": UPLOAD,
    "authorizations:review-heroverweging-file": UPLOAD,
    "authorizations:dashboard": SEARCH,
    "authorizations:review-queue": SEARCH,
    "authorizations:review-search": LOOK_FOR,
    "authorizations:review-decided": SEARCH,
    "authorizations:review-bsn": FIND_INSURED,
    "authorizations:phone": FIND_INSURED,
    "authorizations:paper-register": UPLOAD,
    "authorizations:review-division": DIVIDE,
    "authorizations:review-bulk": DIVIDE,
    "authorizations:trajects": SEARCH,
    "authorizations:traject-imports": IMPORT,
    "authorizations:traject-files": IMPORT,
    "authorizations:traject-file-apply": IMPORT,
    "authorizations:traject-file-faults": FAULTS,
    "authorizations:traject-import-check-again": IMPORT,
    "authorizations:traject-import-faults": FAULTS,
    "authorizations:figures-file": FAULTS,
    "authorizations:declarations": SEARCH,
    "authorizations:declarations-bring": UPLOAD,
    "authorizations:policy-draft": IMPORT,
    "authorizations:policy-replay": IMPORT,
    "contracting:contracts-file": FAULTS,
    "contracting:publication-file": FAULTS,
    "contracting:publish": IMPORT,
    "contracting:questionnaire-fill": UPLOAD,
    "contracting:questionnaire-letter": PRINT,
    "contracting:season-send": IMPORT,
    "contracting:start-letter": PRINT,
    "releases:releases": IMPORT,
    "releases:release-difference": FAULTS,
    "authorizations:needed-check": CHECK,
    "authorizations:needed-state": CHECK,
    "authorizations:needed-statement": CHECK,
    "authorizations:simulator": CHECK,
    "authorizations:simulator-agenda": CHECK,
    "authorizations:crisis-zorgtype": CHECK,
    "authorizations:check": CHECK,
    "authorizations:check-file": CHECK_FILE,
    "authorizations:check-runs": IMPORT,
    "authorizations:check-run-go-on": IMPORT,
    "authorizations:check-run-result": FAULTS,
    "authorizations:check-run-workbook": FAULTS,
    "authorizations:check-run-report": FAULTS,
    "checks-api:judge": JUDGE,
    "checks-api:codes": CODES,
    "checks-api:code": CODES,
    "codes:codes": CODES,
    "codes:code": CODES,
    "codes:estimate": JUDGE,
    "codes:codes-file": FAULTS,
    "activities-api:register": TELL,
    "activities-api:traject": ASK,
    "claims-api:claims": CLAIMS,
    "claims-api:claim": CLAIMS,
    "authorizations:receipt": PRINT,
    "authorizations:letter": PRINT,
    "authorizations:dossier": DOSSIER,
    "logbook:insured": OVERVIEW,
    "portal:csp-report": REPORT,
    "authorizations:insured-status": STAND,
    "authorizations:insured-status-code": STAND,
    "authorizations:insured-link": INVITE,
}
"""Which limit holds at which address; several addresses may share one."""


class Limits:
    """
    Answer 429 to who asks too often.

    Counted before the page begins its own transaction, so that what fails is counted as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: Any, named: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        limit = LIMITS.get(match.view_name) if match else None
        if limit is None or not settings.RATE_LIMITS or not applies(limit, request):
            return None
        now = timezone.now()
        for who, allowed in asking(limit, request):
            if count(limit, who, now) > allowed:
                return too_often(request, seconds_left(limit, now))
        return None


def applies(limit: Limit, request: HttpRequest) -> bool:
    """Say whether this request counts."""
    searched = not limit.asked_by or any(request.GET.get(name) for name in limit.asked_by)
    return searched and request.method in limit.methods


def asking(limit: Limit, request: HttpRequest) -> Iterator[tuple[str, int]]:
    """Return who asks: the person or the key of a program if known, and the address where many may sit."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        yield f"persoon {user.pk}", limit.per_person
    program = getattr(request, "program", None)
    if program is not None:
        yield f"sleutel {program.key_id}", limit.per_person
    yield f"adres {address_of(request)}", limit.per_address


def address_of(request: HttpRequest) -> str:
    """Return the address of the browser; that of a proxy's header only when the proxy is ours."""
    header = settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER
    return (header and request.headers.get(header)) or str(request.META.get("REMOTE_ADDR", ""))


def count(limit: Limit, who: str, now: datetime) -> int:
    """Count one, and return how often it is in this stretch of time; safe when many ask at once."""
    secret = hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [limit.name, secret, began(limit, now)])
        return int(cursor.fetchone()[0])


def began(limit: Limit, now: datetime) -> datetime:
    """Return when the stretch of time began in which `now` falls."""
    return now - timedelta(seconds=now.timestamp() % limit.within.total_seconds())


def seconds_left(limit: Limit, now: datetime) -> int:
    """Return in how many seconds somebody may come back."""
    return int((began(limit, now) + limit.within - now).total_seconds()) + 1


def forget(now: datetime) -> int:
    """Throw away the counts of stretches of time that are long over; return how many."""
    gone, _ = RateCount.objects.filter(began_at__lt=now - KEPT).delete()
    return gone


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer 429, with when to come back; a script gets words it can show."""
    response = errors.too_many(request, wait=in_words(seconds))
    if request.headers.get("X-Requested-With"):
        words = f"Dit was te vaak na elkaar. Probeer het over {in_words(seconds)} opnieuw. Er is niets verloren."
        response = JsonResponse({"message": words}, status=response.status_code)
    response["Retry-After"] = str(seconds)
    return response


def in_words(seconds: int) -> str:
    """Return how long it is, rounded up, as people say it."""
    minutes = -(-seconds // 60)
    return "1 minuut" if minutes <= 1 else f"{minutes} minuten"
