"""
Replay closed requests under a draft of a policy: how many would come out otherwise, and where.

The rows are the work: a replay that isn't over goes on, whoever was killed.

Bron: features.md, "What none of them has", 9.
"""

import logging
from datetime import datetime

from django.db import OperationalError, transaction

from accounts import queries as accounts
from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import policy_text, replay
from authorizations.domain.replay import Closed
from authorizations.domain.review import Assessment
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import (
    AuthorizationRequest,
    CriterionAssessment,
    PolicyDraft,
    PolicyReplay,
    ReplayEffect,
)
from authorizations.queries import policy_drafts as asked
from authorizations.services import checklist, drafts
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.policy_drafts import require_keeper
from kit import bell, tenancy

BELL = "authorizations.runs.policy_replays"
AT_ONCE = 25
logger = logging.getLogger(__name__)


@transaction.atomic
def start(*, draft_id: int, by: Actor, now: datetime) -> PolicyReplay:
    """
    Let the worker replay the closed requests; what an earlier replay of this draft found goes.

    :raises NotAllowed: for who isn't beheerder here, when the draft can't be read, or while a replay goes on
    """
    require_keeper(by)
    draft = asked.drafts_of(by).select_for_update(of=("self",)).filter(pk=draft_id, published=None).first()
    if draft is None:
        raise NotAllowed("Dit concept is er niet meer, of is al gepubliceerd.")
    try:
        policy_text.read(draft.text)
    except policy_text.Wrong as wrong:
        raise NotAllowed(f"Verbeter eerst het concept. {wrong}") from wrong
    if PolicyReplay.objects.filter(draft=draft, ended_at=None).exists():
        raise NotAllowed("Dit concept wordt al nagespeeld.")
    PolicyReplay.objects.filter(draft=draft).delete()
    waiting = asked.closed_under(draft.insurer_id, draft.slug)
    started = PolicyReplay.objects.create(
        draft=draft,
        draft_version=draft.version,
        started_by_id=by.user_id,
        started_at=now,
        waiting=waiting,
        total=len(waiting),
        ended_at=None if waiting else now,
    )
    bell.ring(BELL)
    return started


def do_next(*, now: datetime) -> bool:
    """Do one step of the replay whose turn it is; tell whether there was any."""
    with transaction.atomic():
        found = asked.next_replay()
        if found is None:
            return False
        draft = PolicyDraft.objects.get(pk=found.draft_id)
        by = accounts.actor_of(found.started_by, draft.insurer_id)
        if by is None or by.organization_id != draft.insurer_id or draft.version != found.draft_version:
            _stop(found, "Het concept is intussen gewijzigd. Speel het opnieuw na.", now)
            return True
        # The worker may see everything; what it does for an insurer, it does with the eyes of that insurer.
        with tenancy.acting(tenancy.Context(draft.insurer_id, found.started_by_id)):
            try:
                with transaction.atomic():
                    _step(found, draft, now)
            except OperationalError:
                # The database is away, or somebody was in our way: the same step goes well another time.
                raise
            except Exception as error:
                # Only its kind: the words may hold what stands in a dossier.
                logger.error("policy replay %s stopped: %s", found.pk, type(error).__name__)
                found.refresh_from_db()
                _stop(found, "Er ging bij ons iets mis. Speel het concept opnieuw na.", now)
    return True


def ring_for_what_waits() -> None:
    """Ring for replays that were left behind: their bell got lost, or their worker did."""
    if asked.replay_waits():
        bell.ring(BELL)


def _step(found: PolicyReplay, draft: PolicyDraft, now: datetime) -> None:
    new, national = policy_text.read(draft.text), queries.national()
    some, found.waiting = found.waiting[:AT_ONCE], found.waiting[AT_ONCE:]
    for authorization in (
        AuthorizationRequest.objects.filter(pk__in=some).select_related("policy_version").order_by("pk")
    ):
        changes = replay.effects(_closed(authorization), queries.policy_of(authorization), new, national)
        ReplayEffect.objects.bulk_create(
            ReplayEffect(
                replay=found, authorization=authorization, code=one.check.code, about=one.check.about, fails=one.fails
            )
            for one in changes
        )
        found.changed += bool(changes)
    found.ended_at = None if found.waiting else now
    found.save(update_fields=["waiting", "changed", "ended_at"])


def _closed(authorization: AuthorizationRequest) -> Closed:
    """Return the request as it was closed. Its documents are those that stood then: nobody adds any after it (R-21)."""
    assert authorization.submitted_at  # noqa: S101 (what is closed was filed: a constraint says so)
    verdicts = CriterionAssessment.objects.filter(authorization=authorization).values_list("criterion", "verdict")
    return Closed(
        application=drafts.application_of(authorization),
        filed_at=authorization.submitted_at,
        answers=checklist.answers(checklist.checklist(authorization)),
        assessments=tuple(Assessment(criterion, Verdict(verdict)) for criterion, verdict in verdicts),
        outcome=Outcome(authorization.status) if authorization.is_decided else None,
    )


def _stop(found: PolicyReplay, why: str, now: datetime) -> None:
    found.ended_at, found.why_stopped = now, why
    found.save(update_fields=["ended_at", "why_stopped"])
