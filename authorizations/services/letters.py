"""
Write the letters of a request: the receipt, and the decision to the provider and to the insured.

The text is frozen in the transaction that decides; the worker of papers makes the PDF. A preview takes the same way.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from accounts import queries as accounts
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import kinds, review
from authorizations.domain import letters as rules
from authorizations.domain import policy as policies
from authorizations.domain.application import Application
from authorizations.domain.contact import ContactSubject, in_letter
from authorizations.domain.letters import Care, CriterionLine, DecisionContent, Hours, Reconsideration, Signatory
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy, TimeUnit
from authorizations.domain.terms import (
    Addressee,
    Discipline,
    DocumentKind,
    Indication,
    Kind,
    LetterKind,
    Outcome,
    Setting,
    Verdict,
)
from authorizations.models import AuthorizationRequest, CriterionAssessment, Decision, Grant, RequestLetter
from authorizations.services import content as contents
from authorizations.services import pins
from papers.services import letters as papers
from papers.services import printing

TITLES = {
    LetterKind.RECEIPT: "Ontvangstbevestiging",
    LetterKind.GRANTED: "Besluit: machtiging toegekend",
    LetterKind.PARTLY_GRANTED: "Besluit: machtiging gedeeltelijk toegekend",
    LetterKind.DENIED: "Besluit: machtiging afgewezen",
}
PREVIEW_NUMBER = "volgt bij het besluit"


class NotReady(Exception):
    """The letter lacks something that it must say; `obstacles` names all of it."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = obstacles


def issue_receipt(authorization: AuthorizationRequest, *, now: datetime) -> RequestLetter:
    """Write the receipt of exactly what was sent, with the fingerprint of each file. Bron: feature 9."""
    html = render_to_string("authorizations/letters/receipt.html", _receipt(authorization))
    letter = _write(authorization, LetterKind.RECEIPT, Addressee.PROVIDER, html, decision=None, now=now)
    if goes_by_post(authorization, Addressee.PROVIDER):
        printing.add(letter_id=letter.letter_id, sender_id=authorization.insurer_id, now=now)
    return letter


def issue_for(decision: Decision, *, now: datetime) -> list[RequestLetter]:
    """
    Write the decision letters: one for the provider, one for the insured, who gets it by post (R-36).

    :raises NotReady: when a letter would not say all that it must; nothing is written then
    """
    grant = Grant.objects.filter(decision=decision).first()
    written = []
    for addressee in Addressee:
        content = decision_content(
            decision,
            addressee,
            granted=care_of(grant) if grant else None,
            hours={Discipline(line.discipline): line.hours for line in grant.hours.all()} if grant else {},
            number=grant.number if grant else "",
            decided_on=timezone.localdate(now),
        )
        if obstacles := rules.obstacles_to_issue(content):
            raise NotReady(obstacles)
        letter = _write(
            decision.authorization,
            content.kind,
            addressee,
            _decision_html(decision, content),
            decision=decision,
            now=now,
        )
        if goes_by_post(decision.authorization, addressee):
            printing.add(letter_id=letter.letter_id, sender_id=decision.authorization.insurer_id, now=now)
        written.append(letter)
    return written


def goes_by_post(authorization: AuthorizationRequest, addressee: Addressee) -> bool:
    """Say whether a letter goes by post: to the insured, and to an institution where nobody has an account. R-36."""
    if addressee is Addressee.INSURED:
        return True
    return not accounts.people_with(authorization.provider_id, *queries.MEDICAL_ROLES).exists()


def preview(
    decision: Decision,
    addressee: Addressee,
    *,
    granted: Care | None,
    hours: Mapping[Discipline, Decimal],
    now: datetime,
) -> bytes:
    """Return the PDF that this decision, saved or not, would become: the same text by the same way (feature 55)."""
    number = PREVIEW_NUMBER if granted else ""
    content = decision_content(
        decision, addressee, granted=granted, hours=hours, number=number, decided_on=timezone.localdate(now)
    )
    return papers.preview(
        _decision_html(decision, content), title=_title(decision.authorization, content.kind), now=now
    )


