"""Which names the database finds to be almost alike."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authorizations.models import Insured
from tests.factories import accounts, authorizations

ASK = "SELECT near_spellings(%s) && near_spellings(%s)"
LETTERS = "ABDEIJKLMNORST"


def are_alike(typed: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ASK, [typed, name])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "name", "alike"),
    [
        ("Bakkre", "Bakker", True),
        ("baker", "Bakker", True),
        ("Bakkker", "Bakker", True),
        ("Bukker", "Bakker", True),
        ("Bekkar", "Bakker", False),
        ("Smti", "Smit", True),
        ("vreis", "de Vries", True),
        ("de Vries", "de Wit", False),
        ("van der Bergh", "van den Berg", True),
        ("Muller", "Müller", True),
        ("Jansen-Bakker", "Bakker", True),
        ("Wit", "de Wit", True),
        ("Wot", "de Wit", False),
        ("Oh", "Oh", True),
        ("", "", False),
        ("Bakker", "", False),
        (" '; drop table -- ", "drop", True),
    ],
)
def test_one_letter_is_a_typing_error_and_two_are_another_name(typed, name, alike):
    assert are_alike(typed, name) is alike
    assert are_alike(name, typed) is alike


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(LETTERS, min_size=5, max_size=14), st.integers(0, 13), st.sampled_from(LETTERS), st.integers(0, 3))
def test_every_single_typing_error_is_forgiven(name, place, letter, kind):
    place = min(place, len(name) - 2)
    before, at, after = name[:place], name[place], name[place + 1 :]
    mistake = [
        before + after,
        before + letter + at + after,
        before + letter + after,
        before + after[0] + at + after[1:],
    ]
    assert are_alike(mistake[kind], name)


@pytest.mark.django_db
def test_the_database_knows_of_whom_a_request_is_open_whatever_is_written(provider, insurer):
    request_ = authorizations.filed(provider, insurer, accounts.UserFactory())
    insured = request_.insured
    found = Insured.objects.filter(pk=insured.pk)
    assert found.get().is_open
    found.update(is_open=False)
    insured.save()
    assert found.get().is_open
    request_.status, request_.closed_at, request_.withdrawn_reason = "withdrawn", authorizations.FILED_AT, "Niet nodig."
    request_.save()
    assert not found.get().is_open
    found.update(is_open=True)
    assert not found.get().is_open
