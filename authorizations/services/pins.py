"""
Mark places in documents as proof for a criterion.

The provider does it in what is still its own: a draft, and what was added later until somebody judged it. The medisch
adviseur does it while judging. What was marked goes out of neither hand: one side never changes what the other marked.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import pins as rules
from authorizations.domain import review as criteria_rules
from authorizations.domain.pins import Place, Region, Side
from authorizations.domain.terms import DocumentKind, Indication
from authorizations.models import AuthorizationRequest, Document, EvidencePin
from authorizations.queries.pins import pins_of
from authorizations.services import documents, lifecycle, review
from authorizations.services.second_opinion import shows_verdicts
from kit import text

NotAllowed = lifecycle.NotAllowed


def criteria(authorization: AuthorizationRequest) -> tuple[criteria_rules.Criterion, ...]:
    """Return the criteria that a place may prove; none while nobody chose the indication."""
    return review.criteria(authorization) if authorization.indication in list(Indication) else ()


def seen_by(authorization: AuthorizationRequest, actor: Actor) -> QuerySet[EvidencePin]:
    """
    Return the places that this person may see.

    What an advisor marks is part of weighing until there is a decision: like a verdict it may still change, and it
    would tell which way it goes. So the provider doesn't see it yet, and neither does a colleague who may be asked for
    a blind opinion. The letter cites it; from then on the provider must be able to look it up. Bron: R-19.
    """
    found = pins_of(authorization)
    weighed = authorization.is_decided if actor.is_provider else shows_verdicts(authorization, to=actor)
    return found if weighed else found.exclude(side=Side.INSURER.value)


def may_mark(document: Document, authorization: AuthorizationRequest, *, by: Actor) -> bool:
    """Tell whether this person may mark something in this document now."""
    try:
        _require(document, authorization, by)
    except NotAllowed:
        return False
    return document.file.is_clean


@transaction.atomic
def mark(
    *, document_id: int, criterion: str, page: int, region: Region, note: str = "", by: Actor, now: datetime
) -> EvidencePin:
    """
    Mark a part of a page for a criterion. The same place twice is one; the newest note stands.

    :raises NotAllowed: when this document isn't this person's to mark, or there is no such page or criterion
    """
    document, authorization = _to_mark(document_id, by)
    if not document.file.is_clean:
        raise NotAllowed("Dit bestand is nog niet gecontroleerd. Zolang dat zo is, kan niemand er iets in markeren.")
    if criterion not in {one.code for one in criteria(authorization)}:
        raise NotAllowed("Dit criterium hoort niet bij deze aanvraag.")
    if not 1 <= page <= (document.file.page_count or 0):
        raise NotAllowed("Deze pagina bestaat niet.")
    side = _side(by)
    if pins_of(authorization).filter(side=side.value).count() >= rules.MOST:
        raise NotAllowed(f"U kunt hoogstens {rules.MOST} plaatsen markeren. Verwijder er eerst een.")
    pin, _ = EvidencePin.objects.update_or_create(
        document=document,
        side=side.value,
        criterion=criterion,
        page=page,
        **EvidencePin.columns(region),
        defaults={"note": text.storable(note).strip(), "made_by_id": by.user_id, "made_at": now},
    )
    return pin


@transaction.atomic
def remove(*, pin_id: int, by: Actor) -> None:
    """
    Take a mark away; a second time does nothing.

    :raises NotAllowed: when it is the other side's, or the document isn't this person's to mark any more
    """
    pin = EvidencePin.objects.filter(pk=pin_id).first()
    if pin is None:
        return
    _to_mark(pin.document_id, by)
    if pin.side != _side(by).value:
        raise NotAllowed("Deze plaats heeft de andere kant gemarkeerd. U kunt haar niet verwijderen.")
    pin.delete()


@transaction.atomic
def adopt(*, pin_id: int, by: Actor, now: datetime) -> EvidencePin:
    """
    Take over what the provider marked, so that the letter cites it.

    :raises NotAllowed: as `mark` does
    """
    pin = EvidencePin.objects.get(pk=pin_id)
    return mark(document_id=pin.document_id, criterion=pin.criterion, page=pin.page, region=pin.region, by=by, now=now)


def cited(authorization: AuthorizationRequest) -> dict[str, tuple[str, ...]]:
    """Return per criterion the places that the letter names: those of the insurer, on whose judgement it rests."""
    by_criterion: dict[str, list[Place]] = {}
    for pin in pins_of(authorization).filter(side=Side.INSURER.value):
        by_criterion.setdefault(pin.criterion, []).append(Place(name_of(pin.document), pin.page))
    return {criterion: rules.cited(places) for criterion, places in by_criterion.items()}


def name_of(document: Document) -> str:
    """Return how a letter calls a document: what it is and its file, as in the list of what we used."""
    kinds: Iterable[str] = (DocumentKind(item.kind).label for item in document.items.all())
    older = ", oudere versie" if hasattr(document, "replaced_by") else ""
    return f"{', '.join(kinds) or DocumentKind.OVERIG.label} ({document.file.name}{older})"


def _side(by: Actor) -> Side:
    return Side.PROVIDER if by.is_provider else Side.INSURER


def _to_mark(document_id: int, by: Actor) -> tuple[Document, AuthorizationRequest]:
    authorization_id = Document.objects.values_list("authorization_id", flat=True).get(pk=document_id)
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    document = Document.objects.select_related("file", "replaced_by").get(pk=document_id)
    _require(document, authorization, by)
    return document, authorization


def _require(document: Document, authorization: AuthorizationRequest, by: Actor) -> None:
    if document.removed_at:
        raise NotAllowed("Dit document is verwijderd.")
    if by.is_provider:
        if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
            raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit document aanvullen.")
        if not documents.may_describe(document, authorization):
            raise NotAllowed("Dit document is al ingediend. U kunt er niets meer in markeren.")
        return
    review.require_own(authorization, by)
    if authorization.status not in review.JUDGED_IN:
        raise NotAllowed(f"U kunt nu niets markeren. De status is: {authorization.get_status_display().lower()}.")
