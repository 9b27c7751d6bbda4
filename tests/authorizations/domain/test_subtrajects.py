"""The closing rules: tables on their edges, the examples, and against a naive walk through the calendar."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import policy, subtrajects
from authorizations.domain.signals import SignalCode
from authorizations.domain.subtrajects import Activity, Closing, DotZorgtype, EndWarning, Ground, NoOpening, Subtraject

VECTORS = Path("tests/data/vectors")
OPENED = date(2021, 1, 4)
BRON, NZA = policy.Closing.BRON, policy.Closing.NZA


def vectors(name):
    with (VECTORS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def day(number):
    """Return a day by its number, counted from the opening."""
    return OPENED + timedelta(days=number)


def days(*numbers):
    return [day(number) for number in numbers]


def activity(text):
    performed, _, registered = text.partition("@")
    on, _, profile_class = performed.partition("#")
    return Activity(
        date.fromisoformat(on), int(profile_class or 14), date.fromisoformat(registered) if registered else None
    )


# -- closing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", vectors("afsluiting"), ids=lambda row: row["id"])
def test_the_examples_of_closing(row):
    judged_on = date.fromisoformat(row["peildatum"])
    activities = [activity(text) for text in row["activiteiten"].split()]
    found = subtrajects.closing(
        opened_on=date.fromisoformat(row["geopend_op"]),
        performed_on=subtrajects.counted(activities, known_on=judged_on),
        finished_on=date.fromisoformat(row["afgerond_op"]) if row["afgerond_op"] else None,
        judged_on=judged_on,
    )
    assert (found is not None) == (row["gesloten"] == "ja")
    if found:
        assert (found.closed_on.isoformat(), found.code) == (row["sluitdatum"], row["reden"])


@pytest.mark.parametrize(
    ("performed", "finished", "judged", "by", "expected"),
    [
        ([0], None, 41, BRON, None),
        ([0], None, 42, BRON, (42, Ground.IDLE)),
        ([0], None, 400, BRON, (42, Ground.IDLE)),  # a late run
        ([0, 42], None, 42, BRON, None),  # an activity on day 42 itself
        ([0, 42], None, 84, BRON, (84, Ground.IDLE)),
        ([0, 43], None, 50, BRON, (42, Ground.IDLE)),  # the activity belongs to the vervolg
        ([], None, 119, BRON, None),
        ([], None, 120, BRON, (120, Ground.LONGEST)),
        ([40, 78], None, 120, BRON, (120, Ground.IDLE, Ground.LONGEST)),
        ([0], 0, 0, BRON, (0, Ground.FINISHED)),
        ([0], 42, 42, BRON, (42, Ground.FINISHED, Ground.IDLE)),
        ([40, 78], 120, 120, BRON, (120, Ground.FINISHED, Ground.IDLE, Ground.LONGEST)),
        ([0], 10, 9, BRON, None),  # not finished yet
        ([0], 10, 30, NZA, None),
        ([0], 10, 42, NZA, (42, Ground.IDLE)),
    ],
)
def test_closing(performed, finished, judged, by, expected):
    found = subtrajects.closing(
        opened_on=OPENED,
        performed_on=days(*performed),
        finished_on=None if finished is None else day(finished),
        judged_on=day(judged),
        by=by,
    )
    assert found == (expected and Closing(day(expected[0]), expected[1:]))


def test_under_the_rules_of_the_nza_death_closes():
    facts = {"opened_on": OPENED, "performed_on": days(0), "judged_on": day(42), "died_on": day(7)}
    assert subtrajects.closing(**facts, by=NZA) == Closing(day(7), (Ground.DEATH,))
    assert subtrajects.closing(**facts, by=BRON) == Closing(day(42), (Ground.IDLE,))


@pytest.mark.parametrize(
    ("given_activity", "known_on", "counts"),
    [
        (Activity(day(5)), day(5), True),
        (Activity(day(5)), day(4), False),  # planned
        (Activity(day(5), registered_on=day(8)), day(7), False),
        (Activity(day(5), registered_on=day(8)), day(8), True),
        (Activity(day(5), registered_on=day(2)), day(4), False),  # planned and registered ahead
        *((Activity(day(5), profile_class=number), day(5), True) for number in (1, 2, 3, 14, 19)),
        *((Activity(day(5), profile_class=number), day(5), False) for number in (4, 13, 15, 99)),
    ],
)
def test_which_activities_count(given_activity, known_on, counts):
    assert subtrajects.counted([given_activity], known_on=known_on) == ([day(5)] if counts else [])


# -- signals ---------------------------------------------------------------------------------------------------------

STRIJDIG, ONDOELMATIG = SignalCode.CONTRARY_TO_NZA, SignalCode.INEFFICIENT
PAIN, AFTER = SignalCode.PAIN_120, SignalCode.AFTER_FINISHED


@pytest.mark.parametrize(
    ("performed", "finished", "judged", "pain", "by", "expected"),
    [
        ([0], None, 42, False, BRON, []),
        ([0], None, 43, False, BRON, [ONDOELMATIG]),
        ([0, 43], None, 50, False, BRON, [ONDOELMATIG]),  # the gap closed it, whatever came after
        ([0, 42], None, 50, False, BRON, []),
        ([], None, 119, False, BRON, []),  # treatment hasn't begun
        ([0], 43, 60, False, BRON, []),  # finished
        ([0], 60, 59, False, BRON, [ONDOELMATIG]),
        ([0], 0, 0, False, BRON, [STRIJDIG]),
        ([0], 41, 41, False, BRON, [STRIJDIG]),
        ([0], 42, 42, False, BRON, []),
        ([0], 41, 40, False, BRON, []),
        ([0], 41, 41, False, NZA, []),
        ([], 41, 41, False, BRON, []),
        ([40, 80, 110], None, 119, True, BRON, []),
        ([40, 80, 110], None, 120, True, BRON, [PAIN]),
        ([40, 80, 110], None, 120, False, BRON, []),
        ([40, 80, 110], 120, 121, True, NZA, []),
        ([40, 80, 110], 121, 121, True, NZA, [PAIN]),
        ([40, 80, 110], 121, 120, True, BRON, [PAIN]),
        ([0], None, 120, True, BRON, [ONDOELMATIG, PAIN]),  # closed long before; still not finished
        ([0, 21], 14, 28, False, BRON, [STRIJDIG, AFTER]),
        ([0, 14], 14, 28, False, BRON, [STRIJDIG]),
        ([0, 21], 14, 20, False, BRON, [STRIJDIG]),
        ([0, 21], 14, 28, False, NZA, [AFTER]),
        ([0, 90, 121, 140], 125, 150, True, BRON, [PAIN, AFTER]),
    ],
)
def test_signals(performed, finished, judged, pain, by, expected):
    found = subtrajects.signals(
        opened_on=OPENED,
        activities=[Activity(on) for on in days(*performed)],
        judged_on=day(judged),
        chronic_pain=pain,
        finished_on=None if finished is None else day(finished),
        by=by,
    )
    assert list(found) == expected


def test_an_activity_that_does_not_count_after_the_finish_is_still_told():
    late = [Activity(day(0)), Activity(day(30), profile_class=99)]
    found = subtrajects.signals(
        opened_on=OPENED, activities=late, judged_on=day(50), chronic_pain=False, finished_on=day(20)
    )
    assert found == (STRIJDIG, AFTER)


# -- opening ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", vectors("vervolg"), ids=lambda row: row["id"])
def test_the_examples_of_opening(row):
    opening = subtrajects.vervolg(
        closed_on=date.fromisoformat(row["gesloten_op"]),
        next_activity_on=date.fromisoformat(row["volgende_activiteit"]),
    )
    assert str(opening) == row["vervolg"]


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        (None, NoOpening.NONE), (-1, NoOpening.NONE), (0, NoOpening.NONE), (1, day(1)), (120, day(1)),
        (121, day(121)), (240, day(121)), (241, day(241)), (360, day(241)), (361, NoOpening.NEW_ZORGTRAJECT),
    ],
)  # fmt: skip
def test_opening(after, opens):
    following = None if after is None else day(after)
    assert subtrajects.vervolg(closed_on=OPENED, next_activity_on=following) == opens


def test_the_course_of_a_zorgtraject():
    found = subtrajects.course(
        opened_on=OPENED, performed_on=days(0, 10, 60, 190, 400, 420, 800), finished_on=days(425), judged_on=day(900)
    )
    assert list(found) == [
        Subtraject(DotZorgtype.FIRST, day(0), Closing(day(52), (Ground.IDLE,))),
        Subtraject(DotZorgtype.VERVOLG, day(53), Closing(day(102), (Ground.IDLE,))),
        Subtraject(DotZorgtype.VERVOLG, day(103), Closing(day(223), (Ground.LONGEST,))),
        Subtraject(DotZorgtype.VERVOLG, day(344), Closing(day(425), (Ground.FINISHED,))),
    ]  # and day 800 asks for a new zorgtraject


def test_nothing_follows_after_death():
    facts = {"opened_on": OPENED, "performed_on": days(0, 10), "judged_on": day(300), "died_on": day(5), "by": NZA}
    assert list(subtrajects.course(**facts)) == [
        Subtraject(DotZorgtype.FIRST, OPENED, Closing(day(5), (Ground.DEATH,)))
    ]


# -- looking ahead ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("performed", "last"), [([], 120), ([0], 42), ([0, 30], 72), ([40, 79], 120), ([0, 43], 42)])
def test_the_last_safe_day_for_the_next_appointment(performed, last):
    assert subtrajects.last_safe_day(opened_on=OPENED, performed_on=days(*performed)) == day(last)


@pytest.mark.parametrize(("planned", "fits"), [([], True), ([0, 40, 120], True), ([0, 121], False)])
def test_a_plan_fits_in_120_days(planned, fits):
    assert subtrajects.fits(opened_on=OPENED, planned_on=days(*planned)) is fits


def test_warnings_come_before_each_end():
    found = subtrajects.warnings(opened_on=OPENED, idle_on=day(42), chronic_pain=False)
    assert [(warning.ground, warning.warn_on) for warning in found] == [
        (Ground.IDLE, day(28)),
        (Ground.IDLE, day(35)),
        (Ground.LONGEST, day(90)),
        (Ground.LONGEST, day(106)),
        (Ground.LONGEST, day(113)),
    ]


def test_for_chronic_pain_they_begin_earlier():
    found = subtrajects.warnings(opened_on=OPENED, idle_on=None, chronic_pain=True)
    assert found[0] == EndWarning(Ground.LONGEST, day(120), 45)
    assert [warning.warn_on for warning in found] == days(75, 90, 106, 113)


@pytest.mark.parametrize(("idle_on", "told"), [(day(120), True), (day(121), False)])
def test_no_warning_of_an_idle_end_that_never_comes(idle_on, told):
    found = subtrajects.warnings(opened_on=OPENED, idle_on=idle_on, chronic_pain=False)
    assert any(warning.ground is Ground.IDLE for warning in found) is told


# -- against a walk through the calendar -----------------------------------------------------------------------------


def walked(opened_on, performed_on, finished_on, judged_on, by):
    """Close by going through the calendar day by day, as somebody with a wall planner would."""
    now, open_days, idle_days = opened_on, 0, None
    while now <= judged_on:
        if now in performed_on:
            idle_days = 0
        elif idle_days is not None:
            idle_days += 1
        grounds = []
        if now == finished_on and by is BRON:
            grounds.append("afgerond")
        if idle_days == 42:
            grounds.append("42_dagen")
        if open_days == 120:
            grounds.append("120_dagen")
        if grounds:
            return now, "+".join(grounds)
        now += timedelta(days=1)
        open_days += 1
    return None


def walked_course(opened_on, performed_on, finished_on, judged_on, by):
    """Go through a whole zorgtraject day by day."""
    found = []
    while True:
        finish = next((on for on in sorted(finished_on) if on >= opened_on), None)
        closed = walked(opened_on, performed_on, finish, judged_on, by)
        found.append((opened_on, closed))
        if closed is None:
            return found
        now, since, opening = closed[0], 0, None
        while opening is None or now not in performed_on:
            now += timedelta(days=1)
            since += 1
            if now > judged_on or since > 360:
                return found
            if since in (1, 121, 241):
                opening = now
        opened_on = opening


NUMBERS = st.integers(0, 200)
SCHEDULES = st.one_of(
    st.lists(NUMBERS, max_size=12),
    # Appointments with gaps around the edge, which chance seldom makes.
    st.lists(st.sampled_from([1, 7, 39, 40, 41, 42, 43, 44]), max_size=8).map(
        lambda gaps: [sum(gaps[: number + 1]) for number in range(len(gaps))]
    ),
)
OPENINGS = st.dates(date(2015, 1, 1), date(2035, 1, 1))  # with leap days and changes of the clock
POLICIES = st.sampled_from(list(policy.Closing))


@given(OPENINGS, SCHEDULES, st.none() | NUMBERS, st.integers(-5, 260), POLICIES)
def test_the_rule_closes_as_the_calendar_does(opened_on, performed, finished, judged, by):
    at = [opened_on + timedelta(days=number) for number in performed]
    finished_on = None if finished is None else opened_on + timedelta(days=finished)
    judged_on = opened_on + timedelta(days=judged)
    found = subtrajects.closing(
        opened_on=opened_on, performed_on=at, finished_on=finished_on, judged_on=judged_on, by=by
    )
    assert (found and (found.closed_on, found.code)) == walked(opened_on, set(at), finished_on, judged_on, by)


@given(OPENINGS, SCHEDULES, st.none() | NUMBERS, st.integers(0, 260), st.integers(0, 60), st.lists(NUMBERS), POLICIES)
def test_a_late_run_closes_on_the_same_day(opened_on, performed, finished, judged, late, later, by):
    """What is performed after the closing day changes nothing either."""
    at = [opened_on + timedelta(days=number) for number in performed]
    facts = {"opened_on": opened_on, "by": by}
    facts["finished_on"] = None if finished is None else opened_on + timedelta(days=finished)
    judged_on = opened_on + timedelta(days=judged)
    found = subtrajects.closing(performed_on=at, judged_on=judged_on, **facts)
    if found:
        more = [found.closed_on + timedelta(days=1 + number) for number in later]
        again = subtrajects.closing(performed_on=[*more, *at], judged_on=judged_on + timedelta(days=late), **facts)
        assert again == found


@given(OPENINGS, st.lists(st.integers(0, 1500), max_size=15), st.lists(st.integers(0, 900), max_size=2), POLICIES)
def test_a_zorgtraject_goes_as_the_calendar_does(opened_on, performed, finished, by):
    at = {opened_on + timedelta(days=number) for number in performed}
    finished_on = [opened_on + timedelta(days=number) for number in finished]
    judged_on = opened_on + timedelta(days=1600)
    found = list(
        subtrajects.course(opened_on=opened_on, performed_on=at, finished_on=finished_on, judged_on=judged_on, by=by)
    )
    told = [(one.opened_on, one.closing and (one.closing.closed_on, one.closing.code)) for one in found]
    assert told == walked_course(opened_on, at, finished_on, judged_on, by)
    for before, after in pairwise(found):
        assert before.closing.closed_on < after.opened_on  # never two at once
        assert (after.opened_on - before.closing.closed_on).days in (1, 121, 241)


@given(OPENINGS, SCHEDULES)
def test_an_appointment_on_the_last_safe_day_is_in_time_and_one_a_day_later_is_not(opened_on, performed):
    at = [opened_on + timedelta(days=number) for number in performed]
    last = subtrajects.last_safe_day(opened_on=opened_on, performed_on=at)
    for appointment, same in ((last, True), (last + timedelta(days=1), False)):
        planned = [*(on for on in at if on <= last), appointment]
        spans = list(subtrajects.course(opened_on=opened_on, performed_on=planned, judged_on=appointment))
        assert (len(spans) == 1) is same
