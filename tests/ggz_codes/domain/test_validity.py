from datetime import date

import pytest

from ggz_codes.domain.validity import Period, Standing, standing

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
