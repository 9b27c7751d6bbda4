"""The policies of the own insurer: read them, write the next version, replay closed requests, and publish."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import policy_changes, policy_text
from authorizations.domain.policy import Policy
from authorizations.models import PolicyDraft, PolicyVersion
from authorizations.queries import policy_drafts as asked
from authorizations.services import policy_drafts, replays
from authorizations.services.lifecycle import NotAllowed
from authorizations.web import policies
from authorizations.web.forms import policies as forms

reads = access.require(*sorted(asked.READERS))
keeps = access.require(Role.BEHEERDER)
PARTS: dict[str, tuple[str, str, type[forms.Part]]] = {
    "termijnen": ("terms", "Termijnen", forms.Terms),
    "criterium": ("criteria", "Criterium", forms.Criterion),
    "document": ("checklist", "Document", forms.ChecklistRow),
    "contact": ("contacts", "Contact", forms.Contact),
}
"""The parts that have a form: where they stand in a policy, what they are called, and the form."""


@require_safe
@reads
def overview(request: HttpRequest) -> HttpResponse:
    """Name every version of every policy, and what is being written."""
    actor = access.actor(request)
    context = {
        "versions": list(asked.versions_of(actor)),
        "drafts": list(asked.drafts_of(actor).filter(published=None)),
        "keeps": actor.has(Role.BEHEERDER),
    }
    return render(request, "authorizations/policies/list.html", context)


@require_safe
@reads
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show a version to be read, and what differs from another one."""
    actor = access.actor(request)
    found = get_object_or_404(asked.versions_of(actor), pk=version_id)
    others = list(asked.versions_of(actor).filter(slug=found.slug).exclude(pk=found.pk))
    context = {
        "version": found,
        "policy": queries.policy(found),
        "others": others,
        "keeps": actor.has(Role.BEHEERDER),
        **_beside(found, others, request.GET.get("met", "")),
    }
    return render(request, "authorizations/policies/version.html", context)


