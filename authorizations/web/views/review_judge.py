"""Judge a criterion or a document, and leave a note: each saves by itself, and answers with the page of the request."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.models import AuthorizationRequest
from authorizations.services import desk_drafts, documents, review
from authorizations.web.forms.review_case import Judge, JudgeDocument, Note
from authorizations.web.views import review_case, review_papers
from authorizations.web.views.review_case import Case

UNPROCESSABLE, CONFLICT = 422, 409


@access.require(Role.MEDISCH_ADVISEUR)
def criterion(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Save the verdict on one criterion and go on to the next one that is open."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    if request.method != "POST":
        return redirect(f"{_page(reference)}?criterium={code}#criterium-{code}")
    if code not in {one.code for one in review.criteria(authorization)}:
        raise Http404
    form = Judge(request.POST, prefix=code)
    case = Case(request, authorization)
    if not form.is_valid():
        form.refuse(form.lacks)
        return _again(case, form, UNPROCESSABLE)
    try:
        review.assess(
            authorization_id=authorization.pk, criterion=code, by=actor, now=timezone.now(), **form.cleaned_data
        )
    except review.Conflict as conflict:
        # What was typed stays; saving once more replaces what the other wrote, now knowingly.
        form.add_error(None, str(conflict))
        posted = request.POST.copy()
        posted[form.add_prefix("version")] = str(conflict.current.version)
        form.data = posted
        return render(
            request,
            "authorizations/review/detail.html",
            case.full(bound=form, conflict=conflict.current),
            status=CONFLICT,
        )
    except review.Incomplete as incomplete:
        form.refuse(incomplete.obstacles)
        return _again(case, form, UNPROCESSABLE)
    except review.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _again(case, form, UNPROCESSABLE)
    desk_drafts.forget(authorization, desk_drafts.CRITERION + code, by=actor)
    return _onward(request, authorization, case)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def document(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """Accept a document, or say what it lacks; the provider sees it."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    found = get_object_or_404(queries.documents_of(authorization), pk=document_id)
    form = JudgeDocument(request.POST, prefix="document")
    if form.is_valid():
        try:
            documents.judge(document_id=found.pk, by=actor, now=timezone.now(), **form.cleaned_data)
        except documents.NotAllowed as refusal:
            form.add_error("note", str(refusal))
        else:
            messages.success(request, f"Oordeel bewaard: {review_papers.title_of(found)}.")
            return redirect(_back(request, reference) + "#pagina")
    context = Case(request, authorization).full()
    context["viewer"]["judge"] = form
    return render(request, "authorizations/review/detail.html", {**context, "bound": form}, status=UNPROCESSABLE)


@access.require(*review_case.DESK)
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave an internal note."""
    actor = access.actor(request)
    visible = queries.visible_to(actor).select_related("policy_version", "provider", "assigned_to", "insurer")
    authorization = get_object_or_404(visible, reference=reference)
    form = Note(request.POST)
    if form.is_valid():
        review.note(authorization_id=authorization.pk, text=form.cleaned_data["text"], by=actor, now=timezone.now())
        desk_drafts.forget(authorization, desk_drafts.NOTE, by=actor)
        messages.success(request, "Uw notitie is bewaard.")
        return redirect(f"{_page(reference)}?toon=verloop#pagina")
    case = Case(request, authorization)
    if not queries.can_see_content(actor):
        context = review_case.status_context(case, form)
        return render(request, "authorizations/review/status.html", context, status=UNPROCESSABLE)
    case.tab = "verloop"
    context = {**case.full(), "note": form, "bound": form}
    return render(request, "authorizations/review/detail.html", context, status=UNPROCESSABLE)


def find(actor: Actor, reference: str) -> AuthorizationRequest:
    """Return a request of which this person may see the content, or answer 404."""
    found = queries.with_content_for(actor).select_related("policy_version", "provider", "assigned_to", "insurer")
    return get_object_or_404(found, reference=reference)


def remember(case: Case, form: str) -> None:
    """Keep what was posted and could not be saved, so that looking something up first loses nothing."""
    with suppress(desk_drafts.NotAllowed):
        desk_drafts.keep(case.authorization, form, case.request.POST, by=case.actor, now=case.now)


def _again(case: Case, form: Judge, status: int) -> HttpResponse:
    remember(case, f"{desk_drafts.CRITERION}{form.prefix}")
    return render(case.request, "authorizations/review/detail.html", case.full(bound=form), status=status)


def _onward(request: HttpRequest, authorization: AuthorizationRequest, case: Case) -> HttpResponseRedirect:
    saved = review.assessments(authorization)
    left = [one.code for one in review.criteria(authorization) if one.code not in saved and not one.locked]
    messages.success(request, "Oordeel bewaard.")
    if not left:
        return redirect(case.address(criterium=None) + "#besluit")
    return redirect(case.address(criterium=left[0]) + f"#criterium-{left[0]}")


def _page(reference: str) -> str:
    return reverse("authorizations:review-detail", args=[reference])


def _back(request: HttpRequest, reference: str) -> str:
    query = request.GET.urlencode()
    return _page(reference) + (f"?{query}" if query else "")
