"""
Zorgtrajectnummers that changed: which number came after which, what may be recorded of it, and what stands out.

A number names all care for one primary diagnosis. When it changes on the way, an insurer can't follow that care any
more: so the provider says which number came after which. Nothing is renamed: every number stays as it was used.
Bron: G-33 to G-36 (S2, "Neem lopende zorgtrajectnummers mee in de nieuwe software").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.domain.roles import OrganizationKind
from authorizations.domain import identifiers, words
from authorizations.domain.notices import Step
from kit.terms import Term

AGB = re.compile(r"[0-9]{8}")
EARLIEST = date(2000, 1, 1)
"""Before it nobody declared by zorgtraject; an earlier day is a slip in the year."""


class NumberReason(Term):
    """Why a zorgtraject got another number. Bron: G-35; the last is our own, for what was typed wrongly."""

    SOFTWARE = "softwarewissel", "Andere software of leverancier"
    MERGER = "fusie", "Fusie van zorgaanbieders"
    MISTAKE = "verbetering", "Het nummer was verkeerd"


class SignalState(Term):
    """What is known of another number for the same care. Bron: G-34 (a list of our own)."""

    OPEN = "open", "Nog geen uitleg"
    MAPPED = "omgezet", "Het nummer is omgezet"
    NEW_CARE = "nieuw", "Een nieuw zorgtraject"


PROVIDER = OrganizationKind.PROVIDER
SIGNAL_STEPS: Mapping[str, Step] = {
    "map": Step(PROVIDER, (SignalState.OPEN, SignalState.NEW_CARE), SignalState.MAPPED, "Nummer omgezet"),
    "new_care": Step(PROVIDER, (SignalState.OPEN,), SignalState.NEW_CARE, "Een nieuw zorgtraject, zegt de aanbieder"),
    "withdraw": Step(PROVIDER, (SignalState.MAPPED,), SignalState.OPEN, "Omzetting ingetrokken"),
}


@dataclass(frozen=True)
class Change:
    """One number came after another; `from_agb` names another institution that gave the old one, before a merger."""

    old: str
    new: str
    from_agb: str = ""


@dataclass(frozen=True)
class Told:
    """What somebody says of a changed number."""

    old: str
    new: str
    reason: NumberReason
    changed_on: date | None
    from_agb: str = ""

    @property
    def change(self) -> Change:
        """The change without its reason and day."""
        return Change(self.old, self.new, self.from_agb)


@dataclass(frozen=True)
class Known:
    """A zorgtraject of the institution, as far as it matters for whether its number changed."""

    number: str
    diagnosis: str
    opened_on: date | None
    key: int = 0


def later(number: str, changes: Iterable[Change]) -> list[Change]:
    """Return how a number of the institution itself went on, in order. Bron: G-34."""
    by_old = {one.old: one for one in changes if not one.from_agb}
    found: list[Change] = []
    at = number
    while (one := by_old.get(at)) and one not in found:
        found.append(one)
        at = one.new
    return found


def earlier(number: str, changes: Iterable[Change]) -> list[Change]:
    """Return which numbers led to this one, the oldest first. Bron: G-34, G-36."""
    by_new = {one.new: one for one in changes}
    found: list[Change] = []
    at: str | None = number
    while at is not None and (one := by_new.get(at)) and one not in found:
        found.append(one)
        at = None if one.from_agb else one.old
    return found[::-1]


def line(number: str, changes: Sequence[Change]) -> list[Change]:
    """Return every change in the life of a zorgtraject with this number, the oldest first. Bron: G-34, G-36."""
    return [*earlier(number, changes), *later(number, changes)]


def current(number: str, changes: Iterable[Change]) -> str:
    """Return under which number a zorgtraject is known now. Bron: G-34."""
    after = later(number, changes)
    return after[-1].new if after else number


def numbers(number: str, changes: Sequence[Change]) -> list[str]:
    """Return every number that the institution gave this zorgtraject, the oldest first. Bron: G-33, G-36."""
    found = line(number, changes)
    own = [one.old for one in found if not one.from_agb]
    return [*own, found[-1].new] if found else [number]


def tidy(told: Told) -> Told:
    """Return what was told with its numbers as they are kept; what can't be read stays as it is, for `wrong`."""
    return Told(tidied(told.old), tidied(told.new), told.reason, told.changed_on, re.sub(r"\D", "", told.from_agb))


