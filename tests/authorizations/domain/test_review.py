"""Criteria, questions and everything that stands in the way of a decision."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import policy as policies
from authorizations.domain import review
from authorizations.domain.policy import StandpuntOutcome
from authorizations.domain.review import Assessment, Grant, Intent, Item, Person
from authorizations.domain.terms import Discipline, Indication, Outcome, Setting, Verdict
from authorizations.services.policies import FOLDER
from tests.factories.applications import application
from tests.factories.authorizations import shipped

ZK, ASR = shipped()["zilveren-kruis-msr"], shipped()["asr-revalidatie-2020"]
NATIONAL = policies.shipped(FOLDER)[1]
PAIN, OTHER = Indication.CHRONIC_PAIN, Indication.OTHER
START, DECIDED = date(2026, 12, 14), date(2026, 12, 4)
WHOLE = application()
CRITERIA = review.criteria(ZK, NATIONAL, PAIN, START)
ADVISER, COLLEAGUE = Person(1, True), Person(2, True)
GRANT = review.default_grant(WHOLE, ZK, decided_on=DECIDED)
ALL_MET = tuple(Assessment(one.code, Verdict.MET, "Blijkt uit de brieven.") for one in CRITERIA if not one.locked)


def judging(**verdicts):
    """
    Return all verdicts, with these changed: a bad one says what is missing and what would lead to consent.

    What a changed one is a part of changes along.
    """
    verdicts = {one.parent: verdicts[one.code] for one in CRITERIA if one.code in verdicts} | verdicts
    return tuple(
        Assessment(one.criterion, verdicts[one.criterion], "Het is te veel.", "De onderbouwing.", "Een ander plan.")
        if one.criterion in verdicts
        else one
        for one in ALL_MET
    )


GRANTED = Intent(Outcome.GRANTED, ALL_MET, "Alles is voldaan.", grant=GRANT)
DENIED = Intent(
    Outcome.DENIED,
    judging(c2a=Verdict.NOT_MET),
    "De eerste lijn is niet geprobeerd.",
    not_granted="De hele aanvraag.",
    indication_weighed="De indicatie is gewogen.",
    next_step="Probeer eerst fysiotherapie.",
)
LESS = replace(GRANT, hours=GRANT.hours | {Discipline.FYSIOTHERAPIE: Decimal(12)})
PARTLY = replace(DENIED, outcome=Outcome.PARTLY_GRANTED, assessments=judging(c3_omvang=Verdict.NOT_MET), grant=LESS)


def codes(intent, whole=WHOLE, **more):
    found = review.obstacles_to_decide(intent, whole, CRITERIA, ZK, decided_on=more.pop("decided_on", DECIDED), **more)
    return [obstacle.code for obstacle in found]


# -- criteria --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "indication", "starts_on", "expected"),
    [
        (
            *(ZK, PAIN, date(2020, 12, 1)),
            "c1 c2_meerwaarde s3_imsr c2_eerste_lijn c2a c2b c2c s3_behandelplan c2d c3_vorm c3_omvang",
        ),
        (
            *(ZK, PAIN, date(2020, 11, 30)),
            "c1 c2_meerwaarde c2_eerste_lijn c2a c2b c2c s3_behandelplan c2d c3_vorm c3_omvang",
        ),
        (ZK, OTHER, START, "c1 c2_meerwaarde c2_eerste_lijn c2a c2b c2c c3_vorm c3_omvang"),
        (ASR, PAIN, START, "c1 c2_meerwaarde s3_imsr c3_vorm c3_omvang s3_behandelplan"),
        (ASR, OTHER, START, "c1 c2_meerwaarde c3_vorm c3_omvang"),
    ],
)
def test_what_must_be_judged(policy, indication, starts_on, expected):
    found = review.criteria(policy, NATIONAL, indication, starts_on)
    assert [criterion.code for criterion in found] == expected.split()
    assert all(criterion.article and criterion.source for criterion in found)


def test_the_standpunt_is_answered_and_locked_the_rest_is_free():
    locked = [criterion for criterion in CRITERIA if criterion.locked]
    assert [(one.code, one.locked) for one in locked] == [("s3_imsr", Verdict.MET)]
    assert "Zorginstituut" in locked[0].locked_because


def test_a_locked_verdict_outweighs_what_was_typed():
    typed = [Assessment("s3_imsr", Verdict.NOT_MET, "Ik vind van niet.")]
    assert review.judged(CRITERIA, typed)["s3_imsr"].verdict is Verdict.MET


def test_a_negative_standpunt_locks_its_question_on_no():
    (standpunt,) = NATIONAL.standpunten
    layer = replace(NATIONAL, standpunten=(replace(standpunt, outcome=StandpuntOutcome.NEGATIVE),))
    (locked,) = (one for one in review.criteria(ZK, layer, PAIN, START) if one.locked)
    assert locked.locked is Verdict.NOT_MET


# -- asking ----------------------------------------------------------------------------------------------------------

QUESTION = Item(
    "c2a", "Verslag fysiotherapie", "Criterium 2a", "Een verslag met het aantal behandelingen", date(2026, 12, 7)
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"criterion": ""}, ["question_criterion_missing"]),
        ({"criterion": "c9"}, ["question_criterion_missing"]),
        ({"what": " "}, ["question_what_missing"]),
        ({"why": ""}, ["question_why_missing"]),
        ({"leads_to_consent": ""}, ["question_leads_to_consent_missing"]),
        ({"due_on": None}, ["question_due_missing"]),
        ({"due_on": date(2026, 11, 23)}, ["question_due_past"]),  # today
        ({"due_on": date(2026, 11, 24)}, []),
        ({"due_on": date(2026, 11, 28)}, ["question_due_not_workday"]),
        ({"due_on": date(2026, 12, 25)}, ["question_due_not_workday"]),
        ({"due_on": date(2027, 2, 19)}, []),  # 88 days, a Friday
        ({"due_on": date(2027, 2, 22)}, ["question_due_too_far"]),
        ({"due_on": date(2199, 1, 1)}, ["question_due_too_far"]),
    ],
)
def test_a_question_says_what_why_and_what_would_lead_to_consent(change, expected):
    found = review.obstacles_to_ask([replace(QUESTION, **change)], CRITERIA, today=date(2026, 11, 23))
    assert [obstacle.code for obstacle in found] == expected


def test_no_empty_round_and_no_second_one():
    today = date(2026, 11, 23)
    assert [one.code for one in review.obstacles_to_ask([], CRITERIA, today=today)] == ["no_questions"]
    found = review.obstacles_to_ask([QUESTION], CRITERIA, today=today, round_open=True)
    assert [one.code for one in found] == ["round_open"]


# -- deciding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", [GRANTED, DENIED, PARTLY], ids=["granted", "denied", "partly"])
def test_nothing_stands_in_the_way_of_a_whole_decision(intent):
    assert codes(intent) == []


@pytest.mark.parametrize("intent", [GRANTED, DENIED, PARTLY], ids=["granted", "denied", "partly"])
def test_no_decision_while_a_question_is_open(intent):
    assert codes(intent, open_questions=True) == ["question_open"]
    assert codes(intent, open_counter_questions=True) == ["counter_question_open"]


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        (replace(GRANTED, assessments=ALL_MET[1:]), ["criterion_not_judged"]),
        (replace(GRANTED, assessments=()), ["criterion_not_judged"]),
        (replace(GRANTED, assessments=judging(c3_omvang=Verdict.UNCLEAR)), ["grant_against_verdict"]),
        (replace(GRANTED, summary=" "), ["summary_missing"]),
        (replace(DENIED, assessments=ALL_MET), ["refusal_without_ground"]),
        (replace(PARTLY, assessments=ALL_MET), ["refusal_without_ground"]),
        (replace(DENIED, assessments=judging(c2a=Verdict.UNCLEAR)), []),
        (replace(DENIED, not_granted=""), ["not_granted_missing"]),
        (replace(DENIED, indication_weighed=""), ["indication_weighed_missing"]),
        (replace(DENIED, next_step=""), ["next_step_missing"]),
        (replace(PARTLY, next_step=""), []),
        (replace(DENIED, summary="Daarom."), ["summary_empty"]),
        (
            replace(DENIED, not_granted="Alles", indication_weighed=".", next_step="x"),
            ["not_granted_empty", "indication_weighed_empty", "next_step_empty"],
        ),
        (
            replace(DENIED, assessments=(*ALL_MET[1:], Assessment("c1", Verdict.NOT_MET, "Nee.", "x", "Een plan."))),
            ["assessment_empty", "assessment_empty"],
        ),
        (replace(DENIED, grant=GRANT), ["denial_with_grant"]),
    ],
)
def test_what_stands_in_the_way(intent, expected):
    assert codes(intent) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("motivation", "motivation_missing"),
        ("missing_fact", "missing_fact_missing"),
        ("leads_to_consent", "leads_to_consent_missing"),
    ],
)
@pytest.mark.parametrize("intent", [DENIED, PARTLY], ids=["denied", "partly"])
def test_every_reason_is_whole(intent, name, code):
    assessments = tuple(replace(one, **{name: ""}) for one in intent.assessments)
    assert set(codes(replace(intent, assessments=assessments))) == {code}


def test_what_is_met_is_motivated_too():
    assessments = (replace(ALL_MET[0], motivation=" "), *ALL_MET[1:])
    assert codes(replace(GRANTED, assessments=assessments)) == ["motivation_missing"]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ({"c2a": Verdict.NOT_MET, "c2_eerste_lijn": Verdict.MET}, ["verdicts_contradict"]),
        ({"c2d": Verdict.UNCLEAR, "c2_eerste_lijn": Verdict.MET}, ["verdicts_contradict"]),
        ({"c2a": Verdict.NOT_MET, "c2_eerste_lijn": Verdict.UNCLEAR}, []),
        ({"c2_eerste_lijn": Verdict.NOT_MET}, []),  # a ground of its own
        ({"s3_behandelplan": Verdict.NOT_MET, "c2c": Verdict.MET}, []),  # a question of the national layer
    ],
)
def test_a_criterion_is_met_only_when_its_parts_are(verdicts, expected):
    assert codes(replace(DENIED, assessments=judging(**verdicts))) == expected


def test_verdicts_that_contradict_are_named_both():
    intent = replace(DENIED, assessments=judging(c2a=Verdict.NOT_MET, c2_eerste_lijn=Verdict.MET))
    (found,) = review.obstacles_to_decide(intent, WHOLE, CRITERIA, ZK, decided_on=DECIDED)
    assert "“MSR heeft meerwaarde boven zorg in de eerste lijn” is voldaan" in found.message
    assert "“De eerste lijn is voldoende geprobeerd” (niet voldaan)" in found.message


def test_the_obstacle_names_the_criteria():
    (found,) = review.obstacles_to_decide(
        replace(GRANTED, assessments=ALL_MET[2:]), WHOLE, CRITERIA, ZK, decided_on=DECIDED
    )
    assert found.message == (
        "Geef eerst een oordeel over: De zorg hoort bij wat revalidatieartsen bieden "
        "en MSR heeft meerwaarde voor de patiënt."
    )


def with_grant(intent=GRANTED, **change):
    return replace(intent, grant=replace(intent.grant, **change))


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        (replace(GRANTED, grant=None), ["grant_missing"]),
        (with_grant(hours={}), ["grant_missing"]),
        (with_grant(declaratie_code=""), ["grant_missing"]),
        (with_grant(declaratie_code="", hours={}, ends_on=date(2027, 12, 15)), ["grant_missing", "grant_too_long"]),
        (with_grant(PARTLY, hours=dict.fromkeys(GRANT.hours, Decimal(0))), ["grant_missing"]),
        (with_grant(starts_on=None), ["grant_period_missing"]),
        (with_grant(ends_on=date(2026, 12, 13)), ["grant_ends_before_start", "grant_is_partial"]),
        (with_grant(starts_on=DECIDED), []),
        (with_grant(starts_on=date(2026, 12, 3)), ["early_start_reason_missing"]),
        (replace(with_grant(starts_on=date(2026, 12, 3)), early_start_reason="Spoed."), []),
        (with_grant(starts_on=date(2026, 12, 15)), ["grant_is_partial"]),
        (with_grant(ends_on=date(2027, 3, 25)), ["grant_is_partial"]),
        (with_grant(ends_on=date(2027, 3, 26)), []),  # as asked
        (with_grant(declaratie_code="14D837"), ["grant_is_partial"]),
        (with_grant(setting=Setting.DAY_TREATMENT), ["grant_is_partial"]),
        (with_grant(hours=LESS.hours), ["grant_is_partial"]),
        (with_grant(hours=GRANT.hours | {Discipline.FYSIOTHERAPIE: Decimal("24.01")}), ["hours_out_of_range"]),
        (with_grant(hours=GRANT.hours | {Discipline.LOGOPEDIE: Decimal(1)}), ["hours_out_of_range"]),
        (with_grant(PARTLY, hours=GRANT.hours), ["grant_is_whole"]),
        (with_grant(PARTLY, hours=LESS.hours | {Discipline.PSYCHOLOGIE: Decimal(-1)}), ["hours_out_of_range"]),
    ],
)
def test_what_is_granted(intent, expected):
    assert codes(intent) == expected


@pytest.mark.parametrize(
    ("decided_on", "starts_on", "ends_on"),
    [
        (date(2026, 12, 4), date(2026, 12, 14), date(2027, 3, 26)),  # as asked
        (date(2026, 12, 21), date(2026, 12, 21), date(2027, 4, 2)),  # never before the decision, and as long as asked
    ],
)
def test_the_proposed_period(decided_on, starts_on, ends_on):
    grant = review.default_grant(WHOLE, ZK, decided_on=decided_on)
    assert (grant.starts_on, grant.ends_on) == (starts_on, ends_on)
    assert codes(replace(GRANTED, grant=grant), decided_on=decided_on) == []
    assert grant.hours == {
        Discipline.REVALIDATIEARTS: Decimal(4),
        Discipline.FYSIOTHERAPIE: Decimal(24),
        Discipline.PSYCHOLOGIE: Decimal("12.5"),
    }


def test_a_period_of_120_days_is_less_than_a_longer_plan():
    long = application(plan={"ends_on": date(2027, 5, 1)})
    grant = review.default_grant(long, ZK, decided_on=DECIDED)
    assert review.less_than_asked(grant, long, decided_on=DECIDED) == ["een eerdere einddatum"]


def test_an_exceptional_plan_is_proposed_at_its_own_length_and_still_needs_a_reason_of_the_advisor():
    long = application(plan={"ends_on": date(2027, 5, 1), "exceptional_reason": "Terugval na een operatie."})
    grant = review.default_grant(long, ZK, decided_on=DECIDED)
    assert grant.ends_on == date(2027, 5, 1)
    granted = replace(GRANTED, grant=grant)
    assert codes(granted, long) == ["long_period_reason_missing"]
    assert codes(replace(granted, long_period_reason="De operatie gaf een terugval."), long) == []


@pytest.mark.parametrize(
    ("ends_on", "reason", "expected"),
    [
        (date(2027, 3, 27), "", ["long_period_reason_missing"]),  # a day more than asked
        (date(2027, 3, 27), "De zomervakantie valt erin.", []),
        (date(2027, 4, 14), "", ["long_period_reason_missing"]),  # 121 days
        (date(2027, 4, 14), "De zomervakantie valt erin.", []),
        (date(2027, 12, 14), "Een jaar nodig.", []),
        (date(2027, 12, 15), "Meer dan een jaar nodig.", ["grant_too_long"]),
        (date(2099, 12, 31), "", ["grant_too_long"]),
    ],
)
def test_a_period_longer_than_asked_needs_a_reason_and_has_an_end(ends_on, reason, expected):
    assert codes(replace(with_grant(ends_on=ends_on), long_period_reason=reason)) == expected


@pytest.mark.parametrize("code", ["<b>xy", "14D83", "\N{GRINNING FACE}", "14D8388"])
def test_a_code_of_the_wrong_form_stands_in_the_way(code):
    assert "declaratie_code_invalid" in codes(with_grant(declaratie_code=code))
    assert codes(with_grant(zorgproduct_code=code)) == ["zorgproduct_code_invalid"]


def test_codes_are_kept_in_capitals_without_separators():
    kept = review.in_order(replace(GRANT, declaratie_code="14d.838", zorgproduct_code="990 027 199"))
    assert (kept.declaratie_code, kept.zorgproduct_code) == ("14D838", "990027199")


# -- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "first", "second", "wanted", "expected"),
    [
        (Outcome.GRANTED, ADVISER, None, False, []),
        (Outcome.GRANTED, Person(1, False), None, False, ["not_medical_advisor"]),
        (Outcome.GRANTED, Person(1, True, frozenset({7})), None, False, ["own_institution"]),
        (Outcome.GRANTED, Person(1, True, frozenset({8})), None, False, []),
        (Outcome.PARTLY_GRANTED, ADVISER, None, False, []),
        (Outcome.PARTLY_GRANTED, ADVISER, None, True, ["second_advisor_missing"]),
        (Outcome.PARTLY_GRANTED, ADVISER, COLLEAGUE, True, []),
        (Outcome.DENIED, ADVISER, None, False, ["second_advisor_missing"]),
        (Outcome.DENIED, ADVISER, ADVISER, False, ["second_advisor_same"]),
        (Outcome.DENIED, ADVISER, Person(2, False), False, ["second_not_medical_advisor"]),
        (Outcome.DENIED, ADVISER, Person(2, True, frozenset({7})), False, ["own_institution"]),
        (Outcome.DENIED, ADVISER, COLLEAGUE, False, []),
    ],
)
def test_who_may_decide(outcome, first, second, wanted, expected):
    found = review.obstacles_to_sign(outcome, first, second, provider_id=7, second_wanted=wanted)
    assert [obstacle.code for obstacle in found] == expected


verdicts = st.sampled_from(Verdict)


@given(st.lists(verdicts, min_size=len(ALL_MET), max_size=len(ALL_MET)), st.sampled_from(Outcome))
def test_no_refusal_without_a_whole_reason_and_no_grant_against_a_verdict(given_verdicts, outcome):
    assessments = tuple(replace(one, verdict=verdict) for one, verdict in zip(ALL_MET, given_verdicts, strict=True))
    intent = replace({Outcome.GRANTED: GRANTED, Outcome.DENIED: DENIED}.get(outcome, PARTLY), assessments=assessments)
    bad = [verdict for verdict in given_verdicts if verdict is not Verdict.MET]
    found = codes(intent)
    if outcome is Outcome.GRANTED:
        assert (found == []) is (not bad)
    else:
        assert found  # met verdicts give no ground, bad ones here lack what is missing


def test_a_negative_standpunt_says_itself_what_would_lead_to_consent():
    (standpunt,) = NATIONAL.standpunten
    layer = replace(NATIONAL, standpunten=(replace(standpunt, outcome=StandpuntOutcome.NEGATIVE),))
    criteria = review.criteria(ZK, layer, PAIN, START)
    found = review.obstacles_to_decide(replace(DENIED, assessments=ALL_MET), WHOLE, criteria, ZK, decided_on=DECIDED)
    assert found == []
    verdict = review.judged(criteria, ALL_MET)[standpunt.code]
    assert verdict.verdict is Verdict.NOT_MET
    assert verdict.leads_to_consent == "Een nieuw standpunt van het Zorginstituut."


def test_grant_is_a_plain_value():
    assert Grant("14E489", Setting.OUTPATIENT, START, START).zorgproduct_code == ""
