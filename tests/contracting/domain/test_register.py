"""The steps of a contract, and what counts as having one: tables of examples."""

from datetime import date

import pytest

from contracting.domain import register
from contracting.domain.register import MOVES, ContractMove, ContractStatus

S, M = ContractStatus, ContractMove
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TODAY = date(2025, 12, 15)


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (S.PROPOSED, [M.AGREE, M.LAPSE]),
        (S.AGREED, [M.RECORD, M.LAPSE]),
        (S.RECORDED, [M.SIGN, M.LAPSE]),
        (S.SIGNED, [M.OPEN, M.LAPSE]),
        (S.MAY_DECLARE, [M.END]),
        (S.LAPSED, []),
        (S.ENDED, []),
    ],
)
def test_moves_from(status, moves):
    assert register.moves_from(status) == moves


@pytest.mark.parametrize(
    ("status", "on", "counts", "declares"),
    [
        (S.AGREED, FIRST, False, False),
        (S.RECORDED, FIRST, False, False),
        (S.SIGNED, FIRST, True, False),  # signed by both, and not yet open for claims
        (S.MAY_DECLARE, date(2025, 12, 31), False, False),
        (S.MAY_DECLARE, FIRST, True, True),
        (S.MAY_DECLARE, LAST, True, True),
        (S.MAY_DECLARE, date(2027, 1, 1), False, False),
        (S.ENDED, FIRST, True, True),
        (S.LAPSED, FIRST, False, False),
    ],
)
def test_what_counts_on_which_day(status, on, counts, declares):
    assert register.counts(status, FIRST, LAST, on) is counts
    assert register.may_declare(status, FIRST, LAST, on) is declares


@pytest.mark.parametrize(
    ("move", "status", "on", "reason", "codes"),
    [
        (M.AGREE, S.PROPOSED, TODAY, "", []),
        (M.AGREE, S.PROPOSED, date(2025, 12, 16), "", ["on_in_future"]),
        (M.AGREE, S.PROPOSED, date(2025, 9, 1), "", []),  # the day of the step before
        (M.AGREE, S.PROPOSED, date(2025, 8, 31), "", ["on_before_previous"]),
        (M.RECORD, S.PROPOSED, TODAY, "", ["other_step"]),
        (M.OPEN, S.RECORDED, TODAY, "", ["other_step"]),  # not signed yet
        (M.LAPSE, S.SIGNED, TODAY, " ", ["reason_missing"]),
        (M.LAPSE, S.SIGNED, TODAY, "Er is geen akkoord.", []),
        (M.END, S.MAY_DECLARE, LAST, "Gestopt.", []),  # still to come
        (M.END, S.MAY_DECLARE, date(2027, 1, 1), "", ["end_outside", "reason_missing"]),
    ],
)
def test_obstacles_to_move(move, status, on, reason, codes):
    found = register.obstacles_to_move(
        move, status=status, on=on, before_on=date(2025, 9, 1), starts_on=FIRST, ends_on=LAST, reason=reason,
        today=TODAY,
    )  # fmt: skip
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("year", "starts_on", "ends_on", "on", "codes"),
    [
        (2026, None, None, TODAY, []),
        (2026, date(2026, 4, 1), date(2026, 4, 1), TODAY, []),
        (2026, date(2025, 12, 31), date(2027, 1, 1), TODAY, ["starts_outside", "ends_outside"]),
        (2026, date(2026, 4, 2), date(2026, 4, 1), TODAY, ["ends_before_start"]),
        (2026, None, None, date(2025, 12, 16), ["on_in_future"]),
        (2005, None, None, TODAY, ["year_unlikely"]),
        (99999, None, None, TODAY, ["year_unlikely"]),
    ],
)
def test_obstacles_to_propose(year, starts_on, ends_on, on, codes):
    found = register.obstacles_to_propose(year=year, starts_on=starts_on, ends_on=ends_on, on=on, today=TODAY)
    assert [one.code for one in found] == codes


def test_every_step_can_be_reached():
    assert {way.target for way in MOVES.values()} == set(S) - {S.PROPOSED}
