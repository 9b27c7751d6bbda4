"""
What may be asked about requests. Every look-up of a person begins at `visible_to` or `reviewable_by`.

A request of another organisation is simply not there: the door answers 404.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Upper

from accounts.domain.actors import Actor
from accounts.domain.roles import DESK, Role
from authorizations.domain import kinds, references
from authorizations.domain import policy as policies
from authorizations.domain.lifecycle import CLOSED, OPEN, Status
from authorizations.domain.terms import Origin
from authorizations.models import (
    AuthorizationRequest,
    CounterQuestion,
    Decision,
    Document,
    Grant,
    InformationItem,
    InformationRequest,
    Insured,
    PolicyVersion,
    RequestLetter,
    Statement,
    TermPause,
)
from authorizations.queries import overlapping
from kit.encrypted import fingerprint
from papers.domain.states import FileState

MEDICAL_ROLES = frozenset({Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.MEDISCH_ADVISEUR})
ADMINISTRATIVE_ROLES = frozenset({Role.MEDEWERKER, Role.COORDINATOR, Role.ORGANISATIEBEHEERDER})
FILING_ROLES = frozenset({Role.INDIENER, Role.BEHANDELAAR})
STAFF_ROLES = frozenset(DESK)
AFTERWARDS = (Origin.HEROVERWEGING.value, Origin.CHANGE.value)
"""Where documents come from that were never part of what was decided first. Bron: R-21."""
INSURER_ACTS = ~Q(status=Status.WAITING_FOR_PROVIDER) | Q(has_counter=True)
"""Of open requests, as `marking_counter_questions` gives them: those on which the insurer must act. Bron: R-20."""


# -- who may see what ------------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """
    Return the requests whose status, term and codes this person may see: those of the own organisation.

    An insurer never sees a draft. Bron: decisions.md, "Who may do what".
    """
    if not actor.roles & (MEDICAL_ROLES | ADMINISTRATIVE_ROLES):
        return AuthorizationRequest.objects.none()
    if actor.is_provider:
        return AuthorizationRequest.objects.filter(provider_id=actor.organization_id)
    return AuthorizationRequest.objects.filter(insurer_id=actor.organization_id).exclude(status=Status.DRAFT)


def with_content_for(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the requests of which this person may see diagnosis, documents and motivation. Bron: decisions.md."""
    if not actor.roles & MEDICAL_ROLES:
        return AuthorizationRequest.objects.none()
    return visible_to(actor)


