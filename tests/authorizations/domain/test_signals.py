from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import policy as policies
from authorizations.domain import signals
from authorizations.domain.documents import Answer
from authorizations.domain.signals import Paper
from authorizations.domain.terms import DocumentKind, Feature, Indication, WpnLevel
from authorizations.services.policies import FOLDER
from tests.factories.applications import EXPECTED_ON, PHYSICAL, all_documents, application, follow_up
from tests.factories.authorizations import shipped

ZK, ASR = shipped()["zilveren-kruis-msr"], shipped()["asr-revalidatie-2020"]
NATIONAL = policies.shipped(FOLDER)[1]
OTHER = {"indication": Indication.OTHER}
UNTRIED = replace(PHYSICAL, untried_because="Geen plaats.")


def codes(whole, policy=ZK, **more):
    answers = more.pop("answers", None) or all_documents(policy, whole)
    found = signals.signals(whole, policy, NATIONAL, expected_on=EXPECTED_ON, answers=answers, **more)
    assert all(signal.message and signal.source for signal in found)
    return [signal.code.value for signal in found]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (application(care=OTHER), []),
        (application(), ["WPN"]),
        (application(referral={"wpn_level": None}), []),
        (application(referral={"wpn_level": WpnLevel.ONE}), ["WPN"]),
        (application(care=OTHER | {"urgent": True, "urgent_reason": "Contractuur."}), ["SPOED"]),
        (application(care=OTHER, plan={"starts_on": date(2026, 12, 6)}), ["START_VOOR_BESLUIT"]),
        (application(care=OTHER, plan={"ends_on": date(2027, 4, 13)}), []),
        (application(care=OTHER, plan={"ends_on": date(2027, 4, 14)}), ["LANGER_DAN_120"]),
        (application(plan={"ends_on": date(2027, 4, 14)}, referral={"wpn_level": None}), ["PIJN_120"]),
        (follow_up(referral={"wpn_level": None}), ["PIJN_120"]),
        (follow_up(care=OTHER), []),
        (follow_up(care=OTHER, follow_up={"gap_over_42": True, "gap_reason": "Operatie."}), ["ONDOELMATIG"]),
        (application(care=OTHER, history={"treatments": (UNTRIED,)}), ["EERSTE_LIJN_NIET_GEPROBEERD"]),
        (application(care=OTHER, plan={"joint_plan": False}), ["PLAN_NIET_GEZAMENLIJK"]),
        (application(care=OTHER, plan={"code": "14E490"}), ["UREN_BOVEN_CODE"]),
        (application(care=OTHER, consent={"duplicate_reason": "Andere klacht."}), ["DUBBELE_AANVRAAG"]),
    ],
)
def test_what_stands_out(whole, expected):
    assert codes(whole) == expected


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [(date(2020, 11, 30), True), (date(2020, 12, 1), False)],
)
def test_treatment_before_the_standpunt(starts_on, expected):
    found = codes(application(plan={"starts_on": starts_on, "ends_on": date(2021, 1, 1)}))
    assert ("VOOR_STANDPUNT" in found) is expected
    assert "VOOR_STANDPUNT" not in codes(application(care=OTHER, plan={"starts_on": starts_on}))


def test_untried_counts_for_chronic_pain_only():
    (pain,) = _messages(application(history={"treatments": (UNTRIED,)}, referral={"wpn_level": None}))
    (other,) = _messages(application(care=OTHER, history={"treatments": (UNTRIED,)}))
    assert ": niet geprobeerd. De aanbieder schrijft: “Geen plaats.” Bij chronische pijn is een" in pain
    assert "eigen grond" in pain
    assert "Dit telt niet als geprobeerd." in other


def _messages(whole):
    answers = all_documents(ZK, whole)
    return [s.message for s in signals.signals(whole, ZK, NATIONAL, expected_on=EXPECTED_ON, answers=answers)]


def test_papers_that_lack_something():
    whole = application(care=OTHER)
    answers = all_documents(ZK, whole)
    kind = DocumentKind.HUISARTSENJOURNAAL
    absent = answers | {kind: Answer(kind, absent_because="Huisarts weigert.")}
    papers = [Paper(DocumentKind.VERWIJSBRIEF, (Feature.SIGNED, Feature.BIG_NUMBER)), Paper(DocumentKind.BEHANDELPLAN)]
    found = signals.signals(whole, ZK, NATIONAL, expected_on=EXPECTED_ON, answers=absent, papers=papers)
    assert [signal.message for signal in found] == [
        "Huisartsenjournaal is niet beschikbaar: Huisarts weigert.",
        "Verwijsbrief van een arts: ondertekening en big-nummer ontbreekt.",
    ]


@pytest.mark.parametrize(
    ("agb_code", "expected"), [("22220011", []), ("06010101", ["ANDERE_SOORT_AANBIEDER"]), ("", [])]
)
def test_a_policy_for_one_kind_of_provider(agb_code, expected):
    whole = application(care=OTHER)
    assert codes(whole, ASR, agb_code=agb_code) == expected
    assert codes(whole, ZK, agb_code=agb_code) == []
