"""Files and documents, all invented, and requests to hang them on."""

import io
import itertools
import zipfile
from datetime import date
from typing import Any

import pikepdf
from PIL import Image

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain.documents import ItemState
from authorizations.domain.lifecycle import Status
from authorizations.domain.pins import REGIONS, Part, Side
from authorizations.domain.terms import DocumentKind, Indication, Setting
from authorizations.models import AuthorizationRequest, Document, EvidencePin, InformationRequest, StatusEvent
from authorizations.services import documents, questions
from tests.factories import authorizations as make

NOW = make.FILED_AT
_seed = itertools.count(1)


def pdf(pages: int = 1, seed: str = "", password: str = "") -> bytes:
    """Return a small PDF; another seed is another file."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = seed or f"proef {next(_seed)}"
        made = io.BytesIO()
        document.save(made, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return made.getvalue()


def picture(kind: str = "png") -> bytes:
    """Return a small picture, each time another."""
    made = io.BytesIO()
    Image.new("RGB", (40, 60), (next(_seed) % 256, 120, 120)).save(made, kind)
    return made.getvalue()


def word() -> bytes:
    """Return what a Word file looks like."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            file.writestr(name, "<?xml version='1.0'?><x/>")
    return made.getvalue()


def draft(by: Actor, insurer: Organization, **columns: Any) -> AuthorizationRequest:
    """Return a draft for chronic pain, poliklinisch, of this person's organisation."""
    columns = {
        "indication": Indication.CHRONIC_PAIN.value,
        "setting": Setting.OUTPATIENT.value,
        "planned_start_on": date(2026, 12, 14),
        **columns,
    }
    return make.drafted(accounts.organization(by.organization_id), insurer, accounts.user(by.user_id), **columns)


def filed(by: Actor, insurer: Organization, status: Status = Status.SUBMITTED, **columns: Any) -> AuthorizationRequest:
    """Return a filed request of this person's organisation, with the event of filing it."""
    user = accounts.user(by.user_id)
    if status is Status.WAITING_FOR_PROVIDER:
        columns = {"due_on": None, **columns}
    authorization = make.filed(accounts.organization(by.organization_id), insurer, user, status, **columns)
    StatusEvent.objects.create(
        authorization=authorization,
        move="submit",
        status=Status.SUBMITTED.value,
        by=user,
        at=authorization.submitted_at,
    )
    return authorization


def asked(by: Actor, insurer: Organization, adviseur: Actor, *, number: int = 2) -> InformationRequest:
    """Return a round of questions about a request of this person's organisation."""
    make.national()
    authorization = filed(
        by, insurer, Status.IN_REVIEW, assigned_to=accounts.user(adviseur.user_id), assigned_at=NOW, due_on=None
    )
    items = [
        questions.Question(
            criterion="c2a",
            what=f"Het eindverslag van de fysiotherapeut ontbreekt ({count}).",
            why="Zonder verslag zien wij niet of de eerste lijn voldoende is geprobeerd.",
            leads_to_consent="Een verslag met het aantal behandelingen, de periode en het resultaat.",
            due_on=date(2026, 11, 27),
            document_kind=DocumentKind.BEHANDELVERSLAG_LICHAMELIJK,
        )
        for count in range(1, number + 1)
    ]
    return questions.ask(authorization_id=authorization.pk, items=items, by=adviseur, now=NOW)


def states(authorization: AuthorizationRequest) -> dict[DocumentKind, ItemState]:
    """Return how far each item of the checklist is."""
    return {row.item.kind: row.state for row in documents.checklist(authorization)}


def added(
    authorization: AuthorizationRequest,
    by: Actor,
    *kinds: DocumentKind,
    content: bytes = b"",
    name: str = "brief.pdf",
    **fields: Any,
) -> Document:
    """Return a document that this person added."""
    content = content or pdf()
    given = fields.pop("kinds", kinds or (DocumentKind.VERWIJSBRIEF,))
    return documents.add(
        authorization_id=authorization.pk,
        stream=io.BytesIO(content),
        name=name,
        size=len(content),
        kinds=given,
        by=by,
        now=fields.pop("now", NOW),
        **fields,
    )


def pinned(authorization: AuthorizationRequest) -> EvidencePin | None:
    """Mark the first page of the first document of a request, as its provider; None without documents."""
    document = authorization.documents.order_by("pk").first()
    whole = {"page": 1, **EvidencePin.columns(REGIONS[Part.WHOLE])}
    by = {"side": Side.PROVIDER.value, "made_at": NOW, "criterion": "c1"}
    return document and EvidencePin.objects.create(document=document, made_by=document.added_by, **by, **whole)
