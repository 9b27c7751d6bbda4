"""What keeps a request out of granting many at once that is ready otherwise."""

from datetime import UTC, datetime

import pytest

from authorizations.domain import bulk_grant, readability
from authorizations.domain.signals import Signal, SignalCode
from authorizations.domain.terms import WpnLevel

EARLY, LATE = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "level", "warns"),
    [
        (SignalCode.URGENT, None, False),
        (SignalCode.WPN, WpnLevel.FOUR, False),
        (SignalCode.WPN, WpnLevel.TWO, True),
        (SignalCode.CODE_NOT_VALID, WpnLevel.FOUR, True),
        (SignalCode.EARLY_START, None, True),
    ],
)
def test_what_warns(code, level, warns):
    assert bool(bulk_grant.warnings([Signal(code, "Let op.", "R-19")], level)) is warns


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"warned": [Signal(SignalCode.EARLY_START, "Let op.", "R-22")]}, ["stands_out"]),
        ({"judged_by": [1, 2]}, ["judged_by_another"]),
        ({"added_at": [LATE]}, ["added_after"]),
        ({"added_at": [EARLY], "judged_at": LATE}, []),
    ],
)
def test_obstacles(changes, codes):
    given = {"warned": [], "judged_by": [1], "judged_at": EARLY, "added_at": [EARLY], "asks": 1, **changes}
    assert [one.code for one in bulk_grant.obstacles(**given)] == codes


def test_the_standard_words_can_be_read():
    assert readability.too_long(bulk_grant.SUMMARY) is None
