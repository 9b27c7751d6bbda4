"""The purchasing season of an insurer: its calendar, when people are reminded, and what the startbrief needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kit.obstacles import Obstacle
from kit.terms import Term

REMIND_BEFORE = (14, 3)
"""So many days before a deadline people are reminded; no source says when, so this is our own choice."""


class Deadline(Term):
    """The moments of a season, in their order. Bron: A-07, A-09, A-27."""

    START_LETTER = "start_letter_on", "Inkoopbrief (startbrief) versturen"
    QUESTIONNAIRE = "questionnaire_on", "Vragenlijsten die voor dit jaar tellen"
    NEGOTIATE = "negotiate_on", "Einde van de onderhandelperiode"
    PUBLISH = "publish_on", "Gecontracteerde zorgverleners publiceren"
    PROCESS = "process_on", "Einde van de administratieve verwerking"


# Bron: A-09 and A-27 (a.s.r.'s days of 2019 for the contracts of 2020).
USUAL = {
    Deadline.START_LETTER: (5, 31),
    Deadline.QUESTIONNAIRE: (9, 1),
    Deadline.NEGOTIATE: (11, 1),
    Deadline.PUBLISH: (11, 12),
    Deadline.PROCESS: (12, 31),
}


@dataclass(frozen=True)
class Reminder:
    """A deadline that comes near, and which of the reminders this is."""

    deadline: Deadline
    due_on: date
    days_before: int


def usual_days(year: int) -> dict[Deadline, date]:
    """Return the calendar for contracts of this year, as it stands in the source a year earlier. Bron: A-09, A-27."""
    return {deadline: date(year - 1, month, day) for deadline, (month, day) in USUAL.items()}


def due_reminders(days: Mapping[Deadline, date], *, today: date) -> list[Reminder]:
    """
    Return what people must be reminded of today: each deadline that comes near, with the nearest of its reminders.

    It gives the same on every day of a stretch, so that a clock that missed a day still reminds, and once.

    Bron: A-09 (the deadlines); the days before are our own choice.
    """
    found = []
    for deadline, due_on in days.items():
        left = (due_on - today).days
        passed = [before for before in REMIND_BEFORE if 0 <= left <= before]
        if passed:
            found.append(Reminder(deadline, due_on, min(passed)))
    return found


def obstacles_to_plan(year: int, days: Mapping[Deadline, date], *, today: date) -> list[Obstacle]:
    """Return why this can't be the calendar for contracts of this year. Bron: A-09."""
    found = []
    if not today.year - 1 <= year <= today.year + 3:
        found.append(Obstacle("year_unlikely", "Controleer het jaar.", field="year"))
    before: tuple[Deadline, date] | None = None
    for deadline in Deadline:
        on = days[deadline]
        if on.year >= year:
            words = f"{deadline.label}: dit is vóór het contractjaar {year}. Controleer de datum."
            found.append(Obstacle("not_before_year", words, field=deadline.value))
        elif before and on < before[1]:
            words = f"{deadline.label}: dit komt na “{before[0].label.lower()}”. Controleer de datum."
            found.append(Obstacle("wrong_order", words, field=deadline.value))
        before = (deadline, on)
    return found