@require_POST
@keeps
def begin(request: HttpRequest, version_id: int) -> HttpResponse:
    """Begin the next version from this one."""
    actor = access.actor(request)
    get_object_or_404(asked.versions_of(actor), pk=version_id)
    draft = policy_drafts.begin(version_id=version_id, by=actor, now=timezone.now())
    return redirect("authorizations:policy-draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show what is written, with what is wrong and what differs; keep what was typed, also when it isn't whole."""
    actor = access.actor(request)
    found = _draft(actor, draft_id)
    form = forms.Text(
        request.POST or None, request.FILES or None, initial={"tekst": found.text, "versie": found.version}
    )
    if form.is_bound and form.is_valid():
        saved = _do(
            form,
            lambda: policy_drafts.save(
                draft_id=found.pk,
                text=form.cleaned_data["tekst"],
                version=form.cleaned_data["versie"] or 0,
                by=actor,
                now=timezone.now(),
            ),
        )
        if saved:
            messages.success(request, "Het concept is bewaard.")
            return redirect("authorizations:policy-draft", found.pk)
    context = {"draft": found, "form": form, **_judged(found)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "authorizations/policies/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def part(request: HttpRequest, draft_id: int, part: str, number: int) -> HttpResponse:
    """Change one part of what is written by its form: the terms, a criterion, a document or a contact."""
    actor = access.actor(request)
    found = _draft(actor, draft_id)
    if part not in PARTS:
        raise Http404
    name, title, kind = PARTS[part]
    try:
        whole = policy_text.parsed(found.text)
    except policy_text.Wrong as wrong:
        messages.warning(request, f"Verbeter eerst de tekst. {wrong}")
        return redirect("authorizations:policy-draft", found.pk)
    listed = name != "terms"
    rows = whole.get(name, [])
    if listed and not 1 <= number <= len(rows) + 1:
        raise Http404
    is_new = listed and number > len(rows)
    values = ({"required": True} if is_new else {"required": True, **rows[number - 1]}) if listed else rows
    form = kind(request.POST or None, values=values)
    removes = "verwijder" in request.POST and listed and not is_new
    if form.is_bound and (removes or form.is_valid()):
        given = None if removes else form.values

        def save() -> PolicyDraft:
            text = (
                policy_text.with_row(found.text, name, number, given)
                if listed
                else policy_text.with_table(found.text, name, given or {})
            )
            return policy_drafts.save(draft_id=found.pk, text=text, version=found.version, by=actor, now=timezone.now())

        if _do(form, save):
            messages.success(request, "Het concept is bewaard.")
            return redirect("authorizations:policy-draft", found.pk)
    context = {"draft": found, "form": form, "title": title, "is_new": is_new, "removable": listed and not is_new}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "authorizations/policies/part.html", context, status=status)


@require_POST
@keeps
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Remove a draft."""
    actor = access.actor(request)
    found = _draft(actor, draft_id)
    policy_drafts.discard(draft_id=found.pk, by=actor)
    messages.success(request, "Het concept is verwijderd.")
    return redirect("authorizations:policies")


@require_http_methods(["GET", "HEAD", "POST"])
@reads
def replay(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show what a replay of closed requests found; start one."""
    actor = access.actor(request)
    found = _draft(actor, draft_id)
    if request.method == "POST":
        try:
            replays.start(draft_id=found.pk, by=actor, now=timezone.now())
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("authorizations:policy-replay", found.pk)
    last = asked.last_replay(found)
    context: dict[str, Any] = {
        "draft": found,
        "replay": last,
        "keeps": actor.has(Role.BEHEERDER),
        "most": asked.MOST,
        "is_old": last is not None and last.draft_version != found.version,
    }
    if last and last.ended_at:
        references = asked.changed_by(last, actor)
        base = queries.policy(found.based_on)
        context |= {
            "outcomes": list(policies.outcomes(asked.found_by(last), references, [base, *_readable(found)])),
            "references": sorted({one for some in references.values() for one in some}),
            "medical": queries.can_see_content(actor),
        }
        log.shows(request, context["references"])
    return render(request, "authorizations/policies/replay.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Publish a draft from a day on."""
    actor = access.actor(request)
    found = _draft(actor, draft_id)
    form = forms.Publish(request.POST or None, initial={"versie": found.version})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        publication = policy_drafts.Publication(given["naam"], given["vanaf"])
        for obstacle in policy_drafts.obstacles(found, publication, today=timezone.localdate()):
            form.add_error({"versie": "naam"}.get(obstacle.field, obstacle.field) or None, obstacle.message)
        made = form.is_valid() and _do(
            form,
            lambda: policy_drafts.publish(
                draft_id=found.pk, publication=publication, version=given["versie"] or 0, by=actor, now=timezone.now()
            ),
        )
        if made:
            messages.success(request, f"Versie {given['naam']} is gepubliceerd.")
            return redirect("authorizations:policy-version", made.pk)
    context = {"draft": found, "form": form, **_judged(found)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "authorizations/policies/publish.html", context, status=status)


def _draft(actor: Actor, draft_id: int) -> PolicyDraft:
    found: PolicyDraft = get_object_or_404(asked.drafts_of(actor).filter(published=None), pk=draft_id)
    return found


def _do(form: Any, act: Callable[[], Any]) -> Any:
    """Return what came of it, or put the refusal above the form."""
    try:
        return act()
    except (NotAllowed, policy_text.Wrong) as refusal:
        form.add_error(None, str(refusal))
        return None


def _readable(found: PolicyDraft) -> list[Policy]:
    try:
        return [policy_text.read(found.text)]
    except policy_text.Wrong:
        return []


def _judged(found: PolicyDraft) -> dict[str, Any]:
    """Return what is wrong with a draft, or what it changes."""
    base = queries.policy(found.based_on)
    try:
        new = policy_text.read(found.text)
    except policy_text.Wrong as wrong:
        return {"wrong": wrong, "policy": None}
    before = policies.text_of(base)
    return {
        "wrong": None,
        "policy": new,
        "changes": policy_changes.between(base, new) if base != new else [],
        "differences": policies.differences(before, policies.text_of(new)),
        "replay": asked.last_replay(found),
    }


def _beside(found: PolicyVersion, others: list[PolicyVersion], chosen: str) -> dict[str, Any]:
    """Return what differs from the version that was chosen, or from none."""
    other = next((one for one in others if str(one.pk) == chosen), None)
    if other is None:
        return {"other": None}
    old, new = queries.policy(other), queries.policy(found)
    return {
        "other": other,
        "changes": policy_changes.between(old, new),
        "differences": policies.differences(policies.text_of(old), policies.text_of(new)),
    }
