"""Releases of codes: bring one, look through what it changes, and let it be activated or stop it."""

from collections.abc import Callable
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
from ggz_codes.domain.release_terms import AT_WORK, Layout, ReleaseStage, RowKind
from ggz_codes.models import Release
from ggz_codes.queries import releases as asked
from ggz_codes.services import releases
from ggz_codes.services.releases import AlreadyThere, NotAllowed
from ggz_codes.web import release_changes
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
    """Hand out everything that a release changes, or all its faults, for a spreadsheet."""
    release = _found(request, release_id)
    refused = release.stage == ReleaseStage.REFUSED
    name, write = ("fouten", release_words.write_faults) if refused else ("verschil", release_words.write)
    return csv_file(f"{name}-{release.pk}.csv", lambda lines: write(lines, release_changes.lines(release)))


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
    """Return what it changes, and what can be done now."""
    is_ready = release.stage == ReleaseStage.READY
    return release_changes.shown(request, release) | {
        "rows": [(RowKind(one).label, number) for one, number in sorted(release.counts.get("rows", {}).items())],
        "is_ready": is_ready,
        "refusal": releases.refusal(release, forced=False) if is_ready else "",
    }


def _badge(release: Release) -> tuple[str, str]:
    stage = ReleaseStage(release.stage)
    return COLOURS[stage], stage.label
