"""The night: what was due closes on its own day, whatever happens to the machines, and people hear of it in time."""

import contextlib
import random
import threading
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.roles import Role
from authorizations import schedule
from authorizations.domain import subtrajects as rules
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import ClosingNotice, Subtraject, SubtrajectEvent, SubtrajectWarning, Zorgactiviteit
from authorizations.services import closing, subtrajects
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Entry
from kit import tenancy
from papers.models import Mail
from tests.factories import accounts
from tests.factories import subtrajects as make
from tests.factories.subtrajects import day

pytestmark = pytest.mark.django_db


def night(number):
    """Return the night in which this day is judged, counted from the opening."""
    return datetime.combine(day(number + 1), time(0, 30), tzinfo=UTC)


def close(number):
    return closing.close_due(judged_on=day(number), now=night(number))


def told(subtraject):
    """Return the events of a subtraject, without their moment."""
    found = SubtrajectEvent.objects.filter(zorgtraject=subtraject.zorgtraject).order_by("id")
    return list(found.values_list("opened_on", "change", "closed_on", "closed_by"))


@pytest.fixture
def idle(provider, insurer):
    """Return a subtraject of which the last activity was on day 0."""
    traject = make.traject(provider, insurer, accounts.UserFactory())
    return make.subtraject(traject, idle_on=day(42), closes_on=day(42), closes_by="42_dagen")


# -- closing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "closes"), [(41, False), (42, True), (43, True), (56, True), (400, True)])
def test_it_closes_on_its_own_day_however_late_the_run(idle, number, closes):
    assert close(number) == int(closes)
    idle.refresh_from_db()
    assert (idle.closed_on, idle.closed_by) == ((day(42), "42_dagen") if closes else (None, ""))
    assert told(idle) == ([(day(0), "closed", day(42), "42_dagen")] if closes else [])


def test_a_second_run_does_nothing(idle):
    close(42)
    before = told(idle), Subtraject.objects.values().get()
    assert close(42) == close(60) == 0
    assert (told(idle), Subtraject.objects.values().get()) == before


def test_the_access_log_knows_that_the_portal_closed(idle):
    close(42)
    with connection.cursor() as cursor, tenancy.as_system("log"):
        cursor.execute("SELECT user_name, detail FROM audit_accessevent WHERE kind = 'subtrajecten_bewaken'")
        assert cursor.fetchall() == [("Machtigingsportaal", '{"gesloten": 1}')]


