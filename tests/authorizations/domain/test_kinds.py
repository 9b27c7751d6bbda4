"""Each kind of request is a row, with steps and words of its own; and what a stay in a GGZ institution asks."""

from datetime import date

import pytest

from authorizations.domain import documents, intake, intake_asked, intake_stay, kinds, review, signals
from authorizations.domain import policy as policies
from authorizations.domain.terms import DocumentKind, Indication, Kind, Outcome, Setting
from authorizations.services.policies import FOLDER
from authorizations.web.forms.intake import FORMS
from ggz_codes.domain.validity import Period, validity
from tests.factories import applications
from tests.factories.applications import EXPECTED_ON, TODAY, all_documents, application, follow_up, stay
from tests.factories.authorizations import shipped

NATIONAL = policies.shipped(FOLDER)[1]
GGZ = shipped()["zilveren-kruis-ggz-verblijf-2020"]
WHOLE = {Kind.MSR_FIRST: application, Kind.MSR_FOLLOW_UP: follow_up, Kind.GGZ_STAY: stay}


def codes(whole):
    found = intake.obstacles(whole, GGZ, TODAY, expected_on=EXPECTED_ON, answers=all_documents(GGZ, whole))
    return [obstacle.code for obstacle in found]


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_all_that_a_kind_needs(kind):
    row = kinds.of(kind)
    offering = [policy for policy in shipped().values() if kind in policy.kinds]
    assert offering, "a policy offers it"
    assert [step for step in row.steps if step not in FORMS] == ["documenten"], "each step has its form"
    assert list(row.steps) == [step.code for step in intake.STEPS if step.code in row.steps], (
        "in the order of the steps"
    )
    assert kind in (row.follow_up, Kind.MSR_FIRST)
    for policy in offering:
        whole = WHOLE[kind]()
        answers = all_documents(policy, whole)
        assert intake.obstacles(whole, policy, TODAY, expected_on=EXPECTED_ON, answers=answers) == []
        assert intake_asked.only_asked(whole, policy, expected_on=EXPECTED_ON).care == whole.care


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"starts_on": None}, ["starts_on_missing"]),
        ({"ends_on": None}, ["ends_on_missing"]),
        ({"days_of_stay": None}, ["days_of_stay_missing"]),
        ({"days_of_stay": 0}, ["days_of_stay_impossible"]),
        ({"days_of_stay": 61}, ["days_of_stay_impossible"]),  # 14 December to 11 February is 60 days
        ({"admission_reason": ""}, ["admission_reason_missing"]),
        ({"dbc_opened_on": None}, ["dbc_opened_on_missing"]),
        ({"dbc_opened_on": date(2026, 12, 15)}, ["dbc_opens_after_start"]),
        ({"dbc_opened_on": date(2025, 12, 15)}, []),  # day 365
        ({"dbc_opened_on": date(2025, 12, 14)}, ["dbc_closed_before_start"]),
        ({"zorgtype": ""}, ["zorgtype_missing"]),
        ({"zorgtype": "15"}, ["zorgtype_wrong"]),
        ({"code": ""}, ["code_missing"]),
        ({"code": "25B"}, ["code_wrong"]),
        ({"zorgtype": "303", "code": "25b090"}, []),
        ({"zorgtype": "305", "code": "25B090"}, ["zorgtype_does_not_fit"]),
        ({"zorgtype": "306", "code": "25B137"}, []),
        ({"zorgtype": "254", "code": "25B144"}, []),
        ({"zorgtype": "155", "code": "25B144"}, ["zorgtype_does_not_fit"]),
        (
            {"starts_on": date(2026, 12, 6), "dbc_opened_on": None},
            ["early_start_reason_missing", "dbc_opened_on_missing"],
        ),
    ],
)
def test_what_a_stay_lacks(plan, expected):
    assert codes(stay(plan=plan)) == expected


