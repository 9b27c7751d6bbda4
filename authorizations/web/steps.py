"""The steps of a request beside its form."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from authorizations import queries
from authorizations.domain import documents, intake
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest
from authorizations.services import drafts

CHECK = "Controleren en indienen"
UNFINISHED = "Nog niet klaar"


def url(authorization: AuthorizationRequest, code: str) -> str:
    """Return the page of a step; of the check after the last."""
    if code == documents.STEP:
        return reverse("authorizations:intake-documents", args=[authorization.reference])
    if code in _codes(authorization):
        return reverse("authorizations:intake-step", args=[authorization.reference, code])
    return reverse("authorizations:intake-check", args=[authorization.reference])


def after(authorization: AuthorizationRequest, code: str) -> str:
    """Return the step that follows; an empty text after the last."""
    codes = _codes(authorization)
    return [*codes, ""][codes.index(code) + 1]


def before(authorization: AuthorizationRequest, code: str) -> str:
    """Return the step that comes before; an empty text at the first."""
    codes = _codes(authorization)
    return ["", *codes][codes.index(code)]


def context(authorization: AuthorizationRequest, current: str, *, note: str = "") -> dict[str, Any]:
    """Return what components/_steps.html shows: where one is, and what was typed already."""
    steps = intake.steps(Kind(authorization.kind), queries.policy_of(authorization))
    open_steps = _open_steps(authorization)
    rows = []
    for step in steps:
        visited, whole = _visited(authorization, step.code), step.code not in open_steps
        here = step.code == current
        rows.append(
            {
                "title": step.title,
                "url": url(authorization, step.code),
                "state": "current" if here else "done" if visited and whole else "todo",
                "note": note if here else UNFINISHED if visited and not whole else "",
            }
        )
    rows.append({"title": CHECK, "url": url(authorization, ""), "state": "todo", "note": ""})
    return {"steps": rows, "current": [step.code for step in steps].index(current) + 1}


def at_check(authorization: AuthorizationRequest, obstacles: Iterable[Obstacle]) -> dict[str, Any]:
    """Return the same for the page after the last step, where is known what each step still lacks."""
    lacking = {obstacle.step for obstacle in obstacles}
    steps = intake.steps(Kind(authorization.kind), queries.policy_of(authorization))
    rows = [
        {
            "title": step.title,
            "url": url(authorization, step.code),
            "state": "todo" if step.code in lacking else "done",
            "note": UNFINISHED if step.code in lacking else "",
        }
        for step in steps
    ]
    rows.append({"title": CHECK, "url": url(authorization, ""), "state": "current", "note": ""})
    return {"steps": rows, "current": len(rows)}


def first(authorization: AuthorizationRequest) -> str:
    """Return the step to begin with."""
    return _codes(authorization)[0]


def has(authorization: AuthorizationRequest, code: str) -> bool:
    """Tell whether this request has the step."""
    return code in _codes(authorization)


def autosave_url(authorization: AuthorizationRequest, code: str) -> str:
    """Return where a step saves itself while someone types."""
    return reverse("authorizations:intake-autosave", args=[authorization.reference, code])


def position(authorization: AuthorizationRequest) -> str:
    """Return where somebody was in a draft: "stap 4 van 8, Documenten"."""
    steps = intake.steps(Kind(authorization.kind), queries.policy_of(authorization))
    number = next((at for at, step in enumerate(steps, start=1) if step.code == authorization.last_step), 1)
    return f"stap {number} van {len(steps) + 1}, {steps[number - 1].title}"


def version_of(posted: Mapping[str, Any]) -> int:
    """Return the version that a page was made with; nonsense is older than everything, so it overwrites nothing."""
    return _count(posted.get("draft_version", ""))


def tab_of(posted: Mapping[str, Any]) -> drafts.Tab:
    """Return which page in a browser this came from, and how often it has saved."""
    return drafts.Tab(str(posted.get("tab", ""))[:36], _count(posted.get("turn", "")))


def _count(typed: Any) -> int:
    value = str(typed)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _open_steps(authorization: AuthorizationRequest) -> set[str]:
    """Return the steps in which something is missing or wrong, as far as the answers tell; signing comes later."""
    wrong = drafts.unread_of(authorization) + intake.obstacles(
        drafts.application_of(authorization),
        queries.policy_of(authorization),
        timezone.localdate(),
        expected_on=drafts.expected_on(authorization, now=timezone.now()),
    )
    return {
        obstacle.step
        for obstacle in wrong
        if obstacle.step != documents.STEP and not obstacle.field.startswith(("signatory", "declared"))
    }


def _visited(authorization: AuthorizationRequest, code: str) -> bool:
    return authorization.documents_complete if code == documents.STEP else code in authorization.step_notes


def _codes(authorization: AuthorizationRequest) -> list[str]:
    return [step.code for step in intake.steps(Kind(authorization.kind), queries.policy_of(authorization))]
