"""The papers of a coulanceverzoek and the letter about it, for both sides."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.web import access
from authorizations.models import CoulancePaper
from authorizations.queries import coulance as found
from authorizations.web.views.coulance import shown
from kit import downloads
from papers import queries as papers
from papers.services import downloads as files
from papers.services import pages as drawing

READERS = sorted(found.PROVIDER_ROLES | found.DESK_ROLES)
PAGES_AT_ONCE = 10


@require_safe
@access.require(*READERS)
def view(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show the pages of a paper, ten at a time; while they are being made, the page says so."""
    paper, actor = _paper(request, paper_id), access.actor(request)
    context = {
        "paper": paper,
        "file": paper.file,
        "page": Paginator(papers.pages(paper.file_id), PAGES_AT_ONCE).get_page(request.GET.get("pagina")),
        "is_ready": paper.file.pages_made_at is not None,
        "back": "authorizations:coulance" if actor.is_provider else "authorizations:review-coulance",
    }
    return render(request, "authorizations/coulance/paper.html", context)


@require_safe
@access.require(*READERS)
def page(request: HttpRequest, paper_id: int, number: int) -> HttpResponseBase:
    """Hand out one page as a picture."""
    file = _paper(request, paper_id).file
    image: Any = drawing.page(file, number) if file.is_clean else None
    if image is None:
        raise Http404
    return downloads.respond(files.page(image))


@require_safe
@access.require(*READERS)
def original(request: HttpRequest, paper_id: int) -> HttpResponseBase:
    """Hand out the file as it came in."""
    try:
        return downloads.respond(files.original(_paper(request, paper_id).file))
    except (files.NotAvailable, FileNotFoundError) as missing:
        raise Http404 from missing


@require_safe
@access.require(*READERS)
def letter(request: HttpRequest, coulance_id: int) -> HttpResponseBase:
    """Hand out the letter about the decision."""
    coulance = get_object_or_404(found.whole(access.actor(request)), pk=coulance_id)
    shown(request, [coulance])
    if coulance.letter is None:
        raise Http404
    try:
        return downloads.respond(files.letter(coulance.letter, name=f"besluit-{coulance.reference}.pdf"))
    except files.NotAvailable as wait:
        return render(request, "authorizations/letters/being_made.html", {"message": str(wait)}, status=202)


def _paper(request: HttpRequest, paper_id: int) -> CoulancePaper:
    paper = found.paper(access.actor(request), paper_id)
    if paper is None:
        raise Http404
    shown(request, [paper.coulance])
    return paper