@pytest.mark.parametrize(("because", "expected"), [("Een crisismaatregel.", []), ("", ["referrer_missing"])])
def test_who_has_no_letter_of_referral_names_nobody(because, expected):
    whole = stay(referral={"referrer": None})
    answers = all_documents(GGZ, whole)
    if because:
        answers[DocumentKind.VERWIJSBRIEF] = documents.Answer(DocumentKind.VERWIJSBRIEF, absent_because=because)
    found = intake.obstacles(whole, GGZ, TODAY, expected_on=EXPECTED_ON, answers=answers)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("shared", "kept", "expected"),
    [(None, "F20.0", ["diagnosis_shared_missing"]), (True, "F20.0", []), (False, "", [])],
)
def test_a_diagnosis_that_is_not_shared_is_not_kept(shared, kept, expected):
    whole = stay(referral={"diagnosis_shared": shared, "diagnosis_code": "F20.0", "diagnosis_text": "Schizofrenie"})
    asked = intake_asked.only_asked(whole, GGZ, expected_on=EXPECTED_ON)
    assert codes(whole) == expected
    assert (asked.referral.diagnosis_code, bool(asked.referral.diagnosis_text)) == (kept, bool(kept))
    found = signals.signals(whole, GGZ, NATIONAL, expected_on=EXPECTED_ON)
    assert any(one.code is signals.SignalCode.DIAGNOSIS_WITHHELD for one in found) is (shared is False)


def test_a_stay_asks_nothing_of_rehabilitation():
    whole = applications.changed(application(), kind=Kind.GGZ_STAY)
    kept = intake_asked.only_asked(whole, GGZ, expected_on=EXPECTED_ON)
    assert (kept.plan.hours, kept.plan.goals, kept.plan.practitioners, kept.plan.second_code) == ((), "", (), "")
    assert kept.history == applications.History()
    words = " ".join(one.message for one in intake.obstacles(whole, GGZ, TODAY, expected_on=EXPECTED_ON))
    assert "revalidatie" not in words.lower()


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ([Period(None, date(2019, 12, 31))], ["zorgtype_not_valid"]),
        ([Period(date(2026, 12, 2))], ["zorgtype_not_valid"]),
        ([Period(date(2026, 12, 1))], []),
        ([], []),  # a code that the source doesn't give
    ],
)
def test_the_day_on_which_the_dbc_opens_decides(period, expected):
    found = validity("110", period, date(2026, 12, 1))
    assert [one.code for one in intake_stay.over(found, "Zorgtype", "zorgtype")] == expected


@pytest.mark.parametrize(
    ("outcome", "changes", "expected"),
    [
        (Outcome.GRANTED, {}, []),
        (Outcome.GRANTED, {"days_of_stay": 30}, ["grant_is_partial"]),
        (Outcome.GRANTED, {"zorgtype": "156"}, ["grant_is_partial"]),
        (Outcome.PARTLY_GRANTED, {"days_of_stay": 30}, []),
        (Outcome.PARTLY_GRANTED, {}, ["grant_is_whole"]),
        (Outcome.PARTLY_GRANTED, {"days_of_stay": 61}, ["days_out_of_range", "grant_is_whole"]),
        (Outcome.PARTLY_GRANTED, {"days_of_stay": -1}, ["days_out_of_range"]),
        (Outcome.PARTLY_GRANTED, {"ends_on": date(2026, 12, 23)}, ["days_beyond_period"]),
        (Outcome.GRANTED, {"days_of_stay": None}, ["grant_missing"]),
        (Outcome.GRANTED, {"zorgtype": ""}, ["grant_missing"]),
    ],
)
def test_days_are_granted_under_a_zorgtype(outcome, changes, expected):
    grant = review.default_grant(stay(), GGZ, decided_on=TODAY)
    assert (grant.zorgtype, grant.days_of_stay, grant.setting, dict(grant.hours)) == ("155", 60, Setting.INPATIENT, {})
    found = review.review_grant.obstacles(
        outcome,
        applications.replace(grant, **changes),
        stay(),
        GGZ,
        decided_on=TODAY,
        early_start_reason="",
        long_period_reason="",
    )
    assert [one.code for one in found] == expected


def test_the_criterion_of_the_source_comes_first():
    first = review.criteria(GGZ, NATIONAL, Indication.PSYCHIC, date(2026, 12, 14))[0]
    assert first.text == "Alleen de geneeskundige behandeling van een psychische stoornis is verzekerde GGZ."
    assert first.source.startswith("S2: ")