def test_the_clock_judges_yesterday(idle, monkeypatch):
    asked = []
    monkeypatch.setattr(closing, "close_due", lambda **given: asked.append(given["judged_on"]))
    for moment, judged in (
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 24)),  # half past midnight, clocks still on summer
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 24)),  # half past eleven, on winter time
        (datetime(2028, 3, 1, 0, 30, tzinfo=UTC), date(2028, 2, 29)),
    ):
        monkeypatch.setattr(schedule.timezone, "now", lambda moment=moment: moment)
        schedule.close_due_subtrajects()
        assert asked.pop() == judged


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_the_next_run_goes_on(provider, insurer, monkeypatch):
    user = accounts.UserFactory()
    for number in range(10):
        make.subtraject(make.traject(provider, insurer, user), closes_on=day(30 + number), closes_by="afgerond")
    monkeypatch.setattr(closing, "BATCH", 3)
    record, calls = closing.recording.by_the_portal, []

    def power_cut(*args, **kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise SystemExit  # in the third batch, after its rows were written and before they are kept
        return record(*args, **kwargs)

    monkeypatch.setattr(closing.recording, "by_the_portal", power_cut)
    with pytest.raises(SystemExit):
        close(60)
    assert Subtraject.objects.exclude(closed_on=None).count() == SubtrajectEvent.objects.count() == 6
    assert close(60) == 4
    found = Subtraject.objects.order_by("closes_on").values_list("closed_on", "closed_by")
    assert list(found) == [(day(30 + number), "afgerond") for number in range(10)]
    assert SubtrajectEvent.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_who_is_at_work_is_passed_by(provider, insurer):
    user = accounts.UserFactory()
    busy, free = (
        make.subtraject(make.traject(provider, insurer, user), closes_on=day(42), closes_by="afgerond")
        for _ in range(2)
    )
    held, done = threading.Event(), threading.Event()

    def work():
        with transaction.atomic():
            list(Subtraject.objects.select_for_update().filter(pk=busy.pk))
            held.set()
            done.wait(30)
        connection.close()

    worker = threading.Thread(target=tenancy.carried(work))
    worker.start()
    assert held.wait(30)
    try:
        assert close(42) == 1
        busy.refresh_from_db()
        free.refresh_from_db()
        assert (busy.closed_on, free.closed_on) == (None, day(42))
    finally:
        done.set()
        worker.join(30)
    assert close(42) == 1


# -- the same rows, whatever the clock does --------------------------------------------------------------------------


def lived(by, insurer, seed, nights):
    """Tell of one zorgtraject for over a year, with the clock ringing on these nights; return its rows and events."""
    chance, machine = random.Random(seed), random.Random(f"{seed}")
    provider = accounts.queries.organization(by.organization_id)
    traject = make.traject(provider, insurer, accounts.UserFactory())
    subtraject = make.subtraject(traject)
    for number in range(400):
        if chance.random() < 0.06:
            performed = day(max(0, number - chance.choice([0, 0, 0, 1, 5, 20, 50])))
            entry = Entry(chance.choice(["190961", "190962", "190965"]), performed, Discipline.FYSIOTHERAPIE)
            tell(subtrajects.register, number, zorgtraject_id=traject.pk, entry=entry, by=by)
        if chance.random() < 0.01:
            known = Zorgactiviteit.objects.filter(zorgtraject=traject, removed_at=None).order_by("pk").last()
            tell(subtrajects.remove, number, activity_id=known.pk if known else 0, reason="Fout", by=by)
        if chance.random() < 0.01:
            tell(subtrajects.finish, number, zorgtraject_id=traject.pk, finished_on=day(number), by=by)
        if number == 399 or machine.random() < RINGS[nights]:
            close(number)
    columns = ("zorgtype", "opened_on", "finished_on", "idle_on", "closes_on", "closes_by", "closed_on", "closed_by")
    rows = list(Subtraject.objects.filter(zorgtraject=traject).order_by("opened_on").values_list(*columns))
    return traject, rows, told(subtraject)


RINGS = {"each": 1, "some": 0.1, "never": 0}


def tell(service, number, **given):
    # A second time on one day, or more than 360 days later: refused, whatever the clock did.
    with contextlib.suppress(NotAllowed):
        service(now=datetime.combine(day(number), time(12), tzinfo=UTC), **given)


@pytest.mark.parametrize("seed", range(12))
def test_late_or_never_rung_the_rows_and_the_history_are_the_same(indiener, insurer, seed):
    traject, rows, events = lived(indiener, insurer, seed, "each")
    assert lived(indiener, insurer, seed, "some")[1:] == (rows, events)
    assert lived(indiener, insurer, seed, "never")[1:] == (rows, events)
    performed = [one.performed_on for one in Zorgactiviteit.objects.filter(zorgtraject=traject, removed_at=None)]
    finished = [row[2] for row in rows if row[2]]
    spans = rules.course(opened_on=day(0), performed_on=performed, finished_on=finished, judged_on=day(399))
    assert [(row[0], row[1], row[6], row[7]) for row in rows] == [
        (
            span.zorgtype,
            span.opened_on,
            span.closing and span.closing.closed_on,
            span.closing.code if span.closing else "",
        )
        for span in spans
    ]


# -- telling of what closed ------------------------------------------------------------------------------------------


def test_one_mail_tells_an_organization_of_all_that_closed(idle, provider, insurer, filer, monkeypatch):
    monkeypatch.setattr(closing, "BATCH", 1)
    user = accounts.UserFactory()
    for _ in range(2):
        make.subtraject(make.traject(provider, insurer, user), closes_on=day(40), closes_by="afgerond")
    assert close(42) == 3
    closing.tell_closed(now=night(42))
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == ([filer.email], "3 subtrajecten zijn gesloten")
    assert "- 2 op zaterdag 12 september 2026\n- 1 op maandag 14 september 2026" in mail.body
    for word in ("Voorbeeld", idle.zorgtraject.number, make.BSN, "M54"):
        assert word not in mail.subject + mail.body
    closing.tell_closed(now=night(43))
    assert Mail.objects.count() == 1


def test_what_closes_later_is_told_in_another_mail(idle, provider, insurer, filer):
    late = make.traject(provider, insurer, accounts.UserFactory())
    close(42)
    closing.tell_closed(now=night(42))
    make.subtraject(late, closes_on=day(42), closes_by="afgerond")
    close(43)
    closing.tell_closed(now=night(43))
    assert list(Mail.objects.values_list("subject", flat=True)) == ["1 subtraject is gesloten"] * 2


def test_a_mail_of_a_closing_that_was_not_sent_is_sent_the_next_time(idle, filer):
    close(42)  # and here the machine stopped
    close(43)
    closing.tell_closed(now=night(43))
    assert Mail.objects.get().subject == "1 subtraject is gesloten"
    assert ClosingNotice.objects.get().told_at == night(43)


# -- warning ---------------------------------------------------------------------------------------------------------


def warned(number):
    now = datetime.combine(day(number), time(6, 45), tzinfo=UTC)
    return closing.warn(now=now)


def warnings_given():
    found = SubtrajectWarning.objects.order_by("organization_id", "closes_on", "-days")
    return [(one.organization_id, one.ground, (one.closes_on - day(0)).days, one.days) for one in found]


@pytest.fixture
def filer(provider):
    return accounts.person(Role.INDIENER, organization=provider)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (27, []),
        (28, [("42_dagen", 42, 14)]),
        (34, [("42_dagen", 42, 14)]),
        (35, [("42_dagen", 42, 14), ("42_dagen", 42, 7)]),
        (42, [("42_dagen", 42, 14), ("42_dagen", 42, 7)]),
        (43, []),  # it is over: the night closes it
    ],
)
def test_who_does_nothing_is_warned(idle, provider, number, expected):
    assert warned(number) == len(expected)
    assert warnings_given() == [(provider.pk, *one) for one in expected]
    assert warned(number) == 0


