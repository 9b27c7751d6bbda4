"""Which questions are asked, on both sides of each condition."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import intake_asked
from authorizations.domain.application import Application, Care, FollowUp, Plan, Referral
from authorizations.domain.terms import Indication, Kind, Setting, WpnLevel
from tests.factories.authorizations import shipped

EXPECTED_ON = date(2026, 12, 7)
PAIN = Care(indication=Indication.CHRONIC_PAIN)
OTHER = Care(indication=Indication.OTHER)


@pytest.mark.parametrize(
    ("slug", "part", "name", "application", "asked"),
    [
        ("zilveren-kruis-msr", "referral", "complaints", Application(), True),
        ("asr-revalidatie-2020", "referral", "complaints", Application(), False),
        ("zilveren-kruis-msr", "plan", "practitioners", Application(), False),
        ("asr-revalidatie-2020", "plan", "practitioners", Application(), True),
        ("zilveren-kruis-msr", "history", "coincidence", Application(care=PAIN), True),
        ("zilveren-kruis-msr", "history", "coincidence", Application(care=OTHER), False),
        ("zilveren-kruis-msr", "referral", "wpn_level", Application(care=PAIN), True),
        ("zilveren-kruis-msr", "referral", "wpn_level", Application(), False),
        ("zilveren-kruis-msr", "care", "urgent_reason", Application(care=Care(urgent=True)), True),
        ("zilveren-kruis-msr", "care", "urgent_reason", Application(), False),
        ("zilveren-kruis-msr", "care", "contract_reason", Application(care=Care(contracted=True)), True),
        ("zilveren-kruis-msr", "care", "contract_reason", Application(), False),
        ("zilveren-kruis-msr", "plan", "admission_reason", Application(care=Care(setting=Setting.INPATIENT)), True),
        ("zilveren-kruis-msr", "plan", "admission_reason", Application(care=Care(setting=Setting.OUTPATIENT)), False),
        ("zilveren-kruis-msr", "follow_up", "progress", Application(kind=Kind.MSR_FOLLOW_UP), True),
        ("zilveren-kruis-msr", "follow_up", "progress", Application(), False),
        (
            "zilveren-kruis-msr",
            "follow_up",
            "gap_reason",
            Application(kind=Kind.MSR_FOLLOW_UP, follow_up=FollowUp(gap_over_42=False)),
            False,
        ),
        ("zilveren-kruis-msr", "plan", "early_start_reason", Application(plan=Plan(starts_on=date(2026, 12, 6))), True),
        ("zilveren-kruis-msr", "plan", "early_start_reason", Application(plan=Plan(starts_on=EXPECTED_ON)), False),
        (
            "zilveren-kruis-msr",
            "plan",
            "exceptional_reason",
            Application(care=PAIN, plan=Plan(starts_on=date(2027, 1, 1), ends_on=date(2027, 5, 1))),
            False,
        ),
        (
            "zilveren-kruis-msr",
            "plan",
            "exceptional_reason",
            Application(care=PAIN, plan=Plan(starts_on=date(2027, 1, 1), ends_on=date(2027, 5, 2))),
            True,
        ),
        ("zilveren-kruis-msr", "insured", "bsn", Application(), True),
    ],
)
def test_is_asked(slug: str, part: str, name: str, application: Application, asked: bool) -> None:
    assert intake_asked.is_asked(part, name, application, shipped()[slug], expected_on=EXPECTED_ON) is asked


def test_only_asked_leaves_out_the_rest_and_nothing_more() -> None:
    full = Application(
        care=replace(OTHER, urgent_reason="Haast"), referral=Referral(wpn_level=WpnLevel.THREE, diagnosis_text="Knie")
    )

    kept = intake_asked.only_asked(full, shipped()["zilveren-kruis-msr"], expected_on=EXPECTED_ON)

    assert kept == Application(care=OTHER, referral=Referral(diagnosis_text="Knie"))
