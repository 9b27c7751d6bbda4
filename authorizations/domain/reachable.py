"""Whether somebody answers the telephone at this moment, and when they do again."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from authorizations.domain.contact import DAYS, Contact
from authorizations.domain.deadlines import AMSTERDAM, ONE_DAY, public_holidays
from kit.dates import NAMES

FAR = 14
"""So many days are looked ahead; who opens once a week has opened by then, whatever the holidays."""


@dataclass(frozen=True)
class Reach:
    """Whether somebody answers now; `words` say until when, or from when."""

    is_now: bool
    words: str


def reach(contact: Contact, now: datetime) -> Reach | None:
    """
    Return whether somebody answers at this moment, or when first again; None when the policy doesn't tell.

    At the minute of closing nobody answers any more. On public holidays nobody answers: the sources name days of the
    week only, and sending somebody to a telephone that nobody picks up is worse than one day too late.

    Bron: Z-36, G-37; R-18 (which days are public holidays).
    """
    here = now.astimezone(AMSTERDAM)
    today, clock = here.date(), here.time()
    known = sorted(contact.openings, key=lambda one: one.opens) if contact.phone else []
    for day in (today + timedelta(days=ahead) for ahead in range(FAR + 1)):
        if day in public_holidays(day.year):
            continue
        for one in known:
            if day.weekday() not in one.days:
                continue
            if day > today or clock < one.opens:
                return Reach(False, f"{_day(day, today)} vanaf {_clock(one.opens)} uur")
            if clock < one.closes:
                return Reach(True, f"tot {_clock(one.closes)} uur")
    return None


def _day(day: date, today: date) -> str:
    if day == today:
        return "Vandaag"
    if day == today + ONE_DAY:
        return "Morgen"
    return f"{DAYS[day.weekday()].capitalize()} {day.day} {NAMES[day.month - 1]}"


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}"
