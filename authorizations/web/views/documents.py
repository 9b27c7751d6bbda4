"""Adding documents: the step of the checklist in a draft, and more of them while the request is open."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations import queries
from authorizations.domain import documents as rules
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, Document
from authorizations.services import documents
from authorizations.web import checklist, steps
from authorizations.web.checklist import Added, FileRow, Posted, number
from authorizations.web.views import answering
from authorizations.web.views.intake import button, fills_in, writes


@writes
def step(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the checklist of a draft; one form holds it all, so that no button ever costs what was typed elsewhere."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(_fillable(actor), reference=reference)
    if not authorization.is_draft:
        return redirect("authorizations:request-detail", reference=authorization.reference)
    posted = Posted(request, authorization, by=actor, now=now)
    if request.method == "POST":
        given = documents.checklist(authorization)
        posted.describe(given)
        posted.answer()
        posted.explain(given)
        for row in given:
            posted.receive(f"bestand-{row.item.kind.value}", at=row.item.kind.value, kinds=[row.item.kind])
        for document in checklist.each(given):
            posted.receive(f"nieuw-{document.pk}", at=_item_of(document, given), replaces_id=document.pk)
        posted.remove(given)
        if not posted.problems:
            return _onward(request, authorization)
    given = documents.checklist(authorization)
    policy = queries.policy_of(authorization)
    shown = checklist.rows(given, today_of=now, posted=posted)
    checklist.with_proposals((file for row in shown for file in row.files), authorization, by=actor)
    context = {
        **checklist.progress(given),
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "items": shown,
        "features": checklist.wanted_features(given),
        "limits": policy.limits,
        "source": policy.source,
        "room": documents.room_left(authorization),
        "problems": posted.problems,
        "previous_url": steps.url(authorization, steps.before(authorization, rules.STEP)),
        **steps.context(authorization, rules.STEP),
    }
    return render(request, "authorizations/documents/step.html", context, status=422 if posted.problems else 200)


@button
def autosave(request: HttpRequest, reference: str) -> JsonResponse:
    """Keep reasons and details while someone is typing; what can't be read stays as it was, and is said."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(_fillable(actor), reference=reference)
    if not authorization.is_draft:
        address = reverse("authorizations:request-detail", args=[authorization.reference])
        return JsonResponse({"message": "Deze aanvraag is intussen ingediend.", "url": address}, status=409)
    posted = Posted(request, authorization, by=actor, now=now)
    given = documents.checklist(authorization)
    posted.describe(given, typing=True)
    posted.explain(given)
    answer = {
        "saved_at": date_format(timezone.localtime(now), "G.i"),
        "fields": posted.now_shown,
        "parts": _parts(authorization, now=now),
    }
    if posted.problems:
        message = f"Nog niet alles is bewaard. {posted.problems[0]['message']}"
        return JsonResponse({**answer, "message": message}, status=422)
    return JsonResponse(answer)


@button
def upload(request: HttpRequest, reference: str) -> HttpResponse:
    """
    Take in one file for upload.js: answers the finished row and the parts of the page that changed, or why not.

    `item` is a kind of document; `vraag` a question that it answers; `vervangt` the document that it replaces.
    """
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(_fillable(actor), reference=reference)
    chosen = request.FILES.getlist("file")[:1]
    kind = request.POST.get("item", "")
    if not chosen:
        return JsonResponse({"message": "Kies een bestand."}, status=422)
    added, refused = checklist.receive(
        authorization,
        chosen,
        by=actor,
        now=now,
        kinds=[found for found in DocumentKind if found.value == kind],
        question_id=number(request.GET.get("vraag")),
        replaces_id=number(request.GET.get("vervangt")),
    )
    if refused:
        return JsonResponse({"message": refused[0][1]}, status=422)
    return HttpResponse(_row_html(request, authorization, added[0], kind, now=now))


