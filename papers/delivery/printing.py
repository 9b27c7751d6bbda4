"""One PDF of all letters in a batch."""

import io
from collections.abc import Iterable

import pikepdf

from papers.delivery import store
from papers.models import Letter

A4 = (595, 842)


def merged(batch_id: int, letters: Iterable[Letter]) -> str:
    """
    Return the place of the PDF of a batch, and make it when it isn't there.

    Each letter begins on a new sheet, also when the printer prints on both sides. Issued letters never change, and
    a batch neither, so it is made once.
    """
    place = f"print/{batch_id}.pdf"
    if not store.full(place).exists():
        with pikepdf.new() as pile:
            for letter in letters:
                with pikepdf.open(store.full(letter.pdf)) as pdf:
                    pile.pages.extend(pdf.pages)
                    if len(pdf.pages) % 2:
                        pile.add_blank_page(page_size=A4)
            pile.Root.Lang = "nl"
            pile.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            pile.docinfo["/Title"] = f"Printopdracht {batch_id}"
            content = io.BytesIO()
            pile.save(content, deterministic_id=True)
        store.write(place, content.getvalue())
    return place
