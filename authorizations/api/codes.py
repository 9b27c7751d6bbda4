"""
The codes for programs: GET /api/v1/codes and /api/v1/codes/{soort}/{code}. Open to everybody, as the pages are.

Bron: R-27 (three answers: unknown, not yet valid, ended); errors: RFC 9457.
"""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.validity import Period, Standing
from ggz_codes.queries import look_up
from kit import text
from kit.problems import problem

MOST, LONGEST = 200, 100
KINDS = {one.value: one for one in RowKind}
WORDS = {
    Standing.VALID: "geldig",
    Standing.NOT_YET_VALID: "nog_niet_geldig",
    Standing.ENDED: "beeindigd",
    Standing.UNKNOWN: "onbekend",
}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Give the codes that begin with `q` or have its words, at most 200 from `vanaf` on, and how many there are."""
    day = _day(request)
    if isinstance(day, HttpResponse):
        return day
    kind = request.GET.get("soort", "")
    if kind and kind not in KINDS:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Deze soort is er niet", f"Kies uit: {', '.join(KINDS)}.")
    start = text.number(request.GET.get("vanaf", "0"))
    if start is None:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit is geen getal", "vanaf is een getal, bijvoorbeeld 200.")
    found, total = look_up.search(
        text.storable(request.GET.get("q", ""))[:LONGEST],
        day=day,
        kind=kind,
        only_valid=request.GET.get("alleen_geldig") == "1",
        limit=MOST,
        offset=start,
    )
    codes = [
        {
            **_key(one.kind, one.code),
            "domein": one.domain,
            "omschrijving": one.description,
            "groep": one.group,
            **_days(one.period),
            "stand": WORDS[one.standing],
        }
        for one in found
    ]
    return _answer({"op": day, "aantal": total, "codes": codes})


@require_safe
def one(request: HttpRequest, soort: str, kode: str) -> HttpResponse:
    """Tell how a code stands on a day, with every wording it had, and what came in its place."""
    day = _day(request)
    if isinstance(day, HttpResponse):
        return day
    wanted = text.storable(kode).strip().upper()
    kind = KINDS.get(soort)
    versions = look_up.versions(kind, wanted) if kind else []
    if kind is None or not versions:
        return problem(
            HTTPStatus.NOT_FOUND,
            "Deze code kennen wij niet",
            "Controleer soort en code.",
            stand=WORDS[Standing.UNKNOWN],
        )
    told = look_up.validity_on(kind, wanted, versions, day)
    return _answer({
        **_key(kind, wanted),
        "op": day,
        "stand": WORDS[told.standing],
        "opvolgers": [{"code": next_.code, "zekerheid": next_.certainty.value} for next_ in told.successors],
        "domeinen": [
            {"domein": one.domain, "naam": one.name, "stand": WORDS[one.validity.standing]}
            for one in look_up.by_domain(kind, wanted, versions, day)
        ],
        "versies": [
            {
                "domein": version.domain,
                "omschrijving": version.description,
                "omschrijving_verzekerde": version.consumer,
                "groep": version.group,
                **_days(version.period),
                "minuten_van": version.minutes[0],
                "minuten_tot": version.minutes[1],
                "maximale_looptijd": version.longest,
                "zorgproduct": version.zorgproduct,
                "tariefsoort": version.tariff_kind,
                "bron": version.source,
            }
            for version in versions
        ],
    })  # fmt: skip


def _day(request: HttpRequest) -> date | HttpResponse:
    given = request.GET.get("geldig_op", "")
    if not given:
        return timezone.localdate()
    try:
        return date.fromisoformat(given)
    except ValueError:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Dit is geen datum", "geldig_op is een datum als 2020-01-01.")


def _key(kind: RowKind, code: str) -> dict[str, str]:
    return {"soort": kind.value, "code": code}


def _days(period: Period) -> dict[str, date | None]:
    return {"geldig_vanaf": period.valid_from, "geldig_tot": period.valid_until}


def _answer(told: dict[str, Any]) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
