"""The figures as pages show them: sentences, charts with the same numbers in a table, and a file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TextIO

from authorizations.domain import figures, figures_picture, words
from authorizations.domain.drawing import Bar
from authorizations.domain.figures import TIMES, Counts, Measure
from authorizations.domain.figures_picture import Columns
from authorizations.domain.figures_public import OUTCOMES
from authorizations.domain.heroverweging import OverturnReason
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Verdict
from authorizations.queries.figures import Counted
from kit import csv, dates

HEAD = ("maand", "beleid", "cijfer", "onderdeel", "aantal")
NOTHING = "–"
ENDINGS = {figures.CONFIRMED: "Besluit bevestigd"} | {
    reason.value: f"Herzien: {reason.label[0].lower()}{reason.label[1:]}" for reason in OverturnReason
}
"""How a heroverweging ends, by its key."""


@dataclass(frozen=True)
class Line:
    """A line of a table with its bar; `share` is what part of the whole it is."""

    label: str
    number: int | None
    bar: Bar
    share: int | None = None


@dataclass(frozen=True)
class Time:
    """How many werkdagen one party took: for half, and for nine in ten of the requests."""

    label: str
    median: int | None
    p90: int | None
    median_bar: Bar
    p90_bar: Bar


@dataclass(frozen=True)
class Month:
    """What one month shows in a table."""

    name: str
    received: int
    closed: int
    first_time_right: int | None


@dataclass(frozen=True)
class Agreement:
    """How often two medisch adviseurs said the same of a criterion, without having seen each other's verdict."""

    label: str
    number: int
    same: int
    kappa: str


