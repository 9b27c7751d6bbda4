"""Zorgtrajecten as people see them: lists, what comes near its end, and everything of one."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import hours_used, identifiers, kinds, references
from authorizations.domain.lifecycle import CLOSED
from authorizations.domain.terms import Discipline, Kind
from authorizations.models import (
    AuthorizationRequest,
    Grant,
    Insured,
    Subtraject,
    SubtrajectEvent,
    SubtrajectWarning,
    TrajectInsured,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.queries import in_force, traject_numbers
from authorizations.queries.subtrajects import visible_to
from kit.encrypted import fingerprint

MOST_COUNTERPARTS = 200


def listed(actor: Actor, *, number: str = "") -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten that this person may see, the newest first; with a number those that bear or bore it."""
    found = visible_to(actor)
    if number:
        try:
            found = found.filter(traject_numbers.bearing(actor, identifiers.zorgtrajectnummer(number)))
        except ValueError:
            found = found.none()
    # Of the few that are shown, in queries of their own: joined, row-level security would look at every row there is.
    return found.prefetch_related("subtrajects", "dbcs", "insured", "insurer", "provider").order_by("-id")


def near(
    actor: Actor, *, until: date, ground: str = "", indication: str = "", other_id: int | None = None
) -> QuerySet[Subtraject]:
    """
    Return the open subtrajecten that close on or before a day and aren't finished, the first to close first.

    `other_id` is the organisation on the other side.
    """
    found = Subtraject.objects.filter(
        zorgtraject__in=visible_to(actor), closed_on=None, finished_on=None, closes_on__lte=until
    )
    if ground:
        found = found.filter(closes_by__contains=ground)
    if indication:
        found = found.filter(zorgtraject__indication=indication)
    if other_id:
        side = "insurer_id" if actor.is_provider else "provider_id"
        found = found.filter(**{f"zorgtraject__{side}": other_id})
    return found.prefetch_related(
        "zorgtraject__insured", "zorgtraject__insurer", "zorgtraject__provider", "granted__authorization"
    ).order_by("closes_on", "id")


def near_count(actor: Actor, *, today: date, days: int) -> int:
    """Return how many subtrajecten close within so many days."""
    return near(actor, until=today + timedelta(days=days)).count()


def counterparts(actor: Actor) -> list[tuple[int, str]]:
    """Return the organisations on the other side of the zorgtrajecten that this person may see."""
    side = "insurer" if actor.is_provider else "provider"
    names = visible_to(actor).order_by(f"{side}__name", side).values_list(side, f"{side}__name").distinct()
    return list(names[:MOST_COUNTERPARTS])


# -- one zorgtraject -------------------------------------------------------------------------------------------------


