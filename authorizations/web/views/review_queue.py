"""The queue of the insurer: what is open, the least time left first, and what was decided."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts import queries as accounts
from accounts.domain import roles
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.services import recording
from audit.web import log
from authorizations import queries
from authorizations.domain.queue_columns import AT_FIRST
from authorizations.models import AuthorizationRequest, SavedView
from authorizations.queries import after_decision, desk
from authorizations.services import claiming, review
from authorizations.web import freshness, review_filters
from authorizations.web.forms.review_queue import Assign, Filter, FindInsured, QueueFilter
from authorizations.web.review_filters import View
from authorizations.web.views.review_rows import row_of
from kit.encrypted import fingerprint

PAGE = 50
DESK = roles.DESK
COLUMNS = (
    "id", "reference", "due_on", "status", "kind", "indication", "urgent", "documents_complete", "submitted_at",
    "closed_at", "assigned_to_id", "assigned_to__full_name", "provider_id", "provider__name", "rule_approval__id",
    "insured__initials", "insured__surname", "insured__birth_date", "planned_start_on", "policy_version__title",
    "team__name", "team__indication", "team_because", "take_by",
)  # fmt: skip
QUEUED = (*COLUMNS, "has_counter")


@access.require(*DESK)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, or what was found in all requests when someone searches."""
    actor, today = access.actor(request), timezone.localdate()
    medical = queries.can_see_content(actor)
    if reference := queries.with_reference(queries.visible_to(actor), request.GET.get("zoek", "")):
        return redirect("authorizations:review-detail", reference=reference)
    form = QueueFilter(request.GET, medical=medical, origins=desk.origins(actor))
    if form.holds_bsn:
        return _to_bsn(request)
    chosen = form.chosen
    searched = chosen.pop("zoek", "")
    narrowing = review_filters.narrowing(chosen, today)
    views = review_filters.views_for(actor, today)
    view = next((view for view in views if view.slug == request.GET.get("weergave")), views[0])
    waiting = queries.marking_counter_questions(queries.queue(actor))
    kept = list(desk.saved_views(actor))
    counts = waiting.aggregate(
        **{view.slug: Count("pk", filter=view.condition) for view in views},
        **{f"saved_{saved.pk}": Count("pk", filter=_of_saved(saved, form, views, today)) for saved in kept},
        narrowed=Count("pk", filter=view.condition & narrowing),
    )
    now = chosen | ({"weergave": view.slug} if view is not views[0] else {})
    wants_alike = request.GET.get("lijkt") == "ja"
    if searched:
        lines = [] if wants_alike else _searched(actor, searched, narrowing)
    else:
        lines = _page(waiting.filter(view.condition & narrowing), request.GET.get("na", ""))
    if alike := bool(searched and not lines):
        near = queries.marking_counter_questions(desk.alike(actor, searched)).filter(narrowing)
        lines = desk.fetched(near.values(*QUEUED)[: PAGE + 1])
    columns, after = desk.columns_of(actor), after_decision.waiting(actor)
    mark = freshness.mark(counts, lines, columns, after, today)
    if freshness.is_known(request, mark):
        return HttpResponse(status=304)
    more = len(lines) > PAGE
    _log(request, lines)
    context = {
        "form": form,
        "mark": mark,
        "after": after,
        "views": [(view, counts[view.slug], "?" + urlencode({**chosen, "weergave": view.slug})) for view in views],
        "kept": [(saved, counts[f"saved_{saved.pk}"], f"?{urlencode(saved.query)}") for saved in kept],
        "is_kept": now in [saved.query for saved in kept],
        "query": urlencode(now),
        "now": now,
        "view": view,
        "searched": searched,
        "alike": alike,
        "wants_alike": wants_alike,
        "alike_url": _link(request, lijkt="ja"),
        "chips": [(words, _link(request, na="", **{name: ""})) for name, words in form.chips],
        "has_more": any(name in chosen for name in form.MORE),
        "narrowed": counts["narrowed"],
        "rows": [row_of(line, actor, today, medical=medical) for line in lines[:PAGE]],
        "columns": columns,
        "more": more,
        "next_url": "" if searched or not more else _next(request, lines[PAGE - 1]),
        "is_later_page": bool(request.GET.get("na")) and not searched,
        "count": counts[view.slug],
        "medical": medical,
        "can_claim": actor.has(Role.MEDISCH_ADVISEUR),
        "can_divide": actor.has(Role.COORDINATOR),
        "at": timezone.localtime(),
    }
    return render(request, "authorizations/review/queue.html", context)


