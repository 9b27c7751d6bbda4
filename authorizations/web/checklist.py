"""The documents of a request on a page: what was posted, and what the page shows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain import documents as rules
from authorizations.domain.documents import ChecklistItem, ItemState
from authorizations.domain.terms import DocumentKind, Feature
from authorizations.models import AuthorizationRequest, Document
from authorizations.services import documents, drafts, readings
from authorizations.services.documents import Given
from authorizations.web.forms.documents import Absent, Describe

BADGES = {
    ItemState.TO_ADD: "neutral",
    ItemState.UPLOADING: "active",
    ItemState.CHECKING: "active",
    ItemState.FAILED: "danger",
    ItemState.COMPLETE: "ok",
    ItemState.ABSENT: "neutral",
}
Refusal = tuple[str, str]
"""The name of a file and why we don't take it."""


@dataclass
class FileRow:
    """A document as it stands in a list: once with its form, at other items with a reference to that one."""

    document: Document
    describe: Describe | None = None
    lacking: tuple[Feature, ...] = ()
    first_at: str = ""
    already: str = ""
    proposals: list[readings.Proposal] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)

    @property
    def lacking_words(self) -> str:
        """What the document doesn't carry, within a sentence."""
        labels = (feature.label for feature in self.lacking)
        return ", ".join(label if label[:2].isupper() else label.lower() for label in labels)


@dataclass(frozen=True)
class Added:
    """A document that came in; `already` says so when the very same file was there under whatever name."""

    document: Document
    already: str = ""


@dataclass
class ItemRow:
    """An item of the checklist on the page."""

    given: Given
    files: list[FileRow]
    absent: Absent | None
    refused: list[Refusal] = field(default_factory=list)

    @property
    def state(self) -> ItemState:
        """How the item stands, a file that was refused just now included."""
        return ItemState.FAILED if self.refused and not self.given.is_done else self.given.state

    @property
    def badge(self) -> str:
        """The colour of the state."""
        return BADGES[self.state]


