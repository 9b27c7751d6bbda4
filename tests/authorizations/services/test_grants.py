"""Of several machtigingen on one request, the one that holds on a day is the one that counts."""

import pytest

from authorizations.domain.terms import Discipline
from authorizations.models import Grant
from authorizations.queries import courses, in_force
from authorizations.services import subtrajects
from authorizations.services.lifecycle import NotAllowed
from tests.factories import accounts
from tests.factories.subtrajects import day
from tests.factories.told import Told, granted, noon


@pytest.fixture
def told(indiener, insurer):
    return Told(indiener, insurer)


@pytest.fixture
def first(provider, insurer):
    return granted(provider, insurer, hours=[(Discipline.FYSIOTHERAPIE, 10)])


@pytest.fixture
def second(first):
    """Take the place of the first from day 50 on."""
    by, at = accounts.UserFactory(), noon(50)
    decision = first.authorization.decisions.create(
        outcome="granted", summary="Herzien.", proposed_by=by, proposed_at=at,
        returned_at=at, returned_by=by, returned_because="Hier staat alleen de machtiging.",
    )  # fmt: skip
    found = Grant.objects.create(
        decision=decision, authorization=first.authorization, replaces=first, number="M26ZZZZZZZZZZ",
        declaratie_code="14D838", setting="outpatient", starts_on=day(50), ends_on=day(200),
    )  # fmt: skip
    found.hours.create(discipline=Discipline.FYSIOTHERAPIE.value, hours=20)
    return found


def test_the_one_that_holds_on_a_day(first, second):
    held = [in_force.grant_on(first.authorization_id, day(number)) for number in (49, 50, 200, 201)]
    assert held == [first, second, second, None]


def test_a_subtraject_falls_under_the_one_that_holds_when_it_opens(told, first, second, indiener):
    with pytest.raises(NotAllowed, match=f"geldt machtiging {first.number}"):
        subtrajects.link(subtraject_id=told.row().pk, granted=second, by=indiener, now=noon(60))
    subtrajects.link(subtraject_id=told.row().pk, granted=first, by=indiener, now=noon(60))
    assert told.row().granted == first


def test_hours_used_count_under_the_one_that_holds_now(told, first, second, indiener):
    subtrajects.link(subtraject_id=told.row().pk, granted=first, by=indiener, now=noon(60))
    told.did(5, on=60)
    [(shown, used)] = courses.usages(indiener, told.traject, courses.rows(told.traject))
    assert shown == second
    [line] = used.lines
    assert line.granted == 20
    assert line.used > 0


def test_a_number_finds_its_own_and_a_reference_the_newest(first, second, indiener):
    assert courses.grant_numbered(indiener, first.number) == first
    assert courses.grant_numbered(indiener, second.number) == second
    assert courses.grant_numbered(indiener, first.authorization.reference) == second
