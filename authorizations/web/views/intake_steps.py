"""One step of a draft: show it, save it as typed, and say what is wrong; and when two people saved, let one choose."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import intake_stay, words
from authorizations.domain.intake import STEPS, remarks
from authorizations.domain.obstacles import Obstacle
from authorizations.models import AuthorizationRequest
from authorizations.services import intake, signals, stay_codes
from authorizations.web import conflict, contracted, steps
from authorizations.web.forms.intake import FORMS, Context, StepForm
from authorizations.web.forms.simulator import BesideRequest
from authorizations.web.views.intake import button, writes
from ggz_codes.domain.choices import on
from ggz_codes.queries import choices
from kit import rows, text

TITLES = {step.code: step.title for step in STEPS}


@writes
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Show a step; a post saves it exactly as typed, also when it isn't right yet, and then goes on or says why not."""
    actor, now = access.actor(request), timezone.now()
    authorization = _draft(actor, reference, step)
    if not authorization.is_draft:
        messages.info(request, "Deze aanvraag is ingediend. U kunt haar niet meer invullen.")
        return redirect("authorizations:request-detail", authorization.reference)
    if request.method == "POST":
        return _post(request, authorization, step, by=actor, now=now)
    context = _context(authorization, step, by=actor, now=now)
    form = FORMS[step](authorization.answers.get(step) or None, context=context)
    if "terug" in request.GET:
        form.show(_of_step(authorization, step, by=actor, now=now))
    elif form.is_bound:
        _quiet(form)
    return _page(request, authorization, step, form, by=actor, now=now)


@button
def autosave(request: HttpRequest, reference: str, step: str) -> JsonResponse:
    """Save a step while someone is typing: 200 with the new version, 409 when somebody else was first."""
    actor, now = access.actor(request), timezone.now()
    authorization = _draft(actor, reference, step)
    form = FORMS[step](request.POST, context=_context(authorization, step, by=actor, now=now))
    try:
        saved = _save(authorization, step, form, request.POST, by=actor, now=now, tidy=False)
    except intake.NotAllowed as refusal:
        address = steps.url(authorization, step)
        compare = isinstance(refusal, intake.Conflict)
        return JsonResponse({"message": str(refusal), "url": address, "compare": compare}, status=409)
    at = date_format(timezone.localtime(now), "G.i")
    return JsonResponse({"draft_version": saved.draft_version, "saved_at": at})


def _post(
    request: HttpRequest, authorization: AuthorizationRequest, step: str, *, by: Actor, now: datetime
) -> HttpResponse:
    posted: Any = request.POST
    if "samenvoegen" in posted:
        chosen = {key.removeprefix("keuze-"): posted[key] for key in posted if key.startswith("keuze-")}
        posted = rows.as_posted(conflict.merge(text.typed(posted), authorization.answers.get(step, {}), chosen))
    form = FORMS[step](posted, context=_context(authorization, step, by=by, now=now))
    try:
        saved = _save(authorization, step, form, posted, by=by, now=now)
    except intake.Conflict as found:
        return _conflict(request, authorization, step, form, found, by=by, now=now)
    except intake.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("authorizations:request-detail", authorization.reference)
    saved.policy_version = authorization.policy_version
    if "later" in posted:
        messages.success(request, f"Uw concept {saved.reference} is bewaard.")
        return redirect("authorizations:dashboard")
    again = FORMS[step](posted, context=_context(saved, step, by=by, now=now))
    if form.pressed:
        _quiet(again)
        return _page(request, saved, step, again, by=by, now=now)
    wrong = _of_step(saved, step, by=by, now=now)
    if wrong:
        again.show(wrong)
        page = _page(request, saved, step, again, by=by, now=now)
        page.status_code = 422
        return page
    following = "" if "terug" in request.GET else steps.after(saved, step)
    return redirect(steps.url(saved, following))


def _save(
    authorization: AuthorizationRequest,
    step: str,
    form: StepForm,
    posted: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    tidy: bool = True,
) -> AuthorizationRequest:
    # A press on "add a row" is no wish to go on, but what stands there is saved all the same.
    typed = form.typed()
    reading = FORMS[step](typed, context=form.context) if form.pressed else form
    return intake.save_step(
        authorization_id=authorization.pk,
        step=step,
        data=typed,
        values=reading.values(),
        unread=reading.unread(step),
        draft_version=steps.version_of(posted),
        by=by,
        now=now,
        tidy=tidy,
        tab=steps.tab_of(posted),
    )


