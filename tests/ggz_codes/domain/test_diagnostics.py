from datetime import date

import pytest

from ggz_codes.domain import diagnostics, shipped

NEW_YEAR, OLD = date(2020, 1, 1), date(2019, 12, 31)


@pytest.mark.parametrize(
    ("minutes", "before", "since"),
    [
        (0, None, None),
        (799, None, None),  # the source names no codes below 800
        (800, "108B16", "25B145"),
        (1199, "108B16", "25B145"),
        (1200, "108B16", "25B146"),
        (1799, "108B16", "25B146"),
        (1800, "108B16", "25B147"),
        (5000, "108B16", "25B147"),
    ],
)
def test_the_prestatie_of_diagnostics(minutes, before, since):
    for opened_on, expected in (
        (OLD, before),
        (date(2008, 1, 1), before),
        (NEW_YEAR, since),
        (date(2024, 5, 1), since),
    ):
        found = diagnostics.prestatie(minutes=minutes, opened_on=opened_on)
        assert (found and found.code) == expected


@pytest.mark.parametrize(("on", "apart"), [(OLD, True), (NEW_YEAR, False), (date(2018, 6, 1), True)])
def test_eerstelijnsdiagnostiek_is_in_the_tariff_since_2020(on, apart):
    found = diagnostics.apart_from_the_tariff(on)
    assert found.allowed is apart
    assert "eerstelijnsdiagnostiek" in found.reasons[0]
    assert shipped.rule_texts()["OZP_ELD_2020"].parameters["vanaf"] == diagnostics.IN_TARIFF_SINCE.isoformat()