def whole(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten that this person may see, with whom they are of and for."""
    return visible_to(actor).select_related("provider", "insurer", "policy_version", "insured", "registered_by")


def rows(traject: Zorgtraject) -> list[Subtraject]:
    """Return the subtrajecten in order, with the machtiging of each."""
    found = Subtraject.objects.filter(zorgtraject=traject).order_by("opened_on", "id")
    return list(found.select_related("granted__authorization", "taken_over").prefetch_related("granted__hours"))


def everything_done(traject: Zorgtraject) -> list[Zorgactiviteit]:
    """Return the activities, also those that were removed or replaced, in the order in which they were performed."""
    found = Zorgactiviteit.objects.filter(zorgtraject=traject).order_by("performed_on", "id")
    return list(found.select_related("registered_by", "removed_by", "replaced_by"))


def history(traject: Zorgtraject) -> list[SubtrajectEvent]:
    """Return what happened, oldest first."""
    return list(SubtrajectEvent.objects.filter(zorgtraject=traject).select_related("by").order_by("at", "id"))


def warnings(traject: Zorgtraject, actor: Actor) -> list[SubtrajectWarning]:
    """Return the warnings that this organisation got, the last first."""
    found = SubtrajectWarning.objects.filter(
        subtraject__zorgtraject=traject, organization_id=actor.organization_id
    ).order_by("-at", "ground", "days")
    return list(found.select_related("subtraject"))


def of_request(actor: Actor, authorization: AuthorizationRequest) -> list[Zorgtraject]:
    """Return the zorgtrajecten under the machtiging that this request led to."""
    under = Subtraject.objects.filter(granted__authorization=authorization).values("zorgtraject_id")
    return list(visible_to(actor).filter(pk__in=under).order_by("id"))


def known_otherwise(actor: Actor, bsn: str, birth_date: date) -> bool:
    """Tell whether the own organisation knows somebody with this BSN who was born on another day, and on no other."""
    of_bsn = {"bsn_hash": fingerprint(bsn, "bsn"), "birth_date__isnull": False}
    filed = Insured.objects.filter(authorization__in=queries.with_content_for(actor), **of_bsn)
    treated = TrajectInsured.objects.filter(zorgtraject__in=visible_to(actor), **of_bsn)
    known = {*filed.values_list("birth_date", flat=True), *treated.values_list("birth_date", flat=True)}
    return bool(known) and birth_date not in known


def of_insured(actor: Actor, authorization: AuthorizationRequest) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten of this insured, for care as is asked, that this person may see, the newest first."""
    bsn_hash = queries.insured_of(authorization).bsn_hash
    # By the index first: joined, row-level security would look at the insured of every zorgtraject.
    of_them = TrajectInsured.objects.filter(bsn_hash=bsn_hash).values_list("zorgtraject_id", flat=True)
    found = visible_to(actor).filter(pk__in=list(of_them) if bsn_hash else [])
    # Who judges rehabilitation needn't know of care in the GGZ, and the other way about.
    row = kinds.of(Kind(authorization.kind))
    found = found.filter(indication__in=row.indications)
    parts = "subtrajects" if row.in_subtrajects else "dbcs"
    return found.prefetch_related(parts, "insured", "provider").order_by("-id")


def follow_up_of(actor: Actor, traject: Zorgtraject, granted: Grant | None) -> AuthorizationRequest | None:
    """
    Return the vervolgaanvraag on this machtiging that is being written or judged, the last.

    Without a machtiging in this portal: the one for the same insured at the same insurer.
    """
    found = queries.visible_to(actor).exclude(status__in=CLOSED)
    if granted:
        found = found.filter(previous_id=granted.authorization_id)
    else:
        bsn_hash = traject.insured.bsn_hash
        if not bsn_hash:
            return None
        of_them = Insured.objects.filter(bsn_hash=bsn_hash).values_list("authorization_id", flat=True)
        found = found.filter(
            pk__in=list(of_them), kind=Kind.MSR_FOLLOW_UP.value, insurer_id=traject.insurer_id, previous=None
        )
    return found.order_by("-created_at", "-id").first()


def grants_of(actor: Actor, traject: Zorgtraject) -> list[Grant]:
    """Return the machtigingen of the own organisation for this patient at this insurer, the newest first."""
    of_patient = {
        "authorization__insurer_id": traject.insurer_id,
        "authorization__insured__bsn_hash": traject.insured.bsn_hash,
    }
    return list(queries.grants(actor).filter(**of_patient)[:MOST_COUNTERPARTS])


def grant_numbered(actor: Actor, number: str) -> Grant | None:
    """
    Return the machtiging of the own organisation with this number, of itself or of its request.

    One that another took the place of is found by its own number only: it held for what was done before.
    """
    number = references.normalise(number)
    own = Grant.objects.filter(authorization__in=queries.with_content_for(actor), number=number)
    return own.first() or queries.grants(actor).filter(authorization__reference=number).first()


def grants_over(rows: Iterable[Subtraject]) -> list[Grant]:
    """Return the machtigingen over these subtrajecten, each once, in their order: as they hold now."""
    return in_force.newest(row.granted.authorization_id for row in rows if row.granted)


def usages(
    actor: Actor, traject: Zorgtraject, rows: Iterable[Subtraject]
) -> list[tuple[Grant | None, hours_used.Usage]]:
    """Return each machtiging of a zorgtraject with the hours used; without any, what was done altogether."""
    over: Sequence[Grant | None] = grants_over(rows) or [None]
    return [(grant, usage(actor, traject, grant)) for grant in over]


def usage(actor: Actor, traject: Zorgtraject, grant: Grant | None) -> hours_used.Usage:
    """
    Return the hours used under a machtiging, in every zorgtraject under it; without one, those of this zorgtraject.

    What was done under one that this took the place of counts along: it was granted on the same request.

    Bron: Z-20; R-17 (hours are granted per machtiging, whatever the institution calls its zorgtrajecten).
    """
    found = Zorgactiviteit.objects.filter(zorgtraject=traject, removed_at=None)
    granted: list[tuple[Discipline, Decimal]] = []
    if grant:
        row = "zorgtraject__subtrajects__"
        open_or_before = Q(**{f"{row}closed_on": None}) | Q(performed_on__lte=F(f"{row}closed_on"))
        # In one filter, so that all of it is said of the same subtraject.
        found = Zorgactiviteit.objects.filter(
            open_or_before,
            zorgtraject__in=visible_to(actor),
            removed_at=None,
            performed_on__gte=F(f"{row}opened_on"),
            **{f"{row}granted__authorization": grant.authorization_id},
        )
        granted = [(Discipline(line.discipline), line.hours) for line in grant.hours.all()]
    done = found.order_by("pk").values_list("code", "discipline", "units")
    return hours_used.used(((code, Discipline(discipline), units) for code, discipline, units in done), granted)
