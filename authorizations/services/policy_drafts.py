"""Write the next version of a policy, and publish it from a day on. What was published never changes."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import policy as policies
from authorizations.domain import policy_text, words
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.models import PolicyDraft, PolicyVersion
from authorizations.queries import policy_drafts as asked
from authorizations.services.lifecycle import NotAllowed, Stale
from kit import text as texts


@dataclass(frozen=True)
class Publication:
    """From which day a draft holds, and as which version."""

    version: str
    valid_from: date


def require_keeper(by: Actor) -> None:
    """
    Let only who keeps the policies of an insurer go on.

    :raises NotAllowed: for everybody else

    Bron: decisions.md, "Who may do what" (policies, catalogue, standard paragraphs).
    """
    if not by.is_insurer or Role.BEHEERDER not in by.roles:
        raise NotAllowed("Alleen een beheerder van de verzekeraar wijzigt het beleid.")


@transaction.atomic
def begin(*, version_id: int, by: Actor, now: datetime) -> PolicyDraft:
    """
    Begin the next version from this one; when one is being written already, that is it.

    :raises NotAllowed: for who isn't beheerder here, or for a policy of another insurer
    """
    require_keeper(by)
    version = asked.versions_of(by).filter(pk=version_id).first()
    if version is None:
        raise NotAllowed("Dit beleid is niet van uw organisatie.")
    draft, _ = PolicyDraft.objects.get_or_create(
        slug=version.slug,
        published=None,
        defaults={
            "insurer_id": by.organization_id,
            "based_on": version,
            "text": policy_text.write(queries.policy(version)),
            "made_by_id": by.user_id,
            "made_at": now,
            "edited_by_id": by.user_id,
            "edited_at": now,
        },
    )
    return draft


@transaction.atomic
def save(*, draft_id: int, text: str, version: int, by: Actor, now: datetime) -> PolicyDraft:
    """
    Keep the text, also when it isn't a whole policy yet.

    :raises Stale: when somebody else saved it in the meantime
    :raises NotAllowed: for who isn't beheerder here, or after publishing
    """
    draft = _to_change(draft_id, by)
    if draft.version != version:
        raise Stale("Iemand anders heeft dit concept intussen bewaard. Bekijk dat eerst. Uw tekst staat hieronder.")
    text = texts.storable(text.replace("\r\n", "\n"))
    if text != draft.text:
        draft.text, draft.version = text, draft.version + 1
        draft.edited_by_id, draft.edited_at = by.user_id, now
        draft.save(update_fields=["text", "version", "edited_by", "edited_at"])
    return draft


@transaction.atomic
def discard(*, draft_id: int, by: Actor) -> None:
    """Remove a draft with its replays. :raises NotAllowed: for who isn't beheerder here, or after publishing"""
    _to_change(draft_id, by).delete()


def obstacles(draft: PolicyDraft, publication: Publication, *, today: date) -> list[Obstacle]:
    """
    Return why this draft can't be published so.

    A version holds from its first day until the day before the next one begins (`queries.policy_version_on`): so no day
    has two versions and none is without, as long as each begins later than the one before. Bron: R-01.
    """
    try:
        policy = policy_text.read(draft.text)
    except policy_text.Wrong as wrong:
        return [Obstacle("policy_unreadable", str(wrong))]
    found = _same_policy(draft, policy)
    newest = asked.newest(draft.slug)
    known = queries.policy_versions_of(draft.slug).filter(version=publication.version)
    if known.exists():
        message = f"Versie {publication.version} is er al. Kies een andere naam voor deze versie."
        found.append(Obstacle("version_known", message, field="versie"))
    if publication.valid_from < today:
        message = "Kies vandaag of een latere dag. Over wat voorbij is, is al besloten."
        found.append(Obstacle("begins_in_the_past", message, field="vanaf"))
    if newest and newest.valid_from and publication.valid_from <= newest.valid_from:
        message = f"Versie {newest.version} begint op {words.day(newest.valid_from)}. Kies een latere dag."
        found.append(Obstacle("begins_too_early", message, field="vanaf"))
    if newest and newest.valid_until and publication.valid_from > newest.valid_until + timedelta(days=1):
        message = (
            f"Versie {newest.version} houdt op na {words.day(newest.valid_until)}. Kies uiterlijk de dag erna, "
            "anders is er een tijd geen beleid."
        )
        found.append(Obstacle("leaves_a_hole", message, field="vanaf"))
    return found


@transaction.atomic
def publish(*, draft_id: int, publication: Publication, version: int, by: Actor, now: datetime) -> PolicyVersion:
    """
    Make a version of the draft as it was shown at `version`; it holds for care that begins from its first day on.

    :raises Stale: when somebody else saved it in the meantime
    :raises NotAllowed: when something stands in the way; it names all of it
    """
    draft = _to_change(draft_id, by)
    if draft.version != version:
        raise Stale("Iemand anders heeft dit concept intussen bewaard. Bekijk het eerst, en publiceer dan.")
    found = obstacles(draft, publication, today=now.astimezone(AMSTERDAM).date())
    if found:
        raise NotAllowed(" ".join(obstacle.message for obstacle in found))
    policy = replace(
        policy_text.read(draft.text), version=publication.version, valid_from=publication.valid_from, valid_until=None
    )
    body = policies.body(policy)
    draft.published = PolicyVersion.objects.create(
        slug=draft.slug,
        version=policy.version,
        title=policy.title,
        insurer_id=draft.insurer_id,
        valid_from=policy.valid_from,
        body=body,
        sha256=hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
        loaded_at=now,
    )
    draft.published_by_id, draft.published_at = by.user_id, now
    draft.save(update_fields=["published", "published_by", "published_at"])
    return draft.published


def _same_policy(draft: PolicyDraft, policy: Policy) -> list[Obstacle]:
    """A version is one of the same policy of the same insurer: what identifies it stays."""
    base = queries.policy(draft.based_on)
    return [
        Obstacle("policy_is_another", f"{name}: dit hoort {was} te blijven. Zet het terug.")
        for name, was, now in (
            ("slug", draft.slug, policy.slug),
            ("insurer.name", base.insurer.name, policy.insurer.name),
            ("insurer.uzovi", base.insurer.uzovi or "leeg", policy.insurer.uzovi or "leeg"),
        )
        if was != now
    ]


def _to_change(draft_id: int, by: Actor) -> PolicyDraft:
    require_keeper(by)
    draft = asked.drafts_of(by).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise NotAllowed("Dit concept is er niet meer.")
    if draft.published_id:
        raise NotAllowed("Dit concept is al gepubliceerd. Begin een nieuw concept.")
    return draft
