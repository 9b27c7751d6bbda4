"""
What an advisor typed on the desk and has not saved as a verdict, question, note or decision yet.

A draft decides nothing and nobody else sees it. It goes when its form is saved, and when the request is closed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.domain.actors import Actor
from authorizations.domain.lifecycle import OPEN, Status
from authorizations.models import AuthorizationRequest, DeskDraft
from authorizations.services import lifecycle, review
from kit import text

NotAllowed = lifecycle.NotAllowed

DECISION, QUESTIONS, NOTE, OPINION = "besluit", "vragen", "notitie", "tweede-oordeel"
CRITERION = "criterium-"
SEEN = {DECISION: "seen", OPINION: "seen"}
LONGEST = 200_000


def keep(authorization: AuthorizationRequest, form: str, data: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """
    Keep a form as it was typed, over what was kept of it before. What wasn't typed but sent along is left out.

    Something that isn't one of our pages (it doesn't say what it showed) is not kept: it would take the place of what
    the next page begins with.

    :raises NotAllowed: for who may not judge this request, for a form that the desk doesn't have, when it is closed, or
        when it is longer than people type
    """
    review.require_advisor(authorization, by)
    if Status(authorization.status) not in OPEN:
        raise NotAllowed(f"Dat kan niet meer. De status is nu: {authorization.get_status_display().lower()}.")
    if form not in forms(authorization):
        raise NotAllowed("Dit formulier hoort niet bij deze aanvraag.")
    typed = text.typed(data)
    control = form.removeprefix(CRITERION) + "-version" if form.startswith(CRITERION) else SEEN.get(form, "")
    if control and control not in typed:
        return
    shown = typed.pop(control, [""])[0]
    if form.startswith(CRITERION):
        typed[control] = [_version(authorization, form.removeprefix(CRITERION), shown)]
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        raise NotAllowed("Deze tekst is te lang om te bewaren.")
    DeskDraft.objects.update_or_create(
        authorization=authorization, user_id=by.user_id, form=form, defaults={"data": typed, "saved_at": now}
    )


def _version(authorization: AuthorizationRequest, criterion: str, shown: str) -> str:
    """Return the version of the verdict that was typed over: what the page says when that once was one, or else now."""
    saved = review.assessments(authorization).get(criterion)
    newest, said = saved.version if saved else 0, text.number(shown)
    return str(newest if said is None else min(said, newest))


def find(authorization: AuthorizationRequest, *, by: Actor) -> dict[str, DeskDraft]:
    """Return what this person typed about this request, by form."""
    found = DeskDraft.objects.filter(authorization=authorization, user_id=by.user_id)
    return {draft.form: draft for draft in found}


def forget(authorization: AuthorizationRequest, form: str, *, by: Actor) -> None:
    """Let a draft go: its form was saved."""
    DeskDraft.objects.filter(authorization=authorization, user_id=by.user_id, form=form).delete()


def forms(authorization: AuthorizationRequest) -> set[str]:
    """Return the forms of which a draft can be kept."""
    judged = {CRITERION + one.code for one in review.criteria(authorization) if not one.locked}
    return judged | {DECISION, QUESTIONS, NOTE, OPINION}
