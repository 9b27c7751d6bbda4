"""What stands in the way of each outcome, on the page of a decision: it follows what was typed and kept."""

from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from authorizations.domain import privacyverklaring
from authorizations.domain import review as rules
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Outcome
from authorizations.services import decisions
from authorizations.web.forms.review_decide import Decide
from authorizations.web.views.review_case import Case

Standing = list[tuple[Outcome, list[dict[str, str]]]]


def at_first(case: Case, first: decisions.Choice) -> Standing:
    """Return per outcome what stands in its way now, before anything is typed."""
    choices = {
        one: replace(first, outcome=one, grant=None if one is Outcome.DENIED else first.grant) for one in Outcome
    }
    # what is granted is still to be filled in
    return _standing(case, choices, but="grant_is_whole")


def typed(case: Case, posted: Any) -> Standing:
    """Return per outcome what stands in its way with what was typed on the page."""
    form = Decide(posted, asked=rules.asked_hours(case.application), kind=case.kind)
    form.full_clean()
    return _standing(case, {outcome: form.choice_as(outcome) for outcome in Outcome})


def parts(case: Case, posted: Any) -> dict[str, str]:
    """Return the part of the page that says so, by its id; nothing for who may not decide here."""
    if case.why_not_decide:
        return {}
    context = {"standing": typed(case, posted)}
    return {"nog-nodig": render_to_string("authorizations/review/_standing.html", context)}


def problem(obstacle: Obstacle, reference: str, case: Case | None = None) -> dict[str, str]:
    """Return an obstacle as words, and the place where it is mended."""
    page = reverse("authorizations:review-detail", args=[reference])
    if obstacle.step == "document":
        numbers = {str(one.pk): number for number, one in enumerate(case.documents if case else [], start=1)}
        shown = f"?doc={numbers[obstacle.field]}#pagina" if obstacle.field in numbers else "#documenten"
        return {"message": obstacle.message, "href": page + shown}
    if obstacle.step == "verloop":
        return {"message": obstacle.message, "href": f"{page}?toon=verloop#pagina"}
    if obstacle.step == "criteria":
        chosen = f"?criterium={obstacle.field}#criterium-{obstacle.field}" if obstacle.field else "#criteria"
        return {"message": obstacle.message, "href": page + chosen}
    if obstacle.step == privacyverklaring.CHECK:
        return {
            "message": obstacle.message,
            "href": reverse("authorizations:review-privacyverklaring", args=[reference]),
        }
    if obstacle.step == "vragen":
        return {"message": obstacle.message, "href": f"{page}?toon=vragen#pagina"}
    if obstacle.code == "signatory_without_big":
        return {"message": obstacle.message, "href": reverse("accounts:profile")}
    field = {"grant": "declaratie_code"}.get(obstacle.field, obstacle.field)
    if field == "hours":
        return {"message": obstacle.message, "href": "#uren"}
    anchors = {"starts_on": "id_starts_on_0", "ends_on": "id_ends_on_0", "outcome": "id_outcome_0"}
    return {"message": obstacle.message, "href": f"#{anchors.get(field, 'id_' + field)}" if field else ""}


def _standing(case: Case, choices: dict[Outcome, decisions.Choice], *, but: str = "") -> Standing:
    reference = case.authorization.reference
    return [
        (
            outcome,
            [
                problem(obstacle, reference)
                for obstacle in decisions.obstacles(case.authorization, choice, by=case.actor, now=case.now)
                if obstacle.code != but
            ],
        )
        for outcome, choice in choices.items()
    ]