@dataclass(frozen=True)
class Page:
    """Everything that the page of the desk shows of a period."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    volumes: Columns | None = None
    right: Columns | None = None
    outcomes: list[Line] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    questions: list[Line] = field(default_factory=list)
    denials: list[Line] = field(default_factory=list)
    seconds: list[Line] = field(default_factory=list)
    agreement: list[Agreement] = field(default_factory=list)
    reconsidered: list[Line] = field(default_factory=list)


def page(counted: Sequence[Counted], *, first: date, last: date, criteria: Mapping[str, str]) -> Page | None:
    """Return the page of these days; None when nothing came in and nothing was closed."""
    if not counted:
        return None
    total: dict[Measure, Counter[str]] = {measure: Counter() for measure in Measure}
    for one in counted:
        total[one.measure][one.key] += one.number
    months = list(_months(counted, first, last))
    names = [day for day, _ in months]
    rows = [row for _, row in months]
    received, closed = sum(total[Measure.RECEIVED].values()), sum(total[Measure.OUTCOME].values())
    right = total[Measure.FIRST_TIME_RIGHT]
    share = figures.percentage(right[figures.YES], right.total())
    median = figures.percentile(total[Measure.PATIENT_TIME], 50)
    return Page(
        facts=[
            ("Ontvangen", words.number(received)),
            ("Afgerond", words.number(closed)),
            ("In één keer goed", NOTHING if share is None else f"{share}%"),
            ("Hele wachttijd, mediaan", NOTHING if median is None else _workdays(median)),
        ],
        months=rows,
        volumes=figures_picture.columns(
            names,
            [row.received for row in rows],
            [row.closed for row in rows],
            told=f"Samen {words.number(received)} ontvangen en {words.number(closed)} afgerond. "
            "De tabel eronder noemt elke maand.",
        ),
        right=figures_picture.columns(
            names,
            [row.first_time_right for row in rows],
            most=100,
            told=f"In de hele periode {share}% in één keer goed. De tabel eronder noemt elke maand.",
        )
        if right
        else None,
        outcomes=lines([(one.label, total[Measure.OUTCOME][one]) for one in OUTCOMES], closed),
        times=list(times(total)),
        questions=lines(_named(total[Measure.QUESTION], criteria), closed),
        denials=lines(_named(total[Measure.DENIED_FOR], criteria), total[Measure.OUTCOME][Status.DENIED]),
        seconds=lines(
            [(key.capitalize(), total[Measure.SECOND_REVIEW][key]) for key in (figures.CONFIRMED, figures.RETURNED)],
            total[Measure.SECOND_REVIEW].total(),
        )
        if total[Measure.SECOND_REVIEW]
        else [],
        agreement=agreement(total[Measure.AGREEMENT], criteria),
        reconsidered=lines(
            [(words_, total[Measure.RECONSIDERED][key]) for key, words_ in ENDINGS.items()],
            total[Measure.RECONSIDERED].total(),
        )
        if total[Measure.RECONSIDERED]
        else [],
    )


def agreement(counts: Counts, criteria: Mapping[str, str]) -> list[Agreement]:
    """Return per criterion how far two blind verdicts agree, the least first: what is unclear stands on top."""
    found = []
    for criterion, given in figures.pairs(counts).items():
        number, kappa = sum(given.values()), figures.kappa(given)
        share = figures.percentage(figures.same(given), number) or 0
        shown = NOTHING if kappa is None or number < figures.FEW else f"{float(kappa):.2f}".replace(".", ",")
        found.append(Agreement(criteria.get(criterion, criterion), number, share, shown))
    return sorted(found, key=lambda one: (one.same, -one.number, one.label))


def lines(numbers: Sequence[tuple[str, int]], whole: int) -> list[Line]:
    """Return a line per number, with its bar and its share of the whole."""
    drawn = figures_picture.bars([number for _, number in numbers])
    return [
        Line(label, number, bar, figures.percentage(number, whole))
        for (label, number), bar in zip(numbers, drawn, strict=True)
    ]


def times(total: Mapping[Measure, Counts]) -> Iterator[Time]:
    """Yield whose time it was."""
    found = [
        (label, [figures.percentile(total[measure], share) for share in (50, 90)]) for measure, label in TIMES.items()
    ]
    drawn = iter(figures_picture.bars([number for _, numbers in found for number in numbers]))
    for label, (median, p90) in found:
        yield Time(label, median, p90, next(drawn), next(drawn))


def write(
    outgoing: TextIO, counted: Iterable[Counted], *, policies: Mapping[str, str], criteria: Mapping[str, str]
) -> None:
    """Write what was counted as rows for a spreadsheet: one per month, policy, figure and part."""
    outgoing.write(csv.BOM)
    rows = csv.Writer(outgoing)
    rows.write(HEAD)
    for one in counted:
        part = criteria.get(one.key, one.key) if one.measure in (Measure.QUESTION, Measure.DENIED_FOR) else one.key
        if one.measure is Measure.OUTCOME:
            part = Status(one.key).label
        if one.measure is Measure.RECONSIDERED:
            part = ENDINGS[one.key]
        if one.measure is Measure.AGREEMENT:
            criterion, *verdicts = one.key.split(" ")
            said = " en ".join(Verdict(verdict).label.lower() for verdict in verdicts)
            part = f"{criteria.get(criterion, criterion)}: {said}"
        rows.write((f"{one.month:%Y-%m}", policies.get(one.policy, one.policy), one.measure.label, part, one.number))


def _months(counted: Iterable[Counted], first: date, last: date) -> Iterator[tuple[date, Month]]:
    """Yield every month of the period, also one in which nothing happened."""
    found: dict[date, dict[Measure, Counter[str]]] = {}
    for one in counted:
        found.setdefault(one.month, {}).setdefault(one.measure, Counter())[one.key] += one.number
    month = first.replace(day=1)
    while month <= last:
        numbers = found.get(month, {})
        right = numbers.get(Measure.FIRST_TIME_RIGHT, Counter())
        yield (
            month,
            Month(
                name=f"{dates.NAMES[month.month - 1]} {month.year}",
                received=numbers.get(Measure.RECEIVED, Counter()).total(),
                closed=numbers.get(Measure.OUTCOME, Counter()).total(),
                first_time_right=figures.percentage(right[figures.YES], right.total()),
            ),
        )
        month = (month + timedelta(days=31)).replace(day=1)


def _named(counts: Counts, criteria: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return what there is per criterion, the most first."""
    found = [(criteria.get(code, code), number) for code, number in counts.items()]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _workdays(number: int) -> str:
    return f"{number} {'werkdag' if number == 1 else 'werkdagen'}"
