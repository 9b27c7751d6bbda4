"""
How a claim stands by its days: until when it may be handed in, how long that is, what changed it, and what follows.

Bron: R-26; G-07 (coulance lifts the term), G-10 to G-14, A-43 to A-45; codes.md section 6.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain import claim_terms, words
from authorizations.domain.claim_terms import INITIAL, TOO_LATE, ClaimOutcome, ClaimTerm, Regime, Start
from authorizations.domain.course_picture import Scale
from authorizations.domain.drawing import Bar, Mark
from kit.terms import Term

SOON, NEAR = 14, 30
"""So many days before the last it is urgent, and it is worth a look; no source has these numbers."""
WARN_DAYS = (30, 14, 7)
BEFORE, AFTER = timedelta(days=10), timedelta(days=20)
WHAT_0586 = (
    f"Retourcode {TOO_LATE}: de declaratie is te laat ingediend. Opnieuw indienen met code 03 verandert dat niet. "
    "Was er overmacht of een calamiteit? Vraag dan coulance."
)


class ClaimState(Term):
    """How a claim stands by its days (a list of our own)."""

    RUNS = "loopt", "Nog in te dienen"
    OVER = "te_laat", "Te laat"
    LIFTED = "coulance", "Coulance gegeven"
    FREE = "zonder_termijn", "Geen termijn"
    WAITS = "wacht", "Termijn nog niet bekend"
    NOT_HERE = "niet_zelf", "Niet zelf in te dienen"
    HANDED_IN = "ingediend", "Ingediend"


@dataclass(frozen=True)
class Standing:
    """What is the matter with a claim: in one line and in some; `level` is that of the sign of a term."""

    state: ClaimState
    title: str
    lines: tuple[str, ...]
    level: str
    badge: str


@dataclass(frozen=True)
class Days:
    """What of a claim its term follows from; `lifted_by` is the reference of the coulanceverzoek that was granted."""

    regime: Regime
    resubmission: str
    start: date | None
    closed_on: date | None
    handed_in_on: date | None
    return_code: str
    lifted_by: str = ""


def stands(term: ClaimTerm | None, days: Days, *, today: date) -> Standing:
    """
    Return how this claim stands today; without a term the day that it runs from isn't known yet.

    Bron: R-26; G-07, G-13, G-14.
    """
    if term is None:
        lacking = "de retourinformatie kreeg" if _again(days) else "de zorg sloot"
        told = (
            f"Vul in wanneer u {lacking}."
            if _again(days)
            else f"Vul in wanneer {lacking}. Vanaf die dag telt de termijn."
        )
        return Standing(ClaimState.WAITS, "De laatste dag is nog niet bekend", (told,), "paused", "Nog niet bekend")
    if days.handed_in_on:
        return _handed_in(term, days)
    if term.in_time is ClaimOutcome.NOT_HERE:
        return Standing(
            ClaimState.NOT_HERE, "De verzekerde dient de nota in", (TO_THE_INSURED,), "paused", "Via de verzekerde"
        )
    if days.lifted_by:
        told = f"Coulanceverzoek {days.lifted_by} is toegekend voor deze declaratie. De indientermijn geldt niet meer."
        return Standing(ClaimState.LIFTED, "U kunt nog indienen, door coulance", (told,), "paused", "Coulance gegeven")
    if term.last_day is None:
        why = STATUTORY if term.in_time is ClaimOutcome.UNDETERMINED else NO_TERM
        return Standing(ClaimState.FREE, "Er is geen laatste dag bekend", (why,), "paused", "Geen termijn")
    return _open(term, term.last_day, days, today)


TO_THE_INSURED = (
    "Zonder contract declareert u niet zelf. De nota gaat naar de verzekerde, met de gegevens van de restitutienota "
    "van Vektis."
)
STATUTORY = "De bron noemt geen termijn voor deze declaratie. Vraag de verzekeraar ernaar."
NO_TERM = "Voor deze code her-declaratie of dit schadejaar geldt de indientermijn niet."


def _open(term: ClaimTerm, last_day: date, days: Days, today: date) -> Standing:
    left = (last_day - today).days
    lines = [_counted(term, last_day), *_changed(term, days)]
    if left < 0:
        late = "1 dag te laat" if left == -1 else f"{words.number(-left)} dagen te laat"
        follows = (
            [WHAT_0586] if term.return_code else ["De bron noemt geen retourcode. Vraag de verzekeraar wat nu kan."]
        )
        return Standing(
            ClaimState.OVER, f"De laatste dag was {words.day(last_day)}", (*lines, *follows), "over", late.capitalize()
        )
    many = "Vandaag de laatste dag" if left == 0 else f"Nog {words.number(left)} {'dag' if left == 1 else 'dagen'}"
    level = "high" if left <= SOON else "mid" if left <= NEAR else "low"
    if term.return_code:
        lines.append(f"Daarna wijst de verzekeraar haar af met retourcode {term.return_code}.")
    return Standing(ClaimState.RUNS, f"Dien haar in uiterlijk op {words.day(last_day)}", tuple(lines), level, many)


def _handed_in(term: ClaimTerm, days: Days) -> Standing:
    assert days.handed_in_on  # noqa: S101  # who calls this saw it
    judged = claim_terms.judge(term, days.handed_in_on)
    title, lines = f"Ingediend op {words.day(days.handed_in_on)}", []
    if term.last_day:
        lines.append(f"{_counted(term, term.last_day)} {_in_time(term.last_day, days.handed_in_on)}")
    if judged.outcome is ClaimOutcome.REFUSED and days.lifted_by:
        lines.append(f"Coulanceverzoek {days.lifted_by} is toegekend: de indientermijn geldt niet meer.")
    elif judged.outcome is ClaimOutcome.REFUSED and term.return_code:
        lines.append(WHAT_0586)
    elif days.return_code == TOO_LATE:
        lines.append(f"{WHAT_0586} Volgens onze telling was zij op tijd: vraag de verzekeraar waarom.")
    refused = judged.outcome is ClaimOutcome.REFUSED and not days.lifted_by
    badge = "Te laat ingediend" if refused else "Ingediend"
    return Standing(ClaimState.HANDED_IN, title, tuple(lines), "over" if refused else "paused", badge)


def _in_time(last_day: date, handed_in_on: date) -> str:
    late = (handed_in_on - last_day).days
    if late <= 0:
        return "Dat was op tijd."
    return f"Dat was {'1 dag' if late == 1 else f'{words.number(late)} dagen'} te laat."


def _counted(term: ClaimTerm, last_day: date) -> str:
    assert term.start  # noqa: S101  # who has a last day has a start
    return f"De termijn loopt tot en met {words.day(last_day)}: {term.length} na {term.start.label}."


def _changed(term: ClaimTerm, days: Days) -> list[str]:
    """Return what moved the last day away from that of a first claim."""
    if term.start is not Start.RETURNED:
        return []
    if not days.closed_on:
        return ["Dit is een herdeclaratie: de 6 maanden na het sluiten gelden niet meer."]
    first = claim_terms.months_after(days.closed_on, 6)
    return [
        f"Voor de eerste declaratie was de laatste dag {words.day(first)}. Na een afwijzing telt een nieuwe termijn."
    ]


def _again(days: Days) -> bool:
    return days.regime is Regime.ZK_GGZ and days.resubmission != INITIAL


@dataclass(frozen=True)
class ClaimPicture:
    """The term on a calendar, in whole units, and the same in words for who doesn't see it."""

    told: str
    term: Bar
    months: list[Mark]
    last: Mark
    late: Bar | None
    handed_in: Mark | None
    today: Mark | None
    width: int
    height: int = 120


