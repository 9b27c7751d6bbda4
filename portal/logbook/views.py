"""The log of an organisation, and its monthly review."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts import queries as accounts
from accounts.domain.roles import Role
from accounts.web import access
from audit import queries
from audit.domain import reviews, unusual
from audit.models import AccessEvent
from audit.services import reviewing
from audit.web import log
from portal.logbook import changes, forms, words

ON_A_PAGE = 50
MONTHS = 13
keeper = access.require(Role.LOGBEHEERDER)


@keeper
@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """Show what stands out this month, and under it the log itself, the newest first."""
    own, today = access.actor(request).organization_id, timezone.localdate()
    months = recent_months(today)
    form = forms.Filter(
        request.GET,
        people=people_of(own),
        months=[(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months],
    )
    chosen = form.chosen
    events = _before(_narrowed(own, chosen), request.GET.get("voor", ""))
    rows = list(events[: ON_A_PAGE + 1])
    known = changes.names(rows, own=own)
    month = _month(chosen["maand"]) if "maand" in chosen else months[0]
    counts = queries.sign_counts(own, month)
    log.tells(request, filters=sorted(chosen))
    context = {
        "form": form,
        "month": month,
        "signs": [
            (label, counts[name], "?" + urlencode({"bijzonder": name, "maand": f"{month:%Y-%m}"}))
            for name, label in unusual.STANDOUTS
        ],
        "many": queries.who_opened_many(own, month),
        "most": unusual.MANY,
        "rows": [words.row(event, own=own, known=known) for event in rows[:ON_A_PAGE]],
        "filtered": bool(chosen),
        "is_later_page": bool(request.GET.get("voor")),
        "next_url": _next(request, rows[ON_A_PAGE - 1].pk) if len(rows) > ON_A_PAGE else "",
        "overdue": [one for one in reviewing.standing(own, today=today) if one.is_overdue],
    }
    return render(request, "portal/logbook/log.html", context)


@keeper
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Show which months were signed off, and which still must be."""
    own = access.actor(request).organization_id
    context = {"months": reviewing.standing(own, today=timezone.localdate()), "day": reviews.SIGN_BEFORE_DAY}
    return render(request, "portal/logbook/months.html", context)


@keeper
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show what there was to see in one month, and sign it off."""
    actor, now = access.actor(request), timezone.now()
    own, chosen = actor.organization_id, _first_of(year, number)
    counts = reviewing.counts(own, chosen)
    form = forms.SignOff(request.POST or None, initial={"seen": counts["regels"]})
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.sign(
                organization_id=own,
                month=chosen,
                by_id=actor.user_id,
                by_name=actor.name,
                seen=form.cleaned_data["seen"],
                remarks=form.cleaned_data["remarks"],
                now=now,
            )
        except reviewing.NotAllowed as refusal:
            form.add_error("remarks", str(refusal))
        else:
            messages.success(request, f"U heeft {date_format(chosen, 'F Y')} afgetekend.")
            return redirect("logbook:months")
    query = {"maand": f"{chosen:%Y-%m}"}
    context = {
        "month": chosen,
        "counts": counts,
        "signs": [(label, counts[name], urlencode({**query, "bijzonder": name})) for name, label in unusual.STANDOUTS],
        "many": queries.who_opened_many(own, chosen),
        "most": unusual.MANY,
        "review": queries.reviews(own).get(chosen),
        "has_ended": reviews.next_month(chosen) <= timezone.localdate(now),
        "form": form,
    }
    return render(request, "portal/logbook/month.html", context, status=422 if form.errors else 200)


def people_of(organization_id: int) -> list[tuple[str, str]]:
    """Return everybody who works or worked here, for a list to choose from."""
    return [(str(user.pk), f"{user.full_name} ({user.email})") for user in accounts.people_ever_at(organization_id)]


def recent_months(today: date) -> list[date]:
    """Return this month and the year before it, the latest first."""
    found = [reviews.month_of(today)]
    while len(found) < MONTHS:
        last = found[-1]
        found.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    return found


def _narrowed(own: int, chosen: dict[str, str]) -> QuerySet[AccessEvent]:
    """Return what was chosen; for one dossier also what people of the other organisation did with it."""
    if reference := chosen.get("kenmerk"):
        events = queries.about_dossier(own, reference)
    else:
        events = queries.by_people_of(own)
    sign = chosen.get("bijzonder")
    if sign == unusual.ELSEWHERE:
        events = queries.tried_from_elsewhere(own)
    elif sign:
        events = events.exclude(signs=[]).filter(signs__contains=[sign])
    if who := chosen.get("wie"):
        events = events.filter(user_id=int(who))
    if kind := chosen.get("wat"):
        events = events.filter(kind=kind)
    return queries.in_month(events, _month(chosen["maand"])) if "maand" in chosen else events


def _before(events: QuerySet[AccessEvent], cursor: str) -> QuerySet[AccessEvent]:
    return events.filter(id__lt=int(cursor)) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else events


def _next(request: HttpRequest, last: int) -> str:
    kept = {name: value for name, value in request.GET.items() if value}
    return "?" + urlencode({**kept, "voor": str(last)})


def _month(text: str) -> date:
    year, number = text.split("-")
    return _first_of(int(year), int(number))


def _first_of(year: int, number: int) -> date:
    if not (2000 <= year < 2200 and 1 <= number <= 12):
        raise Http404
    return date(year, number, 1)
