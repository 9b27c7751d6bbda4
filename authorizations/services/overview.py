"""The requests of an organisation in lists: what waits for it, what the insurer works on, and what is done."""

from datetime import date

from django.db.models import F, Min, Prefetch, Q, QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import references
from authorizations.models import AuthorizationRequest, Decision, Document, Grant, InformationRequest

OPEN_QUESTION = Q(information_requests__closed_at=None, information_requests__items__answered_at=None)


def waiting(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the requests with questions to the provider, the first to be answered on top; `answer_by` says when."""
    requests = queries.waiting_for_provider(actor).select_related("insured")
    requests = requests.annotate(answer_by=Min("information_requests__items__due_on", filter=OPEN_QUESTION))
    return requests.order_by(F("answer_by").asc(nulls_last=True), "submitted_at", "id")


def drafts(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the drafts of the organisation, with who touched them last."""
    return queries.drafts(actor).select_related("insured", "edited_by", "policy_version")


def in_review(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return what the insurer must act on, the newest first."""
    return queries.under_review(actor).select_related("insured").order_by("-submitted_at", "-id")


def done(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return what is decided or withdrawn, with what was granted."""
    return queries.closed(actor).select_related("insured").prefetch_related("grants")


def found(actor: Actor, text: str) -> QuerySet[AuthorizationRequest]:
    """
    Return what a search finds among all requests of the organisation, the last touched first.

    Who may not see medical content finds by number only: who is insured is content too.
    """
    requests = queries.visible_to(actor)
    if not queries.can_see_content(actor):
        requests = requests.filter(reference=references.normalise(text))
    else:
        requests = queries.search(requests, text)
    return requests.select_related("insured", "policy_version").prefetch_related("grants").order_by("-edited_at", "-id")


def numbered(actor: Actor, number: str) -> AuthorizationRequest | None:
    """Return the own request with this number, or to which the machtiging with this number belongs."""
    named = Q(reference=number) | Q(pk__in=Grant.objects.filter(number=number).values("authorization"))
    return queries.visible_to(actor).filter(named).first()


def answer_by(authorization: AuthorizationRequest) -> date | None:
    """Return the first day on which an answer to an open question is due; None when nothing is open."""
    due: date | None = queries.unanswered_items(authorization).aggregate(day=Min("due_on"))["day"]
    return due


def rounds(authorization: AuthorizationRequest) -> list[InformationRequest]:
    """Return every round of questions with its answers, the newest first."""
    return list(
        InformationRequest.objects.filter(authorization=authorization)
        .select_related("asked_by")
        .prefetch_related(
            "items__counter_questions",
            Prefetch("items__documents", Document.objects.filter(removed_at=None).select_related("file")),
        )
        .order_by("-asked_at", "-id")
    )


def decision_on(authorization: AuthorizationRequest) -> Decision | None:
    """Return the decision once it is final; a proposal is the insurer's own."""
    decision = queries.current_decision(authorization)
    return decision if decision and decision.final_at else None
