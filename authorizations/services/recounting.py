"""
Work out the subtrajecten of one zorgtraject anew from what is known, and write down what that changes.

What was declared stays as it was: when it should have been otherwise, a person is asked to correct it, and the rest
goes on from there. Bron: R-08.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import subtrajects as rules
from authorizations.domain import words
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.subtrajects import Change, DotZorgtype
from authorizations.models import Subtraject, SubtrajectEvent, Zorgtraject
from authorizations.queries import subtrajects as asked
from authorizations.queries import titles
from authorizations.services.lifecycle import NotAllowed

WAITING = "SET CONSTRAINTS subtrajects_do_not_overlap DEFERRED"
FOUND = "Dit bleek toen het portaal opnieuw rekende."
"""What is said where nobody did anything: what was declared may be found wrong whenever all is counted anew."""
NOW_THEN = "SET CONSTRAINTS subtrajects_do_not_overlap IMMEDIATE"


@dataclass(frozen=True)
class Why:
    """What is behind a change: who, when, and in words; `touched` are the days of which the activities changed."""

    at: datetime
    by: Actor | None = None
    reason: str = ""
    touched: frozenset[date] = frozenset()


def recount(traject: Zorgtraject, why: Why) -> None:
    """
    Bring the subtrajecten of this zorgtraject, which the caller locked, in line with what is known now.

    :raises NotAllowed: when an activity would fall outside of all of them
    """
    yesterday = why.at.astimezone(AMSTERDAM).date() - timedelta(days=1)
    facts = _Facts(traject, asked.subtrajects_to_change(traject), judged_on=yesterday)
    for row in facts.to_correct(why.touched):
        _record(traject, Change.TO_CORRECT, row, why)
        row.to_correct_since = row.to_correct_since or why.at
        row.save(update_fields=["to_correct_since"])
    wanted = facts.wanted()
    _require_room(facts, wanted, why.touched)
    _apply(traject, facts, wanted, why)


def is_as_known(traject: Zorgtraject, row: Subtraject, *, now: datetime) -> bool:
    """Tell whether a subtraject is what follows from what is known: what lies before a declared one may not be."""
    found = closings(traject, asked.subtrajects_to_change(traject), today=now.astimezone(AMSTERDAM).date())
    return is_so(row, found.get(row.opened_on))


def is_so(row: Subtraject, closing: rules.Closing | None) -> bool:
    """Tell whether this is how it closed."""
    return closing is not None and (closing.closed_on, closing.code) == (row.closed_on, row.closed_by)


def closings(traject: Zorgtraject, rows: list[Subtraject], *, today: date) -> dict[date, rules.Closing | None]:
    """Return by opening how each subtraject would be by what is known, whatever was declared; open ones have none."""
    return _Facts(traject, rows, judged_on=today - timedelta(days=1)).closings()


class _Facts:
    """Everything that is known of one zorgtraject."""

    def __init__(self, traject: Zorgtraject, rows: list[Subtraject], *, judged_on: date) -> None:
        self.rows = rows
        self.judged_on = judged_on
        performed = asked.performed(traject)
        self.all_days = [activity.performed_on for activity in performed]
        self.days = [activity.performed_on for activity in performed if activity.counts]
        self.finishes = sorted(row.finished_on for row in self.rows if row.finished_on)
        self.rule: dict[str, Any] = {
            "died_on": traject.died_on,
            "by": queries.policy(traject.policy_version).closing,
        }
        declared = [number for number, row in enumerate(self.rows) if row.declared_at]
        self.fixed = self.rows[: declared[-1] + 1] if declared else []

    def course(self, zorgtype: DotZorgtype, opened_on: date) -> list[rules.Subtraject]:
        return list(
            rules.course(
                zorgtype=zorgtype,
                opened_on=opened_on,
                performed_on=[day for day in self.days if day >= opened_on],
                finished_on=self.finishes,
                judged_on=self.judged_on,
                **self.rule,
            )
        )

    def closings(self) -> dict[date, rules.Closing | None]:
        first = self.rows[0]
        return {span.opened_on: span.closing for span in self.course(DotZorgtype(first.zorgtype), first.opened_on)}

    def to_correct(self, touched: Collection[date]) -> list[Subtraject]:
        """Return what was declared and should have closed otherwise, or holds other activities than were declared."""
        if not self.fixed:
            return []
        closings = self.closings()
        return [
            row
            for row in self.fixed
            if row.declared_at
            and (
                any(row.opened_on <= day <= _end(row.closed_on) for day in touched)
                or (not is_so(row, closings.get(row.opened_on)) and not row.to_correct_since)
            )
        ]

    def wanted(self) -> list[Subtraject]:
        """Return the subtrajecten as they should be, behind those that are fixed."""
        if not self.fixed:
            return self._rows(self.course(DotZorgtype(self.rows[0].zorgtype), self.rows[0].opened_on))
        closed_on = _end(self.fixed[-1].closed_on)
        following = next((day for day in self.days if day > closed_on), None)
        opening = rules.vervolg(closed_on=closed_on, next_activity_on=following)
        return [] if isinstance(opening, rules.NoOpening) else self._rows(self.course(DotZorgtype.VERVOLG, opening))

    def _rows(self, spans: list[rules.Subtraject]) -> list[Subtraject]:
        following = [*(span.opened_on for span in spans[1:]), date.max]
        return [self._row(span, until=until) for span, until in zip(spans, following, strict=True)]

    def _row(self, span: rules.Subtraject, *, until: date) -> Subtraject:
        closed_on = span.closing.closed_on if span.closing else None
        end = _end(closed_on)
        own = [day for day in self.days if span.opened_on <= day <= end]
        # A finish of after the closing closes nothing, but it was told: it stays.
        finished_on = next((day for day in self.finishes if span.opened_on <= day < until), None)
        found = span.closing or rules.outlook(
            opened_on=span.opened_on, performed_on=own, finished_on=finished_on, **self.rule
        )
        return Subtraject(
            zorgtype=span.zorgtype.value,
            opened_on=span.opened_on,
            finished_on=finished_on,
            idle_on=rules.idle_end(own),
            closes_on=found.closed_on,
            closes_by=found.code,
            closed_on=closed_on,
            closed_by=span.closing.code if span.closing else "",
        )


KEPT = ("zorgtype", "finished_on", "idle_on", "closes_on", "closes_by", "closed_on", "closed_by", "closed_at")


def _apply(traject: Zorgtraject, facts: _Facts, wanted: list[Subtraject], why: Why) -> None:
    """Bring rows and events up to date: what goes first, then what closes, then what opens (again)."""
    rows = {row.opened_on: row for row in facts.rows[len(facts.fixed) :]}
    opened = {row.opened_on for row in wanted}
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
    gone = [row for day, row in rows.items() if day not in opened]
    for row in gone:
        _record(traject, Change.GONE, row, why)
    Subtraject.objects.filter(pk__in=[row.pk for row in gone]).delete()
    before = facts.fixed[-1] if facts.fixed else None
    for row in sorted(wanted, key=lambda one: one.closed_on is None):
        existing = rows.get(row.opened_on)
        row.closed_at = why.at if row.closed_on else None
        if existing is None:
            row.zorgtraject = traject
            _go_on_under(row, before)
            row.save(force_insert=True)
            _record(traject, Change.OPENED, row, why)
        else:
            _update(traject, existing, row, why)
            row.granted, row.taken_over = existing.granted, existing.taken_over
        if existing is None and row.closed_on:
            _record(traject, Change.CLOSED, row, why)
        before = row
    with connection.cursor() as cursor:
        cursor.execute(NOW_THEN)


def _update(traject: Zorgtraject, row: Subtraject, wanted: Subtraject, why: Why) -> None:
    was, now = (row.closed_on, row.closed_by), (wanted.closed_on, wanted.closed_by)
    if was == now:
        wanted.closed_at = row.closed_at
    changed = [name for name in KEPT if getattr(row, name) != getattr(wanted, name)]
    if not changed:
        return
    for name in changed:
        setattr(row, name, getattr(wanted, name))
    row.save(update_fields=changed)
    if was != now:
        change = Change.CLOSED if was[0] is None else Change.REOPENED if now[0] is None else Change.MOVED
        _record(traject, change, row, why)


def _go_on_under(row: Subtraject, before: Subtraject | None) -> None:
    for name, title in titles.under(titles.going_on(before, row.opened_on)).items():
        setattr(row, name, title)


def _require_room(facts: _Facts, wanted: Iterable[Subtraject], touched: Collection[date]) -> None:
    spans = [(row.opened_on, _end(row.closed_on)) for row in [*facts.fixed, *wanted]]
    for day in facts.all_days:
        if not any(opened_on <= day <= end for opened_on, end in spans):
            if touched and day not in touched:
                raise NotAllowed(
                    f"De activiteit van {words.day(day)} valt dan buiten elk subtraject. "
                    "Verbeter of verwijder eerst die activiteit."
                )
            raise NotAllowed(
                f"Op {words.day(day)} loopt in dit zorgtraject geen subtraject. "
                "Controleer de datum, of begin een nieuw zorgtraject."
            )


def _record(traject: Zorgtraject, change: Change, row: Subtraject, why: Why) -> None:
    SubtrajectEvent.objects.create(
        zorgtraject=traject,
        opened_on=row.opened_on,
        change=change.value,
        closed_on=row.closed_on,
        closed_by=row.closed_by,
        reason="" if change in (Change.OPENED, Change.CLOSED) else why.reason or FOUND,
        by_id=why.by.user_id if why.by else None,
        at=why.at,
    )


def _end(closed_on: date | None) -> date:
    return closed_on or date.max
