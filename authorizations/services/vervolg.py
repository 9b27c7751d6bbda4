"""Begin a vervolgaanvraag from a subtraject that closes or closed, filled in with what the zorgtraject knows."""

import uuid
from datetime import datetime
from typing import Any

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import words
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.subtrajects import DAY, Ground
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, Subtraject, TrajectInsured, Zorgtraject
from authorizations.queries import courses
from authorizations.queries import subtrajects as asked
from authorizations.services import drafts
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.prefill import Start


def begin(*, subtraject_id: int, by: Actor, creation_key: uuid.UUID, now: datetime) -> AuthorizationRequest:
    """
    Begin a draft of the vervolg on this subtraject, or return the one that is being written or judged already.

    It starts on the day after the closing (R-12), or tomorrow when that day has gone by. Without a machtiging in this
    portal the patient and the zorgtraject are filled in, and the earlier number is asked.

    :raises NotAllowed: for who may not, or when the insurer has no policy for that day

    Bron: Z-29; R-12; features 5 and 61.
    """
    row = Subtraject.objects.filter(pk=subtraject_id, zorgtraject__in=asked.kept_by(by)).first()
    if row is None:
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    traject = Zorgtraject.objects.select_related("policy_version").get(pk=row.zorgtraject_id)
    if existing := courses.follow_up_of(by, traject, row.granted):
        return existing
    ends_on = row.closed_on or row.closes_on
    starts_on = max(ends_on, now.astimezone(AMSTERDAM).date()) + DAY
    previous = row.granted.authorization if row.granted else None
    version = (previous or traject).policy_version
    policy_version = queries.policy_version_on(version.slug, starts_on)
    if policy_version is None:
        name = queries.policy(version).insurer.name
        raise NotAllowed(f"Van {name} kennen wij geen beleid dat geldt op {words.day(starts_on)}.")
    start = Start.of(by, kind=Kind.MSR_FOLLOW_UP, planned_start_on=starts_on, previous=previous)
    _take_traject(start, traject, row, by)
    return drafts.create(start, by=by, policy_version=policy_version, creation_key=creation_key, now=now)


def _take_traject(start: Start, traject: Zorgtraject, row: Subtraject, by: Actor) -> None:
    origin = f"zorgtraject {traject.number}"
    if start.previous is None:
        patient = TrajectInsured.objects.get(zorgtraject=traject)
        known: dict[str, Any] = {name: getattr(patient, name) for name in ("bsn", "initials", "surname")}
        if patient.birth_date:
            known["birth_date"] = patient.birth_date.isoformat()
        start.fill("insured", known, origin)
        start.fill("care", {"indication": traject.indication}, origin)
        start.fill("referral", {"diagnosis_code": traject.diagnosis}, origin)
    ended_idle = Ground.IDLE.value in (row.closed_by or row.closes_by)
    minutes = courses.usage(by, traject, None).minutes
    if row.taken_over:
        start.set("follow_up", previous_number=row.taken_over.number)
    facts: dict[str, Any] = {"zorgtrajectnummer": traject.number, "minutes_used": minutes or None}
    if row.closed_on:
        facts["gap_over_42"] = ended_idle
    start.fill("follow_up", facts, origin)
