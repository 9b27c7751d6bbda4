"""The checklist: which documents a request asks for, what may be absent, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import ChecklistRow, Policy
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer, Indication, Kind, Setting
from kit.terms import Term

STEP = "documenten"


class ItemState(Term):
    """How an item of the checklist stands. Bron: decisions.md, "States and words"."""

    TO_ADD = "to_add", "Nog toevoegen"
    UPLOADING = "uploading", "Bezig met uploaden"
    FAILED = "failed", "Lukt nog niet"
    CHECKING = "checking", "Nog niet gecontroleerd"
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

    `files` are clean, `checking` wait for the virus scanner, `refused` were turned down.
    """

    kind: DocumentKind
    files: int = 0
    uploading: int = 0
    checking: int = 0
    refused: int = 0
    absent_because: str = ""
    statement_signed: bool = False


def checklist(
    policy: Policy, kind: Kind, indication: Indication, setting: Setting, *, without_diagnosis: bool = False
) -> tuple[ChecklistItem, ...]:
    """
    Return the documents that such a request asks for, in the order of the policy.

    With a privacyverklaring (`without_diagnosis`) what carries a diagnosis lapses, or a statement may stand for it.

    Bron: R-15; Z-11, Z-14 to Z-18, Z-21 (Zilveren Kruis, information 1 to 3 and 6); A-31 to A-33 (a.s.r.); R-38.
    """
    items = tuple(_item(row) for row in policy.checklist if row.fits(kind, indication, setting))
    if not without_diagnosis:
        return items
    rule = policy.privacyverklaring
    return tuple(
        replace(item, statement_may_replace=item.statement_may_replace or item.kind in rule.statement)
        for item in items
        if item.kind not in rule.lapses
    )


def state(item: ChecklistItem, answer: Answer | None) -> ItemState:
    """
    Return how the item stands. A given file outweighs a reason for absence; one that wasn't checked counts for nothing.
    """
    if answer is None:
        return ItemState.TO_ADD
    if answer.uploading:
        return ItemState.UPLOADING
    if answer.checking:
        return ItemState.CHECKING
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
    """
    Return what stands in the way of filing, all of it at once.

    What nobody asked for may be left out, but what was given is filed: so every file must have been checked.

    Bron: R-38; features 6 and 17.
    """
    items = tuple(items)
    lacking = missing(items, answers)
    found = [
        _obstacle(item, answers.get(item.kind))
        for item in items
        if item in lacking or state(item, answers.get(item.kind)) is ItemState.CHECKING
    ]
    asked = {item.kind for item in items}
    return found + [_unchecked(kind.label, kind) for kind in answers if kind not in asked and answers[kind].checking]


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
    elif how is ItemState.CHECKING:
        return _unchecked(item.label, item.kind)
    elif how is ItemState.FAILED:
        code, words = "document_refused", f"{item.label}: het bestand is geweigerd. Kies een ander bestand."
    elif item.may_be_absent:
        words += " Heeft u dit document niet? Leg dan uit waarom."
    elif answer is not None and answer.absent_because.strip():
        code, words = "document_indispensable", words + " Zonder dit document kunt u niet indienen."
    return Obstacle(code, words, STEP, item.kind.value)


def _unchecked(label: str, kind: DocumentKind) -> Obstacle:
    words = f"{label}: het bestand wordt nog gecontroleerd op virussen. Wacht even en probeer het dan opnieuw."
    return Obstacle("document_checking", words, STEP, kind.value)
