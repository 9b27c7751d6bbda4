from datetime import date

import pytest

from ggz_codes.domain.validity import Certainty, Period, Standing, Successor, standing, validity

NEW = Period(date(2020, 1, 1))
ENDED = Period(None, date(2019, 12, 31))


@pytest.mark.parametrize(
    ("periods", "day", "expected"),
    [
        ([NEW], date(2019, 12, 31), Standing.NOT_YET_VALID),
        ([NEW], date(2020, 1, 1), Standing.VALID),
        ([ENDED], date(2019, 12, 31), Standing.VALID),  # the end is inclusive
        ([ENDED], date(2020, 1, 1), Standing.ENDED),
        ([ENDED], date(1990, 1, 1), Standing.VALID),  # an unknown start doesn't bind
        ([ENDED, Period(date(2021, 1, 1))], date(2020, 6, 1), Standing.ENDED),  # a gap
        ([], date(2020, 1, 1), Standing.UNKNOWN),
    ],
)
def test_how_a_code_stands_on_a_day(periods, day, expected):
    assert standing(periods, day) is expected


def test_every_standing_has_words():
    assert {one.words for one in Standing} == {"Geldig", "Onbekend", "Nog niet geldig", "Beëindigd"}


PROVEN, DERIVED = Successor("25B145", Certainty.PROVEN), Successor("25B135", Certainty.DERIVED)


@pytest.mark.parametrize(
    ("periods", "day", "successors", "words"),
    [
        ([NEW], date(2020, 1, 1), (), "Geldig."),
        ([NEW], date(2019, 12, 31), (), "Nog niet geldig: geldig vanaf 1 januari 2020."),
        ([ENDED], date(2020, 1, 1), (), "Beëindigd: geldig tot en met 31 december 2019."),
        (
            [ENDED],
            date(2020, 1, 1),
            (PROVEN, Successor("25B146", Certainty.PROVEN), Successor("25B147", Certainty.PROVEN)),
            "Beëindigd: geldig tot en met 31 december 2019. Opvolger: 25B145, 25B146 of 25B147.",
        ),
        (
            [ENDED],
            date(2020, 1, 1),
            (DERIVED, Successor("25B142", Certainty.DERIVED)),
            "Beëindigd: geldig tot en met 31 december 2019. Opvolger (afgeleid): 25B135 of 25B142.",
        ),
        ([], date(2020, 1, 1), (PROVEN,), "Onbekend."),
    ],
)
def test_validity_in_words(periods, day, successors, words):
    assert validity("25B002", periods, day, successors).words == words


def test_only_what_has_ended_has_a_successor():
    assert validity("108B16", [ENDED], date(2019, 12, 31), (PROVEN,)).successors == ()
    assert validity("108B16", [ENDED], date(2020, 1, 1), (PROVEN,)).successors == (PROVEN,)


def test_the_period_is_the_one_that_holds_or_the_nearest():
    first, second = Period(date(2014, 1, 1), date(2015, 12, 31)), Period(date(2018, 1, 1), date(2018, 12, 31))
    periods = [second, first]
    for day, expected, stands in (
        (date(2013, 1, 1), first, Standing.NOT_YET_VALID),
        (date(2015, 12, 31), first, Standing.VALID),
        (date(2016, 1, 1), first, Standing.ENDED),
        (date(2018, 1, 1), second, Standing.VALID),
        (date(2019, 1, 1), second, Standing.ENDED),
    ):
        found = validity("14E489", periods, day)
        assert (found.period, found.standing) == (expected, stands)
        assert not found.start_unknown
    assert validity("108B16", [ENDED], date(2020, 1, 1)).start_unknown
    assert validity("108B16", [], date(2020, 1, 1)).period is None
