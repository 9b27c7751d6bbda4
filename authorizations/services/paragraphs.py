"""Keep the insurer's standard texts for decisions: write one, write it anew, put it in order, stop using it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import paragraphs as rules
from authorizations.domain.paragraphs import Place
from authorizations.models import AuthorizationRequest, PolicyVersion, StandardParagraph
from authorizations.services import lifecycle, review

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
GONE = "Een collega wijzigde deze alinea zojuist. Bekijk haar opnieuw."


def of(actor: Actor) -> QuerySet[StandardParagraph]:
    """Return every version that this insurer ever had, those in use first."""
    found = StandardParagraph.objects.filter(insurer_id=actor.organization_id).select_related("made_by")
    return found.order_by("policy_slug", "place", "order", "number", "-version")


def in_use(authorization: AuthorizationRequest) -> list[StandardParagraph]:
    """Return what an advisor can put into a decision on this request, in the order of the letter and of the insurer."""
    found = StandardParagraph.objects.filter(
        insurer_id=authorization.insurer_id, policy_slug=authorization.policy_version.slug, ended_at=None
    )
    places = list(Place)
    return sorted(found, key=lambda one: (places.index(Place(one.place)), one.order, one.number))


def policies(actor: Actor) -> list[tuple[str, str]]:
    """Return the policies of this insurer: name and title, the newest title of each."""
    versions = PolicyVersion.objects.filter(insurer_id=actor.organization_id).order_by("loaded_at")
    return sorted({version.slug: version.title for version in versions}.items(), key=lambda pair: pair[1])


@transaction.atomic
def write(
    *,
    policy_slug: str,
    place: Place,
    order: int,
    title: str,
    text: str,
    replaces_id: int | None,
    by: Actor,
    now: datetime,
) -> StandardParagraph:
    """
    Write a standard text, or a new version of one: the version that it replaces stays as it is, and is ended.

    :raises Incomplete: naming what it lacks
    :raises NotAllowed: for others than a beheerder of the insurer, for a policy that isn't its own, or when the version
        to replace was replaced meanwhile

    Bron: decisions.md, roles ("policies, catalogue, standard paragraphs").
    """
    _require_keeper(by)
    if policy_slug not in dict(policies(by)):
        raise NotAllowed("Dit beleid is niet van uw verzekeraar.")
    if found := rules.obstacles(title, text):
        raise Incomplete(found)
    old = _end(replaces_id, by=by, now=now) if replaces_id else None
    mine = StandardParagraph.objects.filter(insurer_id=by.organization_id, policy_slug=policy_slug)
    number = old.number if old else (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return StandardParagraph.objects.create(
                insurer_id=by.organization_id,
                policy_slug=old.policy_slug if old else policy_slug,
                number=number,
                version=old.version + 1 if old else 1,
                place=place.value,
                order=order,
                title=title.strip(),
                text=text.strip(),
                made_by_id=by.user_id,
                made_at=now,
            )
    except IntegrityError:
        raise NotAllowed("In een ander venster schreef iemand net ook een alinea. Probeer het opnieuw.") from None


@transaction.atomic
def stop(*, paragraph_id: int, by: Actor, now: datetime) -> None:
    """
    Stop offering this text; every version of it stays.

    :raises NotAllowed: for others than a beheerder, or when it isn't in use any more
    """
    _require_keeper(by)
    _end(paragraph_id, by=by, now=now)


def _end(paragraph_id: int, *, by: Actor, now: datetime) -> StandardParagraph:
    mine = StandardParagraph.objects.filter(insurer_id=by.organization_id, ended_at=None, pk=paragraph_id)
    found = mine.select_for_update().first()
    if found is None:
        raise NotAllowed(GONE)
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    return found


def _require_keeper(by: Actor) -> None:
    if not by.is_insurer or not by.has(Role.BEHEERDER):
        raise NotAllowed("Alleen een beheerder van de verzekeraar kan vaste alinea's wijzigen.")
