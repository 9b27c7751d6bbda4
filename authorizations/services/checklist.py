"""What a request asks for, and what the provider gave for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from authorizations import queries
from authorizations.domain import documents as rules
from authorizations.domain.documents import Answer, ChecklistItem, ItemState
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind, Indication, Kind, Origin, Setting
from authorizations.models import AuthorizationRequest, ChecklistAnswer, Document
from authorizations.queries import privacyverklaring as privacy
from papers.domain.states import FileState

SIGNED = ChecklistItem(
    kind=DocumentKind.PRIVACYVERKLARING,
    label=DocumentKind.PRIVACYVERKLARING.label,
    required=True,
    may_be_absent=False,
    statement_may_replace=False,
    why="De patiënt deelt de diagnose niet. Daarvoor ondertekenen de patiënt en u allebei.",
    source="G-06; R-38",
)
OTHER = ChecklistItem(DocumentKind.OVERIG, DocumentKind.OVERIG.label, False, False, False, "", "")


@dataclass(frozen=True)
class Given:
    """An item of the checklist with what the provider gave for it."""

    item: ChecklistItem
    documents: tuple[Document, ...]
    absent_reason: str
    state: ItemState

    @property
    def takes_words(self) -> bool:
        """Whether words may stand in for a document: a reason for its absence, or a statement (feature 18)."""
        return self.item.may_be_absent or self.item.statement_may_replace

    @property
    def is_given(self) -> bool:
        """Whether there is a file here that we kept."""
        return any(not document.file.is_refused for document in self.documents)

    @property
    def is_done(self) -> bool:
        """Whether nothing more is needed here."""
        return self.state in (ItemState.COMPLETE, ItemState.ABSENT)


def items_of(authorization: AuthorizationRequest) -> tuple[ChecklistItem, ...]:
    """
    Return what the policy asks for in this request; while a draft leaves things open, what is asked in any case.

    Bron: Z-11, Z-16, A-31 to A-33; R-38; feature 16.
    """
    policy = queries.policy_of(authorization)
    kind = Kind(authorization.kind)
    indications = [Indication(authorization.indication)] if authorization.indication else list(Indication)
    settings = [Setting(authorization.setting)] if authorization.setting else list(Setting)
    without = authorization.without_diagnosis
    lists = [
        rules.checklist(policy, kind, indication, setting, without_diagnosis=without)
        for indication in indications
        for setting in settings
    ]
    asked = tuple(item for item in lists[0] if all(item in other for other in lists[1:]))
    signed = privacy.in_force(authorization)
    return (SIGNED, *asked) if signed and signed.is_uploaded else asked


def checklist(authorization: AuthorizationRequest) -> list[Given]:
    """
    Return the items of the checklist with their documents, in three queries.

    A document whose item is no longer asked (the indication changed after uploading) stays, under "Ander document".
    """
    items = items_of(authorization)
    if DocumentKind.OVERIG not in {item.kind for item in items}:
        items = (*items, OTHER)
    documents: dict[DocumentKind, list[Document]] = {item.kind: [] for item in items}
    for document in queries.documents_of(authorization):
        for kind in places_of(document, items):
            documents[kind].append(document)
    reasons = {
        DocumentKind(answer.kind): answer.absent_reason
        for answer in ChecklistAnswer.objects.filter(authorization=authorization)
    }
    return [_given(item, documents[item.kind], reasons.get(item.kind, "")) for item in items]


def answers(given: list[Given]) -> dict[DocumentKind, Answer]:
    """Return a checklist as the rules read it."""
    return {row.item.kind: _answer(row.item, row.documents, row.absent_reason) for row in given}


def kinds_of(document: Document) -> set[DocumentKind]:
    """Return which items this document serves."""
    return {DocumentKind(row.kind) for row in document.items.all()}


def places_of(document: Document, items: Collection[ChecklistItem]) -> set[DocumentKind]:
    """Return the items at which a document stands: under "Ander document" when none of its own is asked any more."""
    return kinds_of(document) & {item.kind for item in items} or {DocumentKind.OVERIG}


def room_left(authorization: AuthorizationRequest) -> int:
    """Return how many files may still be added: before and after filing have their own number. Bron: R-39."""
    limits = queries.policy_of(authorization).limits
    present = Document.objects.filter(authorization=authorization, removed_at=None)
    present = present.exclude(file__state=FileState.REFUSED.value)
    if authorization.is_draft:
        return limits.files_at_filing - present.filter(origin=Origin.FILING, replaced_by=None).count()
    # After filing the replaced ones count too: they stay.
    return limits.files_after_filing - present.exclude(origin=Origin.FILING).count()


def why_closed(authorization: AuthorizationRequest) -> str:
    """
    Return why nothing can be added any more, with the way that is open instead; empty when adding is possible.

    Bron: R-21.
    """
    if authorization.is_draft or authorization.is_open:
        return ""
    if authorization.status == Status.WITHDRAWN:
        return "Deze aanvraag is ingetrokken. U kunt er geen documenten meer aan toevoegen. Maak een nieuwe aanvraag."
    return (
        "Over deze aanvraag is al besloten. U kunt er geen documenten meer aan toevoegen. "
        "Bent u het niet eens met het besluit? Stuur ze dan mee met uw verzoek om heroverweging. "
        "Gaat de behandeling langer door? Voeg ze dan toe aan een vervolgaanvraag."
    )


def _given(item: ChecklistItem, documents: list[Document], reason: str) -> Given:
    reason = "" if any(not document.file.is_refused for document in documents) else reason
    return Given(item, tuple(documents), reason, rules.state(item, _answer(item, documents, reason)))


def _answer(item: ChecklistItem, documents: Sequence[Document], reason: str) -> Answer:
    """Return what was given, as the rules read it. Who files signs for a statement along with all the rest."""
    files = [document.file for document in documents]
    return Answer(
        item.kind,
        files=sum(file.is_clean for file in files),
        checking=sum(file.is_waiting for file in files),
        refused=sum(file.is_refused for file in files),
        absent_because=reason,
        statement_signed=item.statement_may_replace and bool(reason),
    )
