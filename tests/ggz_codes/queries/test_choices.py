"""Codes to choose from at a form, of our own list and of releases together."""

from datetime import date

import pytest

from ggz_codes.domain.choices import Choice, combined, on
from ggz_codes.domain.validity import Period
from ggz_codes.models import Prestatie
from ggz_codes.queries import choices
from tests.factories.release_files import canonical, grouper, product
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db
IN_2019, IN_2026 = date(2019, 6, 1), date(2026, 6, 1)


def offered(found, day):
    return {one.code: one.what for one, holds in on(day, found) if holds}


def test_a_release_takes_over_from_its_first_day():
    own = Choice("14E489", "Eigen", Period(date(2014, 1, 1)))
    told = Choice("14E489", "Uitgave", Period(date(2020, 1, 1), date(2025, 12, 31)))
    found = combined([own], [told])
    assert [(one.what, one.period.valid_until) for one in found] == [
        ("Eigen", date(2019, 12, 31)), ("Uitgave", date(2025, 12, 31)),
    ]  # fmt: skip
    assert offered(found, IN_2019) == {"14E489": "Eigen"}
    assert offered(found, IN_2026) == {}


def test_declaratiecodes_of_our_list_of_a_release_and_of_zorgproducten_of_rehabilitation():
    Prestatie.objects.create(domain="MSR", code="14D838", description="Eigen", source="NZa")
    msr = {"soort": "declaratiecode", "omschrijving": "Uitgave", "geldig_vanaf": "2020-01-01"}
    loaded(canonical(msr | {"domein": "MSR", "code": "15E132"}, msr | {"domein": "GGZ", "code": "25B999"}))
    pain, eye = product("990027195", "15B001", "2016-01-01", words="Pijn"), product("990004001", "15B002", "2016-01-01")
    loaded(grouper(pain, eye), package="grouper")
    assert offered(choices.msr(), IN_2026) == {"14D838": "Eigen", "15B001": "Pijn", "15E132": "Uitgave"}
    assert "15E132" not in offered(choices.msr(), IN_2019)


def test_activities_of_the_class_of_rehabilitation_in_a_release():
    known = offered(choices.activities(), IN_2026)
    assert "190961" in known
    ended = {"soort": "zorgactiviteit", "code": "190961", "omschrijving": "Oud", "geldig_vanaf": "2014-01-01"}
    loaded(canonical(ended | {"geldig_tot": "2019-12-31"}, ended | {"code": "190999"}))
    assert offered(choices.activities(), IN_2026) == {code: what for code, what in known.items() if code != "190961"}
    assert offered(choices.activities(), IN_2019)["190961"] == "Oud"
