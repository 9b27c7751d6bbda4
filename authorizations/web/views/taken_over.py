"""Machtigingen of other insurers that hold here: the list, registering one, and one of them."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.web import access
from audit.domain.events import Subject
from audit.services.recording import pseudonym
from audit.web import log
from authorizations import queries
from authorizations.domain import identifiers, words
from authorizations.domain import taken_over as rules
from authorizations.domain.masking import masked_bsn
from authorizations.domain.terms import Indication
from authorizations.models import TakenOver
from authorizations.queries import titles
from authorizations.services import taken_over
from authorizations.web.forms.taken_over import Register, Remove
from authorizations.web.policies import insurer_choices
from authorizations.web.views.intake import policies_for
from authorizations.web.views.review_queue import DESK
from authorizations.web.views.subtrajects_lists import LOOKERS
from kit import downloads
from papers.services import downloads as files

ON_A_PAGE = 50
UNPROCESSABLE = 422


@require_safe
@access.require(*LOOKERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show those of the own organisation."""
    actor, today = access.actor(request), timezone.localdate()
    page = Paginator(titles.listed(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, page)
    context = {
        "page": page,
        "lines": [(one, rules.holds_on(one.starts_on, one.ends_on, today)) for one in page],
        **_seen_by(actor),
    }
    return render(request, "authorizations/taken_over/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*queries.FILING_ROLES, *DESK)
def register(request: HttpRequest) -> HttpResponse:
    """Write one down, with the paper that proves it."""
    actor, now = access.actor(request), timezone.now()
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = Register(*posted, policies=_policies(actor), staff=actor.is_insurer, today=timezone.localdate(now))
    if form.is_bound and form.is_valid():
        provider_id = _provider(form, actor)
        version = queries.policy_version_on(form.cleaned_data["policy"], timezone.localdate(now))
        if version is None:
            form.add_error("policy", "Dit beleid geldt vandaag niet meer. Open de pagina opnieuw.")
        elif provider_id is not None:
            try:
                made = taken_over.register(
                    provider_id=provider_id,
                    policy_version=version,
                    told=form.told,
                    initials=form.cleaned_data["initials"],
                    surname=form.cleaned_data["surname"],
                    indication=Indication(form.cleaned_data["indication"]),
                    evidence=form.proof,
                    by=actor,
                    now=now,
                )
            except taken_over.Incomplete as incomplete:
                form.refuse(incomplete.obstacles)
            except taken_over.NotAllowed as refusal:
                form.add_error("number", str(refusal))
            else:
                shown(request, [made])
                messages.success(request, f"Machtiging {made.number} van {made.from_insurer} is vastgelegd.")
                return redirect("authorizations:taken-over-one", made.pk)
    context = {"form": form, **_seen_by(actor)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/taken_over/register.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKERS)
def one(request: HttpRequest, title_id: int) -> HttpResponse:
    """Show one; who may register can remove it, with the reason."""
    actor = access.actor(request)
    found = titles.visible_to(actor).select_related("provider", "insurer", "registered_by", "evidence")
    title = get_object_or_404(found, pk=title_id)
    shown(request, [title])
    seen = _seen_by(actor)
    form = Remove(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not seen["can_register"]:
        raise Http404
    if form.is_bound and form.is_valid():
        try:
            taken_over.remove(title_id=title.pk, reason=form.cleaned_data["reason"], by=actor, now=timezone.now())
        except taken_over.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Machtiging {title.number} is verwijderd.")
            return redirect("authorizations:taken-over")
    context = {"title": title, "facts": _facts(title, can_read=seen["can_read"]), "form": form, **seen}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/taken_over/one.html", context, status=status)


@require_safe
@access.require(*LOOKERS)
def evidence(request: HttpRequest, title_id: int) -> HttpResponseBase:
    """Hand out the paper of the other insurer."""
    title = get_object_or_404(titles.with_content_for(access.actor(request)).select_related("evidence"), pk=title_id)
    shown(request, [title])
    try:
        return downloads.respond(files.original(title.evidence))
    except (files.NotAvailable, FileNotFoundError) as missing:
        raise Http404 from missing


def shown(request: HttpRequest, found: Iterable[TakenOver]) -> None:
    """Tell the log which of them the answer shows."""
    for title in found:
        log.about(
            request,
            Subject(
                reference=f"OM {title.number}",
                provider_id=title.provider_id,
                insurer_id=title.insurer_id,
                insured=pseudonym(title.bsn_hash),
            ),
        )


def _seen_by(actor: Actor) -> dict[str, bool]:
    return {
        "can_read": queries.can_see_content(actor),
        "can_register": actor.has(*taken_over.REGISTERERS),
        "is_provider": actor.is_provider,
    }


def _policies(actor: Actor) -> list[tuple[str, str]]:
    if actor.is_provider:
        return insurer_choices(policies_for(actor)[0])
    own = queries.policy_versions_on(timezone.localdate()).filter(insurer_id=actor.organization_id)
    return [(version.slug, version.title) for version in own]


def _provider(form: Register, actor: Actor) -> int | None:
    """Return the zorgaanbieder: the own one, or the one with the AGB code that staff typed."""
    if actor.is_provider:
        return actor.organization_id
    try:
        agb = identifiers.agb(form.cleaned_data["provider_agb"])
    except ValueError as wrong:
        form.add_error("provider_agb", str(wrong))
        return None
    found = accounts.providers().filter(agb_code=agb).first()
    if found is None:
        form.add_error("provider_agb", "Wij kennen geen zorgaanbieder met deze AGB-code. Controleer de code.")
        return None
    return int(found.pk)


def _facts(title: TakenOver, *, can_read: bool) -> list[tuple[str, str]]:
    facts = [
        ("Verzekeraar die haar gaf", title.from_insurer + (f" ({title.from_uzovi})" if title.from_uzovi else "")),
        ("Geldig", f"{words.day(title.starts_on)} tot en met {words.day(title.ends_on)}"),
        ("Zorgaanbieder", title.provider.name),
        ("Verzekeraar nu", title.insurer.name),
        ("Vastgelegd", f"{words.day(timezone.localdate(title.registered_at))}, {title.registered_by.full_name}"),
    ]
    if can_read:
        facts += [
            ("Patiënt", title.full_name),
            ("BSN", masked_bsn(title.bsn)),
            ("Waarvoor", title.get_indication_display()),
            ("Declaratiecode", title.declaratie_code or "Niet genoemd"),
        ]
    if title.removed_at:
        facts.append(("Verwijderd", words.day(timezone.localdate(title.removed_at))))
    return facts