def test_for_chronic_pain_the_insurer_looks_along_and_it_begins_earlier(provider, insurer):
    pain = make.traject(provider, insurer, accounts.UserFactory(), indication=Indication.CHRONIC_PAIN.value)
    make.subtraject(pain)
    warned(75)
    assert sorted(warnings_given()) == sorted((one.pk, "120_dagen", 120, 45) for one in (provider, insurer))


def test_one_mail_for_all_of_an_organization_without_a_name_or_a_number(idle, provider, insurer, filer):
    other = make.subtraject(
        make.traject(provider, insurer, accounts.UserFactory()), idle_on=day(40), closes_on=day(40),
        closes_by="42_dagen",
    )  # fmt: skip
    warned(30)
    (mail,) = Mail.objects.all()
    assert mail.to == [filer.email]
    assert mail.subject == "2 subtrajecten sluiten binnenkort"
    assert "- 1 op zaterdag 12 september 2026\n- 1 op maandag 14 september 2026" in mail.body
    for word in ("Voorbeeld", idle.zorgtraject.number, other.zorgtraject.number, make.BSN, "pijn", "M54"):
        assert word not in mail.subject + mail.body
    warned(30)
    warned(31)
    assert Mail.objects.count() == 1


def test_what_moved_meanwhile_is_no_news(idle, filer):
    SubtrajectWarning.objects.create(
        subtraject=idle, organization=idle.zorgtraject.provider, ground="42_dagen", closes_on=day(40), days=14,
        at=night(20),
    )  # fmt: skip
    warned(20)
    assert not Mail.objects.exists()
    assert SubtrajectWarning.objects.get().told_at


def test_a_mail_that_was_not_sent_is_sent_the_next_time(idle, filer, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(closing, "_tell", lambda *args, **kwargs: None)
        warned(28)
    assert not Mail.objects.exists()
    warned(29)
    assert Mail.objects.get().subject == "1 subtraject sluit binnenkort"


def test_what_is_finished_needs_no_warning(idle):
    Subtraject.objects.filter(pk=idle.pk).update(finished_on=day(30), closes_on=day(30), closes_by="afgerond")
    assert warned(28) == 0


def test_each_day_has_its_warning_again_when_the_end_moves(idle):
    warned(35)
    Subtraject.objects.filter(pk=idle.pk).update(idle_on=day(77), closes_on=day(77))
    assert warned(36) == 0
    assert warned(63) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    opened=st.integers(-130, 0), idle_after=st.integers(0, 130) | st.none(), pain=st.booleans(), ahead=st.integers(0, 3)
)
def test_all_at_once_is_as_the_rule_has_it(provider, insurer, opened, idle_after, pain, ahead):
    today = day(ahead)
    with transaction.atomic():
        indication = (Indication.CHRONIC_PAIN if pain else Indication.OTHER).value
        traject = make.traject(provider, insurer, accounts.UserFactory(), indication=indication)
        idle_on = None if idle_after is None else day(opened + idle_after)
        last = day(opened) + rules.LONGEST
        make.subtraject(
            traject, opened, zorgtype="11", idle_on=idle_on, closes_on=min(last, idle_on or last), closes_by="42_dagen"
        )
        expected = {
            (organization_id, one.ground.value, one.closes_on, one.days)
            for one in rules.warnings(opened_on=day(opened), idle_on=idle_on, chronic_pain=pain)
            if one.warn_on <= today <= one.closes_on and today <= min(last, idle_on or last)
            for organization_id in ([provider.pk, insurer.pk] if pain else [provider.pk])
        }
        warned(ahead)
        found = SubtrajectWarning.objects.values_list("organization_id", "ground", "closes_on", "days")
        assert set(found) == expected
        transaction.set_rollback(True)
