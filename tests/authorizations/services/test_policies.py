"""Policies that ship with the code, in a portal that has them already."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from authorizations.domain import policy as policies
from authorizations.services import policies as service

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_better_version_of_the_same_day_holds_from_the_day_on_which_it_is_loaded():
    known, _ = policies.shipped(service.FOLDER)
    policy = known["asr-revalidatie-2020"]
    days = []
    for number, after in enumerate((0, 7, 7)):
        one = replace(policy, version=f"beter {number}", title=f"Beter verteld {number}")
        loaded = service.load(one, now=NOW + timedelta(days=after))
        assert loaded
        days.append(loaded.valid_from)
    assert days == [date(2020, 1, 1), date(2026, 12, 8), date(2026, 12, 9)]
