"""
File a request: everything that stands in the way at once, and the moment that it is sent; and take it back again.

The writing of a draft stands in drafts.py; its functions can be reached from here.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import deadlines, documents, identifiers, intake_asked, paper
from authorizations.domain import intake as rules
from authorizations.domain.application import Application, Consent
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, Insured, TermPause
from authorizations.services import (
    amendments,
    checklist,
    letters,
    lifecycle,
    messages,
    privacy_content,
    privacyverklaring,
    stay_codes,
    teams,
)
from authorizations.services.drafts import (
    Conflict,
    Tab,
    adopt_policy,
    amend,
    application_of,
    current_policy_version,
    delete,
    draft_to_change,
    expected_on,
    insured_columns,
    save_step,
    start,
    unread_of,
)
from authorizations.services.lifecycle import NotAllowed
from kit import text

__all__ = [
    "Conflict",
    "NotAllowed",
    "NotComplete",
    "Tab",
    "adopt_policy",
    "amend",
    "application_of",
    "current_policy_version",
    "delete",
    "duplicates",
    "expected_on",
    "obstacles",
    "save_step",
    "start",
    "submit",
    "withdraw",
]
SIGN = "toestemming"


class NotComplete(NotAllowed):
    """The request can't be filed yet; `obstacles` names all of it."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = obstacles


