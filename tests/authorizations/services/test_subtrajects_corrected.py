"""What was told wrongly of the end of a treatment, and what follows when it is put right."""

from dataclasses import replace

import pytest

from authorizations.domain import words
from authorizations.domain.policy import Closing
from authorizations.models import Zorgactiviteit
from authorizations.services import subtrajects
from authorizations.services.lifecycle import NotAllowed
from tests.factories import authorizations
from tests.factories.subtrajects import day
from tests.factories.told import Told, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(indiener, insurer):
    return Told(indiener, insurer)


@pytest.fixture
def of_the_nza(indiener, insurer):
    """Return a zorgtraject under a policy that closes as NZa has it: also by death."""
    shipped = authorizations.shipped()["zilveren-kruis-msr"]
    version = authorizations.version(replace(shipped, slug="nza-msr", closing=Closing.NZA), insurer)
    return Told(indiener, insurer, version=version)


def correct(told, number, *, on, reason="Verkeerde dag ingetypt"):
    finished_on = None if number is None else day(number)
    subtrajects.correct_finish(
        subtraject_id=told.row(0).pk, finished_on=finished_on, reason=reason, by=told.by, now=noon(on)
    )
    told.consistent()


def died(told, number, *, on, reason=""):
    died_on = None if number is None else day(number)
    subtrajects.died(zorgtraject_id=told.traject.pk, died_on=died_on, reason=reason, by=told.by, now=noon(on))
    told.consistent()


def test_a_finish_of_the_wrong_day_moves_with_its_reason(told):
    told.did(0)
    told.finished(10)
    correct(told, 30, on=31)
    assert told.rows() == [("11", 0, 30, "afgerond")]
    assert told.changes() == ["opened", "finished", "closed", "finish_moved", "moved"]
    expected = "Afgerond op 2 september 2026 in plaats van 13 augustus 2026: Verkeerde dag ingetypt"
    assert [event.reason for event in told.events()[3:]] == [expected, expected]


def test_a_finish_that_never_was_reopens_and_takes_the_vervolg_back_in(told):
    told.did(0)
    told.finished(10)
    told.did(20)
    assert told.rows() == [("11", 0, 10, "afgerond"), ("21", 11, None, "")]
    correct(told, None, on=21)
    assert told.rows() == [("11", 0, None, "")]
    assert told.row().finished_on is None
    assert told.changes()[-3:] == ["finish_moved", "gone", "reopened"]


def test_a_finish_after_42_idle_days_closes_nothing(told):
    told.did(0)
    told.finished(10)
    correct(told, 50, on=51)
    assert told.rows() == [("11", 0, 42, "42_dagen")]


@pytest.mark.parametrize(
    ("number", "reason", "words"),
    [
        (-1, "Fout", "geopend op 3 augustus 2026"),
        (16, "Fout", "niet in de toekomst"),
        (10, "Fout", "was al afgerond op 13 augustus 2026"),
        (9, "  ", "Leg uit waarom"),
    ],
)
def test_what_is_refused_changes_nothing(told, number, reason, words):
    told.did(0)
    told.finished(10)
    before = told.rows(), told.changes()
    with pytest.raises(NotAllowed, match=words):
        correct(told, number, on=10, reason=reason)
    assert (told.rows(), told.changes()) == before


def test_where_nothing_was_finished_or_all_was_declared_there_is_nothing_to_correct(told):
    with pytest.raises(NotAllowed, match="geen afronding"):
        correct(told, 3, on=5)
    told.finished(10)
    with pytest.raises(NotAllowed, match="open subtraject"):
        subtrajects.declare(subtraject_id=told.row(0).pk, by=told.by, now=noon(10))
    subtrajects.declare(subtraject_id=told.row(0).pk, by=told.by, now=noon(12))
    with pytest.raises(NotAllowed, match="Neem eerst de declaratie terug"):
        correct(told, None, on=13)


def test_death_closes_under_the_rules_of_the_nza(of_the_nza):
    of_the_nza.did(0)
    died(of_the_nza, 8, on=9)
    assert of_the_nza.rows() == [("11", 0, 8, "overleden")]
    assert of_the_nza.changes().count("died") == 1


def test_death_is_only_kept_under_the_three_grounds_of_the_source(told):
    told.did(0)
    died(told, 8, on=9)
    told.traject.refresh_from_db()
    assert told.traject.died_on == day(8)
    assert told.rows() == [("11", 0, None, "")]


def test_a_death_that_was_told_wrongly_is_taken_back_with_a_reason(of_the_nza):
    of_the_nza.did(0)
    died(of_the_nza, 8, on=12)
    with pytest.raises(NotAllowed, match="Leg uit waarom"):
        died(of_the_nza, None, on=13)
    died(of_the_nza, None, on=13, reason="Verkeerde patiënt")
    assert of_the_nza.rows() == [("11", 0, None, "")]
    assert of_the_nza.changes() == ["opened", "died", "closed", "death_moved", "reopened"]


@pytest.mark.parametrize(("number", "words"), [(-1, "geopend op"), (10, "niet in de toekomst")])
def test_a_day_of_death_that_cannot_be(told, number, words):
    with pytest.raises(NotAllowed, match=words):
        died(told, number, on=9)
    told.traject.refresh_from_db()
    assert told.traject.died_on is None


def test_what_was_declared_in_two_that_should_be_one_can_be_taken_back(told):
    told.did(0)
    told.did(14)
    told.did(63)
    told.consistent()
    later = told.row(1)
    subtrajects.declare(subtraject_id=later.pk, by=told.by, now=noon(110))
    told.did(49, on=110)
    with pytest.raises(NotAllowed, match="klopt niet met wat er is vastgelegd"):
        subtrajects.declare(subtraject_id=told.row(0).pk, by=told.by, now=noon(111))
    subtrajects.take_back(subtraject_id=told.row(1).pk, reason="Opnieuw", by=told.by, now=noon(112))
    told.consistent()
    assert told.rows() == [("11", 0, 105, "42_dagen")]


def test_what_is_found_wrong_when_nobody_did_anything_has_its_reason(told):
    told.did(0)
    told.did(63)
    for row in (told.row(0), told.row(1)):
        subtrajects.declare(subtraject_id=row.pk, by=told.by, now=noon(110))
    # As a change of the rules would have it: nobody registers anything, and yet it should have closed otherwise.
    Zorgactiviteit.objects.filter(zorgtraject=told.traject, performed_on=day(63)).update(performed_on=day(40))
    subtrajects.take_back(subtraject_id=told.row(1).pk, reason="Opnieuw", by=told.by, now=noon(112))
    told.consistent()
    assert all(event.reason for event in told.events() if event.change == "to_correct")
    assert "to_correct" in told.changes()


def test_what_stands_in_the_way_of_removing_is_named(told):
    told.did(0)
    other = told.did(100)
    told.did(420)
    with pytest.raises(NotAllowed, match=f"activiteit van {words.day(day(420))} valt dan buiten"):
        subtrajects.remove(activity_id=other.pk, reason="Dubbel", by=told.by, now=noon(421))
