"""
What a letter must say, as plain values, and what is still missing before it may go out.

Bron: domain.md section 6 (decision letter minimum); R-19, R-22, R-25, R-36, R-37.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from authorizations.domain import kinds
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import TimeUnit
from authorizations.domain.review_grant import Grant
from authorizations.domain.terms import Addressee, LetterKind, Outcome, Verdict

KIND_OF = {
    Outcome.GRANTED: LetterKind.GRANTED,
    Outcome.PARTLY_GRANTED: LetterKind.PARTLY_GRANTED,
    Outcome.DENIED: LetterKind.DENIED,
}
STATUS_OF = {
    Outcome.GRANTED: Status.GRANTED,
    Outcome.PARTLY_GRANTED: Status.PARTLY_GRANTED,
    Outcome.DENIED: Status.DENIED,
}
LONG_LINE = 1200
"""Signs; about a third of a page in the column of our judgement."""


@dataclass(frozen=True)
class Hours:
    """Time of one discipline in the unit of the policy: asked, and granted where something was granted."""

    label: str
    asked: Decimal
    granted: Decimal | None = None

    @property
    def differs(self) -> bool:
        """Whether less was granted than asked."""
        return self.granted is not None and self.granted != self.asked


@dataclass(frozen=True)
class Care:
    """Care as asked or as granted: code, setting and period."""

    declaratie_code: str
    setting: str
    starts_on: date
    ends_on: date
    zorgproduct_code: str = ""
    zorgtype: str = ""
    days_of_stay: int | None = None


def care_of(grant: Grant) -> Care | None:
    """Return care as it would be granted; None while its setting or period is open."""
    if not (grant.setting and grant.starts_on and grant.ends_on):
        return None
    return Care(
        grant.declaratie_code,
        grant.setting.label,
        grant.starts_on,
        grant.ends_on,
        grant.zorgproduct_code,
        grant.zorgtype,
        grant.days_of_stay,
    )


@dataclass(frozen=True)
class CriterionLine:
    """How one criterion was judged, and on which article."""

    title: str
    article: str
    verdict: Verdict
    motivation: str
    missing_fact: str = ""
    leads_to_consent: str = ""
    cited: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it takes so much of a page that it may break over two."""
        return sum(map(len, (self.motivation, self.missing_fact, self.leads_to_consent, *self.cited))) > LONG_LINE


@dataclass(frozen=True)
class Signatory:
    """The medisch adviseur who decides."""

    name: str
    big_number: str
    profession: str = "medisch adviseur"


@dataclass(frozen=True)
class Reconsideration:
    """The way to heroverweging and to the SKGZ. Bron: R-37; domain.md section 6 (complaints)."""

    how: str
    address: tuple[str, ...]
    answer_days: int
    last_day: date | None
    skgz: tuple[str, ...]


@dataclass(frozen=True)
class DecisionContent:
    """Everything that a decision letter says."""

    kind: LetterKind
    addressee: Addressee
    reference: str
    decided_on: date
    summary: str
    asked: Care
    hours: tuple[Hours, ...]
    criteria: tuple[CriterionLine, ...]
    signatory: Signatory
    reconsideration: Reconsideration
    request: kinds.Row
    unit: TimeUnit = TimeUnit.HOURS
    documents: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    granted: Care | None = None
    number: str = ""
    not_granted: str = ""
    conditions: tuple[str, ...] = ()
    early_start_reason: str = ""
    long_period_reason: str = ""
    indication_weighed: str = ""
    next_step: str = ""
    second_signatory: Signatory | None = None

    @property
    def asked_total(self) -> Decimal:
        """Time asked, of all disciplines together."""
        return sum((line.asked for line in self.hours), Decimal())

    @property
    def granted_total(self) -> Decimal:
        """Time granted, of all disciplines together."""
        return sum((line.granted or Decimal() for line in self.hours), Decimal())

    @property
    def reasons(self) -> tuple[CriterionLine, ...]:
        """The criteria that stand in the way."""
        return tuple(line for line in self.criteria if line.verdict is not Verdict.MET)


