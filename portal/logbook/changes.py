"""A change of access in words: whose, and what. The log keeps numbers; the names are looked up when it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts import queries as accounts
from accounts.domain.changes import Change
from accounts.domain.roles import Role
from audit.domain.events import Outcome
from audit.models import AccessEvent

SOMEBODY, A_PROVIDER, NO_NAME = "iemand", "een zorgaanbieder", "zonder naam"
PLAIN = {
    Change.REMOVED: "verwijderde {who} als collega",
    Change.INVITED: "nodigde {invited} uit voor {begun}",
    Change.INVITED_AGAIN: "nodigde {invited} opnieuw uit voor {begun}",
    Change.WITHDRAWN: "trok de uitnodiging van {invited} in",
    Change.ACCEPTED: "nam een uitnodiging aan en kreeg {begun}",
    Change.FACTOR_RESET: "haalde de tweede stap van {who} weg",
    Change.KEY_MADE: "maakte de API-sleutel “{key}”, die vastlegt in naam van {who}",
    Change.KEY_REVOKED: "trok de API-sleutel “{key}” in, die vastlegde in naam van {who}",
    Change.LET_IN: "gaf {asking} toegang",
    Change.TURNED_AWAY: "wees de vraag om toegang van {asking} af",
}


@dataclass(frozen=True)
class Names:
    """Who the rows speak of, by number; of this organisation only, so others stay "iemand"."""

    people: Mapping[int, str]
    invited: Mapping[int, str]
    asking: Mapping[int, str]
    keys: Mapping[int, str] = field(default_factory=dict)


def names(events: Iterable[AccessEvent], *, own: int) -> Names:
    """Look up at once all names that these rows need."""
    details = [event.detail for event in events if event.detail.get("wijziging") or event.detail.get("sleutel")]

    def numbers(name: str) -> set[int]:
        return {detail[name] for detail in details if name in detail}

    return Names(
        people=accounts.names_at(own, numbers("betreft")),
        invited=accounts.names_invited_by(own, numbers("uitnodiging")),
        asking=accounts.names_asking(own, numbers("toegangsvraag")),
        keys=accounts.names_of_keys(own, numbers("sleutel")),
    )


def told(event: AccessEvent, known: Names) -> str:
    """Return what was changed, or nothing when this row tells no such thing."""
    detail = event.detail
    change = next((one for one in Change if one == detail.get("wijziging")), None)
    if change is None and "sleutel" in detail:
        return f"{event.kind_name}, met de API-sleutel “{known.keys.get(detail['sleutel'], NO_NAME)}”"
    if change == Change.ROLES:
        return _roles(event, known)
    if change is None or event.outcome != Outcome.DONE:
        return ""
    return PLAIN[change].format(
        who=known.people.get(detail.get("betreft", 0), SOMEBODY),
        invited=known.invited.get(detail.get("uitnodiging", 0), SOMEBODY),
        asking=known.asking.get(detail.get("toegangsvraag", 0), A_PROVIDER),
        begun=_named(detail.get("erbij", ())),
        key=known.keys.get(detail.get("sleutel", 0), NO_NAME),
    )


def _roles(event: AccessEvent, known: Names) -> str:
    detail: dict[str, Any] = event.detail
    who, is_self = known.people.get(detail.get("betreft", 0), SOMEBODY), detail.get("betreft") == event.user_id
    whose = "de eigen rollen" if is_self else f"de rollen van {who}"
    if event.outcome != Outcome.DONE:
        return f"wilde {whose} wijzigen"
    begun, ended = detail.get("erbij"), detail.get("eraf")
    steps = [f"gaf {'zichzelf' if is_self else who} {_named(begun)}"] if begun else []
    if ended:
        steps.append(f"nam {'zichzelf' if is_self else who} {_named(ended)} af")
    return " en ".join(steps) or f"liet {whose} zoals ze waren"


def _named(roles: Iterable[str]) -> str:
    """Name roles with their article; one that is gone since says its own name."""
    labels = {role.value: role.label.lower() for role in Role}
    several = [labels.get(role, role) for role in roles]
    if not several:
        return "geen rol"
    *first, last = several
    return f"de rollen {', '.join(first)} en {last}" if first else f"de rol {last}"
