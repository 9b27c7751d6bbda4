"""The page of one request: its documents, a page of one of them, and the criteria beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.domain.roles import DESK, Role
from accounts.web import access
from authorizations import queries
from authorizations.domain import criterion_words, kinds, lifecycle
from authorizations.domain import review as rules
from authorizations.domain.application import Application
from authorizations.domain.lifecycle import Status
from authorizations.domain.signals import Signal
from authorizations.domain.terms import Kind, Outcome, Verdict
from authorizations.models import AuthorizationRequest, CriterionAssessment, DeskDraft, Document
from authorizations.services import (
    amendments,
    checklist,
    content,
    desk_drafts,
    drafts,
    progress,
    review,
    second_opinion,
    sight,
    signals,
)
from authorizations.web.forms.pins import Mark
from authorizations.web.forms.review_case import Judge, Note
from authorizations.web.forms.review_viewer import Search
from authorizations.web.pins import Marked
from authorizations.web.views import review_again, review_opinions, review_papers, review_rows, review_viewer
from authorizations.web.views.review_history import Line, before, course, history
from authorizations.web.views.review_opinions import VERDICT_BADGES

TABS = ("formulier", "uren", "vragen", "verloop", "eerder")
SOURCE_NUMBER = re.compile(r"^S\d: ")


@dataclass(frozen=True)
class Judged:
    """A criterion with its verdict, the provider's own words, and the form to judge it."""

    criterion: rules.Criterion
    number: str
    verdict: Verdict | None
    badge: str
    assessment: CriterionAssessment | None
    quotes: list[criterion_words.Quote]
    form: Judge
    is_open: bool
    conflict: CriterionAssessment | None
    draft: DeskDraft | None
    pins: list[Marked]
    again: bool = False
    """Whether the provider changed what this verdict rests on, after it was given."""

    @property
    def source(self) -> str:
        """Where the policy has it from, without our own number of the source."""
        return SOURCE_NUMBER.sub("", self.criterion.source)


