"""The clock and the bells."""

import os
import signal
import time

import pytest
from celery import Celery, current_app

from kit import bell
from portal import embedded
from portal.celery import app


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=app.conf.beat_schedule)
def test_the_clock_rings_for_tasks_that_exist(entry):
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=app.conf.beat_schedule)
def test_a_bell_that_nobody_heard_in_time_is_silent(entry):
    assert entry["options"]["expires"]


def test_a_task_survives_the_worker_and_carries_plain_values():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.accept_content == ["json"]
    assert not app.conf.task_always_eager
    assert current_app.conf.broker_url == app.conf.broker_url


def test_a_broker_that_is_away_costs_a_moment_and_nothing_else(tmp_path, monkeypatch):
    with embedded.Redis(tmp_path / "redis") as redis, Celery("proef", set_as_current=False) as bells:
        bells.config_from_object("django.conf:settings", namespace="CELERY")
        bells.conf.broker_url = redis.url
        monkeypatch.setattr(bell, "current_app", bells)
        bell._send("proef.taak")
        os.kill(redis.pid, signal.SIGKILL)
        redis.stop()
        for _ in range(2):
            before = time.monotonic()
            bell._send("proef.taak")
            assert time.monotonic() - before < 1
        redis.start()
        bell._send("proef.taak")
        with bells.connection_for_read() as connection:
            assert connection.default_channel.client.llen("portaal") == 1
