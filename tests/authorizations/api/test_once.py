"""However often the same is asked, it is done once: after a lost answer, at the same time, or when something breaks."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.models import ApiKey
from audit.domain.events import Kind
from audit.models import AccessEvent
from audit.services import recording
from authorizations import schedule
from authorizations.models import ApiCall, SubtrajectEvent, Zorgactiviteit
from authorizations.services import program_calls
from kit import tenancy
from tests.factories.programs import NOW, Program, item
from tests.factories.told import Told

KEY = "4f0c3f2e-oproep-1"


def counts():
    return Zorgactiviteit.objects.count(), ApiCall.objects.count()


def asked_again(answer, first):
    assert answer.status_code == first.status_code
    assert answer.content == first.content
    assert answer["Idempotent-Replayed"] == "true"


@pytest.mark.django_db
def test_the_same_call_again_gives_the_same_answer_and_does_nothing(program, told):
    first = program.send(item(0), item(7), key=KEY)
    assert "Idempotent-Replayed" not in first
    events = SubtrajectEvent.objects.count()
    told.did(20, on=110)  # meanwhile somebody registered more: the answer stays that of then
    asked_again(program.send(item(0), item(7), key=KEY), first)
    assert counts() == (3, 1)
    assert SubtrajectEvent.objects.count() == events + 1
    row = AccessEvent.objects.latest("id")
    assert (row.kind, row.detail["herhaald"], row.dossiers) == (
        Kind.TRAJECT_READ.value, True, [told.traject.number],
    )  # fmt: skip


@pytest.mark.django_db
def test_the_same_said_in_another_order_of_names_is_the_same(program, told):
    first = program.raw(b'[{"zorgtrajectnummer":"ZT20260001","zorgactiviteit":"190961","discipline":"fysiotherapie",'
                        b'"uitgevoerd_op":"2026-08-10"}]', key=KEY)  # fmt: skip
    again = program.raw(b'[ {"uitgevoerd_op": "2026-08-10", "discipline": "fysiotherapie",\n'
                        b'"zorgactiviteit": "190961", "zorgtrajectnummer": "ZT20260001"} ]', key=KEY)  # fmt: skip
    assert first.status_code == 201
    asked_again(again, first)


@pytest.mark.django_db
@pytest.mark.parametrize("other", [[item(8)], [item(7), item(8)], [item(7, aantal=1)]])
def test_the_same_key_with_something_else_is_refused(program, told, other):
    program.send(item(7), key=KEY)
    answer = program.send(*other, key=KEY)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "voor iets anders" in answer.json()["title"] and "errors" not in answer.json()
    assert counts() == (1, 1)


@pytest.mark.django_db
def test_another_program_may_use_the_same_key(program, told, organisatiebeheerder, behandelaar):
    program.send(item(7), key=KEY)
    other = Program(organisatiebeheerder, behandelaar, name="Ander")
    answer = other.send(item(8), key=KEY)
    assert answer.status_code == 201 and "Idempotent-Replayed" not in answer
    assert counts() == (2, 2)


@pytest.mark.django_db
def test_what_was_asked_and_answered_is_not_readable_in_the_database(program, told):
    program.send(item(7), key="patient-999996708")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM authorizations_apicall AS one")
        [(kept,)] = cursor.fetchall()
    for secret in ("999996708", told.traject.number, "190961", "nieuw", "fysiotherapie"):
        assert secret not in kept


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day_and_forgotten_at_night(program, told):
    first = program.send(item(7), key=KEY)
    with time_machine.travel(NOW + timedelta(hours=47)), tenancy.as_system(tenancy.CLOCK):
        schedule.forget()
    with time_machine.travel(NOW + timedelta(hours=47)):
        asked_again(program.send(item(7), key=KEY), first)
    with time_machine.travel(NOW + timedelta(days=2, minutes=1)):
        with tenancy.as_system(tenancy.CLOCK):
            schedule.forget()
        assert counts() == (1, 0)
        late = program.send(item(7), key=KEY)
    assert (late.status_code, late.json()["activiteiten"][0]["stand"]) == (200, "stond_er_al")
    assert counts() == (1, 1)


@pytest.mark.django_db
def test_what_the_portal_keeps_of_a_call_nobody_removes(program, told, indiener, other_indiener):
    program.send(item(7), key=KEY)
    for somebody, seen in ((indiener, 1), (other_indiener, 0)):
        with tenancy.acting(tenancy.Context(somebody.organization_id, somebody.user_id)):
            assert ApiCall.objects.count() == seen
            assert ApiCall.objects.all()._raw_delete("default") == 0
    assert ApiCall.objects.count() == 1


# -- when something breaks -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_the_answer_kept_nothing_is_registered(program, told, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(ApiCall, "save", lambda *_, **__: (_ for _ in ()).throw(OSError("schijf vol")))
        assert program.send(item(7), key=KEY).status_code == 500
    assert counts() == (0, 0)
    assert SubtrajectEvent.objects.count() == 1
    assert program.send(item(7), key=KEY).status_code == 201
    assert counts() == (1, 1)


@pytest.mark.django_db
def test_without_the_second_zorgtraject_there_is_no_first(program, told, indiener, insurer, monkeypatch):
    Told(indiener, insurer, number="ZT2")
    real, taken = program_calls.activities.take, []

    def breaks(**asked):
        if taken:
            raise OSError("de stekker eruit")
        taken.append(asked)
        return real(**asked)

    with monkeypatch.context() as patched:
        patched.setattr(program_calls.activities, "take", breaks)
        assert program.send(item(7), item(7, zorgtrajectnummer="ZT2"), key=KEY).status_code == 500
    assert taken and counts() == (0, 0)


@pytest.mark.django_db
def test_an_answer_that_was_lost_on_its_way_is_given_again(program, told, monkeypatch):
    """What was done can't be written in the log: the program reads 503, and asks again."""
    with monkeypatch.context() as patched:
        patched.setattr(recording, "record", lambda event: (_ for _ in ()).throw(OSError("logboek weg")))
        assert program.send(item(7), key=KEY).status_code == 503
    again = program.send(item(7), key=KEY)
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert counts() == (1, 1)