def _page(
    request: HttpRequest,
    authorization: AuthorizationRequest,
    step: str,
    form: StepForm,
    *,
    by: Actor,
    now: datetime,
) -> HttpResponse:
    back = "?terug=controle" if "terug" in request.GET else ""
    noted = authorization.step_notes.get(step, {}).get("at")
    doubts = [remark.message for remark in remarks(form.context.application) if remark.step == step]
    if step == "behandelplan":
        doubts += _doubts_about_code(form.context)
    elif step == "verblijf":
        doubts += stay_codes.doubts(form.context.application)
    log.shows(request, form.context.own.get("duplicates", ()))
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "form": form,
        "rows": next(iter(form.rows.values()), None),
        "title": TITLES[step],
        "doubts": [] if form.errors else doubts,
        "saved_at": noted and timezone.localtime(datetime.fromisoformat(noted)),
        "draft_version": authorization.draft_version,
        "tab": uuid.uuid4(),
        "action": steps.url(authorization, step) + back,
        "autosave_url": steps.autosave_url(authorization, step),
        "previous_url": steps.url(authorization, steps.before(authorization, step))
        if steps.before(authorization, step)
        else "",
        "policy": form.context.policy,
        "simulator": _simulator(form.context, authorization) if step == "behandelplan" else None,
        **steps.context(authorization, step),
    }
    return render(request, "authorizations/intake/step.html", context)


def _simulator(context: Context, authorization: AuthorizationRequest) -> BesideRequest:
    plan = context.application.plan
    return BesideRequest(
        slug=authorization.policy_version.slug,
        indication=authorization.indication,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )


def _doubts_about_code(context: Context) -> list[str]:
    """Say what may be wrong with the code; none of it stands in the way. Bron: R-03, R-27; Z-25 to Z-27."""
    plan, policy = context.application.plan, context.policy
    code = plan.code.upper()
    if not code or not plan.starts_on:
        return []
    found = []
    if code in policy.exemption.codes and not context.application.care.contracted:
        found.append(
            f"Voor {code} bij een intake is de eerste keer geen machtiging nodig. "
            "Is dit geen intake, of declareerde u al een van deze codes? Dan wel."
        )
    found += (
        f"Code {wrong} is op {words.day(plan.starts_on)} in onze lijst {standing.words.lower()}. Controleer de code."
        for wrong, standing in signals.doubtful_codes(code, plan.second_code, plan.starts_on)
    )
    return found


def _conflict(
    request: HttpRequest,
    authorization: AuthorizationRequest,
    step: str,
    form: StepForm,
    found: intake.Conflict,
    *,
    by: Actor,
    now: datetime,
) -> HttpResponse:
    typed = form.typed()
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "title": TITLES[step],
        "message": str(found),
        "theirs": found.theirs,
        "differences": conflict.differences(form, typed, found.theirs.typed),
        "typed": [(key, value) for key, several in typed.items() for value in several],
        "draft_version": found.theirs.draft_version,
        "action": request.get_full_path(),
        **steps.context(authorization, step),
    }
    return render(request, "authorizations/intake/conflict.html", context, status=409)


def _draft(actor: Actor, reference: str, step: str) -> AuthorizationRequest:
    requests = queries.fillable_by(actor).select_related("policy_version", "amends", "edited_by")
    authorization = get_object_or_404(requests, reference=reference)
    if step not in FORMS or not steps.has(authorization, step):
        raise Http404
    return authorization


def _context(authorization: AuthorizationRequest, step: str, *, by: Actor, now: datetime) -> Context:
    policy = queries.policy_of(authorization)
    application = intake.application_of(authorization)
    expected_on = intake.expected_on(authorization, now=now)
    own: dict[str, Any] = {}
    if step == "aanvraag":
        provider_id = authorization.on_paper_for_id or authorization.provider_id
        own["locations"] = list(accounts.locations(provider_id))
        day = authorization.planned_start_on or timezone.localdate(now)
        own["contract"] = contracted.said(
            provider_id=provider_id, insurer_id=authorization.insurer_id, policy=policy, on=day
        )
    elif step == "behandelplan":
        day = authorization.planned_start_on or timezone.localdate(now)
        own["codes"] = on(day, choices.msr())
        own["expected"] = words.day(expected_on)
    elif step == "verblijf":
        day = intake_stay.opening_day(application.plan, timezone.localdate(now))
        own |= {"codes": on(day, choices.ggz()), "zorgtypes": on(day, choices.zorgtypes())}
        own["expected"] = words.day(expected_on)
    elif step == "vervolg":
        own["grant"] = authorization.previous_id and queries.grant_of(authorization.previous_id)
    elif step == "toestemming":
        own["duplicates"] = intake.duplicates(authorization, application)
        own["profession"] = by.profession
        own["by"] = by
    return Context(authorization, policy, application, timezone.localdate(now), expected_on, own)


def _of_step(authorization: AuthorizationRequest, step: str, *, by: Actor, now: datetime) -> list[Obstacle]:
    return [found for found in intake.obstacles(authorization, by=by, now=now) if found.step == step]


def _quiet(form: StepForm) -> None:
    rows.quiet(form)
    for several in form.rows.values():
        for row in several.forms:
            rows.quiet(row)
        several._errors, several._non_form_errors = [{} for _ in several.forms], several.error_class()
