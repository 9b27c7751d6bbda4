"""The twin clocks: whose time it was, on their edges, and that they always add up."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import clocks, clocks_picture, deadlines
from authorizations.domain.clocks import Step, Time
from authorizations.domain.deadlines import AMSTERDAM, Pause
from authorizations.domain.lifecycle import CLOSED, OPEN, Status, Turn
from tests.factories.authorizations import shipped

POLICY = shipped()["zilveren-kruis-msr"]
FILED = "2026-11-02T09:00"  # a Monday
ASK, ANSWER, GRANT = Status.WAITING_FOR_PROVIDER, Status.ANSWERED, Status.GRANTED


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def found(*steps: tuple[str, Status], now: str, pauses: list[Pause] | None = None, filed: str = FILED):
    told = [Step(at(moment), status) for moment, status in steps]
    return clocks.clocks(
        filed_at=at(filed),
        steps=told,
        pauses=rests(told) if pauses is None else pauses,
        now=at(now),
        cut_off=time(17),
    )


def rests(steps: list[Step]) -> list[Pause]:
    """Return the rests of the term as the services store them: a question begins one, what follows ends it."""
    stored: list[Pause] = []
    for step in steps:
        if stored and stored[-1].ended_at is None and step.status is not ASK:
            stored[-1] = Pause(stored[-1].started_at, step.at)
        elif step.status is ASK and not (stored and stored[-1].ended_at is None):
            stored.append(Pause(step.at))
    return stored


@pytest.mark.parametrize(
    ("steps", "now", "insurer", "provider"),
    [
        ([], FILED, (0, 0), (0, 0)),
        ([], "2026-11-03T16:59", (0, 0), (0, 0)),
        ([], "2026-11-03T17:00", (1, 1), (0, 0)),
        ([], "2026-11-09T12:00", (4, 6), (0, 0)),  # over a weekend
        ([("2026-11-03T12:00", ASK)], "2026-11-03T17:00", (0, 0), (1, 1)),  # the end of the day decides
        ([("2026-11-03T12:00", ASK), ("2026-11-03T16:00", ANSWER)], "2026-11-03T18:00", (1, 1), (0, 0)),
        ([("2026-11-03T17:00", ASK)], "2026-11-04T17:00", (0, 0), (2, 2)),  # as R-18: it rests at that very moment
        ([("2026-11-03T10:00", Status.IN_REVIEW)], "2026-11-04T17:00", (2, 2), (0, 0)),  # the same party goes on
        ([("2026-11-04T10:00", GRANT)], "2026-12-24T12:00", (1, 1), (0, 0)),  # after the decision nobody waits
        ([("2026-11-04T10:00", ASK), ("2026-11-09T10:00", Status.WITHDRAWN)], "2026-12-24T12:00", (1, 1), (3, 5)),
        (
            [
                ("2026-11-03T10:00", ASK), ("2026-11-05T10:00", ANSWER), ("2026-11-06T10:00", ASK),
                ("2026-11-09T10:00", ANSWER), ("2026-11-10T10:00", ASK), ("2026-11-11T10:00", Status.IN_REVIEW),
                ("2026-11-12T10:00", Status.SECOND_REVIEW), ("2026-11-13T10:00", Status.DENIED),
            ], "2027-01-01T12:00", (4, 4), (4, 6),
        ),  # three questions
    ],
)  # fmt: skip
def test_whose_time_it_was(steps, now, insurer, provider):
    told = found(*steps, now=now)
    assert (told.insurer, told.provider) == (Time(*insurer), Time(*provider))
    assert told.total == Time(insurer[0] + provider[0], insurer[1] + provider[1])
    assert told.rested == told.provider
    assert not told.differs


def test_filed_after_five_on_friday_the_wait_begins_and_the_werkdagen_later():
    assert found(now="2026-11-10T17:00", filed="2026-11-06T17:01").total == Time(1, 4)


def test_where_the_rest_of_the_term_and_the_turn_part_both_are_told():
    told = found(
        ("2026-11-03T10:00", ASK), ("2026-11-06T10:00", ANSWER),
        now="2026-11-10T18:00", pauses=[Pause(at("2026-11-03T10:00"), at("2026-11-04T10:00"))],
    )  # fmt: skip
    assert told.differs
    assert (told.provider, told.rested) == (Time(3, 3), Time(1, 1))


@pytest.mark.parametrize(
    ("norm", "term", "expected"),
    [
        (None, 10, ""),
        (4, 10, ""),
        (3, 10, "De patiënt wacht 4 werkdagen. Dat is meer dan de norm van 3 werkdagen in dit beleid. "
         "De verzekeraar bleef daarbij binnen de beslistermijn."),
        (1, 1, "De patiënt wacht 4 werkdagen. Dat is meer dan de norm van 1 werkdag in dit beleid."),
    ],
)  # fmt: skip
def test_the_alarm_sounds_over_the_norm_of_the_policy_though_each_party_is_in_time(norm, term, expected):
    told = found(("2026-11-05T10:00", ASK), now="2026-11-06T18:00")
    assert (told.insurer.workdays, told.provider.workdays) == (2, 2)
    assert clocks.alarm(told, norm=norm, term=term) == expected


def test_no_shipped_policy_has_a_norm_that_no_source_gives():
    assert {policy.terms.patient_workdays for policy in shipped().values()} == {None}


def test_the_drawing_and_the_words():
    told = found(
        ("2026-11-04T09:00", ASK), ("2026-11-06T09:00", ANSWER), ("2026-11-10T09:00", GRANT), now="2026-12-01T09:00"
    )
    picture = clocks_picture.draw(told)
    assert [(bar.x, bar.width) for bar in picture.insurer] == [(0, 120), (240, 240)]
    assert [(bar.x, bar.width) for bar in picture.provider] == [(120, 120)]
    assert picture.told == (
        "Verzekeraar 3 werkdagen (5 dagen), zorgaanbieder 2 werkdagen (2 dagen), samen 5 werkdagen (7 dagen). "
        "Achter elkaar: 2 november 2026 tot 4 november 2026: verzekeraar aan zet; "
        "4 november 2026 tot 6 november 2026: zorgaanbieder aan zet; "
        "6 november 2026 tot 10 november 2026: verzekeraar aan zet."
    )  # fmt: skip


moments = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=AMSTERDAM)
)
waits = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20))
walks = st.lists(st.tuples(waits, st.sampled_from(sorted(OPEN))), max_size=12)
endings = st.none() | st.tuples(waits, st.sampled_from(sorted(CLOSED)))


@given(moments, walks, endings, waits, st.lists(st.tuples(waits, st.sampled_from(list(Status))), max_size=4))
def test_the_parties_share_out_the_whole_wait_and_a_later_look_sees_the_same(filed, walk, ending, wait, later):
    moment, steps = filed, []
    for gap, status in [*walk, *([ending] if ending else [])]:
        moment += gap
        steps.append(Step(moment, status))
    now = moment + wait
    asked = {"filed_at": filed, "now": now, "cut_off": time(17)}
    told = clocks.clocks(steps=steps, pauses=rests(steps), **asked)

    # Disjoint, one after another, and together the whole.
    assert told.intervals[0].started_at == filed
    assert told.intervals[-1].ended_at == told.ended_at
    for one, following in zip(told.intervals, told.intervals[1:], strict=False):
        assert one.ended_at == following.started_at
        assert one.turn is not following.turn
    assert sum((one.ended_at - one.started_at for one in told.intervals), timedelta()) == told.ended_at - filed
    assert {one.turn for one in told.intervals} <= {Turn.INSURER, Turn.PROVIDER}
    assert told.insurer + told.provider == told.total
    assert told.is_running == (ending is None)

    # The insurer's werkdagen are those that the decision term says it has used, any number of pauses.
    used = deadlines.used(received_at=filed, policy=POLICY, now=told.ended_at, pauses=rests(steps))
    assert told.insurer.workdays == used

    # What comes after, and when one asks, change nothing for this moment: no night is needed.
    for gap, status in later:
        moment = max(moment, now) + gap + timedelta(seconds=1)
        steps.append(Step(moment, status))
    assert clocks.clocks(steps=steps, pauses=rests(steps), **asked) == told
