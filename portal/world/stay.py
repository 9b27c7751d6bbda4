"""A stay in a GGZ institution without contract, under a zorgmachtiging, with a privacyverklaring: not yet taken."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from accounts.domain.actors import Actor
from authorizations.domain.application import Application, History, Plan, Referral
from authorizations.domain.privacyverklaring import PatientSigner, PrivacyWay, Signed
from authorizations.domain.terms import Indication, Kind, Referrer, Setting
from authorizations.models import AuthorizationRequest
from authorizations.services import intake, privacyverklaring
from portal.world import walk

SLUG = "zilveren-kruis-ggz-verblijf-2020"


def application(*, today: date, person: int = 0) -> Application:
    """Return a request that says all that it must, for a stay of sixty days that begins three weeks from now."""
    first, starts_on = walk.application(today=today, person=person), today + timedelta(days=21)
    return replace(
        first,
        kind=Kind.GGZ_STAY,
        care=replace(
            first.care,
            indication=Indication.PSYCHIC,
            setting=Setting.INPATIENT,
            revalidatiearts_name="S. van den Berg",
            revalidatiearts_big="59000000808",
        ),
        referral=Referral(referrer=Referrer.HUISARTS, referred_on=today - timedelta(days=14), diagnosis_shared=False),
        history=History(),
        plan=Plan(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=59),
            days_of_stay=60,
            admission_reason="Het instellen op medicatie lukt thuis niet. Dag en nacht is verpleging nodig, en "
            "behandeling door een psychiater. Na zestig dagen gaat de behandeling zonder verblijf verder.",
            dbc_opened_on=starts_on,
            zorgtype="155",
            code="25C001",
        ),
        consent=replace(first.consent, signatory_profession="psychiater"),
    )


def file(content: Application, *, by: Actor, now: datetime) -> AuthorizationRequest:
    """File it with its documents and the privacyverklaring of a patient who shares no diagnosis."""
    authorization = walk.draft(content, by=by, policy_slug=SLUG, now=now)
    walk.add_documents(authorization, by=by, now=now)
    signed = Signed(
        way=PrivacyWay.ONLINE,
        signer=PatientSigner.PATIENT,
        signer_name=authorization.insured.full_name,
        patient_signed_on=now.date(),
        profession=by.profession or "psychiater",
        provider_signs=True,
    )
    privacyverklaring.give(authorization_id=authorization.pk, signed=signed, confirmed=(), by=by, now=now)
    authorization.refresh_from_db()
    return intake.submit(authorization_id=authorization.pk, draft_version=authorization.draft_version, by=by, now=now)
