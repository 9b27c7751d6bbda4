from datetime import timedelta

import pytest

from papers.domain import work


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 0), (1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (12, 3600), (10_000, 3600)],
)
def test_the_pause_doubles_up_to_an_hour(attempts, seconds):
    assert work.pause(attempts) == timedelta(seconds=seconds)


def test_twelve_tries_are_enough_to_outlast_a_night_with_trouble():
    assert sum((work.pause(n) for n in range(1, work.TRIES)), timedelta()) > timedelta(hours=3)
