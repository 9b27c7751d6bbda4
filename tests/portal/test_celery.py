"""The clock and the bells."""

import pytest
from celery import current_app

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