def obstacles_to_issue(content: DecisionContent) -> list[Obstacle]:
    """
    Return everything that a decision letter still lacks; an empty list means that it may go out.

    Bron: domain.md section 6 (decision letter minimum and design consequence i); Besluit zorgverzekering art. 2.1, 2.4.
    """
    checks: Sequence[tuple[bool, str, str]] = [
        (not content.summary.strip(), "letter_without_motivation", "De brief heeft geen motivering."),
        (not content.criteria, "letter_without_criteria", "De brief noemt geen criteria."),
        (not content.policies, "letter_without_policy", "De brief noemt niet volgens welk beleid is beoordeeld."),
        (
            any(not line.article for line in content.criteria),
            "letter_without_article",
            "Bij een criterium ontbreekt het wetsartikel.",
        ),
        (not content.signatory.name, "letter_without_signatory", "De brief noemt geen medisch adviseur."),
        (
            not content.signatory.big_number,
            "signatory_without_big",
            "Het BIG-nummer van de medisch adviseur ontbreekt. Vul het in bij het profiel.",
        ),
        (
            not content.reconsideration.how,
            "letter_without_heroverweging",
            "De brief zegt niet hoe men heroverweging vraagt.",
        ),
        (not content.reconsideration.skgz, "letter_without_skgz", "De brief noemt de SKGZ niet."),
        (
            content.kind is not LetterKind.DENIED and not (content.granted and content.number),
            "grant_without_number",
            "De toegekende zorg of het machtigingsnummer ontbreekt.",
        ),
        (
            content.kind is LetterKind.DENIED and content.granted is not None,
            "denial_with_grant",
            "Een afwijzing kent geen zorg toe.",
        ),
        (
            content.kind is not LetterKind.GRANTED and not content.not_granted.strip(),
            "letter_without_not_granted",
            "De brief zegt niet wat niet is toegekend en waarom.",
        ),
        (
            content.kind is LetterKind.DENIED and not content.reasons,
            "denial_without_reason",
            "Een afwijzing noemt minstens één criterium waaraan niet is voldaan.",
        ),
        (
            content.kind is LetterKind.DENIED
            and any(not (line.motivation and line.missing_fact and line.leads_to_consent) for line in content.reasons),
            "denial_reason_incomplete",
            "Bij elk criterium waaraan niet is voldaan staat waarom, wat ontbreekt en wat tot toestemming leidt.",
        ),
        (
            content.kind is LetterKind.DENIED and not content.indication_weighed.strip(),
            "denial_without_weighing",
            f"De brief zegt niet hoe de indicatie van de {content.request.practitioner} is gewogen.",
        ),
        (
            content.kind is LetterKind.DENIED and content.second_signatory is None,
            "denial_without_second",
            "Een afwijzing is door een tweede medisch adviseur bevestigd.",
        ),
        (
            content.kind is LetterKind.DENIED and not content.next_step.strip(),
            "denial_without_next_step",
            "De brief zegt niet wat de zorgaanbieder nu kan doen.",
        ),
        (
            not all(one.profession for one in (content.signatory, content.second_signatory) if one),
            "signatory_without_role",
            "De brief zegt niet in welke rol iemand besluit.",
        ),
        (
            content.reconsideration.last_day is not None and content.reconsideration.last_day <= content.decided_on,
            "heroverweging_too_late",
            "De laatste dag om heroverweging te vragen ligt niet na het besluit.",
        ),
        (
            content.reconsideration.answer_days <= 0,
            "heroverweging_without_answer_term",
            "De brief zegt niet binnen hoeveel dagen er antwoord komt op een verzoek om heroverweging.",
        ),
    ]
    return [Obstacle(code, message) for failed, code, message in checks if failed]
