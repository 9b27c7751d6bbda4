"""What may be asked about how long requests are kept, and what the access log writes down of them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, TruncDate

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import policy as policies
from authorizations.domain.lifecycle import CLOSED, Status
from authorizations.domain.retention import Kept
from authorizations.models import (
    AuthorizationRequest,
    Dbc,
    Declaration,
    Document,
    LegalHold,
    PolicyVersion,
    RequestLetter,
    RetentionReport,
    Subtraject,
    TakenOver,
    Zorgtraject,
)

KEEPERS = frozenset({Role.COORDINATOR, Role.BEHEERDER})


def kept_by(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the requests that this person may hold back from deletion: those of the own insurer. R-39."""
    if not actor.is_insurer or not actor.has(*KEEPERS):
        return AuthorizationRequest.objects.none()
    return AuthorizationRequest.objects.filter(insurer_id=actor.organization_id).exclude(status=Status.DRAFT)


def kept_longest(
    version: PolicyVersion, kept: Kept, limits: policies.Limits, *, today: date
) -> QuerySet[AuthorizationRequest]:
    """Return the requests of which data of this class may have been kept long enough, and that aren't held."""
    held = LegalHold.objects.filter(authorization=OuterRef("pk"), lifted_at=None)
    requests = AuthorizationRequest.objects.filter(~Exists(held), policy_version=version)
    requests = requests.select_related("provider", "insurer").order_by("pk")
    if kept is Kept.DRAFT:
        before = today - timedelta(days=limits.draft_kept_days)
        return requests.filter(status=Status.DRAFT, edited_at__date__lte=before)
    years = limits.files_kept_years if kept is Kept.FILES else limits.decision_kept_years
    requests = requests.filter(status__in=CLOSED, closed_at__date__lte=today - timedelta(days=365 * years))
    if kept is Kept.FILES:
        requests = requests.filter(Exists(Document.objects.filter(authorization=OuterRef("pk"))))
    return requests


def trajects_kept_longest(version: PolicyVersion, limits: policies.Limits, *, today: date) -> QuerySet[Any]:
    """Return the zorgtrajecten, with their `ended_on`, that may have been kept long enough and aren't open or held."""
    held = LegalHold.objects.filter(authorization__grants__subtrajects__zorgtraject=OuterRef("pk"), lifted_at=None)
    unclosed = Subtraject.objects.filter(zorgtraject=OuterRef("pk"), closed_on=None)
    open_dbc = Dbc.objects.filter(zorgtraject=OuterRef("pk"), closed_on=None, removed_at=None)
    # What was declared for it goes first, and by a term of its own.
    declared = Declaration.objects.filter(zorgtraject=OuterRef("pk"))
    nothing_open = ~Exists(unclosed) & ~Exists(open_dbc) & ~Exists(declared)
    return (
        Zorgtraject.objects.filter(~Exists(held), nothing_open, policy_version=version)
        .annotate(ended_on=Coalesce(Max("subtrajects__closed_on"), Max("dbcs__closed_on"), TruncDate("registered_at")))
        .filter(ended_on__lte=today - timedelta(days=365 * limits.decision_kept_years))
        .select_related("insurer")
        .order_by("pk")
    )


def taken_over_kept_longest(version: PolicyVersion, limits: policies.Limits, *, today: date) -> QuerySet[TakenOver]:
    """Return the machtigingen of other insurers that may have been kept long enough, and that nothing falls under."""
    before = today - timedelta(days=365 * limits.decision_kept_years)
    found = TakenOver.objects.filter(policy_version=version, ends_on__lte=before, subtrajects=None)
    return found.select_related("insurer").order_by("pk")


def holds(actor: Actor) -> QuerySet[LegalHold]:
    """Return the requests of the own insurer that are or were held, the last first."""
    return (
        LegalHold.objects.filter(authorization__in=kept_by(actor))
        .select_related("authorization", "placed_by", "lifted_by")
        .order_by(F("lifted_at").desc(nulls_first=True), "-placed_at", "-id")
    )


def retention_reports(actor: Actor) -> QuerySet[RetentionReport]:
    """Return what was deleted of the own organisation, the last first."""
    if not actor.is_insurer or not actor.has(*KEEPERS):
        return RetentionReport.objects.none()
    return (
        RetentionReport.objects.filter(organization_id=actor.organization_id)
        .select_related("run")
        .order_by("-run__started_at", "kept")
    )


def named_for_log(
    references: Collection[str] = (),
    *,
    letters: Iterable[int] = (),
    files: Iterable[int] = (),
    seen_at: int | None = None,
) -> QuerySet[AuthorizationRequest, dict[str, Any]]:
    """
    Return what the access log writes down of these requests, whoever asks: of a refusal it must know whose it was.

    With one request and an organisation, `same_name` tells whether a colleague there bears the surname of the insured.
    """
    by_letter = RequestLetter.objects.filter(letter_id__in=list(letters)).values("authorization_id")
    by_file = Document.objects.filter(file_id__in=list(files)).values("authorization_id")
    found = AuthorizationRequest.objects.filter(Q(reference__in=references) | Q(pk__in=by_letter) | Q(pk__in=by_file))
    columns = ["pk", "reference", "provider_id", "insurer_id", "submitted_at", "insured__bsn_hash"]
    if seen_at is not None and len(references) == 1:
        surname = Concat(Value(" "), OuterRef("insured__surname"))
        namesakes = accounts.active_memberships().filter(organization_id=seen_at, user__full_name__iendswith=surname)
        found = found.annotate(same_name=Exists(namesakes))
        columns.append("same_name")
    return found.order_by("pk").values(*columns)