@fills_in
def extra(request: HttpRequest, reference: str) -> HttpResponse:
    """Add documents to a filed request, or a new version of one; after the decision the page says where they can go."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(_fillable(actor), reference=reference)
    if authorization.is_draft:
        return redirect("authorizations:intake-documents", reference=authorization.reference)
    closed = documents.why_closed(authorization)
    replaced = None if closed else _replaced(request, authorization)
    posted = Posted(request, authorization, by=actor, now=now)
    if request.method == "POST" and closed:
        posted.problem(closed)
    elif request.method == "POST":
        posted.describe(documents.checklist(authorization))
        posted.answer()
        posted.receive("bestand", replaces_id=replaced and replaced.pk)
        if replaced and not request.FILES.getlist("bestand"):
            posted.problem("Kies het bestand van de nieuwe versie.", "#bestand")
        if not posted.problems:
            return _after_extra(request, authorization)
    items = documents.items_of(authorization)
    added = [
        FileRow(document, checklist.form_of(document, items, posted, today_of=now))
        for document in queries.documents_of(authorization)
        if documents.may_describe(document, authorization) and document.question_id is None
    ]
    checklist.with_proposals(added, authorization, by=actor)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "closed": closed,
        "replaced": replaced,
        "added": added,
        "refused": posted.refused.get("", []),
        "room": documents.room_left(authorization),
        "limits": queries.policy_of(authorization).limits,
        "problems": posted.problems,
    }
    return render(request, "authorizations/documents/extra.html", context, status=422 if posted.problems else 200)


def _fillable(actor: Actor) -> QuerySet[AuthorizationRequest]:
    return queries.fillable_by(actor).select_related("policy_version")


def _item_of(document: Document, given: list[documents.Given]) -> str:
    """Return the item at which the form of this document stands."""
    return next(row.item.kind.value for row in given if document in row.documents)


def _onward(request: HttpRequest, authorization: AuthorizationRequest) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, f"Uw concept {authorization.reference} is bewaard.")
        return redirect("authorizations:dashboard")
    if "verder" in request.POST:
        # Who came from the check of all answers goes back there.
        following = "" if "terug" in request.GET else steps.after(authorization, rules.STEP)
        return redirect(steps.url(authorization, following))
    if "verwijder" not in request.POST:
        messages.success(request, "De documenten zijn bewaard.")
    answered = request.POST.get("klopt", request.POST.get("kloptniet", "")).partition(" ")[0]
    return redirect(request.get_full_path() + (f"#document-{answered}" if checklist.number(answered) else ""))


def _after_extra(request: HttpRequest, authorization: AuthorizationRequest) -> HttpResponse:
    messages.success(request, "De documenten zijn bewaard. De medisch adviseur krijgt bericht.")
    if "klaar" in request.POST or "vervangt" in request.GET:
        return redirect("authorizations:request-detail", reference=authorization.reference)
    return redirect("authorizations:extra-documents", reference=authorization.reference)


def _parts(authorization: AuthorizationRequest, *, now: datetime) -> dict[str, str]:
    """Return what the page says of how far one is, where a reason may have changed it."""
    given = documents.checklist(authorization)
    head, meter = "authorizations/documents/_head.html", "authorizations/documents/_meter.html"
    parts: dict[str, str] = {"voortgang": render_to_string(meter, checklist.progress(given))}
    for item in checklist.rows(given, today_of=now):
        if item.absent:
            parts[f"kop-{item.given.item.kind.value}"] = render_to_string(head, {"item": item})
    return parts


def _row_html(
    request: HttpRequest, authorization: AuthorizationRequest, added: Added, kind: str, *, now: datetime
) -> str:
    """Return the row of the document that just came in, with the head of its item and the meter brought up to date."""
    context: dict[str, object] = {"authorization": authorization}
    if authorization.is_draft:
        given = documents.checklist(authorization)
        rows = checklist.rows(given, today_of=now)
        here = [row for row in rows if row.given.item.kind.value == kind] + rows
        file, item = next((file, row) for row in here for file in row.files if file.document.pk == added.document.pk)
        file.already = added.already
        if added.document.was_there:
            # The page has its form at the item where it stood first, wherever that is in the order of the checklist.
            others = (row for row in rows if row is not item and any(o.document == file.document for o in row.files))
            if other := next(others, None):
                file.describe, file.first_at = None, other.given.item.label
        context |= {"row": file, "item": item, **checklist.progress(given)}
    else:
        document = queries.documents_of(authorization).get(pk=added.document.pk)
        described = documents.may_describe(document, authorization) and document.question_id is None
        form = checklist.form_of(document, documents.items_of(authorization), today_of=now) if described else None
        context |= {"row": FileRow(document, form, already=added.already), "room": documents.room_left(authorization)}
        context |= answering.parts(authorization, document.question_id, now=now)
    return render_to_string("authorizations/documents/_uploaded.html", context, request=request)


def _replaced(request: HttpRequest, authorization: AuthorizationRequest) -> Document | None:
    wanted = number(request.GET.get("vervangt"))
    return get_object_or_404(queries.documents_of(authorization), pk=wanted) if wanted else None
