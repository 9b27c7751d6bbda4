"""
Correct a decision letter: a new one goes out, the old one stays readable, and the decision is what it was.

Bron: R-21; domain.md section 6 (the letter).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import corrections as rules
from authorizations.domain import words
from authorizations.domain.corrections import Mistake
from authorizations.domain.lifecycle import DECIDED
from authorizations.domain.terms import Addressee
from authorizations.models import AuthorizationRequest, RequestLetter
from authorizations.services import lifecycle, messages, review
from papers.services import letters as papers
from papers.services import printing

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete


def standing(authorization: AuthorizationRequest) -> list[RequestLetter]:
    """Return the decision letters that stand: those that no other took the place of."""
    return list(queries.letters_for(authorization).filter(decision__isnull=False, replaced_by=None))


def require_to_correct(authorization: AuthorizationRequest, by: Actor) -> None:
    """
    Let only a medisch adviseur of the insurer, not at work for the provider, correct the letters of a decision.

    :raises NotAllowed: with the reason
    """
    review.require_advisor(authorization, by)
    if authorization.status not in DECIDED:
        raise NotAllowed("Er is nog geen besluitbrief om te herstellen.")


@transaction.atomic
def correct(
    *,
    authorization_id: int,
    mistakes: Sequence[Mistake],
    because: str,
    seen: Sequence[int],
    by: Actor,
    now: datetime,
) -> list[RequestLetter]:
    """
    Write each letter anew in which these mistakes stand; the insured's goes by post again, the provider gets a mail.

    `seen` names the letters that this person looked at, so that nobody corrects a letter that was corrected meanwhile.

    :raises Incomplete: naming every obstacle
    :raises NotAllowed: before the decision, for who may not, or when a letter was corrected meanwhile
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    require_to_correct(authorization, by)
    letters = standing(authorization)
    if {one.pk for one in letters} != set(seen):
        raise NotAllowed("Een collega herstelde intussen een brief. Kijk eerst naar de nieuwe brief.")
    if found := rules.obstacles([one.letter.html for one in letters], mistakes, because):
        raise Incomplete(found)
    written = [
        _anew(one, mistakes, because=because, by=by, now=now)
        for one in letters
        if rules.changes(one.letter.html, mistakes)
    ]
    lifecycle.record(authorization, "correct", by=by, at=now)
    messages.tell_provider(authorization, "letter_corrected", key=str(written[-1].pk), now=now)
    return written


def look(letter: RequestLetter, mistakes: Sequence[Mistake], *, because: str, now: datetime) -> bytes:
    """
    Return the PDF of the letter as it would go out; nothing is stored.

    :raises Incomplete: naming every obstacle
    """
    letters = [one.letter.html for one in standing(letter.authorization)]
    if found := rules.obstacles(letters, mistakes, because):
        raise Incomplete(found)
    return papers.preview(_text(letter, mistakes, because=because, now=now), title=letter.letter.title, now=now)


def _anew(old: RequestLetter, mistakes: Sequence[Mistake], *, because: str, by: Actor, now: datetime) -> RequestLetter:
    text = _text(old, mistakes, because=because, now=now)
    letter = papers.create(kind=old.letter.kind, title=old.letter.title, html=text, now=now)
    new = RequestLetter.objects.create(
        authorization_id=old.authorization_id,
        decision_id=old.decision_id,
        heroverweging_id=old.heroverweging_id,
        change_id=old.change_id,
        letter_id=letter.pk,
        kind=old.kind,
        addressee=old.addressee,
        replaces=old,
        because=rules.sentence(because),
        corrected_by_id=by.user_id,
        corrected_at=now,
    )
    if new.addressee == Addressee.INSURED:
        printing.take_off(letter_id=old.letter_id)
        printing.add(letter_id=letter.pk, sender_id=old.authorization.insurer_id, now=now)
    return new


def _text(letter: RequestLetter, mistakes: Sequence[Mistake], *, because: str, now: datetime) -> str:
    return rules.corrected(
        letter.letter.html,
        mistakes,
        because=because,
        replaces=words.day(timezone.localdate(letter.letter.created_at)),
        today=words.day(timezone.localdate(now)),
    )
