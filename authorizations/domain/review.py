"""
Judging a request: its criteria, asking the provider, and everything that stands in the way of a decision.

Nothing here decides: a rule only says what a person still has to do. Bron: R-13, R-19, R-20.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain import deadlines, kinds, review_grant, review_words, words
from authorizations.domain.application import Application
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Criterion as PolicyCriterion
from authorizations.domain.policy import National, Policy, Standpunt, StandpuntOutcome
from authorizations.domain.review_grant import Grant as Grant
from authorizations.domain.review_grant import asked_hours as asked_hours
from authorizations.domain.review_grant import default_grant as default_grant
from authorizations.domain.review_grant import in_order as in_order
from authorizations.domain.review_grant import less_than_asked as less_than_asked
from authorizations.domain.terms import Indication, Outcome, Verdict

WAY_OUT = (
    ("missing_fact", "Schrijf wat er ontbreekt."),
    ("leads_to_consent", "Schrijf wat tot toestemming leidt."),
)
LONGEST_TO_ANSWER = timedelta(days=90)


@dataclass(frozen=True)
class Criterion:
    """A question for the reviewer; a locked one has its answer from the national layer."""

    code: str
    title: str
    text: str
    source: str
    article: str
    parent: str = ""
    points: tuple[str, ...] = ()
    locked: Verdict | None = None
    locked_because: str = ""


@dataclass(frozen=True)
class Assessment:
    """How a criterion was judged. Only what isn't met says what is missing and what would lead to consent."""

    criterion: str
    verdict: Verdict
    motivation: str = ""
    missing_fact: str = ""
    leads_to_consent: str = ""

    def __post_init__(self) -> None:
        # Typed before the verdict became "met": no letter may say that something is missing then.
        if self.verdict is Verdict.MET:
            object.__setattr__(self, "missing_fact", "")
            object.__setattr__(self, "leads_to_consent", "")

    @property
    def texts(self) -> tuple[str, str, str]:
        """All that was written about it."""
        return self.motivation, self.missing_fact, self.leads_to_consent


@dataclass(frozen=True)
class Intent:
    """A decision as the advisor means to take it."""

    outcome: Outcome
    assessments: tuple[Assessment, ...] = ()
    summary: str = ""
    not_granted: str = ""
    indication_weighed: str = ""
    next_step: str = ""
    grant: Grant | None = None
    early_start_reason: str = ""
    long_period_reason: str = ""


@dataclass(frozen=True)
class Person:
    """Who decides or confirms."""

    user_id: int
    is_medical_advisor: bool
    works_for: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Item:
    """A question to the provider. Bron: R-20."""

    criterion: str
    what: str
    why: str
    leads_to_consent: str
    due_on: date | None


def criteria(
    policy: Policy, national: National, indication: Indication, starts_on: date | None
) -> tuple[Criterion, ...]:
    """
    Return what must be judged, in order: the insurer's criteria, and under them what the national layer adds.

    A standpunt is answered and locked when treatment starts on or after its day; the other questions stay free.

    Bron: Z-02 to Z-09 (Zilveren Kruis, aanspraak 1 to 3); I-02, I-08, I-09 (Zorginstituut); R-13.
    """
    found = [_free(criterion) for criterion in policy.criteria if _fits(criterion, indication)]
    settled = [_locked(one) for one in national.standpunten if one.settles(indication, starts_on)]
    added = [_free(criterion) for criterion in national.criteria if _fits(criterion, indication)]
    for criterion in (*settled, *added):
        codes = [one.code for one in found]
        if criterion.parent in codes:
            found.insert(codes.index(criterion.parent) + 1, criterion)
        else:
            found.append(criterion)
    return tuple(found)


def judged(criteria: Iterable[Criterion], assessments: Iterable[Assessment]) -> dict[str, Assessment]:
    """Return the verdicts by criterion; a locked one has the verdict of the national layer, whatever was typed."""
    given = {assessment.criterion: assessment for assessment in assessments}
    locked = {
        criterion.code: Assessment(criterion.code, criterion.locked, criterion.locked_because, *_way_out(criterion))
        for criterion in criteria
        if criterion.locked
    }
    return given | locked


def _way_out(criterion: Criterion) -> tuple[str, str]:
    """Return what is missing and what would lead to consent where a negative standpunt bars the way (I-11)."""
    if criterion.locked is Verdict.MET:
        return "", ""
    return "Geen gegeven: dit standpunt geldt landelijk.", "Een nieuw standpunt van het Zorginstituut."


def numbered(asked: Iterable[Criterion]) -> dict[str, str]:
    """Return a number per criterion: 1, 2, 2.1, 2.2, 3; one that belongs to another counts under it."""
    numbers: dict[str, str] = {}
    under: dict[str, int] = {}
    top = 0
    for criterion in asked:
        if criterion.parent in numbers:
            under[criterion.parent] = under.get(criterion.parent, 0) + 1
            numbers[criterion.code] = f"{numbers[criterion.parent]}.{under[criterion.parent]}"
        else:
            top += 1
            numbers[criterion.code] = str(top)
    return numbers


