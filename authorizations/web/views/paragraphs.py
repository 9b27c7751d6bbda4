"""The insurer's own standard texts for decisions, with every version that there was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from authorizations.services import paragraphs as texts
from authorizations.web.forms.paragraphs import Paragraph, Stop
from kit import text as words

UNPROCESSABLE = 422


@access.require(Role.BEHEERDER)
def paragraphs(request: HttpRequest) -> HttpResponse:
    """Show the texts per policy; write one, write one anew (`?wijzig=`), or stop using one."""
    actor, now = access.actor(request), timezone.now()
    policies = texts.policies(actor)
    if request.method != "POST":
        return _page(request, actor, Paragraph(initial=_first(request, actor), policies=policies))
    if "stop" in request.POST:
        stop = Stop(request.POST)
        try:
            texts.stop(paragraph_id=stop.cleaned_data["paragraph"] or 0 if stop.is_valid() else 0, by=actor, now=now)
        except texts.NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "De alinea wordt niet meer aangeboden. De tekst blijft hieronder te lezen.")
        return redirect("authorizations:paragraphs")
    form = Paragraph(request.POST, policies=policies)
    if form.is_valid():
        data = form.cleaned_data
        try:
            texts.write(
                policy_slug=data["policy_slug"],
                place=data["place"],
                order=int(data["order"]),
                title=data["title"],
                text=data["text"],
                replaces_id=data["replaces"],
                by=actor,
                now=now,
            )
        except texts.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except texts.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De alinea is bewaard. Medisch adviseurs kunnen haar nu invoegen.")
            return redirect("authorizations:paragraphs")
    return _page(request, actor, form)


def _first(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """Return what the form begins with: the text that somebody wants to change, or the first place."""
    wanted = words.number(request.GET.get("wijzig", "")) or 0
    found = texts.of(actor).filter(pk=wanted, ended_at=None).first()
    if found is None:
        return {"order": 1}
    names = ("policy_slug", "place", "order", "title", "text")
    return {name: getattr(found, name) for name in names} | {"replaces": found.pk}


def _page(request: HttpRequest, actor: Actor, form: Paragraph) -> HttpResponse:
    every = list(texts.of(actor))
    titles = dict(texts.policies(actor))
    groups = [
        (titles.get(slug, slug), [one for one in every if one.policy_slug == slug and one.ended_at is None])
        for slug in titles
    ]
    context = {
        "form": form,
        "groups": groups,
        "ended": [one for one in every if one.ended_at],
        "is_change": bool(form["replaces"].value()),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/paragraphs/list.html", context, status=status)
