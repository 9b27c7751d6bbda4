"""A decision letter says all that it must: each thing taken away is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from authorizations.domain import kinds, letters
from authorizations.domain.letters import Care, CriterionLine, DecisionContent, Hours, Reconsideration, Signatory
from authorizations.domain.terms import Addressee, Kind, LetterKind, Verdict

NOOR = Signatory("N. de Wit", "19012345601")
CARE = Care("14D838", "Poliklinisch", date(2026, 12, 1), date(2027, 3, 30))
MET = CriterionLine("Meerwaarde", "artikel 2.1 lid 2 Bzv", Verdict.MET, "De revalidatie heeft meerwaarde.")
NOT_MET = CriterionLine(
    "Eerste lijn geprobeerd",
    "artikel 2.1 lid 2 Bzv",
    Verdict.NOT_MET,
    "Er is geen behandeling in de eerste lijn geweest.",
    "Een verslag van de fysiotherapie.",
    "Een verslag waaruit blijkt dat de behandeling geen blijvend resultaat gaf.",
)
GRANT = DecisionContent(
    kind=LetterKind.GRANTED,
    addressee=Addressee.PROVIDER,
    reference="MA-7K2M9QX4A",
    decided_on=date(2026, 11, 20),
    summary="Wij geven toestemming.",
    asked=CARE,
    hours=(Hours("Fysiotherapie", Decimal(20), Decimal(20)), Hours("Psychologie", Decimal("12.5"), Decimal("12.5"))),
    criteria=(MET,),
    signatory=NOOR,
    reconsideration=Reconsideration("Stuur een brief.", (), 30, None, ("Bent u het niet eens met ons antwoord?",)),
    granted=CARE,
    number="M267K2M9QX4AB",
    policies=("Beleid MSR, versie 1",),
    request=kinds.of(Kind.MSR_FIRST),
)
WAY = GRANT.reconsideration
DENIAL = replace(
    GRANT,
    kind=LetterKind.DENIED,
    granted=None,
    number="",
    criteria=(MET, NOT_MET),
    not_granted="De gevraagde revalidatie.",
    indication_weighed="Wij volgen de diagnose van de revalidatiearts.",
    second_signatory=Signatory("B. Bakker", "29012345602"),
    next_step="U kunt een verslag van de eerste lijn sturen, met een nieuwe aanvraag.",
)


@pytest.mark.parametrize("content", [GRANT, DENIAL])
def test_a_whole_letter_may_go_out(content):
    assert letters.obstacles_to_issue(content) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (replace(GRANT, summary="  "), "letter_without_motivation"),
        (replace(GRANT, criteria=()), "letter_without_criteria"),
        (replace(GRANT, policies=()), "letter_without_policy"),
        (replace(GRANT, criteria=(replace(MET, article=""),)), "letter_without_article"),
        (replace(GRANT, signatory=replace(NOOR, name="")), "letter_without_signatory"),
        (replace(GRANT, signatory=replace(NOOR, big_number="")), "signatory_without_big"),
        (replace(GRANT, reconsideration=replace(WAY, how="")), "letter_without_heroverweging"),
        (replace(GRANT, reconsideration=replace(WAY, skgz=())), "letter_without_skgz"),
        (replace(GRANT, number=""), "grant_without_number"),
        (replace(GRANT, granted=None), "grant_without_number"),
        (replace(GRANT, kind=LetterKind.PARTLY_GRANTED), "letter_without_not_granted"),
        (replace(DENIAL, granted=CARE), "denial_with_grant"),
        (replace(DENIAL, not_granted=""), "letter_without_not_granted"),
        (replace(DENIAL, criteria=(MET,)), "denial_without_reason"),
        (replace(DENIAL, criteria=(replace(NOT_MET, leads_to_consent=""),)), "denial_reason_incomplete"),
        (replace(DENIAL, indication_weighed=""), "denial_without_weighing"),
        (replace(DENIAL, second_signatory=None), "denial_without_second"),
        (replace(DENIAL, next_step=" "), "denial_without_next_step"),
        (replace(DENIAL, second_signatory=Signatory("B. Bakker", "29012345602", "")), "signatory_without_role"),
        (replace(GRANT, reconsideration=replace(WAY, last_day=GRANT.decided_on)), "heroverweging_too_late"),
        (replace(GRANT, reconsideration=replace(WAY, answer_days=0)), "heroverweging_without_answer_term"),
    ],
)
def test_what_is_missing_is_named(content, code):
    assert [obstacle.code for obstacle in letters.obstacles_to_issue(content)] == [code]


def test_hours_are_added_up():
    partly = replace(GRANT, hours=(Hours("Fysiotherapie", Decimal(20), Decimal(12)), Hours("Ergo", Decimal(4), None)))
    assert (partly.asked_total, partly.granted_total) == (Decimal(24), Decimal(12))
    assert [line.differs for line in partly.hours] == [True, False]
