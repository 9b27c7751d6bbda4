"""Looking at a decision again: who may ask, when it is late, who may answer, and when a machtiging holds."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from authorizations.domain import grants
from authorizations.domain import heroverweging as rules
from authorizations.domain.heroverweging import Asked, Channel, HeroverwegingOutcome, OverturnReason, PaperRole
from tests.factories.authorizations import shipped

DECIDED = date(2026, 11, 2)
ASKED = Asked("Het verslag is wel gestuurd.", Channel.PORTAL, date(2026, 11, 9), frozenset({PaperRole.AUTHORISATION}))
LETTER = replace(ASKED, channel=Channel.PAPER, roles=frozenset({PaperRole.GROUNDS}))


def codes(found):
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ASKED, []),
        (replace(ASKED, grounds="  "), ["grounds_missing"]),
        (replace(ASKED, roles=frozenset({PaperRole.FURTHER})), ["authorisation_missing"]),
        (LETTER, []),
        (replace(LETTER, roles=frozenset()), ["letter_missing"]),
        (replace(LETTER, channel=Channel.PHONE, roles=frozenset()), []),
        (replace(LETTER, received_on=None), ["received_missing"]),
        (replace(LETTER, received_on=date(2026, 11, 11)), ["received_later"]),
        (replace(LETTER, received_on=date(2026, 11, 10)), []),
        (replace(LETTER, received_on=date(2026, 11, 1)), ["received_before_decision"]),
        (replace(LETTER, received_on=DECIDED), []),
        (Asked("", Channel.PORTAL, None), ["grounds_missing", "received_missing", "authorisation_missing"]),
    ],
)
def test_what_stands_in_the_way_of_asking(asked, expected):
    found = rules.obstacles_to_file(asked, decided_on=DECIDED, is_open=False, today=date(2026, 11, 10))
    assert codes(found) == expected


def test_only_a_decision_and_one_at_a_time():
    today = date(2026, 11, 10)
    assert codes(rules.obstacles_to_file(ASKED, decided_on=None, is_open=False, today=today)) == ["not_decided"]
    assert codes(rules.obstacles_to_file(ASKED, decided_on=DECIDED, is_open=True, today=today)) == ["already_open"]


@pytest.mark.parametrize(
    ("days", "received_on", "late"),
    [
        (None, date(2030, 1, 1), False),  # the sources give no last day, and neither does the policy
        (42, date(2026, 12, 14), False),
        (42, date(2026, 12, 15), True),
    ],
)
def test_late_only_where_the_policy_has_a_last_day(days, received_on, late):
    whole = shipped()["zilveren-kruis-msr"]
    whole = replace(whole, heroverweging=replace(whole.heroverweging, last_day_after_days=days))
    assert rules.is_late(whole, decided_on=DECIDED, received_on=received_on) is late


@pytest.mark.parametrize(
    ("answered_on", "until"),
    [(date(2026, 11, 2), date(2027, 11, 2)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_the_skgz_takes_it_for_one_year(answered_on, until):
    assert rules.skgz_until(answered_on) == until


@pytest.mark.parametrize(
    ("ruling", "motivation", "reason", "expected"),
    [
        (HeroverwegingOutcome.UPHELD, "Het blijft.", None, []),
        (HeroverwegingOutcome.UPHELD, " ", None, ["summary_missing"]),
        (HeroverwegingOutcome.GRANTED, "Alsnog.", None, ["reason_missing"]),
        (HeroverwegingOutcome.PARTLY_GRANTED, "Alsnog.", OverturnReason.NEW_FACTS, []),
        (HeroverwegingOutcome.UPHELD, "woord " * 41, None, ["summary_too_long"]),
    ],
)
def test_what_an_answer_lacks(ruling, motivation, reason, expected):
    assert codes(rules.obstacles_to_rule(ruling, motivation=motivation, reason=reason)) == expected


@pytest.mark.parametrize(
    ("channel", "clean", "waiting", "expected"),
    [
        (Channel.PORTAL, {PaperRole.AUTHORISATION}, False, []),
        (Channel.PORTAL, {PaperRole.FURTHER}, False, ["authorisation_unreadable"]),
        (Channel.PORTAL, {PaperRole.AUTHORISATION}, True, ["papers_waiting"]),
        (Channel.PHONE, set(), False, []),
    ],
)
def test_nobody_answers_on_papers_that_nobody_can_read(channel, clean, waiting, expected):
    assert codes(rules.obstacles_in_papers(channel, clean=clean, waiting=waiting)) == expected


@dataclass
class Held:
    pk: int
    starts_on: date
    ends_on: date


FIRST = Held(1, date(2026, 11, 1), date(2027, 2, 28))
OTHER_SETTING = Held(2, date(2027, 1, 1), date(2027, 2, 28))
ENDED = Held(3, date(2026, 11, 1), date(2027, 1, 15))


@pytest.mark.parametrize(
    ("held", "day", "expected"),
    [
        ([], date(2026, 12, 1), None),
        ([FIRST], date(2026, 10, 31), None),
        ([FIRST], date(2026, 11, 1), FIRST),
        ([FIRST], date(2027, 2, 28), FIRST),
        ([FIRST], date(2027, 3, 1), None),
        ([FIRST, OTHER_SETTING], date(2026, 12, 31), FIRST),
        ([OTHER_SETTING, FIRST], date(2027, 1, 1), OTHER_SETTING),
        ([FIRST, ENDED], date(2027, 1, 15), ENDED),
        ([FIRST, ENDED], date(2027, 1, 16), None),  # the newest says that it is over
    ],
)
def test_which_machtiging_holds_on_a_day(held, day, expected):
    assert grants.grant_on(held, day) is expected
