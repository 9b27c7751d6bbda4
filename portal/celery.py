"""The worker and the clock. What the clock rings for stands here, on one screen, in Amsterdam time."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.schedules import crontab, schedule
from celery.signals import beat_init, task_postrun, task_prerun, worker_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from kit import tenancy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")
app.autodiscover_tasks(related_name="runs")
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
    "files of activities that were left behind": every(10, "authorizations.schedule.traject_imports"),
    "files for a check that were left behind": every(10, "authorizations.schedule.check_runs"),
    "replays of a policy that were left behind": every(10, "authorizations.schedule.policy_replays"),
    "releases of codes that were left behind": every(10, "ggz_codes.schedule.releases"),
    "files that were judged later": every(10, "authorizations.schedule.settle_documents"),
    "documents whose text was read": every(10, "authorizations.schedule.look_through_documents"),
    "the seal on the log": every(60, "audit.schedule.seal"),
    "the seal on the log, by mail": at("portal.schedule.daily_anchor", minute="5", hour="7"),
    "terms that come near": at("authorizations.schedule.warn_terms", minute="*/15", **WORKING_HOURS),
    "work of who isn't there": at("authorizations.schedule.bring_back", minute="5-59/15", **WORKING_HOURS),
    "requests that fit a rule": at("authorizations.schedule.prepare_by_rule", minute="10-59/15", **WORKING_HOURS),
    "questions that wait for an answer": at("authorizations.schedule.remind_questions", minute="0", hour="8"),
    "files that no row knows of": at("papers.schedule.tidy", minute="0", hour="4"),
    "what failed, by mail": at("portal.schedule.daily_failures", minute="0", hour="7"),
    "what has been kept long enough": at("authorizations.schedule.forget", minute="0", hour="2"),
    "subtrajecten whose last day has ended": at(
        "authorizations.schedule.close_due_subtrajects", minute="30", hour="0-6"
    ),
    "subtrajecten that come near their end": at("authorizations.schedule.warn_of_closing", minute="45", hour="6"),
    "days of the purchasing season that come near": at("contracting.schedule.remind", minute="50", hour="7"),
    "figures of days that have ended": at("authorizations.schedule.count_figures", minute="20"),
    "sessions that have ended": at("portal.schedule.clear_sessions", minute="30", hour="3"),
}


@beat_init.connect
def show_at_once(**_: Any) -> None:
    """Ring for the first sign of life now, rather than after half a minute of seeming dead."""
    app.send_task("portal.schedule.heartbeat", retry=False)


@worker_init.connect
def look_first(**_: Any) -> None:
    """Take no work while the database doesn't keep organisations apart."""
    from portal.tenancy import guard  # needs the applications, which are loaded by now

    guard.demand()


_before: dict[str, tenancy.Context] = {}


@task_prerun.connect
def ask_for_everybody(task_id: str = "", task: Any = None, **_: Any) -> None:
    """Let a task see every row: as the clock when the clock rang for it, else as the worker."""
    name = tenancy.CLOCK if ".schedule." in str(getattr(task, "name", "")) else tenancy.WORKER
    _before[task_id] = tenancy.become(tenancy.Context(system=name))


@task_postrun.connect
def ask_for_nobody(task_id: str = "", **_: Any) -> None:
    """Leave nothing behind for what this process does after the task."""
    tenancy.become(_before.pop(task_id, tenancy.NOBODY))
