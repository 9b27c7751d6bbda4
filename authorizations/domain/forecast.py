"""What a plan of appointments leads to: when its subtrajects close, and which days matter. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from authorizations.domain import policy as policies
from authorizations.domain import subtrajects, words
from authorizations.domain.subtrajects import IDLE, LONGEST, Ground, Subtraject


@dataclass(frozen=True)
class RiskDay:
    """A day on which something ends, and how many days before it to be warned."""

    on: date
    title: str
    why: str
    warn_days: tuple[int, ...]


@dataclass(frozen=True)
class Forecast:
    """What happens when every appointment goes on as planned, and nothing else does."""

    opened_on: date
    planned_on: tuple[date, ...]
    subtrajects: tuple[Subtraject, ...]
    last_safe_on: date
    fits: bool
    remarks: tuple[str, ...]
    risks: tuple[RiskDay, ...]
    outside: tuple[date, ...]
    """Appointments that fall in no subtraject: a new zorgtraject is needed for them."""

    def own(self, subtraject: Subtraject) -> list[date]:
        """Return the appointments of one of the subtrajects."""
        end = subtraject.closing.closed_on if subtraject.closing else date.max
        return [day for day in self.planned_on if subtraject.opened_on <= day <= end]


def foretell(
    *,
    opened_on: date,
    planned_on: Sequence[date],
    finished_on: date | None = None,
    chronic_pain: bool = False,
    by: policies.Closing = policies.Closing.BRON,
) -> Forecast:
    """
    Foretell how a plan goes. Appointments before the opening are left out.

    Bron: Z-31 to Z-35; R-02, R-04 to R-12.
    """
    planned = tuple(sorted(day for day in planned_on if day >= opened_on))
    behind_all = max([opened_on, *planned, *filter(None, [finished_on])]) + 3 * LONGEST
    found = tuple(
        subtrajects.course(
            opened_on=opened_on,
            performed_on=planned,
            judged_on=behind_all,
            finished_on=[finished_on] if finished_on else [],
            by=by,
        )
    )
    end = found[-1].closing
    outside = tuple(day for day in planned if end and day > end.closed_on)
    last = found[-1]
    own = [day for day in planned if day >= last.opened_on and day not in outside]
    return Forecast(
        opened_on=opened_on,
        planned_on=planned,
        subtrajects=found,
        last_safe_on=subtrajects.last_safe_day(opened_on=last.opened_on, performed_on=own),
        fits=subtrajects.fits(opened_on=opened_on, planned_on=[*planned, *([finished_on] if finished_on else [])]),
        remarks=tuple(_remarks(found, planned, finished_on, chronic_pain)),
        risks=tuple(_risks(found, planned, chronic_pain)),
        outside=outside,
    )


def _remarks(
    found: Sequence[Subtraject], planned: Sequence[date], finished_on: date | None, chronic_pain: bool
) -> list[str]:
    opened_on = found[0].opened_on
    closed_idle = {one.closing.closed_on for one in found if one.closing and Ground.IDLE in one.closing.grounds}
    told = [
        f"Tussen {words.day(before)} en {words.day(after)} is er meer dan 42 dagen geen afspraak. "
        # Day 120, or the end of treatment, may have closed it before those 42 days were full.
        + (f"Het subtraject sluit dan op {words.day(before + IDLE)}. " if before + IDLE in closed_idle else "")
        + "Dat is in beginsel niet doelmatig."
        for before, after in pairwise(planned)
        if after - before > IDLE
    ]
    late = max([*planned, *([finished_on] if finished_on else [])], default=opened_on) > opened_on + LONGEST
    if late and chronic_pain:
        told.append(
            "Bij chronische pijn is de behandeling binnen 120 dagen klaar. Dit plan duurt langer. "
            "In de aanvraag legt u uit waarom dit een zeer uitzonderlijk geval is."
        )
    if finished_on and any(day > finished_on for day in planned):
        told.append(f"Er staan afspraken na {words.day(finished_on)}, de dag waarop de behandeling klaar is.")
    return told


def _risks(found: Sequence[Subtraject], planned: Sequence[date], chronic_pain: bool) -> list[RiskDay]:
    risks = []
    for number, one in enumerate(found, 1):
        if one.closing is None:
            continue
        name = "het subtraject" if len(found) == 1 else f"subtraject {number}"
        if Ground.IDLE in one.closing.grounds:
            risks.append(
                RiskDay(
                    one.closing.closed_on,
                    f"Laatste dag voor een afspraak in {name}",
                    "42 dagen na de laatste afspraak sluit het subtraject.",
                    subtrajects.WARN_IDLE,
                )
            )
        # Every appointment more moves the first of these days, and never this one: who plans on must know it.
        if Ground.FINISHED not in one.closing.grounds and (one is found[-1] or Ground.LONGEST in one.closing.grounds):
            risks.append(
                RiskDay(
                    one.opened_on + LONGEST,
                    f"Dag 120 van {name}",
                    "120 dagen na de opening sluit het subtraject.",
                    subtrajects.WARN_PAIN if chronic_pain else subtrajects.WARN_LONGEST,
                )
            )
    return risks


def closing_words(grounds: Sequence[Ground]) -> str:
    """Return why a subtraject closes, for people."""
    said = {
        Ground.FINISHED: "de behandeling is klaar",
        Ground.IDLE: "er is 42 dagen geen activiteit",
        Ground.LONGEST: "het subtraject is 120 dagen open",
        Ground.DEATH: "de patiënt is overleden",
    }
    return words.listing([said[ground] for ground in grounds])
