"""Write the letters about a change of a machtiging: what was asked, what holds now and why, and where to go with it."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from authorizations import queries
from authorizations.domain.application import in_unit
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import last_day_for_heroverweging
from authorizations.domain.terms import Addressee, Discipline, LetterKind
from authorizations.models import Decision, GrantChange, RequestLetter
from authorizations.services import letters
from papers.services import letters as papers
from papers.services import printing

TEMPLATE = "authorizations/letters/grant_change.html"


def issue_for(decision: Decision, change: GrantChange, *, now: datetime) -> None:
    """
    Write the decision: one letter for the provider, one for the insured, who gets it by post (R-36).

    :raises NotReady: when a letter would not say all that it must; nothing is written then
    """
    authorization = change.authorization
    policy, national = queries.policy_of(authorization), queries.national()
    grant, today = getattr(decision, "granted", None), timezone.localdate(now)
    signatories = [one for one in (decision.proposed_by, decision.confirmed_by) if one]
    if not all(one.big_number for one in signatories):
        raise letters.NotReady([Obstacle("signatory_without_big", "Het BIG-nummer van de medisch adviseur ontbreekt.")])
    unit = policy.asks.time_unit
    for addressee in Addressee:
        number = grant.number if grant else ""
        context = {
            **letters.head(authorization, addressee, day=today, number=number),
            "addressee": addressee.value,
            "decision": decision,
            "change": change,
            "grant": grant,
            "unit": unit,
            "hours": [
                (Discipline(line.discipline).label, in_unit(line.hours, unit))
                for line in (grant.hours.all() if grant else ())
            ],
            "signatories": signatories,
            "insured_name": queries.insured_of(authorization).full_name,
            "provider_name": authorization.provider.name,
            "reference": authorization.reference,
            "way": letters.Reconsideration(
                how=policy.heroverweging.how,
                address=policy.heroverweging.address,
                answer_days=policy.heroverweging.answer_days,
                last_day=last_day_for_heroverweging(policy, today),
                skgz=national.skgz_insured if addressee is Addressee.INSURED else national.skgz,
            ),
        }
        title = f"Besluit over de wijziging van machtiging {change.held_number} ({authorization.reference})"
        letter = papers.create(
            kind=LetterKind.CHANGED.value, title=title, html=render_to_string(TEMPLATE, context), now=now
        )
        RequestLetter.objects.create(
            authorization=authorization,
            decision=decision,
            change=change,
            letter_id=letter.pk,
            kind=LetterKind.CHANGED.value,
            addressee=addressee.value,
        )
        if addressee is Addressee.INSURED:
            printing.add(letter_id=letter.pk, sender_id=authorization.insurer_id, now=now)