def obstacles(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> list[Obstacle]:
    """
    Return everything that stands in the way of filing this draft by this person, in the order of the steps.

    Declaring and signing is the filing itself, so it is no obstacle.

    Bron: features 6, 7, 8 and 19; R-38.
    """
    policy = queries.policy_of(authorization)
    application = _signed(application_of(authorization), by)
    unread = unread_of(authorization)
    given = checklist.checklist(authorization)
    found = rules.obstacles(
        application,
        policy,
        now.astimezone(deadlines.AMSTERDAM).date(),
        expected_on=expected_on(authorization, now=now),
        answers=checklist.answers(given),
        duplicates=duplicates(authorization, application),
    )
    if not (application.care.indication and application.care.setting):
        # What is asked in any case is known before these are chosen.
        found += documents.obstacles([row.item for row in given], checklist.answers(given))
    # What was typed and couldn't be read is empty to the rules: say only what is wrong with it.
    wrong = {(obstacle.step, obstacle.field, obstacle.row) for obstacle in unread}
    if any(obstacle.field.startswith("hours_") for obstacle in unread):
        wrong.add(("behandelplan", "hours", None))
    found = [obstacle for obstacle in found if (obstacle.step, obstacle.field, obstacle.row) not in wrong]
    order = {step.code: number for number, step in enumerate(rules.STEPS)}
    found += stay_codes.obstacles(application)
    signing = privacyverklaring.obstacles_to_file(authorization, shared=application.referral.diagnosis_shared)
    found += [obstacle for obstacle in signing if obstacle not in found]
    everything = [*unread, *found, *_unseen(authorization, policy), *_who_signs(application, policy, by)]
    everything.sort(key=lambda obstacle: order.get(obstacle.step, len(order)))
    return [*_outdated(authorization), *everything]


def duplicates(authorization: AuthorizationRequest, application: Application) -> list[str]:
    """Return the references of open requests for the same insured, indication and period. Bron: feature 8."""
    bsn = insured_columns(application)["bsn"]
    alike = queries.open_requests_alike(authorization, bsn=bsn)
    if authorization.amends_id:
        alike = alike.exclude(pk=authorization.amends_id)
    return list(alike.values_list("reference", flat=True)[:10])


@transaction.atomic
def submit(*, authorization_id: int, draft_version: int, by: Actor, now: datetime) -> AuthorizationRequest:
    """
    Sign and file the draft as it was shown at `draft_version`; filing it twice files it once.

    In one transaction: the checked content is frozen, the term starts, the receipt and the mail are set on their way,
    and a request that this one changes is withdrawn.

    Bron: Z-22; R-18, R-23; features 7, 9 and 10.

    :raises NotComplete: when something stands in the way; it names all of it
    :raises NotAllowed: when the draft changed since it was shown, or isn't this person's
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not authorization.is_draft and queries.fillable_by(by).filter(pk=authorization.pk).exists():
        return authorization
    authorization = draft_to_change(authorization_id, by)
    if authorization.draft_version != draft_version:
        raise NotAllowed("Dit concept is gewijzigd nadat u deze pagina opende. Controleer het opnieuw en dien dan in.")
    if found := obstacles(authorization, by=by, now=now):
        raise NotComplete(found)
    application = intake_asked.only_asked(
        _in_order(_signed(application_of(authorization), by)),
        queries.policy_of(authorization),
        expected_on=expected_on(authorization, now=now),
    )
    if authorization.amends:
        _supersede(authorization.amends_id, authorization, by=by, now=now)
    Insured.objects.update_or_create(authorization=authorization, defaults=insured_columns(application))
    on_paper: dict[str, Any] = {}
    if authorization.received_on_paper:
        received_at = paper.counts_from(authorization.received_on_paper)
        on_paper = {"submitted_at": min(received_at, now), "provider_id": authorization.on_paper_for_id}
    lifecycle.move(
        authorization,
        "submit",
        by=by,
        at=now,
        application=privacy_content.kept(authorization, applications.write(application)),
        submitted_by_id=by.user_id,
        documents_complete=True,
        **({"submitted_at": now} | on_paper),
    )
    lifecycle.update_due_date(authorization)
    teams.lay(authorization, now=now)
    authorization.refresh_from_db()
    letters.issue_receipt(authorization, now=now)
    messages.tell_provider(authorization, "received", key="received", now=now)
    if authorization.amends:
        amendments.carry_over(authorization.amends, authorization, now=now)
    return authorization


@transaction.atomic
def withdraw(*, authorization_id: int, reason: str, by: Actor, now: datetime) -> AuthorizationRequest:
    """
    Take a filed request back, with the reason; there will be no decision on it.

    :raises NotAllowed: when it is a draft or closed already, the reason is missing, or it isn't this person's
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan deze aanvraag intrekken.")
    reason = text.storable(reason).strip()
    if not reason:
        raise NotAllowed("Leg uit waarom u de aanvraag intrekt.")
    _withdraw(authorization, reason=reason, by=by, now=now)
    messages.tell_advisor(authorization, "withdrawn", key="withdrawn", now=now)
    return authorization


def _withdraw(authorization: AuthorizationRequest, *, reason: str, by: Actor, now: datetime) -> None:
    lifecycle.move(authorization, "withdraw", by=by, at=now, withdrawn_reason=reason)
    TermPause.objects.filter(authorization=authorization, ended_at=None).update(ended_at=now)


def _supersede(old_id: int | None, authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    old = queries.authorization_to_change(authorization_id=old_id or 0)
    _withdraw(old, reason=f"Vervangen door aanvraag {authorization.reference}.", by=by, now=now)


def _signed(application: Application, by: Actor) -> Application:
    """Return the request with the account that files it as its signatory. Bron: feature 7; domain.md section 2, O."""
    consent: Consent = replace(
        application.consent,
        signatory_name=f"{by.name}, overgenomen van papier" if by.is_insurer else by.name,
        signatory_profession=by.profession or application.consent.signatory_profession,
        signatory_big=by.big_number,
        declared_true=True,
    )
    return replace(application, consent=consent)


def _in_order(application: Application) -> Application:
    """Return the request with its numbers as they are kept; the rules have found them right."""
    insured, care, referral, plan = application.insured, application.care, application.referral, application.plan
    follow_up = application.follow_up
    return replace(
        application,
        insured=replace(insured, bsn=identifiers.bsn(insured.bsn), postcode=identifiers.postcode(insured.postcode)),
        care=replace(
            care,
            revalidatiearts_big=identifiers.big(care.revalidatiearts_big),
            revalidatiearts_agb=care.revalidatiearts_agb and identifiers.agb(care.revalidatiearts_agb),
        ),
        referral=replace(
            referral,
            referrer_agb=referral.referrer_agb and identifiers.agb(referral.referrer_agb),
            diagnosis_code=referral.diagnosis_code and identifiers.icd10(referral.diagnosis_code).code,
        ),
        plan=replace(
            plan,
            code=identifiers.declaratiecode(plan.code),
            second_code=plan.second_code and identifiers.zorgproduct(plan.second_code),
            zorgtype=plan.zorgtype and identifiers.zorgtype(plan.zorgtype),
            practitioners=tuple(
                replace(one, big_number=one.big_number and identifiers.big(one.big_number))
                for one in plan.practitioners
            ),
        ),
        follow_up=replace(
            follow_up,
            zorgtrajectnummer=follow_up.zorgtrajectnummer
            and identifiers.zorgtrajectnummer(follow_up.zorgtrajectnummer),
        ),
    )


def _unseen(authorization: AuthorizationRequest, policy: Policy) -> list[Obstacle]:
    """Ask to look at what was filled in beforehand: somebody signs for it. Bron: feature 5; ux.md section 7."""
    return [
        Obstacle("step_unseen", f"Bekijk de stap “{step.title}”: wij hebben daar gegevens ingevuld.", step.code)
        for step in rules.steps(Kind(authorization.kind), policy)
        if step.part in authorization.prefilled and step.code not in authorization.step_notes
    ]


def _outdated(authorization: AuthorizationRequest) -> list[Obstacle]:
    """Say that its ground has changed: the policy, or the request that it replaces. Bron: feature 19."""
    found = []
    current = current_policy_version(authorization)
    if current is None:
        message = "Op de dag waarop de behandeling begint, geldt dit beleid niet. Controleer de begindatum."
        found.append(Obstacle("policy_not_valid", message, "behandelplan", "starts_on"))
    elif current.pk != authorization.policy_version_id:
        message = "Het beleid is gewijzigd sinds u begon. Bekijk eerst wat er anders is."
        found.append(Obstacle("policy_changed", message))
    if authorization.amends and not authorization.amends.is_open:
        message = (
            f"Over aanvraag {authorization.amends.reference} is al besloten, of zij is ingetrokken. "
            "U kunt haar niet meer vervangen. Verwijder dit concept en maak een nieuwe aanvraag."
        )
        found.append(Obstacle("amended_is_closed", message))
    return found


def _who_signs(application: Application, policy: Policy, by: Actor) -> list[Obstacle]:
    """Bron: feature 7; decisions.md, "sign and file" (a policy may demand the revalidatiearts)."""
    # Whoever signs as behandelaar is responsible for the treatment: the request names the profession and BIG number.
    # An indiener has no BIG number, and says the profession on the form when the profile doesn't.
    if by.has(Role.BEHANDELAAR) and not (by.big_number and by.profession):
        return [Obstacle("signatory_without_big", "Vul eerst uw BIG-nummer en beroep in bij uw profiel.")]
    # Of a paper request the paper is signed; its scan is with it.
    if not policy.asks.revalidatiearts_must_sign or by.is_insurer:
        return []
    arts = application.care.revalidatiearts_name or "de revalidatiearts"
    if by.has(Role.BEHANDELAAR):
        if by.big_number == identifiers.clean(application.care.revalidatiearts_big).replace(" ", ""):
            return []
        if by.name.casefold() == arts.casefold():
            message = (
                f"{policy.insurer.name} vraagt de handtekening van de revalidatiearts zelf. Dat bent u, maar het "
                "BIG-nummer in deze aanvraag is een ander dan in uw profiel. Verbeter het hier of in uw profiel."
            )
            return [Obstacle("signatory_big_differs", message, "aanvraag", "revalidatiearts_big")]
    message = (
        f"{policy.insurer.name} vraagt de handtekening van de revalidatiearts. "
        f"U kunt alles klaarzetten. Daarna dient {arts} de aanvraag in."
    )
    return [Obstacle("revalidatiearts_must_sign", message)]
