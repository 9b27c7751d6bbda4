"""What the clock starts. It only knocks: each of these gives the same result when it comes late or twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.services import (
    absence,
    closing,
    figures,
    program_calls,
    questions,
    readings,
    replays,
    retention,
    rule_approval,
    scanned,
    terms,
    traject_files,
)
from authorizations.services import check_runs as runs
from authorizations.services import traject_imports as imports

DAYS_AT_ONCE = 60
"""So many days are counted in a turn: of a portal that has run for years before, the rest follows in the next ones."""


@shared_task(ignore_result=True)
def warn_terms() -> None:
    """Warn of decisions that are due soon or overdue."""
    terms.warn(now=timezone.now())


@shared_task(ignore_result=True)
def bring_back() -> None:
    """Put back what can't wait for who isn't there."""
    absence.bring_back(now=timezone.now())


@shared_task(ignore_result=True)
def prepare_by_rule() -> None:
    """Write down which new requests fit the rule of their policy, for a medisch adviseur to judge."""
    rule_approval.prepare(now=timezone.now())


@shared_task(ignore_result=True)
def remind_questions() -> None:
    """Remind providers of questions that wait for an answer."""
    questions.remind(now=timezone.now())


@shared_task(ignore_result=True)
def forget() -> None:
    """Delete what has been kept long enough."""
    retention.run(now=timezone.now())
    imports.forget(now=timezone.now())
    runs.forget(now=timezone.now())
    traject_files.forget(now=timezone.now())
    program_calls.forget(now=timezone.now())


@shared_task(ignore_result=True)
def settle_documents() -> None:
    """Take into account what the virus scanner said after the provider had gone on."""
    scanned.catch_up(now=timezone.now())


@shared_task(ignore_result=True)
def look_through_documents() -> None:
    """Propose what the text of documents says of itself."""
    readings.catch_up(now=timezone.now())


@shared_task(ignore_result=True)
def traject_imports() -> None:
    """Ring for files of activities that were left behind."""
    imports.ring_for_what_waits()


@shared_task(ignore_result=True)
def check_runs() -> None:
    """Ring for files that wait for a check and were left behind."""
    runs.ring_for_what_waits()


@shared_task(ignore_result=True)
def close_due_subtrajects() -> None:
    """Close the subtrajecten whose last day has ended, and tell whose they are."""
    now = timezone.now()
    closing.close_due(judged_on=now.astimezone(AMSTERDAM).date() - timedelta(days=1), now=now)
    closing.tell_closed(now=now)


@shared_task(ignore_result=True)
def warn_of_closing() -> None:
    """Warn of subtrajecten that come near their end."""
    closing.warn(now=timezone.now())


@shared_task(ignore_result=True)
def count_figures() -> None:
    """Count the days that have ended, and make public the quarters that have."""
    figures.count(now=timezone.now(), most=DAYS_AT_ONCE)
    figures.publish(now=timezone.now())


@shared_task(ignore_result=True)
def policy_replays() -> None:
    """Ring for replays of a policy that were left behind."""
    replays.ring_for_what_waits()