def decision_content(
    decision: Decision,
    addressee: Addressee,
    *,
    granted: Care | None,
    hours: Mapping[Discipline, Decimal],
    number: str,
    decided_on: date,
) -> DecisionContent:
    """Return what the letter of this decision says to this addressee."""
    authorization = decision.authorization
    policy = queries.policy_of(authorization)
    application = applications.read(authorization.application or {})
    outcome = Outcome(decision.outcome)
    return DecisionContent(
        kind=rules.KIND_OF[outcome],
        addressee=addressee,
        reference=authorization.reference,
        decided_on=decided_on,
        summary=decision.summary,
        asked=_asked(application),
        hours=_hours(application, hours if granted else None, policy.asks.time_unit),
        unit=policy.asks.time_unit,
        criteria=criteria_of(authorization, policy),
        signatory=_signatory(decision.proposed_by),
        second_signatory=_signatory(decision.confirmed_by) if decision.confirmed_by else None,
        reconsideration=_reconsideration(policy, decided_on, addressee),
        documents=_documents(authorization),
        policies=tuple(_policy_words(document) for document in decision.policy_documents),
        granted=granted,
        number=number,
        not_granted=decision.not_granted,
        conditions=tuple(line.strip() for line in decision.conditions.splitlines() if line.strip()),
        early_start_reason=decision.early_start_reason,
        long_period_reason=decision.long_period_reason,
        indication_weighed=decision.indication_weighed,
        next_step=decision.next_step,
        request=kinds.of(Kind(authorization.kind)),
    )


def letters_of(authorization: AuthorizationRequest) -> list[RequestLetter]:
    """Return what the insurer sent about this request: the letters for the provider."""
    return list(queries.letters_for(authorization).filter(addressee=Addressee.PROVIDER.value))


def head(authorization: AuthorizationRequest, addressee: Addressee, *, day: date, number: str = "") -> dict[str, Any]:
    """Return the letterhead of any letter about this request: who sends it, to whom, about what, and where to ask."""
    insured, provider = queries.insured_of(authorization), authorization.provider
    policy = queries.policy_of(authorization)
    marks = [("Datum", _day(day)), ("Kenmerk", authorization.reference)]
    if number:
        marks.append(("Machtigingsnummer", number))
    if addressee is Addressee.PROVIDER:
        marks.append(("Verzekerde", insured.full_name))
    if insured.birth_date:
        marks.append(("Geboren", _day(insured.birth_date)))
    if insured.insured_number:
        marks.append(("Verzekerdennummer", insured.insured_number))
    marks.append(("Zorgaanbieder", f"{provider.name}, AGB-code {provider.agb_code}"))
    return {
        "insurer_name": policy.insurer.name,
        "address": _address(authorization, addressee),
        "marks": marks,
        "contact": in_letter(policy.contacts, ContactSubject.REQUEST),
    }


# -- what the templates get ------------------------------------------------------------------------------------------


def _decision_html(decision: Decision, content: DecisionContent) -> str:
    authorization = decision.authorization
    policy = queries.policy_of(authorization)
    context = {
        **head(authorization, content.addressee, day=content.decided_on, number=content.number),
        "content": content,
        "insured_name": queries.insured_of(authorization).full_name,
        "provider_name": authorization.provider.name,
        "submitted_on": authorization.submitted_at,
        "paragraphs": policy.paragraphs_for(content.kind, content.addressee, contracted=_contracted(authorization)),
    }
    return render_to_string("authorizations/letters/decision.html", context)


def _receipt(authorization: AuthorizationRequest) -> dict[str, Any]:
    policy = queries.policy_of(authorization)
    return {
        "insurer_name": policy.insurer.name,
        "address": _address(authorization, Addressee.PROVIDER),
        "marks": [
            ("Datum", _day(timezone.localdate(authorization.submitted_at))),
            ("Kenmerk", authorization.reference),
            ("Beleid", f"{policy.title}, versie {policy.version}"),
        ],
        "reference": authorization.reference,
        "submitted_at": authorization.submitted_at,
        "submitted_by": authorization.submitted_by,
        "due_on": authorization.due_on,
        "sections": contents.sections(authorization),
        "files": [
            {
                "name": document.file.name,
                "size": document.file.size,
                "pages": document.file.page_count,
                "sha256": document.file.sha256,
                "carries": _carries(document),
                "serves": ", ".join(DocumentKind(item.kind).label for item in document.items.all()),
            }
            for document in queries.clean_documents_of(authorization)
        ],
        "absences": [
            (DocumentKind(answer.kind).label, answer.absent_reason)
            for answer in authorization.checklist_answers.order_by("kind")
        ],
        "paragraphs": policy.paragraphs_for(
            LetterKind.RECEIPT, Addressee.PROVIDER, contracted=_contracted(authorization)
        ),
        "contact": in_letter(policy.contacts, ContactSubject.REQUEST),
    }


def _write(
    authorization: AuthorizationRequest,
    kind: LetterKind,
    addressee: Addressee,
    html: str,
    *,
    decision: Decision | None,
    now: datetime,
) -> RequestLetter:
    letter = papers.create(kind=kind.value, title=_title(authorization, kind), html=html, now=now)
    return RequestLetter.objects.create(
        authorization=authorization, decision=decision, letter_id=letter.pk, kind=kind.value, addressee=addressee.value
    )


