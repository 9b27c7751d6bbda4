"""Reading a document: its pages as pictures with their text, and the file itself. For both sides."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.web import access
from authorizations.models import Document
from authorizations.services import documents, progress
from kit import downloads
from papers import queries as papers
from papers.services import downloads as files
from papers.services import pages as drawing

PAGES_AT_ONCE = 10


@access.login_required
def view(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """Show the pages of a document, ten at a time; while they are being made, the page says so."""
    document = _document(request, reference, document_id)
    pages = papers.pages(document.file_id)
    context = {
        "document": document,
        "authorization": document.authorization,
        "kinds": [kind.label for kind in sorted(documents.kinds_of(document))],
        "page": Paginator(pages, PAGES_AT_ONCE).get_page(request.GET.get("pagina")),
        "file": document.file,
        "is_ready": document.file.pages_made_at is not None,
        "has_failed": document.file.gave_up_at is not None,
    }
    return render(request, "authorizations/documents/view.html", context)


@access.login_required
def page(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponseBase:
    """Hand out one page as a picture, drawn now when nobody looked at it before the worker came to it."""
    image = drawing.page(_with_file(request, reference, document_id).file, number)
    if image is None:
        raise Http404
    return downloads.respond(files.page(image))


@access.login_required
def small_page(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponseBase:
    """Hand out one page as a small picture; one that isn't made yet is no reason to draw a hundred."""
    image = papers.page_image(_with_file(request, reference, document_id).file_id, number)
    if image is None:
        raise Http404
    return downloads.respond(files.small_page(image))


@access.login_required
def original(request: HttpRequest, reference: str, document_id: int) -> HttpResponseBase:
    """Hand out the file as it came in."""
    try:
        return downloads.respond(files.original(_document(request, reference, document_id).file))
    except (files.NotAvailable, FileNotFoundError) as missing:
        raise Http404 from missing


def _with_file(request: HttpRequest, reference: str, document_id: int) -> Document:
    document = progress.with_file(access.actor(request), reference, document_id)
    if document is None:
        raise Http404
    return document


def _document(request: HttpRequest, reference: str, document_id: int) -> Document:
    document = progress.document_for(access.actor(request), reference, document_id)
    if document is None:
        raise Http404
    return document
