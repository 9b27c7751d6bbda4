"""What a provider tells of a zorgtraject: that it began, what was done, that it is finished, what was declared."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.actors import Actor
from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations import queries
from authorizations.domain import kinds, words
from authorizations.domain.subtrajects import DotZorgtype
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Grant, Subtraject, Zorgactiviteit, Zorgtraject
from authorizations.queries import courses, titles
from authorizations.queries import subtrajects as asked
from authorizations.services import intake, subtrajects, vervolg
from authorizations.services.lifecycle import NotAllowed
from authorizations.web import activity_codes, steps
from authorizations.web.forms import subtrajects as forms
from authorizations.web.forms import subtrajects_end
from authorizations.web.views.following import key_of
from authorizations.web.views.intake import MOST_GRANTS, policies_for
from authorizations.web.views.subtrajects_lists import own, posted, shown
from kit import rows

tells = access.require(*sorted(queries.FILING_ROLES))
PAGE = "authorizations/subtrajects/tell.html"


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a zorgtraject with its first subtraject, perhaps under a machtiging."""
    actor = access.actor(request)
    every, _others = policies_for(actor)
    policies = {slug: policy for slug, policy in every.items() if kinds.in_subtrajects(policy.kinds)}
    grants = list(queries.grants(actor)[:MOST_GRANTS])
    log.shows(request, [grant.authorization.reference for grant in grants])
    form = forms.Begin(
        request.POST if request.method == "POST" else None,
        policies=policies,
        grants=[
            (one.number, f"{one.number}, {one.authorization.insured.short_name}, tot en met {words.day(one.ends_on)}")
            for one in grants
        ],
        valid_on=queries.policy_version_on,
        grant_numbered=lambda number: titles.numbered(actor, number),
        known_otherwise=lambda bsn, birth_date: courses.known_otherwise(actor, bsn, birth_date),
        today=timezone.localdate(),
        initial=_initial(request, actor, policies, grants=[one.number for one in grants]),
    )
    if form.pressed:
        return render(request, "authorizations/subtrajects/begin.html", {"form": rows.quiet(form)})
    if request.method == "POST" and form.is_valid() and form.version:
        try:
            traject = _begin(form, by=actor)
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            shown(request, [traject])
            messages.success(request, f"Zorgtraject {traject.number} is begonnen.")
            return redirect("authorizations:traject", traject.pk)
    return render(request, "authorizations/subtrajects/begin.html", {"form": form}, status=422 if form.errors else 200)


def _begin(form: forms.Begin, *, by: Actor) -> Zorgtraject:
    given, version = form.cleaned_data, form.version
    assert version and version.insurer_id  # noqa: S101 (found by the form)
    return subtrajects.begin(
        number=given["number"],
        insurer_id=version.insurer_id,
        policy_version=version,
        indication=Indication(given["indication"]),
        patient=subtrajects.Patient(**form.patient()),
        opened_on=given["opened_on"],
        zorgtype=DotZorgtype(given["zorgtype"]),
        granted=form.granted,
        diagnosis=given["diagnosis_code"],
        privacyverklaring=given["privacyverklaring"],
        by=by,
        now=timezone.now(),
    )


