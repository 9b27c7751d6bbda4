"""Note when a medisch adviseur is away, and bring work back before its term is in danger."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.dateformat import format as dated

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from audit.domain.events import Kind
from audit.services import recording
from authorizations.domain import absence as rules
from authorizations.domain import deadlines
from authorizations.domain.absence import Why
from authorizations.models import Absence, AuthorizationRequest
from authorizations.queries import absences as queries
from authorizations.services import lifecycle, messages, review

NotAllowed = lifecycle.NotAllowed
DAY = "j F Y"
LONGEST = 366
"""Days. Whoever is away longer is noted again, or no longer is a medisch adviseur here."""


def note(*, user_id: int, first_day: date, last_day: date, by: Actor, now: datetime) -> Absence:
    """
    Note that this medisch adviseur is away on these days, the first and the last included.

    :raises NotAllowed: for somebody else's absence by who is no coordinator, for days that have gone, are in the wrong
        order or overlap, and for who is no medisch adviseur here
    """
    _require(user_id, by)
    if not accounts.people_with(by.organization_id, Role.MEDISCH_ADVISEUR).filter(pk=user_id).exists():
        raise NotAllowed("Deze persoon is geen medisch adviseur van deze verzekeraar.")
    if last_day < first_day:
        raise NotAllowed("De laatste dag ligt voor de eerste. Controleer de datums.")
    if last_day < now.astimezone(deadlines.AMSTERDAM).date():
        raise NotAllowed("Deze dagen zijn al voorbij. Leg vast wanneer iemand er niet zal zijn.")
    if (last_day - first_day).days >= LONGEST:
        raise NotAllowed("Leg hoogstens een jaar tegelijk vast.")
    try:
        with transaction.atomic():
            return Absence.objects.create(
                user_id=user_id, organization_id=by.organization_id, first_day=first_day, last_day=last_day,
                noted_by_id=by.user_id, noted_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("Voor (een deel van) deze dagen is al afwezigheid vastgelegd. Haal die eerst weg.") from None


def end(*, absence_id: int, by: Actor) -> None:
    """
    Take an absence away: this person is there (again). One that is gone already is no mistake.

    :raises NotAllowed: for somebody else's absence by who is no coordinator
    """
    absence = Absence.objects.filter(pk=absence_id, organization_id=by.organization_id).first()
    if absence:
        _require(absence.user_id, by)
        absence.delete()


def bring_back(*, now: datetime) -> int:
    """
    Put back what can't wait for whoever has it, and tell the coordinators; return how many requests came back.

    Each on its own, so that this may stop at any place and run as often as it likes. It never decides anything.

    Bron: feature 43; R-18.
    """
    today = now.astimezone(deadlines.AMSTERDAM).date()
    back: dict[int, int] = {}
    for insurer_id, user_id, holder in queries.holders(today=today):
        found = rules.what_returns(holder, today=today)
        if found is None:
            continue
        lying = queries.lying_with(insurer_id, user_id, due_until=found.due_until)
        why = f"Afwezig tot en met {dated(holder.away_until, DAY)}" if holder.away_until else found.why.label
        if found.why is Why.UNSEEN:
            why = f"{found.why.label} sinds {dated(holder.last_seen, DAY)}"
        for pk in list(lying.values_list("pk", flat=True)):
            if _bring_back(pk, user_id, why, now=now):
                back[insurer_id] = back.get(insurer_id, 0) + 1
    for insurer_id, number in back.items():
        messages.tell_of_returned(insurer_id, number, key=now.isoformat(), now=now)
    return sum(back.values())


@transaction.atomic
def _bring_back(authorization_id: int, user_id: int, why: str, *, now: datetime) -> bool:
    authorization = (
        AuthorizationRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=authorization_id, assigned_to=user_id, status__in=queries.RETURNS_IN)
        .select_related("assigned_to")
        .first()
    )
    if authorization is None or authorization.assigned_to is None:
        return False
    review.put_back(authorization, by=None, now=now, note=f"Lag bij {authorization.assigned_to.full_name}. {why}.")
    recording.by_the_portal(Kind.WORK_RETURNED, references=[authorization.reference])
    return True


def _require(user_id: int, by: Actor) -> None:
    if not by.is_insurer or not (by.has(Role.COORDINATOR) or (user_id == by.user_id and by.has(Role.MEDISCH_ADVISEUR))):
        raise NotAllowed("Alleen een coördinator legt vast wanneer een ander er niet is.")
