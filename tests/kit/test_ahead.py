"""A thread that goes through something ahead of who uses it."""

import threading
import time

import pytest

from kit.ahead import ahead


def test_everything_comes_in_its_order():
    assert list(ahead(range(1000), at_most=3)) == list(range(1000))
    assert list(ahead([], at_most=1)) == []
    assert list(ahead([None, None], at_most=1)) == [None, None]


def test_it_is_ahead_and_no_further_than_was_allowed():
    begun = []

    def numbers():
        for number in range(100):
            begun.append(number)
            yield number

    given = ahead(numbers(), at_most=3)
    assert next(given) == 0
    deadline = time.monotonic() + 5
    while len(begun) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    # The one that was taken, three that wait and one in hand.
    assert begun == [0, 1, 2, 3, 4]
    given.close()


def test_what_goes_wrong_there_is_raised_here_after_what_came_before():
    def numbers():
        yield 1
        raise ValueError("stuk")

    given = ahead(numbers(), at_most=5)
    assert next(given) == 1
    with pytest.raises(ValueError, match="stuk"):
        next(given)


def test_closing_ends_the_thread():
    def forever():
        number = 0
        while True:
            yield (number := number + 1)

    before = threading.active_count()
    given = ahead(forever(), at_most=2)
    assert next(given) == 1
    assert threading.active_count() == before + 1
    given.close()
    assert threading.active_count() == before