def _initial(request: HttpRequest, actor: Actor, policies: Mapping[str, Any], *, grants: list[str]) -> dict[str, Any]:
    """Take along what a machtiging says, when its page led here."""
    given: dict[str, Any] = {"zorgtype": DotZorgtype.FIRST.value}
    if len(policies) == 1:
        given["policy"] = next(iter(policies))
    number = request.GET.get("machtiging", "")[:20]
    granted: Grant | None = courses.grant_numbered(actor, number) if number else None
    if granted:
        authorization = granted.authorization
        content = intake.application_of(authorization)
        given |= {
            "grant" if granted.number in grants else "grant_number": granted.number,
            "policy": authorization.policy_version.slug,
            "indication": authorization.indication,
            "diagnosis_code": content.referral.diagnosis_code,
            "privacyverklaring": authorization.without_diagnosis,
            "number": content.follow_up.zorgtrajectnummer,
        }
    return given


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def register(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Write down what was done; a code that isn't in our list is asked about first."""
    traject = _own(request, traject_id)
    form = forms.Activity(posted(request))
    entry = _entry(request, form)

    def write(by: Actor) -> str:
        assert entry  # noqa: S101 (only of a form that is right)
        activity = subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=by, now=timezone.now())
        return f"De activiteit van {words.day(activity.performed_on)} is vastgelegd."

    texts = {"title": "Activiteit vastleggen", "button": "Leg vast", "again": True} | activity_codes.to_choose(form)
    return _tell(request, traject, form, write if entry else None, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def correct(request: HttpRequest, traject_id: int, activity_id: int) -> HttpResponse:
    """Put another activity in the place of one that was wrong, with the reason."""
    traject, activity = _activity(request, traject_id, activity_id)
    kept = {name: getattr(activity, name) for name in ("performed_on", "code", "discipline", "units", "profile_class")}
    form = forms.Correction(posted(request), initial=kept)
    entry = _entry(request, form, known=activity.code)

    def write(by: Actor) -> str:
        assert entry  # noqa: S101 (only of a form that is right)
        reason = form.cleaned_data["reason"]
        subtrajects.correct(activity_id=activity.pk, entry=entry, reason=reason, by=by, now=timezone.now())
        return f"De activiteit van {words.day(activity.performed_on)} is verbeterd. De oude blijft te lezen."

    texts = {"title": "Activiteit verbeteren", "button": "Verbeter"} | activity_codes.to_choose(form)
    return _tell(request, traject, form, write if entry else None, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def remove(request: HttpRequest, traject_id: int, activity_id: int) -> HttpResponse:
    """Let an activity count no longer, with the reason."""
    traject, activity = _activity(request, traject_id, activity_id)
    form = forms.Reason(posted(request))

    def write(by: Actor) -> str:
        reason = form.cleaned_data["reason"]
        subtrajects.remove(activity_id=activity.pk, reason=reason, by=by, now=timezone.now())
        return f"De activiteit van {words.day(activity.performed_on)} telt niet meer mee. Zij blijft te lezen."

    texts = {
        "title": "Activiteit verwijderen",
        "button": "Verwijder de activiteit",
        "intro": f"U verwijdert {activity.code} van {words.day(activity.performed_on)}. "
        "De sluitdatum kan daardoor veranderen.",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def finish(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Say on which day treatment was finished."""
    traject = _own(request, traject_id)
    form = subtrajects_end.Finish(posted(request))

    def write(by: Actor) -> str:
        finished_on = form.cleaned_data["finished_on"]
        subtrajects.finish(zorgtraject_id=traject.pk, finished_on=finished_on, by=by, now=timezone.now())
        return f"De behandeling is klaar op {words.day(finished_on)}."

    texts = {
        "title": "De behandeling is klaar",
        "button": "Leg vast",
        "intro": "Het subtraject van die dag sluit dan, zoals het beleid van de verzekeraar zegt.",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def correct_finish(request: HttpRequest, traject_id: int, subtraject_id: int) -> HttpResponse:
    """Say that treatment was finished on another day than was told, or wasn't finished."""
    traject, row = _row(request, traject_id, subtraject_id)
    form = subtrajects_end.FinishCorrection(posted(request), initial={"finished_on": row.finished_on})

    def write(by: Actor) -> str:
        finished_on, reason = form.cleaned_data["finished_on"], form.cleaned_data["reason"]
        subtrajects.correct_finish(
            subtraject_id=row.pk, finished_on=finished_on, reason=reason, by=by, now=timezone.now()
        )
        return (
            f"De behandeling is klaar op {words.day(finished_on)}." if finished_on else "De behandeling is niet klaar."
        )

    texts = {
        "title": "Afronding verbeteren",
        "button": "Verbeter",
        "intro": f"Dit is het subtraject van {words.day(row.opened_on)}. De sluitdatum kan veranderen.",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def died(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Say on which day the patient died, or that it wasn't so."""
    traject = _own(request, traject_id)
    form = subtrajects_end.Died(posted(request), died_on=traject.died_on)

    def write(by: Actor) -> str:
        given = form.cleaned_data
        subtrajects.died(
            zorgtraject_id=traject.pk,
            died_on=given["died_on"],
            reason=given.get("reason", ""),
            by=by,
            now=timezone.now(),
        )
        return "De dag van overlijden is vastgelegd." if given["died_on"] else "De dag van overlijden is weggehaald."

    texts = {
        "title": "Overlijden verbeteren" if traject.died_on else "Overlijden vastleggen",
        "button": "Verbeter" if traject.died_on else "Leg vast",
        "intro": "Bij sommige verzekeraars sluit het subtraject op die dag.",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def link(request: HttpRequest, traject_id: int, subtraject_id: int) -> HttpResponse:
    """Say under which machtiging a subtraject falls."""
    traject, row = _row(request, traject_id, subtraject_id)
    actor = access.actor(request)
    kept, grants = titles.of(row), titles.of_patient(actor, traject)
    log.shows(request, [one.authorization.reference for one in grants if isinstance(one, Grant)])
    form = forms.UnderGrant(
        posted(request),
        grants=[
            (one.number, f"{one.number}, {words.day(one.starts_on)} tot en met {words.day(one.ends_on)}")
            for one in grants
        ],
        now=kept.number if kept else "",
        grant_numbered=lambda number: titles.numbered(actor, number),
    )

    def write(by: Actor) -> str:
        subtrajects.link(subtraject_id=row.pk, granted=form.granted, by=by, now=timezone.now())
        told = f"valt onder machtiging {form.granted.number}" if form.granted else "valt onder geen machtiging"
        return f"Het subtraject van {words.day(row.opened_on)} {told}."

    texts = {
        "title": "Machtiging koppelen",
        "button": "Koppel",
        "intro": f"Onder welke machtiging valt het subtraject van {words.day(row.opened_on)}? "
        "U ziet daarna hoeveel uren er zijn gebruikt van wat is toegekend.",
    }
    return _tell(request, traject, form, write, texts)


@require_POST
@tells
def declare(request: HttpRequest, traject_id: int, subtraject_id: int) -> HttpResponse:
    """Say that a subtraject was declared."""
    traject, row = _row(request, traject_id, subtraject_id)
    try:
        subtrajects.declare(subtraject_id=row.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Het subtraject van {words.day(row.opened_on)} is gedeclareerd en ligt nu vast.")
    return redirect("authorizations:traject", traject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def take_back(request: HttpRequest, traject_id: int, subtraject_id: int) -> HttpResponse:
    """Say that a declaration was taken back, with the reason."""
    traject, row = _row(request, traject_id, subtraject_id)
    form = forms.Reason(posted(request))

    def write(by: Actor) -> str:
        reason = form.cleaned_data["reason"]
        subtrajects.take_back(subtraject_id=row.pk, reason=reason, by=by, now=timezone.now())
        return "De declaratie is teruggenomen. Het subtraject volgt weer uit wat er is vastgelegd."

    texts = {
        "title": "Declaratie terugnemen",
        "button": "Neem de declaratie terug",
        "intro": f"U nam de declaratie van het subtraject van {words.day(row.opened_on)} terug bij de verzekeraar. "
        "Wij rekenen het subtraject dan opnieuw uit.",
    }
    return _tell(request, traject, form, write, texts)


@require_POST
@tells
def follow_up(request: HttpRequest, traject_id: int, subtraject_id: int) -> HttpResponse:
    """Begin a vervolgaanvraag in one click, filled in with what is known."""
    traject, row = _row(request, traject_id, subtraject_id)
    try:
        draft = vervolg.begin(
            subtraject_id=row.pk, by=access.actor(request), creation_key=key_of(request), now=timezone.now()
        )
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
        return redirect("authorizations:traject", traject.pk)
    log.shows(request, [draft.reference])
    if not draft.is_draft:
        return redirect("authorizations:request-detail", draft.reference)
    return redirect(steps.url(draft, steps.first(draft)))


# -- what these have in common ---------------------------------------------------------------------------------------


def _tell(
    request: HttpRequest,
    traject: Zorgtraject,
    form: forms.Told,
    write: Callable[[Actor], str] | None,
    texts: Mapping[str, Any],
) -> HttpResponse:
    """Show a form; when it is right, let `write` do it and go back; what is refused stands at its field."""
    if form.is_bound and form.is_valid() and write:
        try:
            said = write(access.actor(request))
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            if "nog" in request.POST:
                return redirect("authorizations:activity-register", traject.pk)
            return redirect("authorizations:traject", traject.pk)
    context = {"traject": traject, "form": form, "unknown": getattr(form, "unknown", ""), **texts}
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _entry(request: HttpRequest, form: forms.Activity, *, known: str = "") -> subtrajects.Entry | None:
    """Return the activity as the service takes it; None while something is wrong or is to be confirmed first."""
    if not form.is_bound or not form.is_valid():
        return None
    given = form.cleaned_data
    code = given["code"]
    sure = code in (known, request.POST.get("onbekend"))
    if not sure and (doubt := activity_codes.doubt(code, given["performed_on"])):
        form.unknown = code
        form.add_error("code", f"{doubt} Controleer de code. Klopt zij? Ga dan onderaan verder met deze code.")
        return None
    return subtrajects.Entry(
        code=code,
        performed_on=given["performed_on"],
        discipline=Discipline(given["discipline"]),
        units=given["units"],
        profile_class=given["profile_class"],
    )


def _own(request: HttpRequest, traject_id: int) -> Zorgtraject:
    return own(request, asked.kept_by(access.actor(request)), traject_id)


def _activity(request: HttpRequest, traject_id: int, activity_id: int) -> tuple[Zorgtraject, Zorgactiviteit]:
    traject = _own(request, traject_id)
    return traject, get_object_or_404(asked.activities(traject), pk=activity_id)


def _row(request: HttpRequest, traject_id: int, subtraject_id: int) -> tuple[Zorgtraject, Subtraject]:
    traject = _own(request, traject_id)
    return traject, get_object_or_404(traject.subtrajects.all(), pk=subtraject_id)
