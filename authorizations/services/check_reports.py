"""What came out of a run as a report: an accessible PDF in the house style, made when somebody asks for it."""

from datetime import datetime

from django.template.loader import render_to_string

from accounts.domain.actors import Actor
from authorizations.domain import check_summary
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun
from papers.services import letters


def report(run: CheckRun, *, title: str, by: Actor, now: datetime) -> bytes:
    """Return the report: which file by which check, how many rows, each outcome, and why rows fail. No row itself."""
    context = {
        "organization": by.organization_name,
        "title": title,
        "file_name": run.file_name,
        "made_at": run.made_at,
        "made_by": run.made_by.full_name,
        "ended_at": run.ended_at,
        "policy": run.policy,
        "rows": run.rows,
        "judged": run.rows - run.wrong,
        "wrong": run.wrong,
        "outcomes": check_summary.outcomes(TOETSEN[run.toets].gives, run.tally),
        "faults": check_summary.faults(run.tally),
        "now": now,
    }
    html = render_to_string("authorizations/letters/check_report.html", context)
    return letters.preview(html, title=f"Controle: {title}", now=now)
