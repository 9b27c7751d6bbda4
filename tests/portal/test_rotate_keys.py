"""Changing the keys of the data: killed half way, while people go on working, and nothing is lost."""

import base64
import re
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from authorizations.models import AuthorizationRequest, Insured, StatusEvent
from kit import resealing, tenancy
from kit.encrypted import secrets_of
from tests.factories import accounts, authorizations

NEXT = "volgende:" + base64.b64encode(b"n" * 32).decode()
EVENTS = 12_000


@pytest.fixture
def requests(transactional_db, provider, insurer):
    user = accounts.UserFactory()
    made = [
        authorizations.filed(provider, insurer, user, application={"referral": {"complaints": f"rug {number}"}})
        for number in range(12)
    ]
    StatusEvent.objects.bulk_create(
        StatusEvent(
            authorization=made[number % 12],
            move="note",
            status="submitted",
            at=authorizations.FILED_AT,
            note=f"n{number}",
        )
        for number in range(EVENTS)
    )
    return made


def left() -> int:
    return sum(resealing.count(connection, table, resealing.under_another_key) for table in resealing.tables())


def unreadable() -> int:
    """Read every secret that there is; what can't be opened raises."""
    read = 0
    for model in (AuthorizationRequest, Insured, StatusEvent):
        for row in model.objects.iterator():
            read += sum(bool(getattr(row, field.attname)) for field in secrets_of(model))
    return read


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_and_started_again_everything_is_readable_under_the_new_key(
    requests, child_environment, settings
):
    before = unreadable()
    settings.DATA_KEYS = f"{NEXT} {settings.DATA_KEYS}"
    environment = child_environment | {"DATA_KEYS": settings.DATA_KEYS, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "rotate_keys"]
    total = left()
    assert total >= EVENTS
    stop, saved = threading.Event(), []
    writer = threading.Thread(target=tenancy.carried(write), args=(requests, stop, saved))
    writer.start()
    try:
        first = subprocess.Popen(
            command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert first.stdout
        seen = []
        for line in first.stdout:
            seen.append(line)
            if line.startswith("authorizations_statusevent") and int(re.findall(r"(\d+)/", line)[0]) > 2000:
                first.send_signal(signal.SIGKILL)
                break
        assert first.wait(30) == -signal.SIGKILL, "".join(seen)
        first.stdout.close()
        half = left()
        assert 0 < half < total
        done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("0 rijen onder een oude sleutel.\n")
    assert re.search(r"\d+/\d+ rijen, \d+ per seconde, nog \d+ s", done.stdout)
    assert left() == 0
    assert unreadable() == before + len(saved)
    for reference, words in dict(saved).items():
        assert StatusEvent.objects.filter(pk=reference).get().note == words
    settings.DATA_KEYS = NEXT
    assert unreadable() == before + len(saved)


def write(requests, stop, saved):
    """Go on writing notes and changing requests, as people do."""
    number = 0
    while not stop.is_set():
        number += 1
        row = AuthorizationRequest.objects.get(pk=requests[number % len(requests)].pk)
        assert row.application["referral"]["complaints"].startswith("rug")
        row.urgent = not row.urgent
        row.save()
        event = StatusEvent.objects.create(
            authorization=row, move="note", status="submitted", at=authorizations.FILED_AT, note=f"intussen {number}"
        )
        saved.append((event.pk, f"intussen {number}"))
        time.sleep(0.005)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_opened_is_named_and_left(provider, insurer, settings):
    filed = authorizations.filed(provider, insurer, accounts.UserFactory())
    sealed = Insured.objects.filter(pk=filed.insured.pk)
    text = sealed.values_list("bsn", flat=True).get().text
    settings.DATA_KEYS = NEXT
    with pytest.raises(CommandError, match="de sleutel demo is er niet"):
        call_command("rotate_keys")
    assert sealed.values_list("bsn", flat=True).get().text == text


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_held_waits_for_later(provider, insurer, settings, monkeypatch):
    filed = authorizations.filed(provider, insurer, accounts.UserFactory())
    settings.DATA_KEYS = f"{NEXT} {settings.DATA_KEYS}"
    holder = connection.copy()
    waits = []

    def release(seconds):
        waits.append(left())
        holder.rollback()

    monkeypatch.setattr("portal.management.commands.rotate_keys.time.sleep", release)
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT 1 FROM authorizations_insured WHERE id = %s FOR UPDATE", [filed.insured.pk])
        call_command("rotate_keys")
    finally:
        holder.close()
    assert waits == [1]
    assert left() == 0