class Case:
    """One request as this person sees it now; each part is read when the page wants it, once."""

    def __init__(self, request: HttpRequest, authorization: AuthorizationRequest) -> None:
        self.request, self.authorization, self.actor = request, authorization, access.actor(request)
        self.now = timezone.now()
        self.search: Search | None = None
        self.marking: Mark | None = None

    # -- who may do what here ----------------------------------------------------------------------------------------

    @cached_property
    def status(self) -> Status:
        return Status(self.authorization.status)

    @cached_property
    def is_mine(self) -> bool:
        return self.authorization.assigned_to_id == self.actor.user_id

    @cached_property
    def may_judge(self) -> bool:
        """Whether this person judges requests of this provider at all. Bron: R-19."""
        return self.actor.has(Role.MEDISCH_ADVISEUR) and self.authorization.provider_id not in self.actor.works_for

    @cached_property
    def can_judge(self) -> bool:
        return self.may_judge and self.is_mine and self.status in review.JUDGED_IN

    @cached_property
    def can_claim(self) -> bool:
        return self.may_judge and review.is_free(self.status, self.authorization.assigned_to_id, by=self.actor)

    @cached_property
    def can_release(self) -> bool:
        is_allowed = (self.is_mine and self.may_judge) or self.actor.has(Role.COORDINATOR)
        return is_allowed and self.authorization.assigned_to_id is not None and self.status in review.RELEASED_IN

    @cached_property
    def why_not_decide(self) -> str:
        """Why this person has nothing to decide here now; empty when there is."""
        return review.why_not_decide(self.authorization, by=self.actor)

    @cached_property
    def why_not_ask(self) -> str:
        """Why this person can't ask the provider anything now."""
        if self.status == Status.WAITING_FOR_PROVIDER and not self.why_not_decide:
            return "Er staan al vragen open bij de zorgaanbieder."
        return self.why_not_decide

    def back(self, reason: str) -> HttpResponse:
        """Return to the page of the request and say why."""
        messages.info(self.request, reason)
        return redirect("authorizations:review-detail", reference=self.authorization.reference)

    @cached_property
    def shows_content(self) -> bool:
        return queries.can_see_content(self.actor)

    @cached_property
    def shows_verdicts(self) -> bool:
        """Whether this person may see what a colleague judged here: a second opinion is given blind. Bron: R-19."""
        return second_opinion.shows_verdicts(self.authorization, to=self.actor)

    @cached_property
    def opinions(self) -> second_opinion.Round | None:
        """The proposal that lies there now, with the opinions on it."""
        return second_opinion.current(self.authorization)

    @cached_property
    def why_not_give(self) -> str:
        """Why this person gives no second opinion here; empty when he or she may."""
        return second_opinion.why_not_give(self.authorization, by=self.actor)

    @cached_property
    def typed(self) -> dict[str, DeskDraft]:
        """What this person typed about this request and did not save yet, by form."""
        return desk_drafts.find(self.authorization, by=self.actor) if self.may_judge else {}

    @cached_property
    def seen(self) -> str:
        """What there is to see now: it comes back with the decision."""
        return sight.of(self.authorization)

    # -- documents ---------------------------------------------------------------------------------------------------

    @cached_property
    def documents(self) -> list[Document]:
        return list(queries.documents_of(self.authorization))

    @cached_property
    def tab(self) -> str:
        tab = self.request.GET.get("toon", "")
        return tab if tab in TABS else "" if self.documents else "formulier"

    @cached_property
    def document_number(self) -> int:
        return min(_number(self.request.GET.get("doc"), 1), max(1, len(self.documents)))

    @cached_property
    def older(self) -> Document | None:
        """The older version that someone wants to see instead."""
        wanted = _number(self.request.GET.get("versie"), 0)
        return progress.document_for(self.actor, self.authorization.reference, wanted) if wanted else None

    @cached_property
    def document(self) -> Document | None:
        if self.tab or not self.documents:
            return None
        return self.older or self.documents[self.document_number - 1]

    def papers(self) -> list[review_papers.Paper]:
        return [
            review_papers.Paper(
                number=number,
                document=document,
                title=review_papers.title_of(document),
                meta=review_papers.meta(document),
                flags=tuple(review_papers.flags(document)),
                url=self.address(doc=number, p=None, toon=None, versie=None, zoom=None) + "#pagina",
                is_current=not self.tab and number == self.document_number,
            )
            for number, document in enumerate(self.documents, start=1)
        ]

    def viewer(self) -> dict[str, Any]:
        """Return the page of the document that is looked at."""
        return review_viewer.of(self, self.search)

    @cached_property
    def asked(self) -> tuple[rules.Criterion, ...]:
        """What must be judged."""
        return review.criteria(self.authorization)

    @cached_property
    def pins(self) -> list[Marked]:
        """What is marked in the documents, by both sides."""
        return review_viewer.pins(self)

    # -- criteria ----------------------------------------------------------------------------------------------------

    @cached_property
    def application(self) -> Application:
        return drafts.application_of(self.authorization)

    def criteria(self, bound: Judge | None = None, conflict: CriterionAssessment | None = None) -> list[Judged]:
        """Return the criteria with their forms; `bound` is one that was typed and could not be saved."""
        saved = review.assessments(self.authorization) if self.shows_verdicts else {}
        asked = self.asked
        open_code = self._open_code(asked, saved, bound)
        numbers = rules.numbered(asked)
        again = amendments.to_look_at_again(self.authorization) if self.shows_verdicts else ()
        found = []
        for criterion in asked:
            assessment = saved.get(criterion.code)
            verdict = criterion.locked or (Verdict(assessment.verdict) if assessment else None)
            is_bound = bound is not None and bound.prefix == criterion.code
            draft = None if is_bound else self.typed.get(desk_drafts.CRITERION + criterion.code)
            form = Judge.typed(criterion.code, draft) if draft else Judge.showing(criterion.code, assessment)
            found.append(
                Judged(
                    criterion=criterion,
                    number=numbers[criterion.code],
                    verdict=verdict,
                    badge=VERDICT_BADGES[verdict] if verdict else "neutral",
                    assessment=assessment,
                    quotes=criterion_words.about(criterion.code, self.application),
                    form=bound if bound and is_bound else form,
                    is_open=criterion.code == open_code or (draft is not None and self.can_judge),
                    conflict=conflict if is_bound else None,
                    draft=draft,
                    pins=[one for one in self.pins if one.pin.criterion == criterion.code],
                    again=criterion.code in again,
                )
            )
        return found

    def _open_code(
        self, asked: Iterable[rules.Criterion], saved: dict[str, CriterionAssessment], bound: Judge | None
    ) -> str:
        if bound:
            return str(bound.prefix)
        wanted = self.request.GET.get("criterium")
        unjudged = [one.code for one in asked if one.code not in saved and not one.locked]
        return wanted or (unjudged[0] if unjudged and self.can_judge else "")

    def signals(self) -> list[Signal]:
        """Return what stands out."""
        return signals.of(self.authorization, checklist.checklist(self.authorization), now=self.now)

    # -- the page ----------------------------------------------------------------------------------------------------

    def note(self) -> dict[str, Any]:
        """Return the form of a note, with what was typed in it."""
        draft = self.typed.get(desk_drafts.NOTE)
        return {"note": Note(initial={"text": draft.data.get("text", [""])[0]}) if draft else Note(), "draft": draft}

    def address(self, **changes: Any) -> str:
        """Return the address of this page with these changes; what is None is left out."""
        return reverse("authorizations:review-detail", args=[self.authorization.reference]) + self.query(**changes)

    def query(self, **changes: Any) -> str:
        """Return what stands behind the address of this page, with these changes."""
        names = ("doc", "p", "zoom", "draai", "strook", "versie", "toon", "criterium")
        kept = {name: self.request.GET[name] for name in names if self.request.GET.get(name)} | changes
        query = urlencode({name: value for name, value in kept.items() if value is not None})
        return f"?{query}" if query else ""

    @property
    def kind(self) -> kinds.Row:
        """What kind of request it is."""
        return kinds.of(Kind(self.authorization.kind))

    def context(self) -> dict[str, Any]:
        """Return what every page about this request shows in its bar."""
        authorization = self.authorization
        today = timezone.localdate(self.now)
        insured = queries.insured_of(authorization)
        return {
            "case": self,
            "authorization": authorization,
            "actor": self.actor,
            "insured": insured,
            "status_words": lifecycle.advisor_words(self.status),
            "status_badge": review_rows.BADGES[self.status],
            "term": review_rows.term(authorization.due_on, self.status, today),
            "can_assign": self.actor.has(Role.COORDINATOR) and authorization.is_open,
            **review_again.context(authorization),
        }

    def full(self, bound: Judge | None = None, conflict: CriterionAssessment | None = None) -> dict[str, Any]:
        """Return everything for the three panes."""
        authorization = self.authorization
        criteria = self.criteria(bound, conflict)
        saved = [one.assessment for one in criteria if one.assessment]
        decision = queries.current_decision(authorization) if self.shows_verdicts else None
        rounds = list(
            authorization.information_requests.select_related("asked_by")
            .prefetch_related("items__counter_questions__asked_by", "items__documents__file", "reminders")
            .order_by("-asked_at", "-id")
        )
        return {
            **self.context(),
            "papers": self.papers(),
            "viewer": self.viewer(),
            "query": "?" + self.request.GET.urlencode() if self.request.GET else "",
            "criteria": criteria,
            "bound": bound,
            "judged_count": sum(one.verdict is not None for one in criteria),
            "unjudged_count": sum(one.verdict is None for one in criteria),
            "last_saved": max((one.assessed_at for one in saved), default=None),
            "signals": self.signals(),
            **before(self.request, authorization, self.actor, shown=self.tab == "eerder"),
            "decision": decision,
            "letters": list(queries.letters_for(authorization)) if authorization.is_decided else [],
            "outcomes": Outcome.choices(),
            "rounds": rounds,
            "open_counters": sum(
                counter.replied_at is None
                for one in rounds
                for item in one.items.all()
                for counter in item.counter_questions.all()
            ),
            "is_waiting": self.status == Status.WAITING_FOR_PROVIDER,
            "titles": {one.criterion.code: one.criterion.title for one in criteria},
            **self._tab(),
        }

    def _tab(self) -> dict[str, Any]:
        authorization = self.authorization
        if self.tab == "formulier":
            return {"sections": content.sections(authorization)}
        if self.tab == "verloop":
            told = {**course(authorization, now=self.now), **self.note()}
            if self.shows_verdicts:
                return {**told, "compared": review_opinions.earlier(authorization)}
            return {**told, "history": review_opinions.readable(told["history"], authorization, self.actor)}
        if self.tab == "uren":
            policy = queries.policy_of(authorization)
            return {"policy": policy, "plan": self.application.plan}
        return {}


@access.require(*DESK)
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a request: with everything to a medisch adviseur, without anything medical to who divides the work."""
    actor = access.actor(request)
    found = queries.visible_to(actor).select_related("policy_version", "provider", "assigned_to", "insurer")
    authorization = get_object_or_404(found, reference=reference)
    case = Case(request, authorization)
    if queries.can_see_content(actor):
        return render(request, "authorizations/review/detail.html", case.full())
    return render(request, "authorizations/review/status.html", status_context(case))


def status_context(case: Case, note: Note | None = None) -> dict[str, Any]:
    """Return status, term and codes, and nothing medical."""
    return {
        **case.context(),
        "sections": content.sections(case.authorization, for_medical=False),
        **course(case.authorization, now=case.now),
        "history": _without_content(history(case.authorization), case.actor),
        "note": note or Note(),
        "bound": note,
    }


def _without_content(lines: list[Line], actor: Actor) -> list[Line]:
    """Leave out what colleagues wrote: a note may hold something medical. One's own stays."""
    return [
        line if line.by_id == actor.user_id else line.silent()
        for line in lines
        if line.is_plain or line.by_id == actor.user_id
    ]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else otherwise
