"""The worker and the clock. What the clock rings for stands here, on one screen, in Amsterdam time."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.schedules import crontab, schedule
from celery.signals import beat_init
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")
app.steps["worker"].add(DjangoStructLogInitStep)


def every(seconds: int, task: str) -> dict[str, Any]:
    """Ring so often; a bell that waited longer than that is silent, for the next has already gone."""
    return {"task": task, "schedule": schedule(timedelta(seconds=seconds)), "options": {"expires": seconds}}


def at(task: str, **times: str) -> dict[str, Any]:
    """Ring at these times of the day; still useful an hour later."""
    return {"task": task, "schedule": crontab(**times), "options": {"expires": 3600}}


WORKING_HOURS = {"hour": "7-18", "day_of_week": "mon-fri"}
app.conf.beat_schedule = {
    "the worker shows that it lives": every(30, "portal.schedule.heartbeat"),
    "work that was left behind": every(10, "papers.schedule.sweep"),
    "the seal on the log": every(60, "audit.schedule.seal"),
    "the seal on the log, by mail": at("portal.schedule.daily_anchor", minute="5", hour="7"),
    "terms that come near": at("authorizations.schedule.warn_terms", minute="*/15", **WORKING_HOURS),
    "questions that wait for an answer": at("authorizations.schedule.remind_questions", minute="0", hour="8"),
    "files that no row knows of": at("papers.schedule.tidy", minute="0", hour="4"),
    "what failed, by mail": at("portal.schedule.daily_failures", minute="0", hour="7"),
    "sessions that have ended": at("portal.schedule.clear_sessions", minute="30", hour="3"),
    "files that nobody owns": at("papers.schedule.tidy", minute="0", hour="4"),
}


@beat_init.connect
def show_at_once(**_: Any) -> None:
    """Ring for the first sign of life now, rather than after half a minute of seeming dead."""
    app.send_task("portal.schedule.heartbeat", retry=False)
