from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ggz_codes.models import Prestatie, Zorgtype

pytestmark = pytest.mark.django_db
PRESTATIE = {"domain": "GGZ", "code": "25B130", "description": "Crisisopvang", "source": "S2"}
ZORGTYPE = {"code": "303", "description": "Acute hulp", "series": "crisis", "source": "S2"}


def prestatie(**values):
    return Prestatie.objects.create(**PRESTATIE | values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("prestatie_period_in_order", {"valid_from": date(2020, 1, 2), "valid_until": date(2020, 1, 1)}),
        ("prestatie_code_is_text", {"code": "25B13"}),
        ("prestatie_code_is_text", {"code": "25b130"}),
        ("prestatie_code_is_text", {"code": "1.4E+4"}),
        ("prestatie_zorgproduct_nine_digits", {"zorgproduct_code": "99002719"}),
        ("prestatie_minutes_in_order", {"minutes_from": 100, "minutes_until": 99}),
        ("prestatie_minutes_in_order", {"minutes_until": 99}),
        ("prestatie_has_source", {"source": ""}),
        ("prestatie_has_source", {"description": ""}),
    ],
)
def test_the_database_refuses(name, values):
    with pytest.raises(IntegrityError, match=name):
        prestatie(**values)


def test_a_code_has_one_row_per_day():
    prestatie(valid_until=date(2019, 12, 31))
    prestatie(valid_from=date(2020, 1, 1))  # the day after
    prestatie(zorgproduct_code="990027198")  # another pair
    with pytest.raises(IntegrityError, match="prestatie_periods_apart"), transaction.atomic():
        prestatie(valid_from=date(2019, 12, 31), valid_until=date(2019, 12, 31))


def test_equal_descriptions_are_different_codes():
    prestatie()
    assert prestatie(code="25B137").description == "Crisisopvang"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("zorgtype_three_digits", {"code": "30"}),
        ("zorgtype_period_in_order", {"valid_from": date(2020, 1, 2), "valid_until": date(2020, 1, 1)}),
        ("zorgtype_has_source", {"source": ""}),
        ("zorgtype_has_source", {"description": ""}),
    ],
)
def test_the_database_refuses_a_zorgtype(name, values):
    with pytest.raises(IntegrityError, match=name):
        Zorgtype.objects.create(**ZORGTYPE | values)


def test_a_zorgtype_has_one_row_per_day():
    Zorgtype.objects.create(**ZORGTYPE)
    with pytest.raises(IntegrityError, match="zorgtype_periods_apart"):
        Zorgtype.objects.create(**ZORGTYPE, valid_from=date(2020, 1, 1))