def obstacles_to_ask(
    items: Sequence[Item], criteria: Iterable[Criterion], *, today: date, round_open: bool = False
) -> list[Obstacle]:
    """
    Return why these questions can't be asked yet: each names a criterion, what, why, what leads to consent, and a day.

    Bron: R-20; domain.md section 6 (design consequence ii); domain.md section 6 (proportionality of each datum).
    """
    known = {criterion.code for criterion in criteria}
    found = [] if items else [Obstacle("no_questions", "Stel minstens 1 vraag.")]
    if round_open:
        found.append(Obstacle("round_open", "Er staan al vragen open bij de zorgaanbieder."))
    for row, item in enumerate(items):
        found += _obstacles_in(item, row, known, today)
    return found


def wrong_due_day(due_on: date, *, today: date) -> tuple[str, str] | None:
    """
    Return why an answer can't be asked for by this day: a code, and words that go on after "Vraag 1: ".

    The term rests while the provider has to answer (R-18), so that a day far away would let a request rest for ever.
    How far is not from a source.
    """
    last = today + LONGEST_TO_ANSWER
    if due_on <= today:
        return "past", "kies een datum in de toekomst."
    if due_on > last:
        return "too_far", f"kies een datum tot en met {words.day(last)}. Later kan niet: zo lang rust de beslistermijn."
    if not deadlines.is_workday(due_on):
        return "not_workday", f"{words.day(due_on)} is geen werkdag. Kies een werkdag."
    return None


def obstacles_to_sign(
    outcome: Outcome,
    first: Person,
    second: Person | None,
    *,
    provider_id: int,
    second_wanted: bool = False,
) -> list[Obstacle]:
    """
    Return why these people can't take this decision.

    Bron: R-19 (only a medisch adviseur; a denial by two; nobody on the own institution); domain.md section 6.
    """
    found = []
    if not first.is_medical_advisor:
        found.append(Obstacle("not_medical_advisor", "Alleen een medisch adviseur kan besluiten."))
    if provider_id in first.works_for or (second and provider_id in second.works_for):
        found.append(Obstacle("own_institution", "U kunt niet besluiten over een instelling waarvoor u werkt."))
    if second is None:
        if needs_second(outcome, wanted=second_wanted):
            words_ = "Een tweede medisch adviseur moet dit besluit bevestigen."
            found.append(Obstacle("second_advisor_missing", words_))
    elif second.user_id == first.user_id:
        found.append(Obstacle("second_advisor_same", "Iemand anders moet dit besluit bevestigen."))
    elif not second.is_medical_advisor:
        found.append(Obstacle("second_not_medical_advisor", "Alleen een medisch adviseur kan dit besluit bevestigen."))
    return found


def needs_second(outcome: Outcome, *, wanted: bool = False) -> bool:
    """Tell whether a second medisch adviseur must confirm: a denial always, a partial grant when asked. Bron: R-19."""
    return outcome is Outcome.DENIED or (outcome is Outcome.PARTLY_GRANTED and wanted)


def obstacles_to_decide(
    intent: Intent,
    application: Application,
    criteria: Sequence[Criterion],
    policy: Policy,
    *,
    decided_on: date,
    open_questions: bool = False,
    open_counter_questions: bool = False,
) -> list[Obstacle]:
    """
    Return everything that stands in the way of this decision.

    Bron: R-13, R-19, R-20, R-22; domain.md section 6 (decision letter minimum, design consequences i and iii).
    """
    return [
        *_open(open_questions, open_counter_questions),
        *_verdicts(intent, criteria),
        *review_words.obstacles(
            intent.outcome,
            {name: getattr(intent, name) for name in review_words.TITLES},
            kinds.of(application.kind).practitioner,
            [(one.criterion, one.texts) for one in intent.assessments],
            {criterion.code: criterion.title for criterion in criteria},
        ),
        *review_grant.obstacles(
            intent.outcome,
            intent.grant,
            application,
            policy,
            decided_on=decided_on,
            early_start_reason=intent.early_start_reason,
            long_period_reason=intent.long_period_reason,
        ),
    ]


def _fits(criterion: PolicyCriterion, indication: Indication) -> bool:
    return not criterion.indications or indication in criterion.indications


def _free(criterion: PolicyCriterion) -> Criterion:
    return Criterion(
        code=criterion.code,
        title=criterion.title,
        text=criterion.text,
        source=criterion.source,
        article=criterion.article,
        parent=criterion.parent,
        points=criterion.points,
    )


def _locked(standpunt: Standpunt) -> Criterion:
    positive = standpunt.outcome is StandpuntOutcome.POSITIVE
    return Criterion(
        code=standpunt.code,
        title=standpunt.title,
        text=standpunt.question,
        source=standpunt.source,
        article=standpunt.article,
        parent=standpunt.parent,
        locked=Verdict.MET if positive else Verdict.NOT_MET,
        locked_because=standpunt.answer,
    )


