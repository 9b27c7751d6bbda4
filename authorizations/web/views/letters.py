"""Read letters, and post those for the insured."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.roles import DESK, Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import post
from authorizations.domain.terms import Addressee, LetterKind
from kit.downloads import respond
from papers import queries as papers
from papers.domain.states import PrintState
from papers.services import downloads, printing

READERS = (Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.MEDISCH_ADVISEUR)
ON_A_PAGE = 50
UNPROCESSABLE = 422


@require_safe
@access.require(*READERS)
def receipt(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The receipt of exactly what was sent."""
    authorization = get_object_or_404(queries.with_content_for(access.actor(request)), reference=reference)
    found = queries.letters_for(authorization).filter(kind=LetterKind.RECEIPT).first()
    if found is None:
        raise Http404
    return _pdf(request, found.letter, f"ontvangstbevestiging-{authorization.reference}.pdf")


@require_safe
@access.require(*READERS)
def letter(request: HttpRequest, reference: str, letter: uuid.UUID) -> HttpResponseBase:
    """One letter of a request. The one for the insured is only for who wrote it."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.with_content_for(actor), reference=reference)
    letters = queries.letters_for(authorization)
    if actor.is_provider:
        letters = letters.filter(addressee=Addressee.PROVIDER)
    found = get_object_or_404(letters, letter__reference=letter)
    return _pdf(request, found.letter, f"brief-{authorization.reference}.pdf")


@require_safe
@access.require(*DESK)
def batches(request: HttpRequest) -> HttpResponse:
    """What goes by post: what waits, what was printed, what came back."""
    return _batches(request)


def _batches(request: HttpRequest, *, wrong: int | None = None, problem: str = "") -> HttpResponse:
    """Show the page; `problem` belongs at the row of the letter `wrong`."""
    actor = access.actor(request)
    items = Paginator(papers.print_items(actor.organization_id), ON_A_PAGE).get_page(request.GET.get("pagina"))
    references = queries.requests_of_letters([item.letter_id for item in items])
    log.shows(request, references.values())
    waiting = papers.print_items_waiting(actor.organization_id).aggregate(number=Count("pk"), since=Min("added_at"))
    oldest = waiting["since"]
    context = {
        "waiting": waiting["number"],
        "oldest": oldest if oldest and _long(PrintState.WAITING, oldest) else None,
        "batches": papers.print_batches(actor.organization_id)[:20],
        "page": items,
        "rows": [
            (item, references.get(item.letter_id, ""), _long(PrintState(item.state), item.added_at)) for item in items
        ],
        "can_read": queries.can_see_content(actor),
        "wrong": wrong,
        "problem": problem,
        "problems": [{"message": problem, "href": f"#note_{wrong}"}] if problem else [],
    }
    return render(request, "authorizations/post/batches.html", context, status=UNPROCESSABLE if problem else 200)


def _long(state: PrintState, added_at: datetime) -> bool:
    return post.waits_long(state, added_on=timezone.localdate(added_at), today=timezone.localdate())


@require_POST
@access.require(Role.MEDISCH_ADVISEUR)
def make_batch(request: HttpRequest) -> HttpResponse:
    """Put every letter that waits into one batch."""
    actor = access.actor(request)
    try:
        batch = printing.make_batch(sender_id=actor.organization_id, by_user_id=actor.user_id, now=timezone.now())
    except printing.NotAllowed as refusal:
        messages.info(request, str(refusal))
    else:
        _log_batch(request, batch.pk)
        messages.success(
            request, f"Printopdracht {batch.pk} is gemaakt. Print de pdf en zeg daarna dat hij is verstuurd."
        )
    return redirect("authorizations:print-batches")


@require_safe
@access.require(Role.MEDISCH_ADVISEUR)
def batch(request: HttpRequest, batch: int) -> HttpResponseBase:
    """All letters of a batch as one PDF."""
    found = get_object_or_404(papers.print_batches(access.actor(request).organization_id), pk=batch)
    _log_batch(request, found.pk)
    return respond(downloads.batch(found))


@require_POST
@access.require(*DESK)
def mark_sent(request: HttpRequest, batch: int) -> HttpResponse:
    """Say that a batch was posted."""
    actor = access.actor(request)
    found = get_object_or_404(papers.print_batches(actor.organization_id), pk=batch)
    try:
        _log_batch(request, found.pk)
        printing.mark_sent(batch_id=found.pk, by_user_id=actor.user_id, now=timezone.now())
    except printing.NotAllowed as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Printopdracht {found.pk} staat op verstuurd.")
    return redirect("authorizations:print-batches")


@require_POST
@access.require(*DESK)
def mark_returned(request: HttpRequest, item: int) -> HttpResponse:
    """Say that a letter came back."""
    found = get_object_or_404(papers.print_items(access.actor(request).organization_id), pk=item)
    _log_letters(request, [found.letter_id])
    note = request.POST.get("note", "").replace("\x00", "")
    try:
        printing.mark_returned(item_id=found.pk, note=note, now=timezone.now())
    except printing.NotAllowed as refusal:
        return _batches(request, wrong=found.pk, problem=str(refusal))
    else:
        messages.success(request, "De brief staat op retour gekomen. Zoek het juiste adres en stuur hem opnieuw.")
    return redirect("authorizations:print-batches")


@require_POST
@access.require(*DESK)
def send_again(request: HttpRequest, item: int) -> HttpResponse:
    """Put a letter that came back on the pile again."""
    actor = access.actor(request)
    found = get_object_or_404(papers.print_items(actor.organization_id), pk=item)
    _log_letters(request, [found.letter_id])
    printing.add(letter_id=found.letter_id, sender_id=actor.organization_id, now=timezone.now())
    messages.success(request, "De brief gaat mee met de volgende printopdracht.")
    return redirect("authorizations:print-batches")


def _log_batch(request: HttpRequest, batch_id: int) -> None:
    _log_letters(request, [letter.pk for letter in papers.letters_in_batch(batch_id)])


def _log_letters(request: HttpRequest, letter_ids: list[int]) -> None:
    """Tell the log whose letters these are."""
    log.shows(request, queries.requests_of_letters(letter_ids).values())


def _pdf(request: HttpRequest, letter: object, name: str) -> HttpResponseBase:
    try:
        return respond(downloads.letter(letter, name=name))  # type: ignore[arg-type]
    except downloads.NotAvailable as wait:
        return render(request, "authorizations/letters/being_made.html", {"message": str(wait)}, status=202)
