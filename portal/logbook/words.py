"""The log in words: rows for the logbeheerder, and a story for the insured."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from accounts.domain.roles import Role, labels_of
from audit.domain.events import Kind, Outcome, Purpose, Sensitivity
from audit.domain.unusual import AMSTERDAM, Sign
from audit.models import AccessEvent
from portal.logbook import changes

FEW = 3
BADGES = {Outcome.DONE: "ok", Outcome.NOT_DONE: "warning", Outcome.REFUSED: "danger", Outcome.FAILED: "danger"}
IN_A_LIST: dict[str, str] = {
    Kind.LIST: "aanvragen",
    Kind.SEARCH: "aanvragen",
    Kind.TRAJECTS: "zorgtrajecten",
    Kind.TITLES: "overgenomen machtigingen",
    Kind.CLAIMS: "declaraties",
}
PORTAL = "Het portaal zelf"


@dataclass(frozen=True)
class Row:
    """One line of the log as the logbeheerder reads it."""

    at: datetime
    who: str
    roles: str
    elsewhere: str
    what: str
    dossiers: list[str]
    more: int
    address: str
    outcome: str
    badge: str
    signs: list[str]


def row(event: AccessEvent, *, own: int, known: changes.Names) -> Row:
    """Return one line; of people elsewhere the role and the organisation, of dossiers elsewhere nothing."""
    ours = event.organization_id in (own, None)
    seen = [
        subject["aanvraag"]
        for subject in event.subjects
        if subject["aanvraag"] and (ours or own in (subject["aanbieder"], subject["verzekeraar"]))
    ]
    return Row(
        at=event.at.astimezone(AMSTERDAM),
        who=(event.user_name or "Onbekend") if ours else roles_of(event),
        roles=roles_of(event) if ours else "",
        elsewhere="" if ours else event.organization_name,
        what=(changes.told(event, known) if ours else "") or event.kind_name,
        dossiers=seen[:FEW],
        more=max(0, len(seen) - FEW),
        address=event.network_id if ours else "",
        outcome=Outcome(event.outcome).words,
        badge=BADGES[Outcome(event.outcome)],
        signs=[Sign(sign).label for sign in event.signs if sign != Sign.REFUSED],
    )


def roles_of(event: AccessEvent) -> str:
    """Return the roles of that moment in words; a role that is gone since says its own name."""
    known = {role.value for role in Role}
    held = [Role(role) for role in event.roles if role in known]
    return labels_of(held) if held else ", ".join(event.roles).capitalize()


@dataclass
class Told:
    """What one person of an organisation did on one day, in words."""

    who: str
    what: str
    why: str
    times: list[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """What one organisation did with somebody's data on one day."""

    day: date
    organization: str
    told: list[Told]


def story(events: Iterable[AccessEvent], *, own: int) -> list[Day]:
    """Return who saw somebody's data, per day and organisation, the latest day first."""

    def place(event: AccessEvent) -> tuple[date, str]:
        return event.at.astimezone(AMSTERDAM).date(), event.organization_name or PORTAL

    days = []
    for (day, organization), several in groupby(sorted(events, key=place), key=place):
        told: dict[tuple[str, str], Told] = {}
        for event in several:
            line = Told(_person(event, own=own), _what(event), Purpose(event.purpose).label)
            told.setdefault((line.who, line.what), line).times.append(event.at.astimezone(AMSTERDAM))
        days.append(Day(day, organization, list(told.values())))
    return sorted(days, key=lambda found: found.day, reverse=True)


def _person(event: AccessEvent, *, own: int) -> str:
    if event.user_id is None:
        return "het portaal, automatisch" if not event.is_requestor else "iemand zonder account"
    roles = roles_of(event).lower() or "iemand"
    return f"{event.user_name}, {roles}" if event.organization_id == own else roles


def _what(event: AccessEvent) -> str:
    if event.outcome >= Outcome.REFUSED:
        return "probeerde uw gegevens te bekijken, maar kreeg ze niet te zien"
    if event.kind in IN_A_LIST:
        return f"zag uw naam in een lijst met {IN_A_LIST[event.kind]}"
    medical = ", met uw medische gegevens" if event.sensitivity == Sensitivity.MEDICAL else ""
    return f"{event.kind_name}{medical}"