def _obstacles_in(item: Item, row: int, known: set[str], today: date) -> Iterator[Obstacle]:
    number = row + 1
    if item.criterion not in known:
        yield Obstacle("question_criterion_missing", f"Vraag {number}: kies het criterium.", field="criterion", row=row)
    for name, value, ask in (
        ("what", item.what, "schrijf wat er ontbreekt"),
        ("why", item.why, "schrijf waarom dit nodig is"),
        ("leads_to_consent", item.leads_to_consent, "schrijf welk antwoord tot toestemming leidt"),
    ):
        if not value.strip():
            yield Obstacle(f"question_{name}_missing", f"Vraag {number}: {ask}.", field=name, row=row)
    if item.due_on is None:
        yield Obstacle("question_due_missing", f"Vraag {number}: kies een datum.", field="due_on", row=row)
    elif wrong := wrong_due_day(item.due_on, today=today):
        code, message = wrong
        yield Obstacle(f"question_due_{code}", f"Vraag {number}: {message}", field="due_on", row=row)


def _open(questions: bool, counter_questions: bool) -> Iterator[Obstacle]:
    if counter_questions:
        message = "De zorgaanbieder stelde een wedervraag. Beantwoord die eerst."
        yield Obstacle("counter_question_open", message, "vragen")
    if questions:
        message = "Er staan nog vragen open bij de zorgaanbieder. Wacht op het antwoord, of trek de vragen in."
        yield Obstacle("question_open", message, "vragen")


def _verdicts(intent: Intent, criteria: Sequence[Criterion]) -> Iterator[Obstacle]:
    verdicts = judged(criteria, intent.assessments)
    unjudged = [criterion.title for criterion in criteria if criterion.code not in verdicts]
    if unjudged:
        message = f"Geef eerst een oordeel over: {words.listing(unjudged)}."
        yield Obstacle("criterion_not_judged", message, "criteria")
    in_the_way = [one for one in criteria if one.code in verdicts and verdicts[one.code].verdict is not Verdict.MET]
    if intent.outcome is Outcome.GRANTED and in_the_way:
        titles = words.listing([criterion.title for criterion in in_the_way])
        message = f"Niet alles is voldaan: {titles}. Kies een ander besluit, of pas het oordeel aan."
        yield Obstacle("grant_against_verdict", message, "criteria")
    if intent.outcome is not Outcome.GRANTED and not unjudged and not in_the_way:
        message = "Aan alle criteria is voldaan. Kies toekennen, of pas een oordeel aan."
        yield Obstacle("refusal_without_ground", message, "criteria")
    yield from _contradictions(criteria, verdicts)
    for criterion in criteria:
        if assessment := verdicts.get(criterion.code):
            for lack in lacking(assessment):
                message = f"{criterion.title}: {lack.message[0].lower()}{lack.message[1:]}"
                yield Obstacle(lack.code, message, "criteria", criterion.code)


def lacking(assessment: Assessment) -> list[Obstacle]:
    """
    Return what a verdict still lacks, by field: the letter motivates each criterion, also one that is met.

    What isn't met, or can't be told from the papers, also says what is missing and what would lead to consent: a
    denial prints it and a question to the provider begins with it.

    Bron: R-13; R-20; domain.md section 6 (decision letter minimum: motivation per criterion; design consequence ii).
    """
    why, rest = {
        Verdict.MET: ("Schrijf kort waarom aan dit criterium is voldaan.", ()),
        Verdict.NOT_MET: ("Schrijf waarom aan dit criterium niet is voldaan.", WAY_OUT),
        Verdict.UNCLEAR: ("Schrijf waarom u dit niet kunt beoordelen.", WAY_OUT),
    }[assessment.verdict]
    return [
        Obstacle(f"{name}_missing", message, field=name)
        for name, message in (("motivation", why), *rest)
        if not getattr(assessment, name).strip()
    ]


def _contradictions(criteria: Sequence[Criterion], verdicts: dict[str, Assessment]) -> Iterator[Obstacle]:
    """
    Name a criterion that is met while a part of it isn't: it is only met when all of its parts are.

    A part stands in the same sentence of the same source; what the national layer puts under a criterion is a
    question of its own.

    Bron: Z-08 (Zilveren Kruis, aanspraak 2: "uitsluitend", a to d).
    """
    for whole in criteria:
        if whole.code not in verdicts or verdicts[whole.code].verdict is not Verdict.MET:
            continue
        parts = [one for one in criteria if one.parent == whole.code and one.source.startswith(whole.source)]
        found = [one for one in parts if one.code in verdicts and verdicts[one.code].verdict is not Verdict.MET]
        if found:
            titles = words.listing([f"“{one.title}” ({verdicts[one.code].verdict.label.lower()})" for one in found])
            message = f"“{whole.title}” is voldaan, maar een onderdeel niet: {titles}. Pas een van deze oordelen aan."
            yield Obstacle("verdicts_contradict", message, "criteria", whole.code)
