"""The tree of revalidatie in the real release of 2017: minutes, nursing days and diagnosis give product and code."""

from datetime import date

import pytest

from ggz_codes.domain.release_terms import Source
from ggz_codes.services.expected_product import NoEstimate, estimate
from tests import shared
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 1)
CHRONIC, AMPUTATION = "0711", "0211"


def expect(diagnosis, minutes, days=0, opened_on=DAY, zorgtype="11"):
    return estimate(
        diagnosis=diagnosis, weighted_minutes=minutes, nursing_days=days, opened_on=opened_on, zorgtype=zorgtype
    )


def test_without_a_release_there_is_no_estimate():
    with pytest.raises(NoEstimate, match="geen uitgave"):
        expect(CHRONIC, 100)


def test_the_release_of_2017():
    path = shared.path(shared.GROUPER)
    loaded(path.read_bytes(), source=Source.NZA, package="grouper", version_on=None)
    # Bron: codes.md section 2, MSR products.
    table = [
        (CHRONIC, 0, 0, "990027198", "14E489"),
        (CHRONIC, 240, 0, "990027198", "14E489"),
        (CHRONIC, 241, 0, "990027199", "14E490"),
        (CHRONIC, 540, 0, "990027199", "14E490"),
        (CHRONIC, 541, 0, "990027195", "14D838"),
        (CHRONIC, 48 * 60, 0, "990027195", "14D838"),
        (CHRONIC, 48 * 60 + 1, 0, "990027194", "14D837"),
        (CHRONIC, 130 * 60, 14, "990027194", "14D837"),
        (CHRONIC, 130 * 60 + 1, 14, "990027193", "14D836"),
        (CHRONIC, 41 * 60, 15, "990027191", None),
        (CHRONIC, 89 * 60, 15, "990027190", None),
        (CHRONIC, 173 * 60, 15, "990027189", None),
        (CHRONIC, 296 * 60, 15, "990027188", None),
        (CHRONIC, 296 * 60 + 1, 15, "990027187", None),
    ]
    for diagnosis, minutes, days, product, declared in table:
        found = expect(diagnosis, minutes, days)
        assert found.product == product, (minutes, days)
        assert found.declaratiecode == declared or (declared is None and len(found.declaratiecode) == 6), found
    found = expect(CHRONIC, 241)
    assert found.words == (
        "Schatting: zorgproduct 990027199, declaratiecode 14E490 (volgens NZa grouper RZ17a, ingang 1-1-2017)."
    )
    assert "maximaal 9 gewogen behandeluren" in found.description and found.steps[-1][1]
    with pytest.raises(NoEstimate, match="9999"):
        expect("9999", 100)
    with pytest.raises(NoEstimate, match="geen uitgave"):
        expect(CHRONIC, 100, opened_on=date(2011, 12, 31))
