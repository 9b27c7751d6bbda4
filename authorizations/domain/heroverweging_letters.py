"""
What the answer to a heroverweging must say, as plain values, and what is still missing before it may go out.

Bron: domain.md section 6 (decision letter minimum, complaints); R-19, R-36, R-37; feature 57.
"""

from dataclasses import dataclass
from datetime import date

from authorizations.domain import letters
from authorizations.domain.heroverweging import Channel, HeroverwegingOutcome
from authorizations.domain.letters import DecisionContent, Signatory
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Addressee, Outcome


@dataclass(frozen=True)
class AnswerContent:
    """Everything that the answer says; `new` is the decision that takes the place of the first one."""

    addressee: Addressee
    reference: str
    ruling: HeroverwegingOutcome
    channel: Channel
    received_on: date
    decided_on: date
    first_outcome: Outcome
    answered_on: date
    motivation: str
    signatory: Signatory
    skgz: tuple[str, ...]
    skgz_until: date
    documents: tuple[str, ...] = ()
    new: DecisionContent | None = None


def obstacles_to_issue(content: AnswerContent) -> list[Obstacle]:
    """
    Return everything that the answer still lacks; an empty list means that it may go out.

    Bron: domain.md section 6 (decision letter minimum, complaints); feature 57.
    """
    checks = (
        (not content.motivation.strip(), "letter_without_motivation", "De brief heeft geen motivering."),
        (not content.signatory.name, "letter_without_signatory", "De brief noemt geen medisch adviseur."),
        (
            not content.signatory.profession,
            "signatory_without_role",
            "De brief zegt niet in welke rol iemand besluit.",
        ),
        (
            not content.signatory.big_number,
            "signatory_without_big",
            "Het BIG-nummer van de medisch adviseur ontbreekt. Vul het in bij het profiel.",
        ),
        (not content.skgz, "letter_without_skgz", "De brief noemt de SKGZ niet."),
        (content.skgz_until <= content.answered_on, "skgz_too_late", "De laatste dag voor de SKGZ klopt niet."),
        (
            (content.ruling is HeroverwegingOutcome.UPHELD) != (content.new is None),
            "letter_without_new_decision",
            "Een herzien besluit hoort in de brief, en alleen dat.",
        ),
    )
    found = [Obstacle(code, message) for failed, code, message in checks if failed]
    return [*found, *(letters.obstacles_to_issue(content.new) if content.new else [])]
