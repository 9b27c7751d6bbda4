"""The rules of the privacyverklaring, on their edges."""

from datetime import date

import pytest

from authorizations.domain import privacyverklaring as rules
from authorizations.domain.privacyverklaring import PatientSigner, PrivacyStatus, PrivacyWay, Signed

TODAY = date(2026, 11, 2)
WHOLE = {
    "way": PrivacyWay.ONLINE,
    "signer": PatientSigner.PATIENT,
    "signer_name": "J. Jansen",
    "patient_signed_on": TODAY,
    "profession": "Psychiater",
    "provider_signs": True,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"way": None}, ["way_missing"]),
        ({"way": PrivacyWay.UPLOADED}, ["scan_missing"]),
        ({"way": PrivacyWay.UPLOADED, "has_scan": True}, []),
        ({"signer": None, "signer_name": " "}, ["signer_missing", "name_missing"]),
        ({"patient_signed_on": None}, ["day_wrong"]),
        ({"patient_signed_on": date(2026, 11, 3)}, ["day_wrong"]),  # tomorrow
        ({"patient_signed_on": date(2025, 11, 2)}, []),  # 365 days ago
        ({"patient_signed_on": date(2025, 11, 1)}, ["day_wrong"]),
        ({"profession": ""}, ["profession_missing"]),
        ({"provider_signs": False}, ["provider_must_sign"]),
    ],
)
def test_it_is_given_with_both_signatures(changes, expected):
    signed = Signed(**{**WHOLE, **changes})
    found = rules.obstacles_to_give(signed, today=TODAY, on_paper=False, removed=(), confirmed=())
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("removed", "confirmed", "expected"),
    [
        (["a", "b"], ["a", "b"], []),
        (["a", "b"], ["a"], ["removal_unconfirmed"]),
        (["a"], [], ["removal_unconfirmed"]),
        ([], ["a"], []),
    ],
)
def test_what_goes_is_confirmed(removed, confirmed, expected):
    found = rules.obstacles_to_give(Signed(**WHOLE), today=TODAY, on_paper=False, removed=removed, confirmed=confirmed)
    assert [one.code for one in found] == expected


def test_of_a_paper_request_the_paper_is_signed():
    found = rules.obstacles_to_give(Signed(**WHOLE), today=TODAY, on_paper=True, removed=(), confirmed=())
    assert [one.code for one in found] == ["online_on_paper"]


@pytest.mark.parametrize(
    ("on", "reason", "expected"),
    [
        (TODAY, "Dat wil hij.", []),
        (date(2026, 10, 1), "Dat wil hij.", []),
        (date(2026, 9, 30), "Dat wil hij.", ["day_wrong"]),  # before it was signed
        (None, " ", ["day_wrong", "reason_missing"]),
    ],
)
def test_it_is_withdrawn_on_a_day_for_a_reason(on, reason, expected):
    found = rules.obstacles_to_withdraw(withdrawn_on=on, reason=reason, signed_on=date(2026, 10, 1), today=TODAY)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("stands", "in_order", "reason", "expected"),
    [
        (PrivacyStatus.GIVEN, None, "", ["check_missing"]),
        (PrivacyStatus.GIVEN, True, "", []),
        (PrivacyStatus.GIVEN, False, "", ["reason_missing"]),
        (PrivacyStatus.GIVEN, False, "De datum ontbreekt.", []),
        (PrivacyStatus.NOT_IN_ORDER, True, "", []),
        (PrivacyStatus.NOT_IN_ORDER, False, "Nog steeds.", ["checked"]),
        (PrivacyStatus.IN_ORDER, True, "", ["checked"]),
    ],
)
def test_the_check_says_whether_it_is_in_order(stands, in_order, reason, expected):
    found = rules.obstacles_to_check(in_order=in_order, reason=reason, stands=stands)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        (None, []),
        (PrivacyStatus.GIVEN, ["privacyverklaring_unchecked"]),
        (PrivacyStatus.NOT_IN_ORDER, ["privacyverklaring_not_in_order"]),
        (PrivacyStatus.IN_ORDER, []),
    ],
)
def test_there_is_no_decision_before_the_check(stands, expected):
    assert [one.code for one in rules.obstacles_to_decide(stands)] == expected


def test_every_place_of_a_diagnosis_is_found_and_emptied():
    reading = {
        "referral": {"diagnosis_code": "F20.0", "diagnosis_group": None, "diagnosis_shared": True, "complaints": "x"}
    }
    answers = {
        "verwijzing": {"diagnosis_text": ["Schizofrenie"], "diagnosis_search": ["schizo"]},
        "patient": {"bsn": ["1"]},
    }
    assert rules.named(reading, answers, None) == ("diagnosis_code", "diagnosis_text")
    assert rules.without(reading) == {"referral": {"complaints": "x"}}
    assert rules.without(answers) == {"verwijzing": {}, "patient": {"bsn": ["1"]}}
    notes = {"verwijzing": {"version": 2, "unread": [{"field": "diagnosis_code"}, {"field": "referred_on"}]}}
    assert rules.without_notes(notes)["verwijzing"]["unread"] == [{"field": "referred_on"}]
    assert rules.named({"referral": {"diagnosis_code": " "}}, {"verwijzing": {"diagnosis_text": [""]}}) == ()
