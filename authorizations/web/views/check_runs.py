"""Files through a check: bring one, see how far it is, stop it or let it go on, and fetch what came out."""

import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations.domain import check_columns, check_summary
from authorizations.domain import check_runs as rules
from authorizations.domain.check_runs import AT_WORK, OVER, RunStatus
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun
from authorizations.queries import check_runs as asked
from authorizations.services import check_reports, check_runs, policies
from authorizations.services.check_runs import NotAllowed, Unreadable
from authorizations.web import figures
from authorizations.web.forms import check_runs as forms
from kit.downloads import made, respond
from papers.services import tables

runs = access.require(*sorted(asked.RUN_ROLES))
ON_A_PAGE = 25
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLOURS = {
    RunStatus.WAITS: "active",
    RunStatus.CHECKS: "active",
    RunStatus.DONE: "ok",
    RunStatus.STOPPED: "neutral",
    RunStatus.FAILED: "danger",
}


@require_http_methods(["GET", "HEAD", "POST"])
@runs
def listed(request: HttpRequest) -> HttpResponse:
    """Show the files of the own organisation, and take in another."""
    actor = access.actor(request)
    known = policies.shipped()
    if request.method == "POST":
        form = forms.Bring(request.POST, request.FILES, policies=known)
    else:
        form = forms.Bring(initial={"toets": request.GET.get("toets", "")}, policies=known)
    if form.is_bound and form.is_valid():
        file, toets = form.cleaned_data["file"], TOETSEN[form.cleaned_data["toets"]]
        try:
            run = check_runs.upload(
                toets=toets,
                chunks=file.chunks(),
                file_name=file.name,
                policy=form.cleaned_data["policy"],
                by=actor,
                now=timezone.now(),
            )
        except (Unreadable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            log.tells(request, bestand=run.pk, controle=run.toets)
            return redirect("authorizations:check-run", run.pk)
    page = Paginator(asked.visible_to(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "files": [{"run": run, "title": _title(run), "badge": _badge(run)} for run in page],
        "checks": [{"title": toets.title, "takes": toets.takes} for toets in TOETSEN.values()],
        "kept_days": rules.KEPT.days,
    }
    return render(request, "authorizations/checks/runs.html", context, status=422 if form.errors else 200)


@require_safe
@runs
def detail(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how far a run is, and what can be done with it."""
    run = _own(request, run_id)
    return render(request, "authorizations/checks/run.html", _told(run) | _asked(run, None) | _counted(run))


@require_safe
@runs
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how far the worker is: the part of the page that brings itself up to date."""
    return render(request, "authorizations/checks/_run_progress.html", _told(_own(request, run_id)))


@require_safe
@runs
def result(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Hand out every row with its result."""
    run = _own(request, run_id)
    if run.result is None:
        raise Http404
    return respond(tables.download(run.result, name=f"{_name(run)}.csv", content_type="text/csv; charset=utf-8"))


@require_safe
@runs
def workbook(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Hand out the same for Excel, with every code as text."""
    run = _own(request, run_id)
    if run.workbook is None:
        raise Http404
    return respond(tables.download(run.workbook, name=f"{_name(run)}.xlsx", content_type=WORKBOOK))


@require_safe
@runs
def report(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Hand out what was counted, to print or to keep."""
    run = _own(request, run_id)
    if run.result is None:
        raise Http404
    pdf = check_reports.report(run, title=_title(run), by=access.actor(request), now=timezone.now())
    return made(io.BytesIO(pdf), f"{run.toets}-rapport.pdf", "application/pdf")


@require_POST
@runs
def columns(request: HttpRequest, run_id: int) -> HttpResponse:
    """Hear which column is which."""
    run = _own(request, run_id)
    asked_now = _asked(run, request.POST)
    form = asked_now.get("form")
    try:
        if form is None or form.is_valid():
            places = form.places if form else {}
            check_runs.choose_columns(run_id=run.pk, places=places, by=access.actor(request), now=timezone.now())
            return redirect("authorizations:check-run", run.pk)
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        if form is None:
            messages.error(request, str(refusal))
            return redirect("authorizations:check-run", run.pk)
        form.add_error(None, str(refusal))
    return render(request, "authorizations/checks/run.html", _told(run) | asked_now, status=422)


@require_POST
@runs
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stop."""
    return _change(request, run_id, check_runs.stop)


@require_POST
@runs
def go_on(request: HttpRequest, run_id: int) -> HttpResponse:
    """Go on where it stopped."""
    return _change(request, run_id, check_runs.go_on)


@require_POST
@runs
def discard(request: HttpRequest, run_id: int) -> HttpResponse:
    """Throw it away, with all that came out of it."""
    run = _own(request, run_id)
    try:
        check_runs.discard(run_id=run.pk, by=access.actor(request))
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
        return redirect("authorizations:check-run", run.pk)
    messages.success(request, "Het bestand en de uitkomst zijn verwijderd.")
    return redirect("authorizations:check-runs")


def _change(request: HttpRequest, run_id: int, change: Callable[..., None]) -> HttpResponse:
    run = _own(request, run_id)
    try:
        change(run_id=run.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    return redirect("authorizations:check-run", run.pk)


def _own(request: HttpRequest, run_id: int) -> CheckRun:
    log.tells(request, bestand=run_id)
    run: CheckRun = get_object_or_404(asked.visible_to(access.actor(request)), pk=run_id)
    log.tells(request, controle=run.toets)
    return run


def _asked(run: CheckRun, given: QueryDict | None) -> dict[str, Any]:
    """Return the question which column is which, while nobody answered it."""
    if run.mapping is not None or run.status not in AT_WORK:
        return {}
    toets, header = TOETSEN[run.toets], run.columns
    names = asked.remembered(organization_id=run.organization_id, toets=run.toets)
    guessed = check_columns.guess(toets, header, names)
    return {"form": forms.Columns(given, toets=toets, header=header, guessed=guessed)}


def _counted(run: CheckRun) -> dict[str, Any]:
    """Return what was counted of a result, with a bar for each number."""
    return {
        "outcomes": [
            (name, figures.lines(numbers, run.rows - run.wrong))
            for name, numbers in check_summary.outcomes(TOETSEN[run.toets].gives, run.tally)
        ],
        "faults": figures.lines(check_summary.faults(run.tally), run.wrong),
        "no_workbook": run.rows > rules.MOST_IN_WORKBOOK,
        "most_in_workbook": rules.MOST_IN_WORKBOOK,
    }


def _told(run: CheckRun) -> dict[str, Any]:
    """Return how far it is."""
    status = RunStatus(run.status)
    return {
        "run": run,
        "title": _title(run),
        "badge": _badge(run),
        "status": status,
        "is_at_work": status in AT_WORK and run.mapping is not None,
        "is_over": status in OVER,
        "is_done": status is RunStatus.DONE,
        "can_go_on": status in (RunStatus.STOPPED, RunStatus.FAILED) and run.scanned_at is not None,
        "waits_for_scanner": run.wait_until is not None,
        "percentage": int(run.read_to * 100 / run.size),
        "judged": run.rows - run.wrong,
        "rate": rules.rate(run.rows, run.worked),
        "left": rules.time_left(done=run.read_to, total=run.size, seconds=run.worked),
        "kept_days": rules.KEPT.days,
    }


def _name(run: CheckRun) -> str:
    faults = f"-{run.wrong}-fout" if run.wrong else ""
    return f"{run.toets}-{run.rows}-rijen{faults}"


def _title(run: CheckRun) -> str:
    return TOETSEN[run.toets].title if run.toets in TOETSEN else run.toets


def _badge(run: CheckRun) -> tuple[str, str]:
    status = RunStatus(run.status)
    return COLOURS[status], status.label
