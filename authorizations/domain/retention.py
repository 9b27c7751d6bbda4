"""How long what is kept: per class of data, from which day it counts, and whether its time is over."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from authorizations.domain.policy import Limits
from kit.terms import Term


class Kept(Term):
    """A class of data with a term of its own. Bron: R-39."""

    DRAFT = "draft", "Concepten die niemand afmaakte"
    FILES = "files", "Documenten bij een aanvraag"
    DOSSIER = "dossier", "Aanvragen met besluit en brieven"
    TRAJECT = "traject", "Zorgtrajecten met hun activiteiten"
    TAKEN_OVER = "taken_over", "Overgenomen machtigingen met hun bewijs"
    COULANCE = "coulance", "Coulanceverzoeken met stukken en brief"
    CLAIM = "claim", "Declaraties"


def last_day(kept: Kept, counted_from: date, limits: Limits) -> date:
    """
    Return the last day on which these data are kept. A draft counts from its last change, the rest from the end.

    A zorgtraject is kept as long as a decision, from the day that its last subtraject closed; a machtiging of another
    insurer from the end of its period; coulance from the day that it was closed; a claim from its answer, or without
    one from the day that it was handed in.

    Bron: R-39 (no source: policy values).
    """
    return LAST_DAY[kept](counted_from, limits)


def is_over(kept: Kept, counted_from: date, limits: Limits, *, today: date) -> bool:
    """Tell whether these data go: the day after their last."""
    return today > last_day(kept, counted_from, limits)


def end_of(*, closed_on: date, grant_ends_on: date | None) -> date:
    """Return the day from which the terms count: the end of the machtiging, or of the request when there is none."""
    return max(closed_on, grant_ends_on or closed_on)


def longest(limits: Collection[Limits]) -> Limits:
    """Return the longest of each term: what falls under several policies goes when all of them are over. Bron: R-39."""
    return Limits(
        files_kept_years=max(one.files_kept_years for one in limits),
        decision_kept_years=max(one.decision_kept_years for one in limits),
        draft_kept_days=max(one.draft_kept_days for one in limits),
    )


def years_later(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 1 March, so that nothing goes a day early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


LAST_DAY: dict[Kept, Callable[[date, Limits], date]] = {
    Kept.DRAFT: lambda day, limits: day + timedelta(days=limits.draft_kept_days),
    Kept.FILES: lambda day, limits: years_later(day, limits.files_kept_years),
    Kept.DOSSIER: lambda day, limits: years_later(day, limits.decision_kept_years),
    Kept.TRAJECT: lambda day, limits: years_later(day, limits.decision_kept_years),
    Kept.TAKEN_OVER: lambda day, limits: years_later(day, limits.decision_kept_years),
    Kept.COULANCE: lambda day, limits: years_later(day, limits.decision_kept_years),
    Kept.CLAIM: lambda day, limits: years_later(day, limits.decision_kept_years),
}
