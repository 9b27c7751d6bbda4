"""
What may be asked about zorgtrajectnummers that changed: which came after which, and which zorgtraject bears one.

Every look-up of a person begins at the zorgtrajecten that he or she may see. Bron: G-33 to G-36.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.domain.actors import Actor
from authorizations.domain import traject_numbers as rules
from authorizations.domain.traject_numbers import Change, Known, SignalState
from authorizations.models import NumberSignal, TrajectInsured, TrajectNumber, Zorgtraject
from authorizations.queries import subtrajects

LONGEST = 50
"""Of a chain so many steps are looked up; nobody changes software so often."""


def visible_to(actor: Actor) -> QuerySet[TrajectNumber]:
    """Return the changed numbers that this person may see: those of zorgtrajecten that he or she may see."""
    return TrajectNumber.objects.filter(zorgtraject__in=subtrajects.visible_to(actor))


def in_force(provider_id: int, numbers: Collection[str]) -> list[TrajectNumber]:
    """Return every change, as it counts now, in the chains that these numbers of an institution are part of."""
    return _chains(TrajectNumber.objects.filter(provider_id=provider_id), numbers)


def changes(rows: Iterable[TrajectNumber]) -> list[Change]:
    """Return these rows as the rules take them."""
    return [Change(row.old_number, row.new_number, row.from_agb) for row in rows]


def line_of(actor: Actor, traject: Zorgtraject) -> list[TrajectNumber]:
    """Return which numbers came before and after that of this zorgtraject, the oldest first."""
    rows = _chains(visible_to(actor).filter(provider_id=traject.provider_id), {traject.number})
    by_change = {(row.old_number, row.from_agb): row for row in rows}
    return [by_change[one.old, one.from_agb] for one in rules.line(traject.number, changes(rows))]


def of_line(actor: Actor, traject: Zorgtraject, rows: Iterable[TrajectNumber]) -> list[Zorgtraject]:
    """Return the other zorgtrajecten that bear a number of this line: what was closed under it stays to be read."""
    numbers = {number for row in rows for number in (row.old_number, row.new_number)}
    found = subtrajects.visible_to(actor).filter(provider_id=traject.provider_id, number__in=numbers)
    return list(found.exclude(pk=traject.pk).select_related("insured").order_by("pk"))


def bearing(actor: Actor, number: str) -> Q:
    """Return what finds the zorgtrajecten that bear this number, or bore it before, or got another in its place."""
    found = Q(number=number)
    rows = _chains(visible_to(actor), {number})
    for provider_id in {row.provider_id for row in rows}:
        own = [row for row in rows if row.provider_id == provider_id]
        names = {name for row in own for name in (row.new_number, *([] if row.from_agb else [row.old_number]))}
        found |= Q(provider_id=provider_id, number__in=names)
    return found


def current(actor: Actor, trajects: Iterable[Zorgtraject]) -> dict[int, str]:
    """Return under which number each of these zorgtrajecten is known now, of those whose number changed."""
    shown = list(trajects)
    rows = _chains(visible_to(actor), {one.number for one in shown})
    found = {}
    for one in shown:
        now = rules.current(one.number, changes(row for row in rows if row.provider_id == one.provider_id))
        if now != one.number:
            found[one.pk] = now
    return found


def resolved(actor: Actor, numbers: Collection[str], among: QuerySet[Zorgtraject]) -> dict[str, int]:
    """
    Return, of numbers that no zorgtraject bears, the zorgtraject among these of this institution that they are of.

    Of several under one line it is the last: what new software sends belongs there. Bron: G-34.
    """
    if not numbers or not actor.organization_id:
        return {}
    rows = in_force(actor.organization_id, numbers)
    if not rows:
        return {}
    known = changes(rows)
    every = {number: rules.numbers(number, known) for number in numbers}
    names_of_all = {name for names in every.values() for name in names}
    ids = dict(among.filter(number__in=names_of_all).values_list("number", "pk"))
    last = {number: [ids[name] for name in names if name in ids][-1:] for number, names in every.items()}
    return {number: pks[0] for number, pks in last.items() if pks}


def others_of_insured(traject: Zorgtraject) -> list[Known]:
    """Return the other zorgtrajecten of the same insured at the same institution, as the rule takes them."""
    bsn_hash = traject.insured.bsn_hash
    if not bsn_hash:
        return []
    # By the index first: joined, row-level security would look at the insured of every zorgtraject.
    of_them = list(TrajectInsured.objects.filter(bsn_hash=bsn_hash).values_list("zorgtraject_id", flat=True))
    found = Zorgtraject.objects.filter(pk__in=of_them, provider_id=traject.provider_id).exclude(pk=traject.pk)
    return [
        Known(one.number, one.diagnosis, _opened(one), one.pk)
        for one in found.annotate(opened_on=Coalesce(Min("subtrajects__opened_on"), Min("dbcs__opened_on"))).order_by(
            "pk"
        )
    ]


def _opened(traject: Zorgtraject) -> date | None:
    opened: date | None = getattr(traject, "opened_on", None)
    return opened


def signals(actor: Actor) -> QuerySet[NumberSignal]:
    """
    Return the numbers that stand out, the last first: to the provider its own.

    To the insurer those of which it may see both zorgtrajecten: what was at another insurer is none of its business.
    """
    seen = subtrajects.visible_to(actor)
    found = NumberSignal.objects.filter(zorgtraject__in=seen, earlier__in=seen)
    return found.select_related("zorgtraject__insured", "zorgtraject__provider", "earlier", "answered_by")


def open_signals(actor: Actor) -> QuerySet[NumberSignal]:
    """Return those that nobody explained yet."""
    return signals(actor).filter(state=SignalState.OPEN.value)


def signalled(actor: Actor, trajects: Iterable[Zorgtraject]) -> set[int]:
    """Return which of these zorgtrajecten have a number that nobody explained yet."""
    shown = [one.pk for one in trajects]
    return set(open_signals(actor).filter(zorgtraject_id__in=shown).values_list("zorgtraject_id", flat=True))


def _chains(rows: QuerySet[TrajectNumber], numbers: Collection[str]) -> list[TrajectNumber]:
    """Return the rows that count now in every chain with one of these numbers, a step further with each question."""
    found: dict[int, TrajectNumber] = {}
    known, ask = set(numbers), set(numbers)
    for _ in range(LONGEST):
        if not ask:
            break
        fresh = rows.filter(Q(old_number__in=ask) | Q(new_number__in=ask), withdrawn_at=None)
        found |= {row.pk: row for row in fresh.select_related("registered_by")}
        ask = {name for row in found.values() for name in (row.old_number, row.new_number)} - known
        known |= ask
    return list(found.values())
