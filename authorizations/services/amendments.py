"""
A request that takes the place of an earlier one: what differs, and what its advisor finds of the work that was done.

Bron: feature 10.
"""

from dataclasses import dataclass
from datetime import datetime

from authorizations import queries
from authorizations.domain import amendment as rules
from authorizations.domain.amendment import Change
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import DocumentKind, Origin
from authorizations.models import AuthorizationRequest, CriterionAssessment, Document
from authorizations.services import content, drafts, lifecycle, messages, review

CARRIED = (
    "verdict",
    "motivation",
    "missing_fact",
    "leads_to_consent",
    "internal_note",
    "assessed_by_id",
    "assessed_at",
)


@dataclass(frozen=True)
class Amendment:
    """One step from a request to the next: who filed it, when, and all that differs."""

    old: AuthorizationRequest
    new: AuthorizationRequest
    changes: list[Change]
    added: list[str]
    gone: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether it says the very same."""
        return not (self.changes or self.added or self.gone)


def history(authorization: AuthorizationRequest) -> list[Amendment]:
    """Return every change up to this request, the newest first; a draft isn't told of, for it may still change."""
    found, new = [], authorization
    while new.amends_id and not new.is_draft:
        old = AuthorizationRequest.objects.select_related("policy_version", "submitted_by").get(pk=new.amends_id)
        before, after = _documents(old), _documents(new, filed=True)
        found.append(
            Amendment(
                old=old,
                new=new,
                changes=rules.changes(content.sections(old), content.sections(new)),
                added=[title for mark, title in after.items() if mark not in before],
                gone=[title for mark, title in before.items() if mark not in after],
            )
        )
        new = old
    return found


def successor(authorization: AuthorizationRequest) -> AuthorizationRequest | None:
    """Return the filed request that took the place of this one."""
    return authorization.amendments.exclude(submitted_at=None).order_by("id").first()


def carry_over(old: AuthorizationRequest, new: AuthorizationRequest, *, now: datetime) -> None:
    """
    Let the advisor of the old request go on with the new one: it lies on the same desk, with the verdicts so far.

    Runs inside the caller's transaction, after both have moved. A verdict keeps its day, so that one of which the facts
    changed is known by being older than the new request.
    """
    asked = {one.code for one in review.criteria(new) if not one.locked}
    for saved in CriterionAssessment.objects.filter(authorization=old, criterion__in=asked):
        copied = {name: getattr(saved, name) for name in CARRIED}
        CriterionAssessment.objects.create(authorization=new, criterion=saved.criterion, **copied)
    if advisor := old.assigned_to:
        AuthorizationRequest.objects.filter(pk=new.pk).update(assigned_to=advisor, assigned_at=now)
        note = f"Toegewezen aan {advisor.full_name}, die {old.reference} beoordeelde."
        lifecycle.record(new, "assign", by=None, at=now, note=note, internal=True)
        new.assigned_to, new.assigned_at = advisor, now
    messages.tell_advisor(new, "amended", key="amended", now=now, old=old)


def to_look_at_again(authorization: AuthorizationRequest) -> frozenset[str]:
    """Return the criteria whose verdict is from before this request, while what the provider says of them changed."""
    if not authorization.amends_id or not authorization.submitted_at:
        return frozenset()
    saved = review.assessments(authorization)
    older = [code for code, one in saved.items() if one.assessed_at < authorization.submitted_at]
    if not older:
        return frozenset()
    old = AuthorizationRequest.objects.get(pk=authorization.amends_id)
    return rules.touched(older, drafts.application_of(old), drafts.application_of(authorization))


def obstacles(authorization: AuthorizationRequest) -> list[Obstacle]:
    """Return which verdicts must be looked at again before anything is decided."""
    again = to_look_at_again(authorization)
    if not again:
        return []
    return rules.obstacles_to_decide(
        {one.code: one.title for one in review.criteria(authorization) if one.code in again}
    )


def _documents(authorization: AuthorizationRequest, *, filed: bool = False) -> dict[str, str]:
    """Return the documents of a request, or those filed with it, by fingerprint: the same bytes are one document."""
    found = queries.documents_of(authorization)
    found = found.filter(origin=Origin.FILING) if filed else found
    return {document.file.sha256: f"{_kinds(document)}: {document.file.name}" for document in found}


def _kinds(document: Document) -> str:
    return ", ".join(DocumentKind(item.kind).label for item in document.items.all()) or DocumentKind.OVERIG.label
