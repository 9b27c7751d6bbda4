"""Each rule of a key is the database's own."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import ApiKey
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # 1 december in Nederland


@pytest.fixture
def make(provider):
    person = UserFactory()

    def key(**values):
        columns = {
            "organization": provider, "name": "EPD", "acts_for": person, "prefix": "0a1b2c3d", "secret_hash": "a" * 64,
            "made_at": MADE, "made_by": person, "expires_on": date(2027, 12, 1), **values,
        }  # fmt: skip
        return ApiKey.objects.create(**columns)

    return key


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": "  "}, "api_key_has_a_name"),
        ({"prefix": "0A1B2C3D"}, "api_key_prefix_form"),
        ({"secret_hash": "geheim"}, "api_key_only_the_hash"),
        ({"expires_on": date(2026, 11, 30)}, "api_key_a_year_at_most"),
        ({"expires_on": date(2027, 12, 3)}, "api_key_a_year_at_most"),
        ({"last_used_on": date(2026, 11, 30)}, "api_key_used_after_it_was_made"),
        ({"revoked_at": MADE}, "api_key_revoked_pair"),
        ({"revoked_at": MADE.replace(hour=22)}, "api_key_revoked_after_it_was_made"),
    ],
)
def test_rules(make, values, constraint):
    if constraint == "api_key_revoked_after_it_was_made":
        values["revoked_by"] = UserFactory()
    with pytest.raises(IntegrityError, match=constraint):
        make(**values)


def test_the_edges_are_allowed(make):
    make(expires_on=date(2026, 12, 1), last_used_on=date(2026, 12, 1))
    make(prefix="00000001", name="Ander", expires_on=date(2027, 12, 2))


def test_a_beginning_and_a_name_occur_once_until_revoked(make):
    first = make()
    with pytest.raises(IntegrityError, match="api_key_prefix_once"), transaction.atomic():
        make(name="Ander")
    ApiKey.objects.filter(pk=first.pk).update(revoked_at=MADE, revoked_by=first.made_by)
    second = make(prefix="00000002")
    assert second.name == first.name
    with pytest.raises(IntegrityError, match="api_key_name_once"):
        make(prefix="00000003")
