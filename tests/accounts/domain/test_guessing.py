from datetime import timedelta

import pytest

from accounts.domain.guessing import rests_for


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 0), (9, 0), (10, 30), (11, 0), (15, 30), (100, 30)]
)
def test_every_fifth_mistake_rests(wrong, minutes):
    assert (rests_for(wrong) or timedelta()) == timedelta(minutes=minutes)