def _contracted(authorization: AuthorizationRequest) -> bool:
    return bool(applications.read(authorization.application or {}).care.contracted)


def _title(authorization: AuthorizationRequest, kind: LetterKind) -> str:
    return f"{TITLES[kind]} ({authorization.reference})"


def _asked(application: Application) -> Care:
    plan = application.plan
    if plan.starts_on is None or plan.ends_on is None or application.care.setting is None:
        raise ValueError("Een ingediende aanvraag noemt setting, begin en einde van de behandeling.")
    return Care(
        plan.code,
        application.care.setting.label,
        plan.starts_on,
        plan.ends_on,
        plan.second_code,
        plan.zorgtype,
        plan.days_of_stay,
    )


def care_of(grant: Grant) -> Care:
    """Return care as this machtiging grants it."""
    return Care(
        grant.declaratie_code,
        Setting(grant.setting).label,
        grant.starts_on,
        grant.ends_on,
        grant.zorgproduct_code,
        grant.zorgtype,
        grant.days_of_stay,
    )


def _hours(application: Application, granted: Mapping[Discipline, Decimal] | None, unit: TimeUnit) -> tuple[Hours, ...]:
    """Return the time in the unit that the policy asks for. Bron: Z-20 (hours); A-33 (minutes)."""
    return tuple(
        Hours(
            application.plan.name_of(discipline),
            applications.in_unit(applications.hours_of(minutes), unit),
            None if granted is None else applications.in_unit(granted.get(discipline, Decimal()), unit),
        )
        for discipline, minutes in application.plan.minutes_by_discipline.items()
    )


def criteria_of(authorization: AuthorizationRequest, policy: Policy) -> tuple[CriterionLine, ...]:
    """Return every criterion with its verdict; the national layer has given some of them already (R-13)."""
    criteria = review.criteria(
        policy, queries.national(), Indication(authorization.indication), authorization.planned_start_on
    )
    given = (
        review.Assessment(row.criterion, Verdict(row.verdict), row.motivation, row.missing_fact, row.leads_to_consent)
        for row in CriterionAssessment.objects.filter(authorization=authorization)
    )
    judged = review.judged(criteria, given)
    cited = pins.cited(authorization)
    return tuple(
        CriterionLine(
            title=criterion.title,
            article=criterion.article,
            verdict=judged[criterion.code].verdict,
            motivation=judged[criterion.code].motivation,
            missing_fact=judged[criterion.code].missing_fact,
            leads_to_consent=judged[criterion.code].leads_to_consent,
            cited=cited.get(criterion.code, ()),
        )
        for criterion in criteria
        if criterion.code in judged
    )


def _reconsideration(policy: Policy, decided_on: date, addressee: Addressee) -> Reconsideration:
    way, national = policy.heroverweging, queries.national()
    return Reconsideration(
        how=way.how,
        address=way.address,
        answer_days=way.answer_days,
        last_day=policies.last_day_for_heroverweging(policy, decided_on),
        skgz=national.skgz_insured if addressee is Addressee.INSURED else national.skgz,
    )


def _policy_words(document: Mapping[str, Any]) -> str:
    version = document.get("version")
    return f"{document['title']}{f', versie {version}' if version else ''}"


def _signatory(advisor: Any) -> Signatory:
    return Signatory(advisor.full_name, advisor.big_number)


def _documents(authorization: AuthorizationRequest) -> tuple[str, ...]:
    return tuple(
        ", ".join(DocumentKind(item.kind).label for item in document.items.all()) + f": {document.file.name}"
        for document in queries.clean_documents_of(authorization)
    )


def _carries(document: Any) -> str:
    """Return what the provider said of the document: its date, signature and so on. Bron: Z-21; R-31."""
    said = [f"{feature.label.lower()}: {answer.label.lower()}" for feature, answer in document.feature_answers.items()]
    if document.dated_on:
        said.insert(0, f"van {_day(document.dated_on)}")
    return "; ".join(said)


def _address(authorization: AuthorizationRequest, addressee: Addressee) -> list[str]:
    if addressee is Addressee.INSURED:
        insured = queries.insured_of(authorization)
        lines = [insured.full_name, insured.street, f"{insured.postcode} {insured.city}"]
    else:
        provider = accounts.organization(authorization.provider_id)
        lines = [provider.name, provider.street, f"{provider.postcode} {provider.city}"]
    return [line.strip() for line in lines if line.strip()]


def _day(day: date) -> str:
    return date_format(day, "j F Y")
