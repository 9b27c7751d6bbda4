"""Look at one page of a file: who asks for it first doesn't wait for the worker."""

from papers import queries
from papers.delivery import pages, reading
from papers.models import File, PageImage


def page(file: File, number: int) -> PageImage | None:
    """Return the page, drawn now when it isn't there yet; None when it doesn't exist or can't be drawn."""
    return pages.at_once(file, number)


def can_be_shown(file: File) -> bool:
    """Tell whether a page that isn't made yet is drawn for who asks for it; False where drawing failed before."""
    return pages.is_untroubled(file)


def left_to_read(file: File) -> int:
    """Return how many pages of a scan have no text yet that may still get it."""
    if file.read_at or not file.pages_made_at:
        return 0
    return queries.pages_to_read(file.pk).filter(number__lte=reading.MOST_PAGES).count()
