"""
A decision that is looked at again because the insured asked: who may ask, by when, who may answer, and what then holds.

Nothing here refuses a request because it is late: the sources give no last day, and where a policy has one a person
still looks at it. Bron: R-19, R-36, R-37; domain.md section 6 (complaints).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain import readability, words
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy, last_day_for_heroverweging
from authorizations.domain.review import Assessment
from authorizations.domain.terms import Outcome, Verdict
from kit.terms import Term


class HeroverwegingStatus(Term):
    """How a request for heroverweging stands. Bron: decisions.md, "States and words"."""

    FILED = "filed", "Ontvangen"
    IN_REVIEW = "in_review", "In heroverweging"
    UPHELD = "upheld", "Bevestigd"
    REVISED = "revised", "Herzien"


class Channel(Term):
    """How it came in: by the provider here, or from the insured through staff. Bron: R-36."""

    PORTAL = "portal", "Via het portaal"
    PAPER = "paper", "Per brief"
    PHONE = "phone", "Per telefoon"


class PaperRole(Term):
    """What a document at a heroverweging is for. Bron: R-36; domain.md section 6 (provider acts with authorisation)."""

    AUTHORISATION = "authorisation", "Toestemming van de verzekerde"
    GROUNDS = "grounds", "Brief van de verzekerde"
    FURTHER = "further", "Ander stuk"


class HeroverwegingOutcome(Term):
    """What the other advisor decides; asking never costs what was granted. Bron: R-19; domain.md section 6."""

    UPHELD = "upheld", "Bevestigen: het besluit blijft"
    GRANTED = "granted", "Herzien: alsnog toekennen"
    PARTLY_GRANTED = "partly_granted", "Herzien: alsnog voor een deel toekennen"

    @property
    def outcome(self) -> Outcome | None:
        """What the new decision says; None when there is none."""
        return None if self is HeroverwegingOutcome.UPHELD else Outcome(self.value)


class OverturnReason(Term):
    """Why a decision did not hold: a list of our own, for no source gives one. Bron: feature 60."""

    NEW_FACTS = "new_facts", "Er zijn nieuwe gegevens"
    MISSED_FACTS = "missed_facts", "Gegevens in het dossier zijn over het hoofd gezien"
    CRITERION = "criterion", "Een criterium is onjuist toegepast"
    JUDGEMENT = "judgement", "Een ander medisch oordeel over dezelfde gegevens"
    PROCEDURE = "procedure", "De procedure is niet goed gevolgd"
    SITUATION = "situation", "De situatie van de verzekerde is veranderd"


OPEN = frozenset({HeroverwegingStatus.FILED, HeroverwegingStatus.IN_REVIEW})


@dataclass(frozen=True)
class Asked:
    """What somebody asks: the grounds, when they came in and how, and with which kinds of documents."""

    grounds: str
    channel: Channel
    received_on: date | None
    roles: frozenset[PaperRole] = frozenset()


def obstacles_to_file(asked: Asked, *, decided_on: date | None, is_open: bool, today: date) -> list[Obstacle]:
    """
    Return why this can't be filed: without a decision, while another is open, without grounds or what proves the will.

    A provider acts with the authorisation of the insured. Staff file what the insured wrote or said.

    Bron: R-36; domain.md section 6 (the insured is the party to heroverweging).
    """
    if decided_on is None:
        message = "Over deze aanvraag is (nog) niet besloten. Heroverweging kan alleen na een besluit."
        return [Obstacle("not_decided", message)]
    if is_open:
        return [Obstacle("already_open", "Er loopt al een heroverweging van dit besluit.")]
    found = []
    if not asked.grounds.strip():
        found.append(Obstacle("grounds_missing", "Schrijf waarom het besluit niet klopt.", field="grounds"))
    if asked.received_on is None:
        found.append(Obstacle("received_missing", "Vul in wanneer het verzoek binnenkwam.", field="received_on"))
    elif asked.received_on > today:
        found.append(Obstacle("received_later", "Deze datum ligt in de toekomst.", field="received_on"))
    elif asked.received_on < decided_on:
        message = f"Het besluit is van {words.day(decided_on)}. Het verzoek kan niet eerder zijn binnengekomen."
        found.append(Obstacle("received_before_decision", message, field="received_on"))
    if asked.channel is Channel.PORTAL and PaperRole.AUTHORISATION not in asked.roles:
        message = "Voeg de schriftelijke toestemming van de verzekerde toe."
        found.append(Obstacle("authorisation_missing", message, field="authorisation"))
    if asked.channel is Channel.PAPER and PaperRole.GROUNDS not in asked.roles:
        found.append(Obstacle("letter_missing", "Voeg de brief van de verzekerde toe.", field="letter"))
    return found


def is_late(policy: Policy, *, decided_on: date, received_on: date) -> bool:
    """Tell whether this came after the last day of the policy; where it has none, nothing is ever late. Bron: R-37."""
    last = last_day_for_heroverweging(policy, decided_on)
    return last is not None and received_on > last


def answer_by(policy: Policy, received_on: date) -> date:
    """Return the last day for the answer, in calendar days from the day on which it came in. Bron: R-37."""
    return received_on + timedelta(days=policy.heroverweging.answer_days)


def skgz_until(answered_on: date) -> date:
    """Return the last day on which the insured can go to the SKGZ: one year after the answer. Bron: R-37; law (Zvw)."""
    try:
        return answered_on.replace(year=answered_on.year + 1)
    except ValueError:
        return date(answered_on.year + 1, 2, 28)


def why_not_by(user_id: int, *, had_a_part: Collection[int]) -> str:
    """Return why this advisor may not judge it: he or she had a part in the first decision. Bron: R-19; feature 59."""
    if user_id in had_a_part:
        return "U werkte mee aan het eerste besluit. Een andere medisch adviseur doet de heroverweging."
    return ""


def obstacles_to_rule(
    ruling: HeroverwegingOutcome, *, motivation: str, reason: OverturnReason | None
) -> list[Obstacle]:
    """
    Return what this answer still lacks, beside what a new decision itself may lack.

    Bron: features 57 and 60; features.md, "what none of them has", row 12.
    """
    found = []
    if not motivation.strip():
        found.append(Obstacle("summary_missing", "Schrijf de motivering van het antwoord.", "besluit", "summary"))
    elif long := readability.too_long(motivation):
        found.append(Obstacle("summary_too_long", f"Motivering: {long.message}", "besluit", "summary"))
    if ruling is not HeroverwegingOutcome.UPHELD and reason is None:
        message = "Kies waarom het eerste besluit niet blijft."
        found.append(Obstacle("reason_missing", message, "besluit", "overturn_reason"))
    return found


def obstacles_in_papers(channel: Channel, *, clean: Collection[PaperRole], waiting: bool) -> list[Obstacle]:
    """
    Return why the answer has to wait for a document: nobody decides on a paper that nobody can read.

    Bron: R-36; feature 22.
    """
    if waiting:
        return [Obstacle("papers_waiting", "Een bestand wordt nog gecontroleerd. Wacht tot het te lezen is.")]
    if channel is Channel.PORTAL and PaperRole.AUTHORISATION not in clean:
        message = "De toestemming van de verzekerde is niet te lezen. Vraag de zorgaanbieder om een nieuw bestand."
        return [Obstacle("authorisation_unreadable", message)]
    return []


def verdicts_written(assessments: Iterable[Assessment]) -> dict[str, dict[str, str]]:
    """Return the verdicts on the criteria as they are kept."""
    return {
        one.criterion: {
            "verdict": one.verdict.value,
            "motivation": one.motivation.strip(),
            "missing_fact": one.missing_fact.strip(),
            "leads_to_consent": one.leads_to_consent.strip(),
        }
        for one in assessments
    }


def verdicts_read(kept: Mapping[str, Mapping[str, str]]) -> tuple[Assessment, ...]:
    """Return the verdicts that were kept."""
    return tuple(
        Assessment(code, Verdict(one["verdict"]), one["motivation"], one["missing_fact"], one["leads_to_consent"])
        for code, one in kept.items()
    )
