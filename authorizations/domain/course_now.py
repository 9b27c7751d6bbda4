"""
What stands to be done in a subtraject, in words: until when an activity is safe, or what comes after a closing.

Bron: Z-31 to Z-35; R-04 to R-12.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from authorizations.domain import forecast, words
from authorizations.domain.subtrajects import DAY, LONGEST, Ground

PAIN = (
    "Bij chronische pijn is de behandeling binnen 120 dagen klaar. Duurt het langer? Leg in een vervolgaanvraag uit "
    "waarom dit een zeer uitzonderlijk geval is."
)
SOON, NEAR = 7, 14
"""So many days before an end it is urgent, and it is worth a look; no source has these numbers."""


@dataclass(frozen=True)
class Now:
    """What is the matter, in one line and in some; `level` is that of a term: high, mid, low, over or paused."""

    title: str
    lines: tuple[str, ...]
    level: str
    badge: str


def grounds(code: str) -> list[Ground]:
    """Return the grounds of a closing as it is kept: 42_dagen+120_dagen. Bron: R-10."""
    return [Ground(one) for one in code.split("+") if one]


def left(closes_on: date, *, today: date) -> str:
    """Return how long it still is: "nog 3 dagen", "vandaag", "sloot op 3 mei 2026". Bron: R-05."""
    days = (closes_on - today).days
    if days < 0:
        return f"sloot op {words.day(closes_on)}"
    if days == 0:
        return "vandaag"
    return f"nog {days} {'dag' if days == 1 else 'dagen'}"


def level(closes_on: date, *, today: date) -> str:
    """Return how near an end is, as the signs of terms have it. The words beside it say the same."""
    days = (closes_on - today).days
    return "over" if days < 0 else "high" if days <= SOON else "mid" if days <= NEAR else "low"


def of_open(
    *,
    opened_on: date,
    closes_on: date,
    closes_by: str,
    idle_on: date | None,
    finished_on: date | None,
    chronic_pain: bool,
    today: date,
) -> Now:
    """
    Return what stands to be done in a subtraject that is open.

    Bron: Z-31 to Z-35; R-05 (an activity on day 42 itself still counts), R-09 (without any only 120 days), R-11.
    """
    last_day, why = opened_on + LONGEST, grounds(closes_by)
    how = {"level": level(closes_on, today=today), "badge": f"Sluit: {left(closes_on, today=today)}"}
    if closes_on < today:
        text = f"Het subtraject sloot op {words.day(closes_on)}: {forecast.closing_words(why)}."
        return Now(text, ("Het portaal legt dat vannacht vast.",), "over", f"Sloot op {words.day(closes_on)}")
    if finished_on and Ground.FINISHED in why:
        return Now(
            f"De behandeling is klaar op {words.day(finished_on)}. Het subtraject sluit op {words.day(closes_on)}.",
            ("U hoeft niets te doen.",),
            "paused",
            "Behandeling klaar",
        )
    if Ground.IDLE in why:
        return Now(
            f"De laatste veilige dag voor de volgende activiteit is {words.day(closes_on)} "
            f"({left(closes_on, today=today)}).",
            (
                "Is er dan geen activiteit geweest? Dan sluit het subtraject op die dag, omdat er 42 dagen geen "
                "activiteit is. Een activiteit op die dag zelf telt nog mee.",
                f"Dag 120 is {words.day(last_day)}. Dan sluit het subtraject hoe dan ook.",
                *((PAIN,) if chronic_pain else ()),
            ),
            **how,
        )
    told = ["Een activiteit verandert die dag niet. Komt er daarna nog een? Dan opent een vervolg (zorgtype 21)."]
    if idle_on is None:
        told.insert(0, "Er is nog geen activiteit die meetelt. Daarom tellen de 42 dagen nog niet.")
    if chronic_pain:
        told.append(PAIN)
    title = (
        f"Het subtraject sluit op {words.day(closes_on)} ({left(closes_on, today=today)}). Dan is het 120 dagen open."
    )
    return Now(title, tuple(told), **how)


def of_died(died_on: date, *, closes_on: date, closed: bool) -> Now:
    """
    Return what there still is to do once the patient died. Bron: R-02 (death closes under `nza` alone).
    """
    how = f"is gesloten op {words.day(closes_on)}" if closed else f"sluit op {words.day(closes_on)}"
    told = f"Het subtraject {how}. Een activiteit van na het overlijden kunt u niet vastleggen."
    return Now(f"De patiënt is overleden op {words.day(died_on)}.", (told,), "paused", "Overleden")


def after_death(died_on: date | None, days: Iterable[date]) -> int:
    """Return how many activities stand on a day after the patient died. Bron: R-02; R-08 (what was known later)."""
    return sum(day > died_on for day in days) if died_on else 0


def of_closed(*, closed_on: date, closed_by: str, chronic_pain: bool) -> Now:
    """
    Return what may follow on a subtraject that closed.

    Bron: R-12 (NR/CU-263 art. 16 lid 2-3): within 360 days after the closing a vervolg opens, then a new zorgtraject.
    """
    why = forecast.closing_words(grounds(closed_by))
    last = closed_on + 3 * LONGEST
    told = [
        f"Komt er nog een activiteit, tot en met {words.day(closed_on + LONGEST)}? Dan opent een vervolg (zorgtype 21) "
        f"op {words.day(closed_on + DAY)}.",
        f"Na {words.day(last)} begint u een nieuw zorgtraject.",
    ]
    if chronic_pain and Ground.LONGEST in grounds(closed_by):
        told.append("Bij chronische pijn is een vervolg alleen in een zeer uitzonderlijk geval mogelijk.")
    return Now(f"Het subtraject is gesloten op {words.day(closed_on)}: {why}.", tuple(told), "paused", "Gesloten")
