"""Files of dbc's and of changed numbers: bring one, see what it would do, apply or stop it, fetch what is wrong."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations import queries
from authorizations.domain import traject_files as rules
from authorizations.domain.traject_files import FileKind, FileState
from authorizations.domain.traject_import import RowState, Unreadable
from authorizations.models import TrajectFile
from authorizations.queries import traject_files as asked
from authorizations.services import traject_files
from authorizations.services.lifecycle import NotAllowed
from authorizations.web.forms.traject_files import Bring
from authorizations.web.views.subtrajects_lists import shown
from kit.downloads import csv_file

tells = access.require(*sorted(queries.FILING_ROLES))
ON_A_PAGE = 25
COLOURS = {FileState.READY: "warning", FileState.DONE: "ok", FileState.CANCELLED: "neutral"}
MARKS = {RowState.NEW: "active", RowState.APPLIED: "ok", RowState.THERE: "neutral", RowState.WRONG: "danger"}
BACK = {FileKind.DBCS: "authorizations:trajects", FileKind.NUMBERS: "authorizations:traject-numbers"}
TITLES = {FileKind.DBCS: "Dbc’s inlezen", FileKind.NUMBERS: "Omgezette nummers inlezen"}


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def listed(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the files of the own institution about one subject, and take in another."""
    actor, kind = access.actor(request), _kind(subject)
    form = Bring(request.POST, request.FILES) if request.method == "POST" else Bring()
    if form.is_bound and form.is_valid():
        brought = form.cleaned_data["file"]
        try:
            file = traject_files.upload(
                chunks=brought.chunks(), file_name=brought.name, kind=kind, by=actor, now=timezone.now()
            )
        except (Unreadable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("authorizations:traject-file", file.pk)
    found = asked.visible_to(actor).filter(kind=kind.value).select_related("made_by").defer("lines")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "files": [{"file": one, "badge": _badge(one), "wrong": _many(one, RowState.WRONG)} for one in page],
        "columns": rules.COLUMNS[kind],
        "kept_days": rules.KEPT.days,
        **_subject(kind),
    }
    return render(request, "authorizations/traject_files/list.html", context, status=422 if form.errors else 200)


@require_safe
@tells
def example(request: HttpRequest, subject: str) -> HttpResponse:
    """Hand out a file as it should be."""
    kind, written = _kind(subject), io.StringIO()
    rules.example(written, kind)
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind.value}-voorbeeld.csv"'},
    )


@require_safe
@tells
def detail(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show what every line would do or did, and what is wrong with it."""
    file = _own(request, file_id)
    kind, state = FileKind(file.kind), FileState(file.state)
    page = Paginator(_worst_first(file.lines or []), ON_A_PAGE).get_page(request.GET.get("pagina"))
    number = {one.value: _many(file, one) for one in (RowState.NEW, RowState.APPLIED, RowState.THERE, RowState.WRONG)}
    context = {
        "file": file,
        "badge": _badge(file),
        "page": page,
        "lines": [_line(*line) for line in page],
        "number": number,
        "is_ready": state is FileState.READY,
        "can_apply": state is FileState.READY and number[RowState.NEW.value] > 0,
        **_subject(kind),
    }
    return render(request, "authorizations/traject_files/detail.html", context)


@require_safe
@tells
def faults(request: HttpRequest, file_id: int) -> FileResponse:
    """Hand out the wrong lines, to be mended and brought again."""
    file = _own(request, file_id)
    wrong = [(number, cells, told) for number, cells, state, told in file.lines or [] if state == RowState.WRONG.value]
    return csv_file(f"fouten-{file.pk}.csv", lambda lines: rules.faulty(lines, FileKind(file.kind), wrong))


@require_POST
@tells
def apply(request: HttpRequest, file_id: int) -> HttpResponse:
    """Record what is good."""
    file = _own(request, file_id)
    try:
        trajects = traject_files.apply(file_id=file.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    else:
        shown(request, trajects)
        messages.success(request, "Het bestand is verwerkt.")
    return redirect("authorizations:traject-file", file.pk)


@require_POST
@tells
def cancel(request: HttpRequest, file_id: int) -> HttpResponse:
    """Stop."""
    file = _own(request, file_id)
    try:
        traject_files.cancel(file_id=file.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    return redirect("authorizations:traject-file", file.pk)


def _own(request: HttpRequest, file_id: int) -> TrajectFile:
    log.tells(request, bestand=file_id)
    file: TrajectFile = get_object_or_404(asked.visible_to(access.actor(request)), pk=file_id)
    return file


def _kind(subject: str) -> FileKind:
    try:
        return FileKind(subject)
    except ValueError:
        raise Http404 from None


def _subject(kind: FileKind) -> dict[str, Any]:
    return {"subject": kind.value, "title": TITLES[kind], "back_name": BACK[kind], "about": kind.label}


def _worst_first(lines: list[list[Any]]) -> list[list[Any]]:
    return sorted(lines, key=lambda line: (line[2] != RowState.WRONG.value, line[0]))


def _line(number: int, cells: list[str], state: str, faults: list[list[str]]) -> dict[str, Any]:
    found = RowState(state)
    # Of a line its first cells say which it is; a patient's number is of no use here.
    return {"number": number, "said": " · ".join(filter(None, cells[:5])), "mark": MARKS[found], "label": found.label,
            "faults": faults}  # fmt: skip


def _badge(file: TrajectFile) -> tuple[str, str]:
    state = FileState(file.state)
    return COLOURS[state], state.label


def _many(file: TrajectFile, state: RowState) -> int:
    return int(file.counts.get(state.value, 0))
