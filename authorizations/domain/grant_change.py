"""
A machtiging that is changed on request: what may be asked, what would then hold, and what a decision on it lacks.

No source says how such a request is filed or within how many days it is answered; the kinds are our own. Bron: R-19
(who decides); R-21 (what was decided stays); R-39 (how long a machtiging runs).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from authorizations.domain import identifiers, readability, words
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review_grant import LONGEST_DAYS, Grant
from authorizations.domain.terms import Discipline, Outcome, Setting
from kit.terms import Term

NOTHING = Decimal()


class ChangeKind(Term):
    """What is asked of a machtiging that was granted. Bron: R-21 (a list of our own)."""

    LONGER = "longer", "Langer: een latere einddatum"
    MORE_HOURS = "more_hours", "Meer uren"
    SETTING = "setting", "Een andere vorm van behandeling"
    INSTITUTION = "institution", "Een andere instelling behandelt verder"
    STOPPED = "stopped", "De behandeling is gestopt"


class ChangeStatus(Term):
    """How a request for a change stands; a proposal waits for a second medisch adviseur. Bron: R-19."""

    FILED = "filed", "Ontvangen"
    PROPOSED = "proposed", "Tweede beoordeling"
    GRANTED = "granted", "Toegekend"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijk toegekend"
    DENIED = "denied", "Afgewezen"


NOT_OF_STAY = frozenset({ChangeKind.MORE_HOURS, ChangeKind.SETTING})
OPEN = frozenset({ChangeStatus.FILED, ChangeStatus.PROPOSED})


@dataclass(frozen=True)
class Asked:
    """The short form as it was filled in; each kind uses its own part of it."""

    kind: ChangeKind | None
    why: str
    from_on: date | None = None
    until_on: date | None = None
    setting: Setting | None = None
    hours: Mapping[Discipline, Decimal] = field(default_factory=dict)
    institution_name: str = ""
    institution_agb: str = ""


@dataclass(frozen=True)
class Intent:
    """A decision on a change as the advisor means to take it."""

    outcome: Outcome
    summary: str
    not_granted: str = ""
    grant: Grant | None = None


def obstacles_to_file(asked: Asked, held: Grant | None, *, is_open: bool, today: date) -> list[Obstacle]:
    """
    Return why this can't be asked: nothing that runs, something asked already, or what its kind needs.

    Bron: R-21.
    """
    if held is None or held.ends_on is None or held.ends_on < today:
        return [Obstacle("no_grant", "Er is geen machtiging die nog loopt. Vraag een vervolg aan.")]
    if is_open:
        return [Obstacle("already_open", "Er loopt al een verzoek om deze machtiging te wijzigen.")]
    found = [] if asked.kind else [Obstacle("kind_missing", "Kies wat u wilt wijzigen.", field="kind")]
    if not asked.why.strip():
        found.append(Obstacle("why_missing", "Schrijf waarom dit nodig is.", field="why"))
    if asked.kind in NOT_OF_STAY and held.zorgtype:
        found.append(Obstacle("not_of_stay", "Dit kan niet bij een machtiging voor verblijf.", field="kind"))
    elif asked.kind is ChangeKind.LONGER:
        found += _longer(asked, held)
    elif asked.kind is ChangeKind.MORE_HOURS:
        if not any(hours > held.hours.get(one, NOTHING) for one, hours in asked.hours.items()):
            found.append(
                Obstacle("hours_not_more", "Vul bij minstens 1 discipline meer uren in dan nu.", field="hours")
            )
    elif asked.kind:
        found += _from(asked, held)
    if asked.kind is ChangeKind.SETTING and asked.setting in (None, held.setting):
        found.append(Obstacle("setting_missing", "Kies een andere vorm dan nu.", field="setting"))
    if asked.kind is ChangeKind.INSTITUTION:
        found += _institution(asked)
    return found


def wanted(asked: Asked, held: Grant) -> Grant:
    """
    Return the machtiging that would come of it: what isn't asked stays.

    More time or hours replace the whole, from its first day; another setting or institution begins on the day asked; a
    treatment that stopped ends on that day. A longer stay has as many days more. Bron: R-21.
    """
    if asked.kind is ChangeKind.LONGER:
        more = (asked.until_on - held.ends_on).days if asked.until_on and held.ends_on else 0
        days = held.days_of_stay and held.days_of_stay + more
        return replace(held, ends_on=asked.until_on, days_of_stay=days)
    if asked.kind is ChangeKind.MORE_HOURS:
        return replace(held, hours={**held.hours, **{one: hours for one, hours in asked.hours.items() if hours}})
    if asked.kind is ChangeKind.SETTING:
        return replace(held, starts_on=asked.from_on, setting=asked.setting)
    if asked.kind is ChangeKind.INSTITUTION:
        return replace(held, starts_on=asked.from_on)
    return replace(held, ends_on=asked.from_on)


def obstacles_to_decide(intent: Intent, asked: Asked, held: Grant) -> list[Obstacle]:
    """
    Return what a decision on a change lacks. That a treatment stopped is a fact, and can only be granted.

    Bron: R-19; R-39 (at most a year); features.md, "what none of them has", row 12.
    """
    found = _words(intent)
    if asked.kind is ChangeKind.STOPPED and intent.outcome is not Outcome.GRANTED:
        found.append(Obstacle("stop_is_a_fact", "Dat de behandeling is gestopt, legt u alleen vast.", field="outcome"))
    if intent.outcome is Outcome.DENIED:
        return found
    grant, ask = intent.grant, wanted(asked, held)
    if grant is None or grant.starts_on is None or grant.ends_on is None or grant.setting is None:
        return [*found, Obstacle("grant_missing", "Vul de periode en de vorm van behandeling in.", field="ends_on")]
    if grant.ends_on < grant.starts_on:
        found.append(Obstacle("ends_before_start", "De periode eindigt voor het begin.", field="ends_on"))
    if (grant.ends_on - grant.starts_on).days > LONGEST_DAYS:
        message = f"Een machtiging geldt hoogstens {LONGEST_DAYS} dagen. Vraag om een vervolgaanvraag."
        found.append(Obstacle("grant_too_long", message, field="ends_on"))
    if held.zorgtype:
        if not 0 < (grant.days_of_stay or 0) <= (grant.ends_on - grant.starts_on).days + 1:
            message = "Vul de dagen verblijf in, niet meer dan er in de periode passen."
            found.append(Obstacle("days_missing", message, field="days_of_stay"))
    elif not any(grant.hours.values()):
        found.append(Obstacle("hours_missing", "Vul de uren in.", field="hours"))
    whole = _same(grant, ask)
    if intent.outcome is Outcome.GRANTED and not whole:
        message = "Dit is iets anders dan gevraagd. Kies gedeeltelijk toekennen."
        found.append(Obstacle("grant_is_partial", message, field="outcome"))
    if intent.outcome is Outcome.PARTLY_GRANTED and whole:
        found.append(Obstacle("grant_is_whole", "U kent alles toe wat gevraagd is. Kies toekennen.", field="outcome"))
    return found


def _same(one: Grant, other: Grant) -> bool:
    kept = [{name: hours for name, hours in grant.hours.items() if hours} for grant in (one, other)]
    periods = [(grant.starts_on, grant.ends_on, grant.setting, grant.days_of_stay) for grant in (one, other)]
    return kept[0] == kept[1] and periods[0] == periods[1]


def _words(intent: Intent) -> list[Obstacle]:
    found = []
    for name, text, message, needed in (
        ("summary", intent.summary, "Schrijf de motivering van het besluit.", True),
        (
            "not_granted",
            intent.not_granted,
            "Schrijf wat u niet toekent en waarom.",
            intent.outcome is not Outcome.GRANTED,
        ),
    ):
        if needed and not text.strip():
            found.append(Obstacle(f"{name}_missing", message, field=name))
        elif long := readability.too_long(text):
            found.append(Obstacle(f"{name}_too_long", f"Te moeilijk: {long.message}", field=name))
    return found


def _longer(asked: Asked, held: Grant) -> list[Obstacle]:
    if asked.until_on is None:
        return [Obstacle("until_missing", "Vul in tot wanneer.", field="until_on")]
    if held.ends_on and asked.until_on <= held.ends_on:
        message = f"De machtiging loopt al tot en met {words.day(held.ends_on)}. Kies een latere dag."
        return [Obstacle("until_not_later", message, field="until_on")]
    return []


def _from(asked: Asked, held: Grant) -> list[Obstacle]:
    if asked.from_on is None:
        return [Obstacle("from_missing", "Vul in vanaf wanneer.", field="from_on")]
    if held.starts_on and held.ends_on and not held.starts_on <= asked.from_on <= held.ends_on:
        message = f"De machtiging loopt van {words.day(held.starts_on)} tot en met {words.day(held.ends_on)}."
        return [Obstacle("from_outside", f"{message} Kies een dag daarbinnen.", field="from_on")]
    return []


def _institution(asked: Asked) -> list[Obstacle]:
    found = []
    if not asked.institution_name.strip():
        found.append(Obstacle("institution_missing", "Vul de naam van de instelling in.", field="institution_name"))
    try:
        identifiers.agb(asked.institution_agb)
    except ValueError as error:
        found.append(Obstacle("agb_wrong", str(error), field="institution_agb"))
    return found
