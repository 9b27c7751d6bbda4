"""Files of activities: bring one, see what it would do, let it be applied or stop it, and fetch what is wrong."""

import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from audit.domain.events import Outcome
from audit.services.recording import MOST_SUBJECTS
from audit.web import log
from authorizations import queries
from authorizations.domain import import_files
from authorizations.domain import traject_import as rules
from authorizations.domain.subtrajects import Change
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import AT_WORK, FaultCode, RowState, Stage
from authorizations.models import TrajectImport, TrajectImportEffect, TrajectImportRow
from authorizations.queries import traject_imports as asked
from authorizations.services import traject_imports
from authorizations.services.lifecycle import NotAllowed
from authorizations.web.forms import traject_imports as forms
from authorizations.web.views.subtrajects_lists import shown
from kit.downloads import csv_file

tells = access.require(*sorted(queries.FILING_ROLES))
ON_A_PAGE = 25
EFFECTS, FAULTS = "gevolgen", "fouten"
COLOURS = {
    Stage.READING: "active",
    Stage.CHECKING: "active",
    Stage.READY: "warning",
    Stage.APPLYING: "active",
    Stage.DONE: "ok",
    Stage.CANCELLED: "neutral",
}
MARKS = {
    Change.OPENED: ("neutral", "Vervolg"),
    Change.REOPENED: ("warning", "Heropent"),
    Change.MOVED: ("neutral", "Andere dag"),
    Change.GONE: ("warning", "Vervalt"),
    Change.TO_CORRECT: ("danger", "Correctie nodig"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def listed(request: HttpRequest) -> HttpResponse:
    """Show the files of the own institution, and take in another."""
    actor = access.actor(request)
    form = forms.Bring(request.POST, request.FILES) if request.method == "POST" else forms.Bring()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            imported = traject_imports.upload(
                chunks=file.chunks(), file_name=file.name, whole=form.whole, by=actor, now=timezone.now()
            )
        except (rules.Unreadable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("authorizations:traject-import", imported.pk)
    page = Paginator(asked.visible_to(actor).select_related("made_by"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "files": [{"file": one, "badge": _badge(one), "wrong": _many(one, RowState.WRONG)} for one in page],
        "columns": import_files.EXPLAINED,
        "disciplines": [one.label for one in Discipline],
        "kept_days": rules.KEPT.days,
    }
    return render(request, "authorizations/imports/list.html", context, status=422 if form.errors else 200)


@require_safe
@tells
def example(request: HttpRequest) -> HttpResponse:
    """Hand out a file as it should be."""
    written = io.StringIO()
    import_files.example(written, today=timezone.localdate())
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="activiteiten-voorbeeld.csv"'},
    )


@require_safe
@tells
def detail(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show how far a file is; once it was checked, what it does and what is wrong."""
    imported = _own(request, import_id)
    context = _told(imported)
    if not context["is_at_work"]:
        context |= _judged(request, imported)
    return render(request, "authorizations/imports/detail.html", context)


@require_safe
@tells
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show how far the worker is: the part of the page that brings itself up to date."""
    return render(request, "authorizations/imports/_progress.html", _told(_own(request, import_id)))


@require_safe
@tells
def faults(request: HttpRequest, import_id: int) -> FileResponse:
    """Hand out the wrong lines, to be mended and brought again."""
    imported = _own(request, import_id)
    shown(request, asked.faulty_trajects(imported, most=MOST_SUBJECTS))
    found = asked.faults(imported).select_related(None).iterator(chunk_size=2000)
    wrong = ((row.line, row.wrong) for row in found)
    return csv_file(f"fouten-{imported.pk}.csv", lambda lines: import_files.faults(lines, wrong))


@require_POST
@tells
def apply(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let the worker register what is good."""
    return _change(request, import_id, traject_imports.apply)


@require_POST
@tells
def cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    """Stop."""
    return _change(request, import_id, traject_imports.cancel)


@require_POST
@tells
def check_again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Look anew at what wasn't applied."""
    return _change(request, import_id, traject_imports.check_again)


def _change(request: HttpRequest, import_id: int, change: Callable[..., None]) -> HttpResponse:
    imported = _own(request, import_id)
    try:
        change(import_id=imported.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    return redirect("authorizations:traject-import", imported.pk)


def _own(request: HttpRequest, import_id: int) -> TrajectImport:
    log.tells(request, bestand=import_id)
    found: TrajectImport = get_object_or_404(asked.visible_to(access.actor(request)), pk=import_id)
    return found


def _told(imported: TrajectImport) -> dict[str, Any]:
    """Return how far it is."""
    stage = Stage(imported.stage)
    done, total = rules.progress(stage, lines=imported.lines, counts=imported.counts)
    return {
        "file": imported,
        "badge": _badge(imported),
        "is_at_work": stage in AT_WORK,
        "stage": stage,
        "done": done,
        "total": total,
    }


def _judged(request: HttpRequest, imported: TrajectImport) -> dict[str, Any]:
    """Return what became of the lines, and what can be done now."""
    stage, counts = Stage(imported.stage), imported.counts
    kinds = [(code, FaultCode(code).label, number) for code, number in asked.fault_counts(imported)]
    wrong, new, changed = (_many(imported, one) for one in (RowState.WRONG, RowState.NEW, RowState.CHANGED))
    chosen = request.GET.get("toon", "")
    tab = chosen if chosen in (EFFECTS, FAULTS) else FAULTS if wrong and not counts.get("applied") else EFFECTS
    effects = asked.effects(imported)
    context = {
        "number": {one.value: _many(imported, one) for one in RowState},
        "ignored": rules.ignored(imported.columns),
        "kinds": kinds,
        "tab": tab,
        "effects_count": effects.count(),
        "refusal": rules.refusal_to_apply(whole=imported.whole, counts=counts) if stage == Stage.READY else "",
        "can_check_again": bool(changed) if stage == Stage.DONE else stage == Stage.READY and bool(new),
        "is_ready": stage == Stage.READY,
        "is_done": stage == Stage.DONE,
    }
    number = request.GET.get("pagina")
    if tab == FAULTS:
        kind = request.GET.get("soort", "")
        kind = kind if kind in {code for code, _label, _number in kinds} else ""
        wrong_ones = Paginator(asked.faults(imported, kind=kind), ON_A_PAGE).get_page(number)
        shown(request, [row.zorgtraject for row in wrong_ones if row.zorgtraject])
        return context | {"page": wrong_ones, "rows": [_fault(row) for row in wrong_ones], "kind": kind}
    page = Paginator(effects, ON_A_PAGE).get_page(number)
    shown(request, [effect.zorgtraject for effect in page])
    return context | {"page": page, "rows": [_effect(effect) for effect in page]}


def _fault(row: TrajectImportRow) -> dict[str, Any]:
    wrong: Any = row.wrong
    said = [{"column": column, "value": value, "told": told} for column, value, told in wrong["faults"]]
    return {"line": row.line, "said": said, "traject": row.zorgtraject}


def _effect(effect: TrajectImportEffect) -> dict[str, Any]:
    said = [(*MARKS.get(Change(change), ("neutral", Change(change).label)), told) for change, told in effect.words]
    return {"effect": effect, "traject": effect.zorgtraject, "said": said}


def _badge(imported: TrajectImport) -> tuple[str, str]:
    stage = Stage(imported.stage)
    return COLOURS[stage], stage.label


def _many(imported: TrajectImport, state: RowState) -> int:
    return int(imported.counts.get(state.value, 0))
