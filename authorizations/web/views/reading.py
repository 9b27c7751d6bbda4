"""Reading a document: its pages as pictures with their text, and the file itself. For both sides."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.web import access
from authorizations.domain.pins import Side
from authorizations.domain.review import Criterion, numbered
from authorizations.models import Document
from authorizations.services import documents, pins, progress
from authorizations.web import pins as marks
from authorizations.web.forms.pins import Mark
from kit import downloads
from papers import queries as papers
from papers.services import downloads as files
from papers.services import pages as drawing

PAGES_AT_ONCE = 10


@dataclass(frozen=True)
class Leaf:
    """A page with what is marked on it, and the form to mark more."""

    image: Any
    marked: list[marks.Marked]
    form: Mark | None


@access.login_required
def view(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """Show the pages of a document, ten at a time; while they are being made, the page says so."""
    document = _document(request, reference, document_id)
    return render(request, "authorizations/documents/view.html", context(request, document))


def context(
    request: HttpRequest, document: Document, *, number: int = 0, marking: Mark | None = None
) -> dict[str, Any]:
    """Return what the page of a document shows; `marking` is a form for page `number` that could not be saved."""
    actor, authorization = access.actor(request), document.authorization
    wanted = -(-number // PAGES_AT_ONCE) or request.GET.get("pagina")
    page = Paginator(papers.pages(document.file_id), PAGES_AT_ONCE).get_page(wanted)
    criteria = pins.criteria(authorization)
    can_mark = actor.is_provider and pins.may_mark(document, authorization, by=actor)
    marked = marks.marked(
        pins.seen_by(authorization, actor).filter(document=document),
        numbered(criteria),
        reference=authorization.reference,
        side=Side.PROVIDER if actor.is_provider else Side.INSURER,
        url=lambda pin: f"#pagina-{pin.page}",
    )
    return {
        "document": document,
        "authorization": authorization,
        "kinds": [kind.label for kind in sorted(documents.kinds_of(document))],
        "page": page,
        "leaves": [
            Leaf(
                image,
                [one for one in marked if one.pin.page == image.number],
                _form(image.number, number, marking, criteria) if can_mark and criteria else None,
            )
            for image in page
        ],
        "newer": getattr(document, "replaced_by", None),
        "can_mark": can_mark,
        "file": document.file,
        "is_ready": document.file.pages_made_at is not None,
        "has_failed": document.file.gave_up_at is not None and document.file.pages_made_at is None,
        "bound": marking,
    }


def prefix(number: int) -> str:
    """Return with what the fields of the form of one page begin."""
    return f"plaats{number}"


def _form(number: int, asked: int, marking: Mark | None, criteria: tuple[Criterion, ...]) -> Mark:
    return marking if marking and number == asked else Mark(prefix=prefix(number), criteria=criteria)


@access.login_required
def page(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponseBase:
    """Hand out one page as a picture, drawn now when nobody looked at it before the worker came to it."""
    image = _page(request, reference, document_id, number)
    if image is None:
        # One query for what is there: this is asked for at every page that somebody turns.
        image = drawing.page(_with_file(request, reference, document_id).file, number)
    if image is None:
        raise Http404
    return downloads.respond(files.page(image))


@access.login_required
def small_page(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponseBase:
    """Hand out one page as a small picture; one that isn't made yet is no reason to draw a hundred."""
    image = _page(request, reference, document_id, number)
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


def _page(request: HttpRequest, reference: str, document_id: int, number: int) -> Any:
    return papers.page_image_of(progress.file_of(access.actor(request), reference, document_id), number)


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
