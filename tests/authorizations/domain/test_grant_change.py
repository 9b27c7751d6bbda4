"""A machtiging that is changed: what may be asked, what would hold then, and what a decision lacks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from authorizations.domain import grant_change as rules
from authorizations.domain.grant_change import Asked, ChangeKind, Intent
from authorizations.domain.review_grant import Grant
from authorizations.domain.terms import Discipline, Outcome, Setting

FYSIO, PSYCHO = Discipline.FYSIOTHERAPIE, Discipline.PSYCHOLOGIE
HELD = Grant(
    "14D838", Setting.OUTPATIENT, date(2026, 12, 1), date(2027, 3, 1), {FYSIO: Decimal(10), PSYCHO: Decimal(5)}
)
TODAY = date(2027, 1, 10)
LONGER = Asked(ChangeKind.LONGER, "Herstel gaat trager.", until_on=date(2027, 4, 1))
HOURS = Asked(ChangeKind.MORE_HOURS, "Meer nodig.", hours={FYSIO: Decimal(14)})
SETTING = Asked(ChangeKind.SETTING, "Opname nodig.", from_on=date(2027, 1, 15), setting=Setting.INPATIENT)
ELSEWHERE = Asked(
    ChangeKind.INSTITUTION, "Verhuisd.", from_on=date(2027, 1, 15), institution_name="Duin", institution_agb="22220101"
)
STOPPED = Asked(ChangeKind.STOPPED, "Klaar.", from_on=date(2027, 1, 9))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (LONGER, []),
        (replace(LONGER, until_on=None), ["until_missing"]),
        (replace(LONGER, until_on=date(2027, 3, 1)), ["until_not_later"]),
        (HOURS, []),
        (replace(HOURS, hours={FYSIO: Decimal(10)}), ["hours_not_more"]),
        (SETTING, []),
        (replace(SETTING, setting=Setting.OUTPATIENT), ["setting_missing"]),
        (replace(SETTING, from_on=None, why=" "), ["why_missing", "from_missing"]),
        (ELSEWHERE, []),
        (replace(ELSEWHERE, institution_name="", institution_agb="1"), ["institution_missing", "agb_wrong"]),
        (STOPPED, []),
        (replace(STOPPED, from_on=date(2027, 3, 2)), ["from_outside"]),
        (Asked(None, "Anders."), ["kind_missing"]),
    ],
)
def test_what_stands_in_the_way_of_asking(asked, expected):
    assert [one.code for one in rules.obstacles_to_file(asked, HELD, is_open=False, today=TODAY)] == expected


@pytest.mark.parametrize(
    ("held", "is_open", "today", "expected"),
    [
        (None, False, TODAY, "no_grant"),
        (HELD, False, date(2027, 3, 2), "no_grant"),
        (HELD, True, date(2027, 3, 1), "already_open"),
    ],
)
def test_only_what_runs_and_one_at_a_time(held, is_open, today, expected):
    assert [one.code for one in rules.obstacles_to_file(LONGER, held, is_open=is_open, today=today)] == [expected]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (LONGER, replace(HELD, ends_on=date(2027, 4, 1))),
        (HOURS, replace(HELD, hours={FYSIO: Decimal(14), PSYCHO: Decimal(5)})),
        (SETTING, replace(HELD, starts_on=date(2027, 1, 15), setting=Setting.INPATIENT)),
        (ELSEWHERE, replace(HELD, starts_on=date(2027, 1, 15))),
        (STOPPED, replace(HELD, ends_on=date(2027, 1, 9))),
    ],
)
def test_what_would_hold(asked, expected):
    assert rules.wanted(asked, HELD) == expected


WHOLE = Intent(Outcome.GRANTED, "Het is nodig.", grant=rules.wanted(LONGER, HELD))
LESS = replace(WHOLE.grant, ends_on=date(2027, 3, 15))


@pytest.mark.parametrize(
    ("intent", "asked", "expected"),
    [
        (WHOLE, LONGER, []),
        (replace(WHOLE, summary=""), LONGER, ["summary_missing"]),
        (replace(WHOLE, grant=LESS), LONGER, ["grant_is_partial"]),
        (Intent(Outcome.PARTLY_GRANTED, "Deels.", "Twee weken.", LESS), LONGER, []),
        (Intent(Outcome.PARTLY_GRANTED, "Deels.", "Niets.", WHOLE.grant), LONGER, ["grant_is_whole"]),
        (Intent(Outcome.DENIED, "Niet nodig.", "De hele verlenging."), LONGER, []),
        (Intent(Outcome.DENIED, "Niet nodig."), LONGER, ["not_granted_missing"]),
        (Intent(Outcome.DENIED, "Nee.", "Alles."), STOPPED, ["stop_is_a_fact"]),
        (
            replace(WHOLE, grant=replace(LESS, ends_on=date(2027, 12, 2))),
            LONGER,
            ["grant_too_long", "grant_is_partial"],
        ),
        (replace(WHOLE, grant=replace(LESS, ends_on=None)), LONGER, ["grant_missing"]),
    ],
)
def test_what_a_decision_lacks(intent, asked, expected):
    assert [one.code for one in rules.obstacles_to_decide(intent, asked, HELD)] == expected
