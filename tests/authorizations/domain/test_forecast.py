"""What a plan of appointments leads to, and how people write one down."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import appointments, course_picture, forecast
from authorizations.domain.subtrajects import IDLE, LONGEST, Closing, Ground

JANUARY = date(2027, 1, 4)
WEEKLY = [JANUARY + timedelta(weeks=number) for number in range(12)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4-1-2027", [JANUARY]),
        ("11-1-2027, 4 januari 2027;4-1-2027\n", [JANUARY, date(2027, 1, 11)]),
        ("elke week van 4-1-2027 t/m 18-1-2027", WEEKLY[:3]),
        ("Iedere 2 weken vanaf 2027-01-04 tot en met 2027-01-31", [WEEKLY[0], WEEKLY[2]]),
        ("elke maandag van 1-1-2027 t/m 12-1-2027", WEEKLY[:2]),
        ("elke 3 dagen van 4-1-2027 tot 10-1-2027", [date(2027, 1, day) for day in (4, 7, 10)]),
        ("", []),
    ],
)
def test_appointments_are_read_as_people_write_them(text, days):
    assert appointments.read(text) == (days, [])


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("morgen", "Dit is geen datum"),
        ("31-2-2027", "Dit is geen datum"),
        ("elke week", "Dit is geen datum"),
        ("elke week van 99-1-2027 t/m 1-2-2027", "Een van de datums"),
        ("elke week van 1-2-2027 t/m 1-1-2027", "Draai de datums om"),
        ("elke 0 dagen van 1-1-2027 t/m 1-2-2027", "minstens 1 dag"),
        ("elke dag van 1-1-1900 t/m 1-1-2199", "meer dan 400 dagen"),
    ],
)
def test_what_is_no_date_is_named(piece, words):
    days, (unclear,) = appointments.read(f"4-1-2027\n{piece}")
    assert days == [JANUARY]
    assert unclear.piece == piece and words in unclear.message


def test_a_plan_that_fits_closes_42_days_after_the_last_appointment():
    found = forecast.foretell(opened_on=JANUARY, planned_on=WEEKLY)
    (only,) = found.subtrajects
    assert only.closing.closed_on == min(WEEKLY[-1] + IDLE, JANUARY + LONGEST)
    assert found.fits and not found.remarks and not found.outside
    assert found.last_safe_on == only.closing.closed_on
    assert len(found.own(only)) == 12


def test_a_gap_makes_a_vervolg_and_is_told():
    late = [JANUARY, date(2027, 3, 1)]
    found = forecast.foretell(opened_on=JANUARY, planned_on=late)
    assert [one.opened_on for one in found.subtrajects] == [JANUARY, date(2027, 2, 16)]
    assert "meer dan 42 dagen geen afspraak" in found.remarks[0]
    assert found.risks[0].on == date(2027, 2, 15) and found.risks[0].warn_days == (14, 7)


def test_chronic_pain_over_120_days_is_told():
    found = forecast.foretell(
        opened_on=JANUARY, planned_on=[JANUARY, JANUARY + LONGEST + timedelta(1)], chronic_pain=True
    )
    assert not found.fits
    assert any("zeer uitzonderlijk" in remark for remark in found.remarks)


def test_after_a_year_a_new_zorgtraject_is_needed():
    far = JANUARY + timedelta(days=500)
    found = forecast.foretell(opened_on=JANUARY, planned_on=[JANUARY, far])
    assert found.outside == (far,)


def test_finishing_ends_it_and_what_comes_after_is_told():
    found = forecast.foretell(opened_on=JANUARY, planned_on=WEEKLY, finished_on=WEEKLY[5])
    assert found.subtrajects[0].closing.grounds == (Ground.FINISHED,)
    assert any("Er staan afspraken na" in remark for remark in found.remarks)


@given(st.lists(st.integers(0, 900), max_size=40))
def test_every_appointment_is_in_one_subtraject_or_outside(offsets):
    planned = sorted({JANUARY + timedelta(days=offset) for offset in offsets})
    found = forecast.foretell(opened_on=JANUARY, planned_on=planned)
    inside = [day for one in found.subtrajects for day in found.own(one)]
    assert sorted([*inside, *found.outside]) == planned
    picture = course_picture.draw(
        [course_picture.Span(one.opened_on, one.closing, found.own(one)) for one in found.subtrajects]
    )
    assert all(0 <= mark.x <= picture.width for mark in [*picture.activities, *picture.ends, *picture.months])


def test_an_open_subtraject_is_drawn_to_the_day_on_which_it_closes_by_itself():
    opened = date(2026, 10, 1)
    open_one = course_picture.Span(opened, None, [opened], expected_on=date(2026, 11, 12))
    picture = course_picture.draw([open_one])
    assert picture.spans[0].x + picture.spans[0].width == picture.later[0].x == picture.ends[0].x
    assert len(picture.longest) == 1 and picture.later[0].x + picture.later[0].width == picture.longest[0].x
    assert "is nog open en sluit op 12 november 2026 als er niets gebeurt" in picture.told


def test_day_120_of_a_subtraject_that_closed_before_is_not_drawn():
    opened = date(2026, 3, 2)
    closed = course_picture.Span(opened, Closing(date(2026, 4, 27), (Ground.IDLE,)), [opened])
    assert course_picture.draw([closed]).longest == []


def test_what_does_not_count_moves_no_horizon_in_the_drawing():
    opened = date(2026, 10, 20)
    one = course_picture.Span(opened, None, [opened], expected_on=date(2026, 12, 1), uncounted=[date(2026, 11, 25)])
    picture = course_picture.draw([one])
    assert len(picture.uncounted) == 1 and "met 2 activiteiten" in picture.told
    assert picture.idle[0].x + picture.idle[0].width == picture.ends[0].x
