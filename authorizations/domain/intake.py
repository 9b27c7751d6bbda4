"""Filing a request: its steps, and everything that stands in the way of filing it, said at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from authorizations.domain import documents, identifiers, intake_request, intake_stay, intake_treatment, kinds
from authorizations.domain.application import Application
from authorizations.domain.intake_situation import Rule, Situation
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.domain.terms import DocumentKind, Kind

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Step:
    """A page of the form: the part of the application that it fills, and the sections of the paper form in it."""

    code: str
    title: str
    part: str
    sections: str


# Bron: domain.md section 2, form sections A to O.
STEPS = (
    Step("patient", "Patiënt", "insured", "A"),
    Step("aanvraag", "Soort aanvraag en behandelaar", "care", "BD"),
    Step("verwijzing", "Verwijzing en klachten", "referral", "CEF"),
    Step("voortraject", "Voortraject en onderbouwing", "history", "GH"),
    Step("vervolg", "Wat is er veranderd?", "follow_up", "L"),
    Step("behandelplan", "Behandelplan en uren", "plan", "IJK"),
    Step(intake_stay.STEP, "Verblijf en codes", "plan", ""),
    Step(documents.STEP, "Documenten", "", "N"),
    Step("toestemming", "Toestemming en ondertekening", "consent", "MO"),
)


def steps(kind: Kind, policy: Policy) -> tuple[Step, ...]:
    """
    Return the steps of such a request; what a policy doesn't ask has no step.

    Bron: Z-29 (first request and vervolg differ); features 3 and 4.
    """
    asks = policy.asks
    history = asks.prior_treatment or asks.why_second_line or asks.minimum_domains
    own = kinds.of(kind).steps
    return tuple(step for step in STEPS if step.code in own and (step.part != "history" or history))


def obstacles(
    application: Application,
    policy: Policy,
    today: date,
    *,
    expected_on: date,
    answers: Mapping[DocumentKind, documents.Answer] | None = None,
    duplicates: Sequence[str] = (),
) -> list[Obstacle]:
    """
    Return everything that stands in the way of filing, in the order of the steps.

    `expected_on` is the day on which a decision may be expected (deadlines.py); `duplicates` are the references of
    open requests for the same insured, indication and period.

    Bron: Z-11 to Z-21, Z-33, Z-35 (Zilveren Kruis); A-30 to A-36 (a.s.r.); G-01, G-02 (GGZ); I-05 to I-08; R-11, R-14,
    R-16, R-22, R-23.
    """
    situation = Situation(policy, today, expected_on, answers or {}, duplicates)
    return [
        found
        for step in steps(application.kind, policy)
        for rule in RULES[step.code]
        for found in rule(application, situation)
    ]


def remarks(application: Application) -> list[Obstacle]:
    """
    Return what the provider may want to look at again: hints, none of them stands in the way.

    Bron: domain.md section 3.3 (the BIG check digit isn't official: warn only).
    """
    numbers = [
        ("aanvraag", "revalidatiearts_big", None, application.care.revalidatiearts_big),
        *(
            ("behandelplan", "practitioners", row, line.big_number)
            for row, line in enumerate(application.plan.practitioners)
        ),
        ("toestemming", "signatory_big", None, application.consent.signatory_big),
    ]
    whose = {"revalidatiearts_big": "de revalidatiearts", "signatory_big": "de ondertekenaar"}
    return [
        Obstacle(
            "big_number_doubtful",
            f"Controleer het BIG-nummer van {whose.get(name, f'behandelaar {(row or 0) + 1}')}: "
            "misschien zit er een tikfout in. U kunt het wel zo indienen.",
            step,
            name,
            row,
        )
        for step, name, row, number in numbers
        if len(identifiers.clean(number)) == 11 and not identifiers.big_looks_right(identifiers.clean(number))
    ]


def _texts(step: Step) -> Rule:
    """Return the rule that no text of this step is longer than fits. Bron: ux.md section 6, message 12."""

    def rule(application: Application, situation: Situation) -> Iterator[Obstacle]:
        part = getattr(application, step.part) if step.part else None
        for name, value in vars(part).items() if part else ():
            excess = len(value) - LONGEST_TEXT if isinstance(value, str) else 0
            if excess > 0:
                words = f"Uw uitleg is {excess} tekens te lang. Er passen 2.000 tekens."
                yield Obstacle("text_too_long", words, step.code, name)

    return rule


RULES: dict[str, tuple[Rule, ...]] = {
    step.code: (rule, _texts(step))
    for step, rule in zip(
        STEPS,
        (
            intake_request.patient,
            intake_request.care,
            intake_request.referral,
            intake_treatment.history,
            intake_treatment.follow_up,
            intake_treatment.plan,
            intake_stay.stay,
            intake_request.documents,
            intake_request.consent,
        ),
        strict=True,
    )
}