@pytest.mark.django_db
def test_when_the_log_cannot_be_written_nothing_is_begun(program, told, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(recording, "probe", lambda event: (_ for _ in ()).throw(OSError("logboek weg")))
        assert program.send(item(7), key=KEY).status_code == 503
    assert counts() == (0, 0)


# -- at the same time ------------------------------------------------------------------------------------------------


class Thread(threading.Thread):
    """Does something with a connection of its own, and keeps what came of it."""

    def __init__(self, work):
        super().__init__()
        self.work, self.came = work, None

    def run(self):
        try:
            self.came = tenancy.carried(self.work)()
        finally:
            connection.close()


@pytest.fixture
def halfway(monkeypatch):
    """Let the first call stand still while it is at work, until somebody says that it may go on."""
    real, there, on = program_calls._done, threading.Event(), threading.Event()

    def waits(*asked, **more):
        if not there.is_set():
            there.set()
            assert on.wait(30)
        return real(*asked, **more)

    monkeypatch.setattr(program_calls, "_done", waits)
    return there, on


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_the_same_time_is_done_once(program, told, halfway):
    there, on = halfway
    first = Thread(lambda: program.send(item(7), key=KEY))
    first.start()
    assert there.wait(30)
    meanwhile = program.send(item(7), key=KEY)
    assert (meanwhile.status_code, meanwhile["Retry-After"]) == (409, "1")
    assert meanwhile["Content-Type"] == "application/problem+json"
    on.set()
    first.join(30)
    assert first.came.status_code == 201
    asked_again(program.send(item(7), key=KEY), first.came)
    assert counts() == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_the_same_time_register_an_activity_once(program, told, indiener, insurer):
    Told(indiener, insurer, number="ZT2")
    both = [item(7), item(7, zorgtrajectnummer="ZT2")]
    started = threading.Barrier(4)

    def send(order):
        def ask():
            started.wait(30)
            return program.send(*order)

        return ask

    threads = [Thread(send(both if number % 2 else both[::-1])) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(one.came.status_code for one in threads) == [200, 200, 200, 201]
    assert Zorgactiviteit.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_times_the_same_at_once_is_one_registration(program, told):
    started = threading.Barrier(8)

    def ask():
        started.wait(30)
        return program.send(item(7), key=KEY)

    threads = [Thread(ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    statuses = [one.came.status_code for one in threads]
    fresh = [one for one in threads if one.came.status_code == 201 and "Idempotent-Replayed" not in one.came]
    assert set(statuses) <= {201, 409} and len(fresh) == 1
    assert counts() == (1, 1)


# -- what the database itself holds to -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "api_call_once"),
        ({"key": KEY}, "api_call_only_fingerprints"),
        ({"key": "c" * 64, "asked": "wat er stond"}, "api_call_only_fingerprints"),
        ({"key": "c" * 64, "status": 422}, "api_call_that_was_done"),
    ],
)
def test_rules(program, provider, changes, constraint):
    columns = {"organization": provider, "api_key": ApiKey.objects.get(), "key": "a" * 64, "asked": "b" * 64}
    columns |= {"status": 201, "answer": {}, "at": NOW}
    ApiCall.objects.create(**columns)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ApiCall.objects.create(**(columns | changes))


@pytest.mark.django_db
def test_an_answer_is_sealed(program, told):
    program.send(item(7), key=KEY)
    # Nobody changes what was answered; so this is about a new row.
    copied = "INSERT INTO authorizations_apicall (organization_id, api_key_id, key, asked, status, answer, at) "
    copied += "SELECT organization_id, api_key_id, repeat('c', 64), asked, status, '{}', at FROM authorizations_apicall"
    with pytest.raises(IntegrityError, match="api_call_answer_is_sealed"), connection.cursor() as cursor:
        cursor.execute(copied)