def fillable_by(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """
    Return the requests that this person may fill in, add to, answer for or withdraw.

    Staff of an insurer: what came by post, until it is filed. Bron: decisions.md, "paper only".
    """
    if actor.is_insurer and actor.roles & STAFF_ROLES:
        return AuthorizationRequest.objects.filter(provider_id=actor.organization_id, status=Status.DRAFT)
    if not actor.is_provider or not actor.roles & FILING_ROLES:
        return AuthorizationRequest.objects.none()
    return visible_to(actor)


def reviewable_by(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the requests that this medisch adviseur may judge: not those of an institution worked for."""
    if not actor.is_insurer or Role.MEDISCH_ADVISEUR not in actor.roles:
        return AuthorizationRequest.objects.none()
    return visible_to(actor).exclude(provider_id__in=actor.works_for)


def can_see_content(actor: Actor) -> bool:
    """Tell whether this person may see diagnosis, documents and motivation at all."""
    return bool(actor.roles & MEDICAL_ROLES)


# -- lists -----------------------------------------------------------------------------------------------------------


def drafts(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the drafts of the organisation, last edited first."""
    return visible_to(actor).filter(status=Status.DRAFT).order_by("-edited_at", "-id")


def waiting_for_provider(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the requests with a question to the provider, oldest first."""
    return visible_to(actor).filter(status=Status.WAITING_FOR_PROVIDER).order_by("submitted_at", "id")


def under_review(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the filed requests on which the insurer must act."""
    return visible_to(actor).filter(status__in=OPEN - {Status.WAITING_FOR_PROVIDER}).order_by("submitted_at", "id")


def closed(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the decided and withdrawn requests, newest first."""
    return visible_to(actor).filter(status__in=CLOSED).order_by("-closed_at", "-id")


def queue(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """
    Return the open requests of the insurer, the least time left first; those whose term rests come last.

    Bron: R-18; features 38 and 41.
    """
    return visible_to(actor).filter(status__in=OPEN).order_by("due_on", "id")


def marking_counter_questions(requests: QuerySet[AuthorizationRequest]) -> QuerySet[AuthorizationRequest]:
    """Return the requests with `has_counter`: whether the provider waits for a reply to a question back. Bron: R-20."""
    unanswered = CounterQuestion.objects.filter(
        item__information_request__authorization=OuterRef("pk"), replied_at=None
    )
    return requests.annotate(has_counter=Exists(unanswered))


def search(requests: QuerySet[AuthorizationRequest], text: str) -> QuerySet[AuthorizationRequest]:
    """
    Narrow to one reference, or else to the insured whose surname holds these letters.

    One or the other, never both at once: so that each uses its own index.
    """
    text = text.replace("\x00", "").strip()[:120]
    if not text:
        return requests
    by_reference = requests.filter(reference=references.normalise(text))
    if references.is_valid(text) and by_reference.exists():
        return by_reference
    return requests.annotate(surname_upper=Upper("insured__surname")).filter(surname_upper__contains=text.upper())


def with_reference(requests: QuerySet[AuthorizationRequest], text: str) -> str | None:
    """Return the reference of the request of which this is the whole number, or that of its machtiging; else None."""
    if not references.is_valid(text):
        return None
    number = references.normalise(text)
    by = "reference" if number.startswith(references.REQUEST_PREFIX) else "grants__number"
    return requests.filter(**{by: number}).values_list("reference", flat=True).first()


# -- one request -----------------------------------------------------------------------------------------------------


def authorization_to_change(*, authorization_id: int) -> AuthorizationRequest:
    """Lock one request until the end of the transaction and return it as it is now."""
    return AuthorizationRequest.objects.select_for_update(of=("self",)).get(pk=authorization_id)


def insured_of(authorization: AuthorizationRequest) -> Insured:
    """Return the insured of this request; an empty one in a fresh draft."""
    insured = Insured.objects.filter(authorization=authorization).first()
    return insured or Insured(authorization=authorization)


def open_requests_alike(authorization: AuthorizationRequest, *, bsn: str) -> QuerySet[AuthorizationRequest]:
    """
    Return other open requests of this provider for the same insured and indication in an overlapping period.

    Bron: features.md row 8.
    """
    alike = AuthorizationRequest.objects.filter(
        overlapping.overlaps(authorization),
        provider_id=authorization.on_paper_for_id or authorization.provider_id,
        insurer_id=authorization.insurer_id,
        insured__bsn_hash=fingerprint(bsn, "bsn"),
        indication=authorization.indication,
        status__in=OPEN | {Status.DRAFT},
    ).exclude(pk=authorization.pk)
    return alike.order_by("created_at", "id") if bsn else alike.none()


def earlier_of_insured(authorization: AuthorizationRequest) -> QuerySet[AuthorizationRequest]:
    """Return earlier decided requests at this insurer for the same insured, newest first."""
    bsn_hash = insured_of(authorization).bsn_hash
    earlier = AuthorizationRequest.objects.filter(
        insurer_id=authorization.insurer_id, insured__bsn_hash=bsn_hash, status__in=CLOSED
    ).exclude(pk=authorization.pk)
    return earlier.order_by("-closed_at", "-id") if bsn_hash else earlier.none()


def grant_of(authorization_id: int) -> Grant | None:
    """Return the machtiging that this request led to, with its hours: the newest, when one took another's place."""
    found = Grant.objects.filter(authorization_id=authorization_id).prefetch_related("hours")
    return found.order_by("-pk").first()


def grants(actor: Actor) -> QuerySet[Grant]:
    """
    Return the machtigingen of the own organisation for care in subtrajecten, the newest first.

    A vervolg starts from one of them.
    """
    mine = with_content_for(actor).filter(kind__in=kinds.IN_SUBTRAJECTS)
    return (
        Grant.objects.filter(authorization__in=mine, replaced_by=None)
        # Of the few that are shown: joined, row-level security would look at the request and the insured of every one.
        .prefetch_related("authorization__insurer", "authorization__insured")
        .order_by("-starts_on", "-id")
    )


def last_with_revalidatiearts(provider_id: int, alike: Collection[str]) -> AuthorizationRequest | None:
    """
    Return the request of these kinds in which this provider named last who answers for it: what was filed is in order.

    What stands in a draft may be half a number.
    """
    filed = AuthorizationRequest.objects.filter(provider_id=provider_id, kind__in=alike, submitted_at__isnull=False)
    return filed.order_by("-submitted_at", "-id").first()


def pauses(authorization: AuthorizationRequest) -> QuerySet[TermPause]:
    """Return the intervals in which the term rested, oldest first."""
    return TermPause.objects.filter(authorization=authorization).order_by("started_at", "id")


def documents_of(authorization: AuthorizationRequest) -> QuerySet[Document]:
    """Return the documents of the request itself that stand now: not removed, not replaced by a newer version."""
    return (
        Document.objects.filter(authorization=authorization, removed_at=None, replaced_by=None)
        .exclude(origin__in=AFTERWARDS)
        .select_related("file", "added_by", "verdict_by", "question", "replaced_by")
        .prefetch_related("items")
        .order_by("added_at", "id")
    )


def clean_documents_of(authorization: AuthorizationRequest) -> QuerySet[Document]:
    """Return the documents that stand now and that people can read."""
    return documents_of(authorization).filter(file__state=FileState.CLEAN.value)


def every_document_of(authorization: AuthorizationRequest) -> QuerySet[Document]:
    """Return the documents that were ever part of what was filed, older versions too; not what a draft lost."""
    return (
        Document.objects.filter(authorization=authorization, removed_at=None)
        .select_related("file", "replaced_by")
        .prefetch_related("items")
        .order_by("added_at", "id")
    )


def documents_to_settle() -> QuerySet[Document]:
    """Return the documents whose file was judged after their provider had gone on; see `services.scanned`."""
    return Document.objects.filter(file__scanned_at__isnull=False, file__owner_told_at=None).order_by("pk")


def open_information_request(authorization: AuthorizationRequest) -> InformationRequest | None:
    """Return the round of questions that is open at the provider, if there is one."""
    return (
        InformationRequest.objects.filter(authorization=authorization, closed_at=None)
        .prefetch_related("items__counter_questions", "items__documents")
        .first()
    )


def unanswered_items(authorization: AuthorizationRequest) -> QuerySet[InformationItem]:
    """Return the questions of the open round that still lack an answer."""
    return InformationItem.objects.filter(
        information_request__authorization=authorization, information_request__closed_at=None, answered_at=None
    ).order_by("number")


def open_counter_questions(authorization: AuthorizationRequest) -> QuerySet[CounterQuestion]:
    """Return the provider's questions back that nobody replied to yet. Bron: R-20."""
    return CounterQuestion.objects.filter(
        item__information_request__authorization=authorization, replied_at=None
    ).order_by("asked_at", "id")


def counter_questions(authorization: AuthorizationRequest) -> QuerySet[CounterQuestion]:
    """Return all questions back about this request, with the question they are about."""
    return CounterQuestion.objects.filter(item__information_request__authorization=authorization).select_related("item")


def questions_of(authorization: AuthorizationRequest) -> QuerySet[InformationItem]:
    """Return all questions that were asked about this request."""
    return InformationItem.objects.filter(information_request__authorization=authorization)


def current_decision(authorization: AuthorizationRequest) -> Decision | None:
    """Return the decision or the proposal that lies with the second advisor."""
    return (
        Decision.objects.filter(authorization=authorization, returned_at=None, heroverweging=None, change=None)
        .select_related("proposed_by", "confirmed_by")
        .first()
    )


def returned_proposal(authorization: AuthorizationRequest) -> Decision | None:
    """Return the last proposal that a second advisor handed back, with the reason."""
    returned = Decision.objects.filter(authorization=authorization, returned_at__isnull=False)
    return returned.select_related("returned_by").order_by("-returned_at", "-id").first()


def letters_for(authorization: AuthorizationRequest) -> QuerySet[RequestLetter]:
    """Return the letters of this request, oldest first."""
    found = RequestLetter.objects.filter(authorization=authorization)
    return found.select_related("letter", "replaced_by__letter").order_by("id")


def letters_of(authorization_ids: Iterable[int]) -> dict[int, list[RequestLetter]]:
    """Return the decision letters that stand per request, for a list: not those that another took the place of."""
    found: dict[int, list[RequestLetter]] = {}
    letters = RequestLetter.objects.filter(
        authorization__in=authorization_ids, decision__isnull=False, replaced_by=None
    )
    for letter in letters.select_related("letter").order_by("id"):
        found.setdefault(letter.authorization_id, []).append(letter)
    return found


def requests_of_letters(letter_ids: list[int]) -> dict[int, str]:
    """Return the reference of the request that each of these letters belongs to."""
    found = RequestLetter.objects.filter(letter_id__in=letter_ids)
    return dict(found.values_list("letter_id", "authorization__reference"))


# -- policies --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _parsed(version_id: int, sha256: str) -> policies.Policy:
    # A version is never changed, so that what was parsed once stays true; the fingerprint guards it all the same.
    return policies.load(PolicyVersion.objects.get(pk=version_id, sha256=sha256).body)


def policy(version: PolicyVersion) -> policies.Policy:
    """Return a policy version as values for the rules."""
    return _parsed(version.pk, version.sha256)


def policy_of(authorization: AuthorizationRequest) -> policies.Policy:
    """Return the policy under which this request is judged."""
    return policy(authorization.policy_version)


def policy_versions_on(day: date) -> QuerySet[PolicyVersion]:
    """Return the insurers' policies that are valid on this day, newest version per slug first."""
    return (
        PolicyVersion.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
            insurer__isnull=False,
        )
        .select_related("insurer")
        .order_by("slug", F("valid_from").desc(nulls_last=True), "-loaded_at")
        .distinct("slug")
    )


def policy_version_on(slug: str, day: date) -> PolicyVersion | None:
    """Return the version of this policy that is valid on this day, the newest when there are several."""
    return policy_versions_on(day).filter(slug=slug).first()


def policy_versions_of(slug: str) -> QuerySet[PolicyVersion]:
    """Return every version of one policy, newest first."""
    return PolicyVersion.objects.filter(slug=slug).select_related("insurer").order_by("-valid_from", "-loaded_at")


def statements() -> QuerySet[Statement]:
    """Return what the portal said of who needs no machtiging; a number opens it for anybody."""
    return Statement.objects.select_related("policy_version__insurer")


@lru_cache(maxsize=8)
def _parsed_national(version_id: int, sha256: str) -> policies.National:
    return policies.load_national(PolicyVersion.objects.get(pk=version_id, sha256=sha256).body)


def national() -> policies.National:
    """
    Return the newest national layer (R-01): the standpunten of the Zorginstituut with their dates.

    :raises PolicyVersion.DoesNotExist: when no policies were loaded; `manage.py load_policies` does that
    """
    version = PolicyVersion.objects.filter(slug=policies.NATIONAL).order_by("-loaded_at").first()
    if version is None:
        raise PolicyVersion.DoesNotExist("Er is nog geen beleid geladen. Doe eerst: python manage.py load_policies.")
    return _parsed_national(version.pk, version.sha256)
