"""What people take home or look at: `kit.downloads.respond` makes the answer of it."""

from kit.downloads import OURS, Download
from papers import queries
from papers.delivery import printing, store
from papers.domain.files import download_name
from papers.models import File, Letter, PageImage, PrintBatch


class NotAvailable(Exception):
    """There is nothing to hand out (yet). The message is for people."""


def original(file: File) -> Download:
    """
    Return the file as it came in: to take home only, never to open here.

    :raises NotAvailable: unless it is clean
    """
    if not file.is_clean:
        raise NotAvailable("Dit bestand is nog niet gecontroleerd.")
    name = download_name(file.name, file.content_type)
    return Download(store.place("files", file.pk), name, file.content_type)


def page(image: PageImage) -> Download:
    """Return one page as a picture that we drew ourselves."""
    return Download(image.path, f"pagina-{image.number}.webp", "image/webp", inline=True)


def small_page(image: PageImage) -> Download:
    """Return one page as a small picture; a page that was drawn before there were any is given as it is."""
    if not store.full(image.small_path).exists():
        return page(image)
    return Download(image.small_path, f"pagina-{image.number}-klein.webp", "image/webp", inline=True)


def letter(letter: Letter, *, name: str = "") -> Download:
    """
    Return the PDF of a letter, under the name that the caller gives it (never with a person in it).

    :raises NotAvailable: while the worker has not made it
    """
    if not letter.pdf:
        raise NotAvailable("Deze brief wordt nog gemaakt. Probeer het over een minuut opnieuw.")
    return Download(letter.pdf, name or f"brief-{letter.reference}.pdf", "application/pdf", inline=True, policy=OURS)


def batch(batch: PrintBatch) -> Download:
    """Return all letters of a batch as one PDF to print on both sides of the paper."""
    path = printing.merged(batch.pk, queries.letters_in_batch(batch.pk))
    return Download(path, f"printopdracht-{batch.pk}.pdf", "application/pdf", inline=True, policy=OURS)