class Posted:
    """
    What became of a posted page. Each part is kept on its own: what was refused stays beside where it was chosen,
    with what was typed, and costs the rest nothing.
    """

    def __init__(self, request: HttpRequest, authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
        self.request, self.authorization, self.by, self.now = request, authorization, by, now
        self.refused: dict[str, list[Refusal]] = {}
        self.describing: dict[int, Describe] = {}
        self.explaining: dict[DocumentKind, Absent] = {}
        self.now_shown: dict[str, str] = {}
        self.problems: list[dict[str, str]] = []

    def problem(self, message: str, href: str = "") -> None:
        """Add a line to the summary above the page."""
        self.problems.append({"message": message, "href": href})

    def describe(self, given: list[Given], *, typing: bool = False) -> None:
        """Keep what was said of each document whose form was on the page; `typing`: what can be read of it."""
        shown = {number(text) for text in self.request.POST.getlist("beschreven")}
        items = [row.item for row in given]
        for document in each(given):
            if document.pk not in shown or not documents.may_describe(document, self.authorization):
                continue
            form = Describe(self.request.POST, document=document, items=items, today=timezone.localdate(self.now))
            is_valid = form.is_valid()
            if typing:
                self.now_shown |= form.now_shown
            if is_valid or typing:
                values = form.typing() if typing else form.values()
                if not typing or form.has_changed():
                    documents.describe(document_id=document.pk, by=self.by, now=self.now, **values)
            if is_valid:
                continue
            self.describing[document.pk] = form
            for name, errors in form.errors.items():
                self.problem(f"{document.file.name}: {errors[0]}", f"#id_{form.prefix}-{name}_0")

    def answer(self) -> None:
        """Keep whether what we read in a document is right: the button says which, and what of it."""
        document_id, _, feature = self.request.POST.get("klopt", self.request.POST.get("kloptniet", "")).partition(" ")
        wanted = number(document_id)
        document = self.authorization.documents.filter(pk=wanted, removed_at=None).first() if wanted else None
        if document is None or feature not in list(Feature):
            return
        try:
            readings.answer(
                document_id=document.pk, feature=Feature(feature), is_right="klopt" in self.request.POST, by=self.by,
                now=self.now,
            )  # fmt: skip
        except readings.NotAllowed as refusal:
            self.problem(str(refusal))

    def explain(self, given: list[Given]) -> None:
        """Keep why documents aren't there."""
        for row in given:
            kind = row.item.kind
            form = Absent(self.request.POST, item=row.item)
            if not row.takes_words or form.add_prefix("reason") not in self.request.POST:
                continue
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                documents.explain_absence(
                    authorization_id=self.authorization.pk, kind=kind, reason=reason, by=self.by, now=self.now
                )
                continue
            self.explaining[kind] = form
            self.problem(f"{row.item.label}: {form.errors['reason'][0]}", f"#id_{form.prefix}-reason")

    def receive(self, name: str, *, at: str = "", **where: object) -> None:
        """Take in the files of this input one by one; `at` is where those that are refused are shown."""
        chosen = self.request.FILES.getlist(name)
        added, refused = receive(self.authorization, chosen, by=self.by, now=self.now, **where)  # type: ignore[arg-type]
        for one in added:
            if one.already:
                messages.info(self.request, one.already)
        if refused:
            self.refused.setdefault(at, []).extend(refused)
        for _, reason in refused:
            self.problem(reason, f"#{name}")

    def remove(self, given: list[Given]) -> None:
        """Take the document out whose button was pressed, from the item where that button stands."""
        wanted = self.request.POST.get("verwijder")
        for row in given:
            for document in row.documents:
                if f"{document.pk} {row.item.kind.value}" == wanted:
                    left = documents.remove(document_id=document.pk, kind=row.item.kind, by=self.by, now=self.now)
                    messages.success(
                        self.request, _removed(document, row.item, [one.item for one in given if one.item.kind in left])
                    )


def receive(
    authorization: AuthorizationRequest,
    chosen: Iterable[UploadedFile],
    *,
    by: Actor,
    now: datetime,
    kinds: Collection[DocumentKind] = (),
    question_id: int | None = None,
    replaces_id: int | None = None,
) -> tuple[list[Added], list[Refusal]]:
    """Take in files one by one; return the documents, and which files were refused and why: none costs the others."""
    added, refused = [], []
    for file in chosen:
        name = file.name or "Bestand"
        try:
            document = documents.add(
                authorization_id=authorization.pk,
                stream=file,  # type: ignore[arg-type]
                name=name,
                size=file.size,
                kinds=kinds,
                by=by,
                now=now,
                question_id=question_id,
                replaces_id=replaces_id,
            )
        except (documents.Refused, documents.NotAllowed) as refusal:
            refused.append((name, str(refusal)))
        else:
            added.append(Added(document, _already(document, name)))
    return added, refused


def _removed(document: Document, at: ChecklistItem, left: list[ChecklistItem]) -> str:
    if not left:
        return f"{document.file.name} is verwijderd."
    places = " en ".join(item.label for item in left)
    return f"{document.file.name} staat niet meer bij {at.label}. Het bestand blijft staan bij {places}."


def _already(document: Document, chosen: str) -> str:
    if not document.was_there:
        return ""
    if document.file.name == chosen:
        return f"{chosen} staat er al."
    return f"{chosen}: dit bestand staat er al als {document.file.name}."


def each(given: list[Given]) -> list[Document]:
    """Return every document of a checklist once."""
    return list({document.pk: document for row in given for document in row.documents}.values())


def rows(given: list[Given], *, today_of: datetime, posted: Posted | None = None) -> list[ItemRow]:
    """Return the items as the page shows them; a file that serves several has its form at the first."""
    items = [row.item for row in given]
    first_at: dict[int, str] = {}
    made = []
    for row in given:
        files = []
        for document in row.documents:
            lacking = rules.lacking_features(row.item, document.feature_answers)
            if document.pk in first_at:
                files.append(FileRow(document, None, lacking, first_at[document.pk]))
            else:
                first_at[document.pk] = row.item.label
                files.append(FileRow(document, form_of(document, items, posted, today_of=today_of), lacking))
        absent = None
        if row.takes_words and not row.is_given:
            explained = posted.explaining.get(row.item.kind) if posted else None
            absent = explained or Absent(item=row.item, reason=row.absent_reason)
        made.append(ItemRow(row, files, absent, posted.refused.get(row.item.kind.value, []) if posted else []))
    return made


def with_proposals(shown: Iterable[FileRow], authorization: AuthorizationRequest, *, by: Actor) -> None:
    """Put beside each document that has its form here what its text seems to say, and where that differs."""
    described = {row.document.pk: row for row in shown if row.describe}
    found = readings.proposals((row.document for row in described.values()), by=by)
    if not found:
        return
    application = drafts.application_of(authorization)
    for pk, proposals in found.items():
        described[pk].proposals = proposals
        described[pk].contradictions = readings.contradictions(described[pk].document, proposals, application)


def form_of(
    document: Document, items: Collection[ChecklistItem], posted: Posted | None = None, *, today_of: datetime
) -> Describe:
    """Return the form about a document, as it was typed when that was refused."""
    kept = posted.describing.get(document.pk) if posted else None
    return kept or Describe(document=document, items=items, today=timezone.localdate(today_of))


def progress(given: list[Given]) -> dict[str, object]:
    """Return how far the checklist is: only what is asked counts."""
    counted = [row for row in given if row.item.required]
    done = sum(row.is_done for row in counted)
    return {"done": done, "total": len(counted), "meter": f"{done} van {len(counted)} documenten compleet"}


def wanted_features(given: list[Given]) -> list[Feature]:
    """Return what the documents of this request should carry."""
    wanted = {feature for row in given for feature in row.item.features}
    return [feature for feature in Feature if feature in wanted]


def number(text: str | None) -> int | None:
    """Return the number that an address or a button names, None when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
