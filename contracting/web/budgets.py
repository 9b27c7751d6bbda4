"""Budgets of GGZ providers: the insurer notes them and asks who may declare; a provider sees its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries as accounts
from accounts.web import access
from contracting.queries import budgets as asked
from contracting.queries.register import KEEPERS
from contracting.services import budgets
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.web.doors import keeps, reads, status_of
from contracting.web.forms_budgets import Ask, Note, Withdraw

MOST = 500


@require_safe
@reads
def listed(request: HttpRequest) -> HttpResponse:
    """Show the budgets; to who keeps them also the question whether a provider may declare binnen budget."""
    actor = access.actor(request)
    found = list(asked.visible_to(actor)[:MOST])
    behalf = asked.delegates_of(found)
    is_keeper = actor.has(*KEEPERS)
    form = Ask(request.GET if "agb" in request.GET else None) if is_keeper else None
    context: dict[str, object] = {
        "budgets": [(one, behalf.get(one.pk, [])) for one in found],
        "form": form,
        "keeps": is_keeper,
        "ruling": None,
    }
    if form and form.is_bound and form.is_valid():
        agb, day = form.cleaned_data["agb"], form.cleaned_data["day"]
        provider = accounts.providers().filter(agb_code=agb).first()
        context["ruling"] = asked.ruling(provider.pk if provider else 0, actor.organization_id, day)
        context["about"] = f"{provider.name if provider else f'AGB-code {agb}'}, {day.day}-{day.month}-{day.year}"
    return render(request, "contracting/budget/list.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def note(request: HttpRequest) -> HttpResponse:
    """Note a budget."""
    today = timezone.localdate()
    form = Note(request.POST) if request.method == "POST" else Note(initial={"year": today.year})
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("agb_code", "name", "on_behalf")}
        try:
            budgets.note(noted=form.noted, by=access.actor(request), now=timezone.now(), **given)
        except Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het budget is vastgelegd.")
            return redirect("contracting:budgets")
    return render(request, "contracting/budget/note.html", {"form": form}, status=status_of(form))


@require_POST
@keeps
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw what was wrong."""
    form = Withdraw(request.POST)
    try:
        if not form.is_valid():
            raise NotAllowed("Schrijf in hoogstens 300 tekens op waarom u dit budget intrekt.")
        budgets.withdraw(
            budget_id=form.cleaned_data["budget"] or 0, because=form.cleaned_data["because"],
            by=access.actor(request), now=timezone.now(),
        )  # fmt: skip
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het budget is ingetrokken. Het blijft te lezen, met de reden.")
    return redirect("contracting:budgets")
