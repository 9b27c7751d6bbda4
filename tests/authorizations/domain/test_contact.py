"""Where to ask what: per policy, with whether somebody answers at a moment and when they do again."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from authorizations.domain import policy
from authorizations.domain.contact import EXAMPLE, Contact, ContactSubject, Opening, for_subject, openings
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.reachable import Reach, reach
from tests.factories.authorizations import shipped

MSR = "Maandag t/m vrijdag 8.30 - 17.00 uur"
GGZ = "Maandag t/m vrijdag 8.00 - 18.00 uur"
SATURDAY = "maandag t/m vrijdag 9.00 - 17.00 uur, zaterdag 10 - 12 uur"
LUNCH = "woensdag 8.30 - 12.00 uur; woensdag 13.00 - 17.00 uur"
WEEK = range(5)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (EXAMPLE, (Opening(WEEK, time(8, 30), time(17)),)),
        ("maandag tot en met vrijdag van 8:30 tot 17 uur", (Opening(WEEK, time(8, 30), time(17)),)),
        (
            SATURDAY,
            (Opening(WEEK, time(9), time(17)), Opening(range(5, 6), time(10), time(12))),
        ),
        ("", ()),
        ("Op werkdagen", ()),
        ("vrijdag t/m maandag 8.30 - 17.00 uur", ()),
        ("maandag 17.00 - 8.30 uur", ()),
        ("maandag 8.30 - 25.00 uur", ()),
        (f"{MSR}, en op afspraak", ()),
        ("maandag " * 2000, ()),
    ],
)
def test_hours_are_read_whole_or_not_at_all(hours, expected):
    assert openings(hours) == expected


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (MSR, "2026-12-01 08:29:59", Reach(False, "Vandaag vanaf 8.30 uur")),
        (MSR, "2026-12-01 08:30", Reach(True, "tot 17.00 uur")),
        (MSR, "2026-12-01 16:59:59", Reach(True, "tot 17.00 uur")),
        (MSR, "2026-12-01 17:00", Reach(False, "Morgen vanaf 8.30 uur")),
        # The telephone of the GGZ is open longer: never one shared constant. Bron: G-37.
        (GGZ, "2026-12-01 17:00", Reach(True, "tot 18.00 uur")),
        (GGZ, "2026-12-01 08:00", Reach(True, "tot 18.00 uur")),
        # A weekend.
        (MSR, "2026-12-04 17:00", Reach(False, "Maandag 7 december vanaf 8.30 uur")),
        (MSR, "2026-12-06 12:00", Reach(False, "Morgen vanaf 8.30 uur")),
        (SATURDAY, "2026-12-05 11:00", Reach(True, "tot 12.00 uur")),
        # New Year's Day 2027 is a Friday; Christmas 2026 is a Friday and a Saturday.
        (MSR, "2026-12-31 17:00", Reach(False, "Maandag 4 januari vanaf 8.30 uur")),
        (SATURDAY, "2026-12-24 18:00", Reach(False, "Maandag 28 december vanaf 9.00 uur")),
        # Koningsdag, and 5 May in a lustrum year only.
        (MSR, "2026-04-27 10:00", Reach(False, "Morgen vanaf 8.30 uur")),
        (MSR, "2025-05-05 10:00", Reach(False, "Morgen vanaf 8.30 uur")),
        (MSR, "2026-05-05 10:00", Reach(True, "tot 17.00 uur")),
        (LUNCH, "2026-12-02 12:30", Reach(False, "Vandaag vanaf 13.00 uur")),
        (LUNCH, "2026-12-02 17:00", Reach(False, "Woensdag 9 december vanaf 8.30 uur")),
        ("", "2026-12-01 10:00", None),
        ("Op werkdagen", "2026-12-01 10:00", None),
    ],
)
def test_whether_somebody_answers(hours, at, expected):
    asked = Contact("Vragen", "S0", phone="071", hours=hours)
    assert reach(asked, datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM)) == expected


@pytest.mark.parametrize(
    ("at", "is_now"),
    [
        # Half past eight in Amsterdam, on the Friday before and the Monday after the clock goes forward, then back.
        ("2027-03-26 07:29+00:00", False),
        ("2027-03-26 07:30+00:00", True),
        ("2027-03-29 06:30+00:00", False),  # Easter Monday
        ("2027-03-30 06:29+00:00", False),
        ("2027-03-30 06:30+00:00", True),
        ("2027-10-29 06:30+00:00", True),
        ("2027-11-01 07:29+00:00", False),
        ("2027-11-01 07:30+00:00", True),
    ],
)
def test_the_clock_is_that_of_amsterdam_in_summer_and_in_winter(at, is_now):
    found = reach(Contact("Vragen", "S0", phone="071", hours=MSR), datetime.fromisoformat(at))
    assert found is not None and found.is_now is is_now


def test_without_telephone_nobody_answers_or_not():
    assert reach(Contact("Vragen", "S0", hours=MSR), datetime(2026, 12, 1, 10, tzinfo=AMSTERDAM)) is None


@pytest.mark.parametrize(
    ("slug", "subject", "expected"),
    [
        ("zilveren-kruis-msr", ContactSubject.REQUEST, [("071 751 00 99", MSR)]),
        ("zilveren-kruis-msr", ContactSubject.CONTRACT, [("071 751 00 61", "")]),
        ("zilveren-kruis-msr", ContactSubject.CLAIM, []),
        ("zilveren-kruis-ggz-verblijf-2020", ContactSubject.REQUEST, [("071 751 00 99", GGZ)]),
        ("zilveren-kruis-ggz-verblijf-2020", ContactSubject.CONTRACT, [("071 751 00 61", "")]),
        ("asr-revalidatie-2020", ContactSubject.REQUEST, [("", "")]),
    ],
)
def test_each_policy_has_its_own_contact(slug, subject, expected):
    assert [(one.phone, one.hours) for one in for_subject(shipped()[slug].contacts, subject)] == expected


def test_an_insurer_names_an_address_per_subject():
    contacts = shipped()["asr-revalidatie-2020"].contacts
    assert [one.email for one in for_subject(contacts, ContactSubject.CLAIM)] == ["zorg.claimcontrol@asr.nl"]
    assert [one.email for one in for_subject(contacts, ContactSubject.CONTRACT)] == [
        "zorg.overeenkomsten@asr.nl", "ziekenhuizen@asr.nl", "ZBC@asr.nl", "msz-categoraleinstellingen@asr.nl",
    ]  # fmt: skip


def test_all_hours_that_ship_can_be_read():
    assert all(one.openings for known in shipped().values() for one in known.contacts if one.hours)


def test_a_policy_that_says_nothing_of_the_subject_is_kept_as_before():
    plain = replace(shipped()["zilveren-kruis-msr"], contacts=(Contact("Vragen", "S0", phone="071"),))
    assert "about" not in policy.body(plain)["contacts"][0]
    assert policy.load(policy.body(plain)) == plain
