"""
Propose what the text of a document says of itself, and keep what a person answers.

A document whose text was read and that nobody looked through yet is the work; the clock takes it. Nothing is filled in
by itself: only who says that it is right fills it in. Bron: Z-21; R-31; features.md, "What none of them has", 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import found_in_text as rules
from authorizations.domain.application import Application
from authorizations.domain.found_in_text import Found
from authorizations.domain.lifecycle import OPEN
from authorizations.domain.pins import Side
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer
from authorizations.models import AuthorizationRequest, Document, DocumentReading, ReadingAnswer
from authorizations.queries import readings as asked
from authorizations.services import documents, lifecycle
from papers import queries as papers

NotAllowed = lifecycle.NotAllowed
AT_ONCE = 50
MOST_PAGES = 30
"""So many pages are looked through: what a letter says of itself stands in the first ones, and where it ends."""


@dataclass(frozen=True)
class Proposal:
    """What seems to stand in a document; `answer` is what this side said of it, None when nobody did."""

    found: Found
    answer: bool | None

    @property
    def words(self) -> str:
        """What was found, for people."""
        return rules.words(self.found)


def catch_up(*, now: datetime) -> int:
    """Look through documents of which the text was read; return how many."""
    waiting = list(asked.to_look_through().values_list("pk", flat=True)[:AT_ONCE])
    for document_id in waiting:
        look_through(document_id=document_id, now=now)
    return len(waiting)


@transaction.atomic
def look_through(*, document_id: int, now: datetime) -> None:
    """Keep what the text of this document seems to say; a second time does nothing."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    if DocumentReading.objects.filter(document=document).exists():
        return
    pages = [(page.number, page.text) for page in papers.pages(document.file_id)]
    found = rules.look([*pages[: MOST_PAGES - 5], *pages[MOST_PAGES - 5 :][-5:]])
    kept = [[one.feature.value, one.value, one.page] for one in found]
    DocumentReading.objects.create(document=document, found=kept, made_at=now)


def proposals(of: Iterable[Document], *, by: Actor) -> dict[int, list[Proposal]]:
    """Return per document what its text seems to say, with what this side answered."""
    side = _side(by).value
    return {
        reading.document_id: [
            Proposal(
                found,
                next(
                    (one.is_right for one in reading.answers.all() if (one.feature, one.side) == (found.feature, side)),
                    None,
                ),
            )
            for found in reading.proposals
        ]
        for reading in asked.readings_of(of)
    }


def contradictions(document: Document, shown: Iterable[Proposal], application: Application) -> list[str]:
    """
    Return where the text says something else than what was filled in; what was called wrong counts no more.

    The day of a verwijsbrief is asked in the request, that of another document beside it.
    """
    found = [one.found for one in shown if one.answer is not False]
    own = application.care.revalidatiearts_big
    refers = DocumentKind.VERWIJSBRIEF.value in {row.kind for row in document.items.all()}
    dated_on = document.dated_on or (application.referral.referred_on if refers else None)
    return rules.contradictions(found, document.feature_answers, dated_on, own)


@transaction.atomic
def answer(*, document_id: int, feature: Feature, is_right: bool, by: Actor, now: datetime) -> None:
    """
    Say whether what was read is right. A provider who says so has filled it in with that, while it still can.

    :raises NotAllowed: when nothing was read, or this document isn't this person's to describe or to judge
    """
    authorization_id = Document.objects.values_list("authorization_id", flat=True).get(pk=document_id)
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    document = Document.objects.get(pk=document_id)
    reading = DocumentReading.objects.filter(document=document).first()
    found = next((one for one in reading.proposals if one.feature is feature), None) if reading else None
    if reading is None or found is None:
        raise NotAllowed("Dit is niet in het document gelezen.")
    _require(document, authorization, by)
    ReadingAnswer.objects.update_or_create(
        reading=reading,
        feature=feature.value,
        side=_side(by).value,
        defaults={"is_right": is_right, "answered_by_id": by.user_id, "answered_at": now},
    )
    if by.is_provider and is_right:
        answers = document.feature_answers | {feature: FeatureAnswer.YES}
        dated_on = date.fromisoformat(found.value) if feature is Feature.DATED else document.dated_on
        documents.describe(
            document_id=document.pk, kinds=documents.kinds_of(document), features=answers, dated_on=dated_on, by=by,
            now=now,
        )  # fmt: skip


def _side(by: Actor) -> Side:
    return Side.PROVIDER if by.is_provider else Side.INSURER


def _require(document: Document, authorization: AuthorizationRequest, by: Actor) -> None:
    if by.is_provider:
        if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
            raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit document beschrijven.")
        if not documents.may_describe(document, authorization):
            raise NotAllowed("De gegevens van dit document kunt u niet meer wijzigen.")
    elif not queries.reviewable_by(by).filter(pk=authorization.pk).exists() or authorization.status not in OPEN:
        raise NotAllowed("Alleen een medisch adviseur controleert dit document, zolang de aanvraag loopt.")