@access.require(*DESK)
@require_safe
def decided(request: HttpRequest) -> HttpResponse:
    """Show what was decided or withdrawn, the newest first, with the letters."""
    actor, today = access.actor(request), timezone.localdate()
    medical = queries.can_see_content(actor)
    form = Filter(request.GET, medical=medical)
    if form.holds_bsn:
        return _to_bsn(request)
    chosen = form.chosen
    closed = queries.closed(actor).filter(review_filters.narrowing(chosen, today))
    found = queries.search(closed, chosen.get("zoek", ""))
    found = _before(found, request.GET.get("na", ""))
    lines = desk.fetched(found.values(*COLUMNS)[: PAGE + 1])
    more = len(lines) > PAGE
    _log(request, lines)
    last_line = lines[PAGE - 1] if more else None
    letters = queries.letters_of([line["id"] for line in lines[:PAGE]]) if medical else {}
    context = {
        "form": form,
        "rows": [(row_of(line, actor, today, medical=medical), letters.get(line["id"], [])) for line in lines[:PAGE]],
        "medical": medical,
        "searched": bool(chosen),
        "next_url": last_line and _link(request, na=f"{last_line['closed_at'].isoformat()}_{last_line['id']}"),
        "is_later_page": bool(request.GET.get("na")),
    }
    return render(request, "authorizations/review/decided.html", context)


@access.require(*DESK)
@cache_control(no_store=True, private=True)
def find_insured(request: HttpRequest) -> HttpResponse:
    """Show all requests of the insured whose BSN was sent; the number itself stands in no address and on no page."""
    actor, today = access.actor(request), timezone.localdate()
    medical = queries.can_see_content(actor)
    form = FindInsured(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "medical": medical}
    if form.is_bound and form.is_valid():
        bsn = form.cleaned_data["bsn"]
        lines = desk.fetched(desk.of_insured(actor, bsn).values(*QUEUED)[: PAGE + 1])
        _log(request, lines)
        # Also when nothing is found the log knows about whom it was, by the same hash as in the dossiers.
        log.tells(request, gezocht=recording.pseudonym(fingerprint(bsn, "bsn")), gevonden=len(lines[:PAGE]))
        context |= {
            "form": FindInsured(),
            "number": f"*****{bsn[-4:]}",
            "columns": AT_FIRST,
            "lines": [row_of(line, actor, today, medical=medical) for line in lines[:PAGE]],
            "is_more": len(lines) > PAGE,
        }
    return render(request, "authorizations/review/bsn.html", context, status=422 if form.errors else 200)


