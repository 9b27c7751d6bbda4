"""The own ways to look at the queue: keep what is chosen now, rename it, throw it away; choose the columns."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations import queries
from authorizations.models import MOST_VIEWS
from authorizations.queries import desk
from authorizations.services import saved_views
from authorizations.web import review_filters
from authorizations.web.forms.review_queue import Columns, QueueFilter, ViewName
from authorizations.web.views.review_queue import DESK


@access.require(*DESK)
def saved(request: HttpRequest) -> HttpResponse:
    """Show what this person keeps; do what the button said with it."""
    actor = access.actor(request)
    if request.method != "POST":
        return _page(request, actor, ViewName())
    form = ViewName(request.POST)
    if "verwijder" in request.POST:
        form.is_valid()
        saved_views.remove(view_id=form.cleaned_data["weergave"], by=actor)
        messages.success(request, "De weergave is verwijderd.")
        return redirect("authorizations:review-views")
    if not form.is_valid():
        return _page(request, actor, form)
    name = form.cleaned_data["naam"]
    try:
        if "hernoem" in request.POST:
            saved_views.rename(view_id=form.cleaned_data["weergave"], name=name, by=actor)
            messages.success(request, f"De weergave heet nu {name}.")
            return redirect("authorizations:review-views")
        chosen = _chosen(request, actor)
        saved_views.save(name=name, query=chosen, by=actor, now=timezone.now())
    except saved_views.NotAllowed as refusal:
        # Another name mends only that; what stands in the way otherwise is of no field.
        form.add_error("naam" if isinstance(refusal, saved_views.NameTaken) else None, str(refusal))
        return _page(request, actor, form)
    messages.success(request, f"De weergave {name} is bewaard.")
    return redirect(f"{reverse('authorizations:review-queue')}?{urlencode(chosen)}")


@access.require(*DESK)
def columns(request: HttpRequest) -> HttpResponse:
    """Choose which columns the queue shows to this person."""
    actor = access.actor(request)
    form = Columns(request.POST if request.method == "POST" else None, initial={"kolommen": desk.columns_of(actor)})
    if form.is_bound and form.is_valid():
        saved_views.choose_columns(columns=form.cleaned_data["kolommen"], by=actor)
        messages.success(request, "Uw kolommen zijn bewaard.")
        return redirect("authorizations:review-queue")
    return render(request, "authorizations/review/columns.html", {"form": form}, status=422 if form.errors else 200)


def _page(request: HttpRequest, actor: Actor, form: ViewName) -> HttpResponse:
    kept = list(desk.saved_views(actor))
    chosen = _chosen(request, actor) if request.GET else {}
    wrong = form["weergave"].value() if form.errors else None
    lines = [(view, urlencode(view.query), str(view.pk) == wrong) for view in kept]
    context = {
        "form": form,
        "kept": [
            (view, address, form["naam"].value() if is_wrong else view.name, is_wrong)
            for view, address, is_wrong in lines
        ],
        "query": urlencode(chosen),
        "most": MOST_VIEWS,
    }
    return render(request, "authorizations/review/views.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """Return what stands in the address and can be kept: choices and the view, never what was searched for."""
    form = QueueFilter(request.GET, medical=queries.can_see_content(actor), origins=desk.origins(actor))
    chosen = {name: value for name, value in form.chosen.items() if name != "zoek"}
    slug = request.GET.get("weergave", "")
    known = {view.slug for view in review_filters.views_for(actor, timezone.localdate())[1:]}
    return {**chosen, "weergave": slug} if slug in known else chosen
