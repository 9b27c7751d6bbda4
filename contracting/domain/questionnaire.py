"""The questionnaire of a provider that wants a contract: what lacks, for which year it counts, how it is judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracting.domain.conditions import Condition, Proof, ProviderKind, asked_of
from kit.dates import day
from kit.obstacles import Obstacle
from kit.terms import Term

CLOSES = (9, 1)
"""The last month and day on which a questionnaire counts for next year, where a season says nothing else."""
FEWEST_SPECIALISTS, LEAST_FTE = 2, Decimal(2)


class QuestionnaireStatus(Term):
    """How far a questionnaire is."""

    DRAFT = "concept", "Concept"
    SUBMITTED = "ingediend", "Ingediend"
    DECIDED = "besloten", "Besloten"


class Judgement(Term):
    """What the insurer finds of one condition."""

    MET = "voldaan", "Voldaan"
    NOT_MET = "niet_voldaan", "Niet voldaan"
    UNCLEAR = "onvoldoende_informatie", "Onvoldoende informatie"


class ContractingOutcome(Term):
    """What comes of a questionnaire: an offer, or none."""

    OFFER = "aanbod", "Wij willen afspraken maken"
    NO_OFFER = "geen_aanbod", "Wij maken geen afspraken"


@dataclass(frozen=True)
class Facts:
    """The numbers and dates of a provider, as far as they were filled in."""

    kind: ProviderKind
    designated: bool | None = None
    kvk_number: str = ""
    specialists: int | None = None
    fte: Decimal | None = None
    satisfaction_on: date | None = None


@dataclass(frozen=True)
class Reply:
    """What a provider says of one condition: whether it meets it, why not, and how many files show it."""

    complies: bool | None = None
    explanation: str = ""
    clean: int = 0
    waiting: int = 0
    refused: int = 0


def year_it_counts_for(received_on: date, *, closes: tuple[int, int] = CLOSES) -> int:
    """
    Return the contract year for which a questionnaire counts that was received on this day.

    Up to and including the closing day it is the next year; after it the year after that. Late is never a refusal.

    Bron: A-27 (a.s.r., "U kunt tot 1 september 2019 … indienen … voor een contract 2020. Aanvragen die wij na deze
    datum ontvangen nemen we in behandeling voor het jaar 2021"); R-35.
    """
    return received_on.year + (1 if (received_on.month, received_on.day) <= closes else 2)


def a_year_before(on: date) -> date:
    """Return the same day a year earlier; of 29 February the 28th."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def obstacles_to_submit(facts: Facts, replies: Mapping[str, Reply], *, today: date) -> list[Obstacle]:
    """
    Return everything that stands in the way of submitting, in the order of the conditions.

    Not meeting a condition is no obstacle: it is an answer, with an explanation, and the insurer judges it.

    Bron: A-10 to A-25.
    """
    found = []
    if facts.designated is None:
        words = "Beantwoord de vraag of de instelling aangewezen zorg geeft."
        found.append(Obstacle("designated_missing", words, field="designated"))
    for condition in asked_of(facts.kind, designated=facts.designated):
        found += _of_condition(condition, facts, replies.get(condition.code, Reply()), today)
    return found


def _of_condition(condition: Condition, facts: Facts, reply: Reply, today: date) -> Iterator[Obstacle]:
    code, title = condition.code, condition.title
    if reply.complies is None:
        yield Obstacle("answer_missing", f"{title}: zeg of u hieraan voldoet.", field=f"{code}_complies")
        return
    if not reply.complies and not reply.explanation.strip():
        words = f"{title}: leg uit waarom u hieraan niet voldoet, en wat u eraan doet."
        yield Obstacle("explanation_missing", words, field=f"{code}_explanation")
    if reply.refused:
        words = f"{title}: in een bestand zit een virus. Verwijder het, en voeg een ander toe."
        yield Obstacle("file_refused", words, field=f"{code}_papers")
    elif reply.waiting:
        words = f"{title}: een bestand is nog niet gecontroleerd. Wacht even, en probeer het dan opnieuw."
        yield Obstacle("file_waiting", words, field=f"{code}_papers")
    elif reply.complies and condition.proof is Proof.DOCUMENT and not reply.clean:
        yield Obstacle("paper_missing", f"{title}: voeg een document toe waaruit dit blijkt.", field=f"{code}_papers")
    if reply.complies:
        yield from _of_facts(condition, facts, today)


def _of_facts(condition: Condition, facts: Facts, today: date) -> Iterator[Obstacle]:
    """Hold the numbers against what was said: who says yes, shows it. Bron: A-12, A-16, A-21."""
    no = "Klopt dat? Kies dan nee, en leg het uit."
    if "kvk_number" in condition.facts and not facts.kvk_number:
        yield Obstacle("kvk_number_missing", "Vul het KvK-nummer in.", field="kvk_number")
    if "specialists" in condition.facts:
        if facts.specialists is None:
            yield Obstacle("specialists_missing", "Vul in hoeveel medisch specialisten er werken.", field="specialists")
        elif facts.specialists < FEWEST_SPECIALISTS:
            words = f"Er zijn minimaal {FEWEST_SPECIALISTS} medisch specialisten nodig. {no}"
            yield Obstacle("specialists_too_few", words, field="specialists")
        if facts.fte is None:
            yield Obstacle("fte_missing", "Vul in hoeveel fte de medisch specialisten samen zijn.", field="fte")
        elif facts.fte < LEAST_FTE:
            yield Obstacle("fte_too_little", f"Samen is er minimaal {LEAST_FTE} fte nodig. {no}", field="fte")
    if "satisfaction_on" in condition.facts:
        if facts.satisfaction_on is None:
            yield Obstacle(
                "satisfaction_missing", "Vul in wanneer dit het laatst is onderzocht.", field="satisfaction_on"
            )
        elif facts.satisfaction_on > today:
            words = "De datum van het onderzoek ligt in de toekomst."
            yield Obstacle("satisfaction_in_future", words, field="satisfaction_on")
        elif facts.satisfaction_on < a_year_before(today):
            words = f"Het onderzoek is van {day(facts.satisfaction_on)}. Dat is langer dan 12 maanden geleden. {no}"
            yield Obstacle("satisfaction_too_old", words, field="satisfaction_on")


def obstacles_to_decide(
    conditions: Sequence[Condition],
    judged: Mapping[str, tuple[Judgement | None, str]],
    *,
    outcome: ContractingOutcome | None,
    motivation: str,
) -> list[Obstacle]:
    """
    Return why the insurer can't decide yet: every condition has its judgement, and who doesn't meet one reads why.

    Bron: A-10 ("zodat we kunnen beoordelen of wij … afspraken kunnen maken").
    """
    found = []
    for condition in conditions:
        judgement, remark = judged.get(condition.code, (None, ""))
        if judgement is None:
            words = f"{condition.title}: geef een oordeel."
            found.append(Obstacle("judgement_missing", words, field=f"{condition.code}_judgement"))
        elif judgement is not Judgement.MET and not remark.strip():
            words = f"{condition.title}: schrijf op wat er ontbreekt."
            found.append(Obstacle("remark_missing", words, field=f"{condition.code}_remark"))
    if outcome is None:
        found.append(Obstacle("outcome_missing", "Kies of u afspraken wilt maken.", field="outcome"))
    if not motivation.strip():
        found.append(Obstacle("motivation_missing", "Schrijf de motivering voor de brief.", field="motivation"))
    return found