def _to_bsn(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Een BSN zoekt u hier. In het andere zoekveld komt het nummer in het adres te staan.")
    return redirect("authorizations:review-bsn")


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent request that is free."""
    authorization = claiming.claim_next(by=access.actor(request), now=timezone.now())
    if authorization is None:
        messages.info(request, "Er is nu geen nieuwe aanvraag om op te pakken.")
        return redirect("authorizations:review-queue")
    log.shows(request, [authorization.reference])
    messages.success(request, f"U heeft {authorization.reference} opgepakt.")
    return redirect("authorizations:review-detail", reference=authorization.reference)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take this request."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.with_content_for(actor), reference=reference)
    try:
        review.claim(authorization_id=authorization.pk, by=actor, now=timezone.now())
    except review.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "U heeft deze aanvraag opgepakt.")
    return redirect("authorizations:review-detail", reference=reference)


@access.require(Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Put this request back."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.visible_to(actor), reference=reference)
    try:
        review.release(authorization_id=authorization.pk, by=actor, now=timezone.now())
    except review.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("authorizations:review-detail", reference=reference)
    messages.success(request, f"{reference} staat weer in de werkvoorraad. Uw oordelen zijn bewaard.")
    return redirect("authorizations:review-queue")


@access.require(Role.COORDINATOR)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Put this request on somebody's desk."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.visible_to(actor).select_related("assigned_to"), reference=reference)
    advisors = accounts.people_with(actor.organization_id, Role.MEDISCH_ADVISEUR)
    choices = [(str(person.pk), person.full_name) for person in advisors if person.pk != authorization.assigned_to_id]
    form = Assign(request.POST or None, advisors=choices)
    if request.method == "POST" and form.is_valid():
        try:
            review.assign(
                authorization_id=authorization.pk,
                advisor_id=int(form.cleaned_data["adviseur"]),
                reason=form.cleaned_data["reden"],
                by=actor,
                now=timezone.now(),
            )
        except review.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{reference} is toegewezen.")
            return redirect("authorizations:review-detail", reference=reference)
    context = {"authorization": authorization, "form": form}
    return render(request, "authorizations/review/assign.html", context, status=422 if form.errors else 200)


def _searched(actor: Actor, text: str, narrowing: Q) -> list[dict[str, Any]]:
    everything = queries.marking_counter_questions(queries.visible_to(actor))
    found = queries.search(everything, text).filter(narrowing).order_by("-submitted_at", "-id")
    return desk.fetched(found.values(*QUEUED)[: PAGE + 1])


def _of_saved(saved: SavedView, form: QueueFilter, views: list[View], today: date) -> Q:
    """Return what a saved view counts; what this person may choose no more (indication) narrows nothing."""
    condition = next((view.condition for view in views if view.slug == saved.query.get("weergave")), Q())
    there = {name: value for name, value in saved.query.items() if name in form.fields}
    return condition & review_filters.narrowing(there, today)


def _log(request: HttpRequest, lines: list[dict[str, Any]]) -> None:
    log.shows(request, [line["reference"] for line in lines[:PAGE]])


def _page(found: QuerySet[AuthorizationRequest], cursor: str) -> list[dict[str, Any]]:
    """
    Return the lines after the last one of the page before, and one more; a cursor that somebody changed starts anew.

    Written as `due >= d AND (due > d OR id > i)`, which uses the index. Resting requests have no date and come last.
    """
    due, _, last = cursor.partition("_")
    resting = found.filter(due_on=None)
    lines = found.values(*QUEUED)
    if last.isdecimal() and len(last) < 19:
        if due == "rust":
            lines = resting.filter(id__gt=int(last)).values(*QUEUED)
        elif day := _read(parse_date, due):
            later = found.filter(Q(due_on__gt=day) | Q(id__gt=int(last)), due_on__gte=day)
            pages = (part.values(*QUEUED)[: PAGE + 1] for part in (later, resting))
            lines = next(pages).union(*pages, all=True).order_by("due_on", "id")
    return desk.fetched(lines[: PAGE + 1])


def _before(found: QuerySet[AuthorizationRequest], cursor: str) -> QuerySet[AuthorizationRequest]:
    """Narrow to what closed before the last line of the page before."""
    closed, _, last = cursor.partition("_")
    moment = _read(parse_datetime, closed)
    if moment is None or not last.isdecimal() or len(last) > 18:
        return found
    return found.filter(Q(closed_at__lt=moment) | Q(id__lt=int(last)), closed_at__lte=moment)


def _read(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        return None


def _next(request: HttpRequest, line: dict[str, Any]) -> str:
    due = line["due_on"].isoformat() if line["due_on"] else "rust"
    return _link(request, na=f"{due}_{line['id']}")


def _link(request: HttpRequest, **changes: str) -> str:
    """Return this page with something else in its address; what becomes empty goes from it."""
    wanted = {**request.GET.dict(), **changes}
    return "?" + urlencode({name: value for name, value in wanted.items() if value})
