"""The checklist: which documents a request asks for, what may be absent, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import ChecklistRow, Policy
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer, Indication, Kind, Setting, Term

STEP = "documenten"


class ItemState(Term):
    """How an item of the checklist stands. Bron: decisions.md, "States and words"."""

    TO_ADD = "to_add", "Nog toevoegen"
    UPLOADING = "uploading", "Bezig met uploaden"
    FAILED = "failed", "Lukt nog niet"
    COMPLETE = "complete", "Compleet"
    ABSENT = "absent", "Niet beschikbaar"


@dataclass(frozen=True)
class ChecklistItem:
    """A document that this request asks for, or that may be added."""

    kind: DocumentKind
    label: str
    required: bool
    may_be_absent: bool
    statement_may_replace: bool
    why: str
    source: str
    contains: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()


@dataclass(frozen=True)
class Answer:
    """
    What the provider has given for an item: files by how far they are, or why there is none.

    `files` are received whole (scanned or still waiting for the scanner), `refused` were turned down.
    """

    kind: DocumentKind
    files: int = 0
    uploading: int = 0
    refused: int = 0
    absent_because: str = ""
    statement_signed: bool = False


def checklist(policy: Policy, kind: Kind, indication: Indication, setting: Setting) -> tuple[ChecklistItem, ...]:
    """
    Return the documents that such a request asks for, in the order of the policy.

    Bron: Z-11, Z-14 to Z-18, Z-21 (Zilveren Kruis, information 1 to 3 and 6); A-31 to A-33 (a.s.r.); R-38.
    """
    return tuple(_item(row) for row in policy.checklist if row.fits(kind, indication, setting))


def state(item: ChecklistItem, answer: Answer | None) -> ItemState:
    """Return how the item stands. A given file outweighs a reason for absence."""
    if answer is None:
        return ItemState.TO_ADD
    if answer.uploading:
        return ItemState.UPLOADING
    if answer.files or (answer.statement_signed and item.statement_may_replace):
        return ItemState.COMPLETE
    if answer.refused:
        return ItemState.FAILED
    if answer.absent_because.strip() and (item.may_be_absent or not item.required):
        return ItemState.ABSENT
    return ItemState.TO_ADD


def missing(items: Iterable[ChecklistItem], answers: Mapping[DocumentKind, Answer]) -> tuple[ChecklistItem, ...]:
    """
    Return the required items that have neither a file nor an accepted reason.

    Bron: R-18 (a document absent with a reason counts as complete); R-38; feature 17.
    """
    done = {ItemState.COMPLETE, ItemState.ABSENT}
    return tuple(item for item in items if item.required and state(item, answers.get(item.kind)) not in done)


def obstacles(items: Iterable[ChecklistItem], answers: Mapping[DocumentKind, Answer]) -> list[Obstacle]:
    """Return what stands in the way of filing, all of it at once. Bron: R-38; features 6 and 17."""
    items = tuple(items)
    lacking = missing(items, answers)
    return [_obstacle(item, answers.get(item.kind)) for item in items if item in lacking]


def absent(items: Iterable[ChecklistItem], answers: Mapping[DocumentKind, Answer]) -> tuple[ChecklistItem, ...]:
    """Return the required items that are absent with a reason: a signal for the reviewer. Bron: R-38."""
    return tuple(item for item in items if item.required and state(item, answers.get(item.kind)) is ItemState.ABSENT)


def lacking_features(item: ChecklistItem, answers: Mapping[Feature, FeatureAnswer]) -> tuple[Feature, ...]:
    """
    Return what the document doesn't carry, according to whoever looked: a signal, never an obstacle.

    Bron: Z-21 (Zilveren Kruis, information 6); R-31.
    """
    return tuple(feature for feature in item.features if answers.get(feature) is FeatureAnswer.NO)


def _item(row: ChecklistRow) -> ChecklistItem:
    return ChecklistItem(
        kind=row.document,
        label=row.label or row.document.label,
        required=row.required,
        may_be_absent=row.may_be_absent,
        statement_may_replace=row.statement_may_replace,
        why=row.why,
        source=row.source,
        contains=row.contains,
        features=row.features,
    )


def _obstacle(item: ChecklistItem, answer: Answer | None) -> Obstacle:
    how = state(item, answer)
    code, words = "document_missing", f"Voeg toe: {item.label}."
    if how is ItemState.UPLOADING:
        code, words = "document_uploading", f"{item.label}: wacht tot het uploaden klaar is."
    elif how is ItemState.FAILED:
        code, words = "document_refused", f"{item.label}: het bestand is geweigerd. Kies een ander bestand."
    elif item.may_be_absent:
        words += " Heeft u dit document niet? Leg dan uit waarom."
    elif answer is not None and answer.absent_because.strip():
        code, words = "document_indispensable", words + " Zonder dit document kunt u niet indienen."
    return Obstacle(code, words, STEP, item.kind.value)
