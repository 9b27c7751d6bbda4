"""The document in the middle of the page of one request: a page of it, larger or turned, the others, and its words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from authorizations.domain import page_search
from authorizations.domain.pins import Side
from authorizations.domain.review import numbered
from authorizations.models import Document, EvidencePin
from authorizations.services import pins as services
from authorizations.services import readings
from authorizations.web import pins as marks
from authorizations.web.forms.pins import Mark
from authorizations.web.forms.review_case import JudgeDocument
from authorizations.web.forms.review_viewer import Search
from authorizations.web.views import review_papers
from kit import text
from papers import queries as papers
from papers.services import pages as drawing

if TYPE_CHECKING:
    from authorizations.web.views.review_case import Case

ZOOMS = (1, 2, 3, 4)
TURNS = 4


@dataclass(frozen=True)
class Small:
    """A page in the row of pages; `is_made` when there is a picture of it."""

    number: int
    url: str
    is_made: bool
    is_current: bool


@dataclass(frozen=True)
class Sheet:
    """How a page lies: its measures after turning, and what turns the picture into that place."""

    width: int
    height: int
    transform: str

    @property
    def box(self) -> str:
        """What the drawing shows."""
        return f"0 0 {self.width} {self.height}"


def of(case: "Case", search: Search | None = None) -> dict[str, Any]:
    """Return the page of the document that is looked at; `search` is what somebody looks for in it."""
    document = case.document
    if document is None:
        return {}
    asked = case.request.GET
    count = document.file.page_count or 0
    page = min(_from_one(asked.get("p")), max(1, count))
    if search and (wanted := text.number(case.request.POST.get("p", ""))):
        page = min(max(wanted, 1), max(1, count))
    zoom = min(_from_one(asked.get("zoom")), ZOOMS[-1])
    turn = (text.number(asked.get("draai", "")) or 0) % TURNS
    image = papers.page_image(document.file_id, page) if count else None
    listed, number = case.papers(), case.document_number
    proposals = readings.proposals([document], by=case.actor).get(document.pk, [])
    term = search.cleaned_data["term"] if search and search.is_valid() else ""
    read = [(one.number, one.text) for one in papers.pages(document.file_id)] if term else []
    return {
        "document": document,
        "title": review_papers.title_of(document),
        "page": page,
        "count": count,
        "zoom": zoom,
        "turn": turn,
        "image": image,
        "to_read": drawing.left_to_read(document.file),
        "sheet": turned(image.width, image.height, turn) if image else None,
        "can_be_shown": image is not None or drawing.can_be_shown(document.file),
        "is_clean": document.file.is_clean,
        "is_older": case.older is not None,
        "flags": list(review_papers.flags(document)),
        "previous_url": case.address(p=page - 1) + "#pagina" if page > 1 else "",
        "next_url": case.address(p=page + 1) + "#pagina" if page < count else "",
        "smaller_url": case.address(p=page, zoom=zoom - 1) + "#pagina" if zoom > 1 else "",
        "larger_url": case.address(p=page, zoom=zoom + 1) + "#pagina" if zoom < ZOOMS[-1] else "",
        "turn_url": case.address(p=page, draai=(turn + 1) % TURNS or None) + "#pagina" if image else "",
        "strip_url": case.address(p=page, strook=None if asked.get("strook") else 1) + "#pagina" if count > 1 else "",
        "strip": _strip(case, document, page, count) if asked.get("strook") and count > 1 else [],
        "pins": [one for one in case.pins if one.pin.document_id == document.pk and one.pin.page == page],
        "proposals": proposals,
        "contradictions": readings.contradictions(document, proposals, case.application),
        "pin": text.number(asked.get("plaats", "")),
        "mark": _mark(case, document),
        "search": search or Search(),
        "query": case.query(p=page),
        "search_url": reverse("authorizations:review-search", args=[case.authorization.reference, document.pk])
        + case.query(p=page),
        "term": term,
        "hits": page_search.search(read, term),
        "unread": count - sum(bool(words) for _, words in read),
        "text": page_search.marked(image.text, term) if image else [],
        "next_document": listed[number].url if number < len(listed) else "",
        "previous_document": listed[number - 2].url if number > 1 else "",
        "older_url": case.address(versie=document.replaces_id, p=None) if _has_older(case, document) else "",
        "newest_url": case.address(versie=None, p=None),
        "judge": JudgeDocument(prefix="document", initial={"verdict": document.verdict, "note": document.verdict_note}),
        "can_judge": case.may_judge and case.authorization.is_open and case.older is None,
    }


def _has_older(case: "Case", document: Document) -> bool:
    # With a privacyverklaring nobody sees an older version: the diagnosis may stand in it.
    return document.replaces_id is not None and not case.authorization.without_diagnosis


def pins(case: "Case") -> list[marks.Marked]:
    """Return what is marked in the documents of this request, each with the way to its page."""
    places = {document.pk: number for number, document in enumerate(case.documents, start=1)}

    def url(pin: EvidencePin) -> str:
        document = pin.document
        while hasattr(document, "replaced_by"):
            document = document.replaced_by
        older = pin.document_id if pin.document_id != document.pk else None
        changes = {"doc": places.get(document.pk, 1), "p": pin.page, "versie": older, "toon": None, "draai": None}
        return case.address(**changes, criterium=pin.criterion, plaats=pin.pk) + "#pagina"

    return marks.marked(
        services.seen_by(case.authorization, case.actor),
        numbered(case.asked),
        reference=case.authorization.reference,
        side=Side.INSURER,
        url=url,
    )


def _mark(case: "Case", document: Document) -> Mark | None:
    if not services.may_mark(document, case.authorization, by=case.actor):
        return None
    chosen = {"criterion": case.request.GET.get("criterium")}
    return case.marking or Mark(prefix="plaats", criteria=case.asked, initial=chosen)


def turned(width: int, height: int, turn: int) -> Sheet:
    """Return how a page of this size lies after so many quarter turns to the right."""
    lying = turn % 2 == 1
    moved = ("", f"translate({height} 0) ", f"translate({width} {height}) ", f"translate(0 {width}) ")[turn]
    return Sheet(
        width=height if lying else width,
        height=width if lying else height,
        transform=f"{moved}rotate({90 * turn})" if turn else "",
    )


def _strip(case: "Case", document: Document, page: int, count: int) -> list[Small]:
    made = set(papers.pages(document.file_id).values_list("number", flat=True))
    return [
        Small(number, case.address(p=number) + "#pagina", number in made, number == page)
        for number in range(1, count + 1)
    ]


def _from_one(typed: str | None) -> int:
    return text.number(typed or "") or 1
