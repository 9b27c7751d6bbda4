"""Write the letters of a heroverweging: what was asked, what the answer is and why, and where to go with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from authorizations import queries
from authorizations.domain import heroverweging_letters as rules
from authorizations.domain import letters as letter_rules
from authorizations.domain import review
from authorizations.domain.heroverweging import Channel, HeroverwegingOutcome, skgz_until, verdicts_read
from authorizations.domain.heroverweging_letters import AnswerContent
from authorizations.domain.letters import DecisionContent, Signatory
from authorizations.domain.review import Assessment
from authorizations.domain.terms import Addressee, Discipline, LetterKind, Outcome
from authorizations.models import Decision, Heroverweging, RequestLetter
from authorizations.queries import heroverweging as found
from authorizations.services import decisions, letters
from authorizations.services import review as desk
from papers.services import letters as papers
from papers.services import printing

TEMPLATE = "authorizations/letters/heroverweging.html"
NotReady = letters.NotReady


def issue_for(heroverweging: Heroverweging, *, now: datetime) -> list[RequestLetter]:
    """
    Write the answer: one letter for the provider, one for the insured, who gets it by post (R-36).

    :raises NotReady: when a letter would not say all that it must; nothing is written then
    """
    decision = Decision.objects.filter(heroverweging=heroverweging).first()
    kind = LetterKind.REVISED if decision else LetterKind.UPHELD
    authorization, written = heroverweging.authorization, []
    for addressee in Addressee:
        content = _content(heroverweging, _new(heroverweging, decision, addressee, now=now), addressee, now=now)
        if obstacles := rules.obstacles_to_issue(content):
            raise NotReady(obstacles)
        html = render_to_string(TEMPLATE, _context(heroverweging, content))
        letter = papers.create(kind=kind.value, title=_title(heroverweging), html=html, now=now)
        written.append(
            RequestLetter.objects.create(
                authorization=authorization,
                decision=decision or heroverweging.decision,
                heroverweging=heroverweging,
                letter_id=letter.pk,
                kind=kind.value,
                addressee=addressee.value,
            )
        )
        if addressee is Addressee.INSURED:
            printing.add(letter_id=letter.pk, sender_id=authorization.insurer_id, now=now)
    return written


def preview(
    heroverweging: Heroverweging,
    decision: Decision | None,
    choice: decisions.Choice | None,
    assessments: Sequence[Assessment],
    addressee: Addressee,
    *,
    now: datetime,
) -> bytes:
    """Return the PDF that this answer, not saved, would become."""
    new = None
    if decision and choice:
        grant = choice.grant
        granted = letter_rules.care_of(grant) if grant else None
        new = letters.decision_content(
            decision,
            addressee,
            granted=granted,
            hours=dict(grant.hours) if grant else {},
            number=letters.PREVIEW_NUMBER if granted else "",
            decided_on=timezone.localdate(now),
        )
        new = replace(new, criteria=_lines(heroverweging, assessments))
    content = _content(heroverweging, new, addressee, now=now)
    html = render_to_string(TEMPLATE, _context(heroverweging, content))
    return papers.preview(html, title=_title(heroverweging), now=now)


def _new(
    heroverweging: Heroverweging, decision: Decision | None, addressee: Addressee, *, now: datetime
) -> DecisionContent | None:
    """Return what the new decision says; None when the first one stays."""
    if decision is None:
        return None
    grant = decision.granted
    content = letters.decision_content(
        decision,
        addressee,
        granted=letters.care_of(grant),
        hours={Discipline(line.discipline): line.hours for line in grant.hours.all()},
        number=grant.number,
        decided_on=timezone.localdate(now),
    )
    return replace(content, criteria=_lines(heroverweging, verdicts_read(heroverweging.verdicts)))


def _content(
    heroverweging: Heroverweging, new: DecisionContent | None, addressee: Addressee, *, now: datetime
) -> AnswerContent:
    national, first = queries.national(), heroverweging.decision
    answered_on = timezone.localdate(now)
    assert first.final_at and heroverweging.decided_by  # noqa: S101 (only what was decided is looked at again)
    return AnswerContent(
        addressee=addressee,
        reference=heroverweging.authorization.reference,
        ruling=HeroverwegingOutcome(new.kind.value) if new else HeroverwegingOutcome.UPHELD,
        channel=Channel(heroverweging.channel),
        received_on=heroverweging.received_on,
        decided_on=timezone.localdate(first.final_at),
        first_outcome=Outcome(first.outcome),
        answered_on=answered_on,
        motivation=heroverweging.motivation,
        signatory=Signatory(heroverweging.decided_by.full_name, heroverweging.decided_by.big_number),
        skgz=national.skgz_insured if addressee is Addressee.INSURED else national.skgz,
        skgz_until=skgz_until(answered_on),
        documents=tuple(
            f"{paper.get_role_display()}: {paper.document.file.name}"
            for paper in found.clean_papers_of(heroverweging)
            # What the insured wrote to the insurer is not told to the provider.
            if addressee is Addressee.INSURED or heroverweging.channel == Channel.PORTAL
        ),
        new=new,
    )


def _context(heroverweging: Heroverweging, content: AnswerContent) -> dict[str, Any]:
    authorization = heroverweging.authorization
    number = content.new.number if content.new else ""
    return {
        **letters.head(authorization, content.addressee, day=content.answered_on, number=number),
        "answer": content,
        "content": content.new,
        "insured_name": queries.insured_of(authorization).full_name,
        "provider_name": authorization.provider.name,
    }


def _lines(heroverweging: Heroverweging, assessments: Sequence[Assessment]) -> tuple[letter_rules.CriterionLine, ...]:
    criteria = desk.criteria(heroverweging.authorization)
    judged = review.judged(criteria, assessments)
    return tuple(
        letter_rules.CriterionLine(
            title=criterion.title,
            article=criterion.article,
            verdict=judged[criterion.code].verdict,
            motivation=judged[criterion.code].motivation,
            missing_fact=judged[criterion.code].missing_fact,
            leads_to_consent=judged[criterion.code].leads_to_consent,
        )
        for criterion in criteria
        if criterion.code in judged
    )


def _title(heroverweging: Heroverweging) -> str:
    return f"Antwoord op het verzoek om heroverweging ({heroverweging.authorization.reference})"
