"""The worklist of what providers told: take it up, answer, and round it off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.roles import Role
from accounts.web import access
from authorizations.domain import notices as rules
from authorizations.domain.notices import CeilingStatus
from authorizations.models import CeilingNotice
from authorizations.queries import notices as found
from authorizations.services import notices
from authorizations.web.forms.notices import AnswerProvider
from authorizations.web.views.notices import badge_of, course_of, facts_of, level_badge

UNPROCESSABLE = 422
ON_A_PAGE = 50
ANSWER = "answer"
# What a button does, and what is said afterwards.
DOES: dict[str, tuple[Callable[..., Any], str]] = {
    "take": (notices.take, "U heeft deze melding opgepakt."),
    "release": (notices.release, "De melding staat weer op de lijst."),
    "close": (notices.close, "De melding is afgerond."),
}


@require_safe
@access.require(*sorted(found.DESK_ROLES))
def listed(request: HttpRequest) -> HttpResponse:
    """Show what must be followed up, the oldest on top; or what was rounded off."""
    actor, closed = access.actor(request), request.GET.get("toon") == "afgerond"
    page = Paginator(found.listed(actor, closed=closed), ON_A_PAGE).get_page(request.GET.get("pagina"))
    lines = [(one, badge_of(one), level_badge(one)) for one in page]
    context = {"page": page, "closed": closed, "lines": lines, "me": actor.user_id}
    return render(request, "authorizations/notices/worklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(found.DESK_ROLES))
def handle(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show one notice, and take what this person does about it: a button for each."""
    actor, now = access.actor(request), timezone.now()
    notice = get_object_or_404(found.whole(actor), pk=notice_id)
    answers = request.method == "POST" and ANSWER in request.POST
    form = AnswerProvider(request.POST if answers else None)
    try:
        if answers and form.is_valid():
            notices.answer(notice_id=notice.pk, words=form.cleaned_data["answer"], by=actor, now=now)
            messages.success(request, "Uw antwoord is verstuurd. De zorgaanbieder krijgt bericht.")
            return redirect("authorizations:review-ceiling", notice.pk)
        if request.method == "POST" and not answers:
            does, said = DOES.get(request.POST.get("doe", ""), (None, ""))
            if does:
                does(notice_id=notice.pk, by=actor, now=now)
                messages.success(request, said)
            return redirect("authorizations:review-ceiling", notice.pk)
    except notices.NotAllowed as refusal:
        if not answers:
            messages.error(request, str(refusal))
            return redirect("authorizations:review-ceiling", notice.pk)
        form.add_error(None, str(refusal))
    return _page(request, notice, form, is_coordinator=actor.has(Role.COORDINATOR), user_id=actor.user_id)


def _page(
    request: HttpRequest, notice: CeilingNotice, form: AnswerProvider, *, is_coordinator: bool, user_id: int
) -> HttpResponse:
    steps = rules.possible(rules.CEILING_STEPS, status=CeilingStatus(notice.status), by=rules.INSURER)
    may = is_coordinator or notice.taken_by_id in (None, user_id)
    provider = notice.provider
    context = {
        "notice": notice,
        "badge": badge_of(notice),
        "level": level_badge(notice),
        "facts": facts_of(notice, ("Zorgaanbieder", f"{provider.name}, AGB-code {provider.agb_code}")),
        "events": course_of(notice),
        "can": {name: True for name in steps if may},
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/notices/handle.html", context, status=status)