def wrong(told: Told, changes: Sequence[Change], *, today: date) -> Iterator[tuple[str, str]]:
    """
    Yield the field and what is wrong with it, of a change that was tidied.

    A number has one that comes after it and one that came before: else it named the care of two.

    Bron: G-33 (a number is unique for a zorgtraject); G-34, G-35.
    """
    yield from _unreadable(told, today)
    if told.from_agb and not AGB.fullmatch(told.from_agb):
        yield "from_agb", "Een AGB-code heeft 8 cijfers."
    elif told.from_agb and told.reason is not NumberReason.MERGER:
        yield "from_agb", "Een andere instelling noemt u alleen bij een fusie. Maak dit veld leeg of kies fusie."
    if told.old == told.new and not told.from_agb:
        yield "new_number", "Het oude en het nieuwe nummer zijn hetzelfde. Dan is er niets omgezet."
        return
    for one in changes:
        if (one.old, one.from_agb) == (told.old, told.from_agb):
            yield "old_number", f"{told.old} is al omgezet naar {one.new}. Controleer het oude nummer."
        elif one.new == told.new:
            yield "new_number", f"{told.new} staat al voor {one.old}. Een nummer hoort bij 1 zorgtraject."
    if not told.from_agb and told.old in [one.new for one in later(told.new, changes)]:
        yield "new_number", f"{told.new} is zelf een oud nummer van {told.old}. Zo ontstaat een kring."


def _unreadable(told: Told, today: date) -> Iterator[tuple[str, str]]:
    for name, number in (("old_number", told.old), ("new_number", told.new)):
        try:
            identifiers.zorgtrajectnummer(number)
        except ValueError as refused:
            yield name, str(refused) if number else "Vul het zorgtrajectnummer in."
        else:
            if identifiers.is_bsn(number):
                yield name, "Dit lijkt een burgerservicenummer. Vul het zorgtrajectnummer in."
    if told.changed_on is None:
        yield "changed_on", "Vul in op welke dag het nummer veranderde."
    elif told.changed_on > today:
        yield (
            "changed_on",
            f"{words.day(told.changed_on).capitalize()} is in de toekomst. Leg het vast als het zover is.",
        )
    elif told.changed_on < EARLIEST:
        yield "changed_on", "Controleer het jaar."


def tidied(number: str) -> str:
    """Return a number as it is kept, or as it was typed when it is none. Bron: domain.md section 3.2."""
    try:
        return identifiers.zorgtrajectnummer(number)
    except ValueError:
        return identifiers.clean(number)[:40]


def changed_from(new: Known, others: Iterable[Known], changes: Sequence[Change]) -> Known | None:
    """
    Return the zorgtraject that this one may be under another number: the last one for the same diagnosis.

    `others` are those of the same insured at the same institution. Without a diagnosis nothing can be compared: nobody
    is asked about what a patient doesn't share. What was recorded as changed stands out no more.

    Bron: G-33, G-34; G-06.
    """
    if not new.diagnosis:
        return None
    own = set(numbers(new.number, changes))
    found = [one for one in others if one.number not in own and plain(one.diagnosis) == plain(new.diagnosis)]
    return max(found, key=lambda one: (one.opened_on or date.min, one.key), default=None)


def plain(diagnosis: str) -> str:
    """Return a diagnosis so that two ways of writing the same code are equal. Bron: Z-13."""
    return re.sub(r"[^0-9A-Z]", "", diagnosis.upper())


def question(earlier_number: str) -> str:
    """Return what the provider is asked when a number may have changed. Bron: G-34, G-35."""
    return (
        f"Voor deze patiënt staat bij uw instelling ook zorgtraject {earlier_number}, met dezelfde diagnose. "
        "Kreeg dat een ander nummer door nieuwe software of een fusie? Leg dan de omzetting vast."
    )


def remark(state: SignalState, earlier_number: str) -> str:
    """Return what the insurer reads of it: that the number changed, and nothing of what for. Bron: G-34."""
    known = f"Voor deze verzekerde gebruikte deze zorgaanbieder eerder zorgtrajectnummer {earlier_number}."
    return f"{known} {REMARKS[state]}"


REMARKS = {
    SignalState.OPEN: "De zorgaanbieder heeft nog niet vastgelegd waarom het nummer anders is.",
    SignalState.MAPPED: "De zorgaanbieder heeft de omzetting vastgelegd.",
    SignalState.NEW_CARE: "Volgens de zorgaanbieder is dit een nieuw zorgtraject.",
}
