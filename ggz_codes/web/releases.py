"""Releases of codes: bring one, look through what it changes, and let it be activated or stop it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from ggz_codes.domain import release_words
from ggz_codes.domain.release_terms import AT_WORK, DiffKind, Layout, NoteKind, ReleaseStage, RowKind
from ggz_codes.domain.release_words import Line, Version
from ggz_codes.models import Release, ReleasedCode, ReleaseNote
from ggz_codes.queries import releases as asked
from ggz_codes.services import releases
from ggz_codes.services.releases import AlreadyThere, NotAllowed
from ggz_codes.web.forms_releases import Bring
from kit.downloads import csv_file

keeps = access.require(*sorted(asked.KEEPERS))
ON_A_PAGE = 50
COLOURS = {
    ReleaseStage.READING: "active",
    ReleaseStage.COMPARING: "active",
    ReleaseStage.READY: "warning",
    ReleaseStage.ACTIVATING: "active",
    ReleaseStage.ACTIVE: "ok",
    ReleaseStage.SUCCEEDED: "neutral",
    ReleaseStage.REFUSED: "danger",
    ReleaseStage.CANCELLED: "neutral",
}
OF_NOTES = {one.value: one for one in NoteKind}
OF_ROWS = {one.value: one for one in DiffKind if one.value not in OF_NOTES}
MEGABYTE = 1024**2


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def listed(request: HttpRequest) -> HttpResponse:
    """Show the releases, and take in another."""
    actor = access.actor(request)
    form = Bring(request.POST, request.FILES) if request.method == "POST" else Bring()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            release = releases.upload(
                chunks=file.chunks(), file_name=file.name, manifest=form.manifest, by=actor, now=timezone.now()
            )
        except AlreadyThere as known:
            messages.info(request, str(known))
            return redirect("releases:release", known.release.pk)
        except NotAllowed as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("releases:release", release.pk)
    found = asked.visible_to(actor).select_related("made_by", "activated_by")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"form": form, "page": page, "releases": [{"release": one, "badge": _badge(one)} for one in page]}
    return render(request, "ggz_codes/releases/list.html", context, status=422 if form.errors else 200)


@require_safe
@keeps
def detail(request: HttpRequest, release_id: int) -> HttpResponse:
    """Show how far a release is, what it changes and what is wrong with it."""
    release = _found(request, release_id)
    context = _told(release)
    if not context["is_at_work"]:
        context |= _changes(request, release)
    return render(request, "ggz_codes/releases/detail.html", context)


@require_safe
@keeps
def progress(request: HttpRequest, release_id: int) -> HttpResponse:
    """Show how far the worker is: the part of the page that brings itself up to date."""
    return render(request, "ggz_codes/releases/_progress.html", _told(_found(request, release_id)))


@require_safe
@keeps
def difference(request: HttpRequest, release_id: int) -> FileResponse:
    """Hand out everything that a release changes, for a spreadsheet."""
    release = _found(request, release_id)
    return csv_file(f"verschil-{release.pk}.csv", lambda lines: release_words.write(lines, _lines(release)))


@require_POST
@keeps
def activate(request: HttpRequest, release_id: int) -> HttpResponse:
    """Let the worker activate a release."""
    return _change(request, release_id, partial(releases.activate, forced=request.POST.get("forced") == "ja"))


@require_POST
@keeps
def cancel(request: HttpRequest, release_id: int) -> HttpResponse:
    """Stop."""
    return _change(request, release_id, releases.cancel)


def _change(request: HttpRequest, release_id: int, change: Callable[..., None]) -> HttpResponse:
    release = _found(request, release_id)
    try:
        change(release_id=release.pk, by=access.actor(request), now=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("releases:release", release.pk)


def _found(request: HttpRequest, release_id: int) -> Release:
    found = asked.visible_to(access.actor(request)).select_related("made_by", "activated_by")
    release: Release = get_object_or_404(found, pk=release_id)
    return release


def _told(release: Release) -> dict[str, Any]:
    """Return how far it is."""
    stage = ReleaseStage(release.stage)
    return {
        "release": release,
        "badge": _badge(release),
        "stage": stage,
        "is_at_work": stage in AT_WORK,
        "reading": stage == ReleaseStage.READING,
        "done": release.done // MEGABYTE,
        "total": max(release.total // MEGABYTE, 1),
        "layout": Layout(release.layout).label if release.layout else "",
    }


def _changes(request: HttpRequest, release: Release) -> dict[str, Any]:
    """Return what it changes, of the kind that was chosen, and what can be done now."""
    stage = ReleaseStage(release.stage)
    counts = asked.change_counts(release)
    kinds = [(one.value, one.label, counts[one.value]) for one in (*OF_ROWS.values(), *OF_NOTES.values())
             if counts.get(one.value)]  # fmt: skip
    chosen = request.GET.get("toon", "")
    known = [value for value, _label, _number in kinds]
    first = NoteKind.FAULT.value if NoteKind.FAULT.value in known else next(iter(known), "")
    kind = chosen if chosen in known else first
    found: Any = asked.notes(release, kind) if kind in OF_NOTES else asked.changes(release, kind)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    rows = release.counts.get("rows", {})
    brought = sum(counts.get(one, 0) for one in OF_ROWS)
    return {
        "kinds": kinds,
        "kind": kind,
        "is_fault": kind == NoteKind.FAULT.value,
        "is_note": kind in OF_NOTES,
        "page": page,
        "lines": [_line(one) for one in page],
        "rows": [(RowKind(one).label, number) for one, number in sorted(rows.items())],
        "brought": brought,
        "links": release.counts.get("changed_links", 0),
        "is_ready": stage == ReleaseStage.READY,
        "refusal": releases.refusal(release, forced=False) if stage == ReleaseStage.READY else "",
    }


def _lines(release: Release) -> Iterator[Line]:
    for row in asked.changes(release).iterator(chunk_size=2000):
        yield _line(row)
    for note in asked.notes(release).iterator(chunk_size=2000):
        yield _line(note)


def _line(one: ReleasedCode | ReleaseNote) -> Line:
    before = _version(one.was) if one.was else None
    if isinstance(one, ReleasedCode):
        return release_words.change(DiffKind(one.diff), before, _version(one), one.place)
    return release_words.note(
        NoteKind(one.kind), about=one.column, value=one.value, message=one.message, place=one.place, before=before
    )


def _version(row: ReleasedCode) -> Version:
    return Version(
        kind=RowKind(row.kind),
        domain=row.domain,
        code=row.code,
        description=row.description,
        period=row.period,
        cents=row.cents,
        group=row.group,
        tariff_kind=row.tariff_kind,
    )


def _badge(release: Release) -> tuple[str, str]:
    stage = ReleaseStage(release.stage)
    return COLOURS[stage], stage.label