def draw(term: ClaimTerm | None, days: Days, *, today: date) -> ClaimPicture | None:
    """Return the calendar of a claim: its term, the day of handing in, and today; None without a last day."""
    if term is None or term.last_day is None or days.start is None:
        return None
    end, last = days.handed_in_on or today, term.last_day
    # Of what was long ago only its own stretch is drawn, not all the years since.
    shown_today = today if not days.handed_in_on and (today - last).days <= 366 else None
    latest = max([last, *([days.handed_in_on] if days.handed_in_on else []), *([shown_today] if shown_today else [])])
    scale = Scale(min(days.start, *([shown_today] if shown_today else [days.start])) - BEFORE, latest + AFTER)
    told = f"De termijn begint op {words.day(days.start)} en de laatste dag is {words.day(last)}."
    if days.handed_in_on:
        told += f" Ingediend op {words.day(days.handed_in_on)}."
    return ClaimPicture(
        told=told,
        term=scale.bar(days.start, last),
        months=list(scale.months()),
        last=next(iter(scale.named([last]))),
        late=scale.bar(last, min(end, latest)) if last < end else None,
        handed_in=Mark(scale.x(days.handed_in_on)) if days.handed_in_on else None,
        today=Mark(scale.x(shown_today)) if shown_today else None,
        width=scale.width,
    )
