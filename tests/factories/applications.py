"""Whole requests as plain values, all invented: nothing stands in the way of filing them on TODAY."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from authorizations.domain import documents
from authorizations.domain.application import (
    Application,
    Care,
    Consent,
    FollowUp,
    History,
    HoursLine,
    Insured,
    Plan,
    Practitioner,
    Referral,
    Treatment,
)
from authorizations.domain.policy import Policy
from authorizations.domain.terms import (
    Discipline,
    Domain,
    Indication,
    Kind,
    Referrer,
    Setting,
    TreatmentKind,
    WpnLevel,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXPECTED_ON = date(2026, 12, 7)

PHYSICAL = Treatment(
    kind=TreatmentKind.PHYSICAL,
    discipline="Fysiotherapie",
    started_on=date(2025, 9, 1),
    ended_on=date(2026, 3, 1),
    sessions=18,
    intensity="één keer per week een half uur",
    result="Tijdelijk minder pijn, geen blijvend herstel.",
)
PSYCHOSOCIAL = Treatment(
    kind=TreatmentKind.PSYCHOSOCIAL,
    discipline="Praktijkondersteuner ggz",
    started_on=date(2026, 3, 15),
    ended_on=date(2026, 8, 1),
    sessions=6,
    intensity="één keer per drie weken drie kwartier",
    result="Meer inzicht, klachten onveranderd.",
)


def application(**parts: Any) -> Application:
    """Return a whole first request for chronic pain; give a part, or a dict of its fields, to change it."""
    whole = Application(
        kind=Kind.MSR_FIRST,
        insured=Insured(
            bsn="999996708",
            initials="K.",
            surname="Voorbeeld",
            birth_date=date(1981, 4, 2),
            insured_number="1234567",
            street="Voorbeeldstraat 1",
            postcode="1234 AB",
            city="Voorbeeldstad",
        ),
        care=Care(
            indication=Indication.CHRONIC_PAIN,
            setting=Setting.OUTPATIENT,
            contact_name="S. Verhoeven",
            contact_phone="010 123 45 67",
            revalidatiearts_name="Dr. R. de Wit",
            revalidatiearts_big="89012345601",
            revalidatiearts_agb="03012345",
        ),
        referral=Referral(
            referrer=Referrer.HUISARTS,
            referrer_name="Dr. A. Huis",
            referrer_agb="01012345",
            referred_on=date(2026, 10, 12),
            complaints="Aanhoudende pijn in rug en nek, met moeheid.",
            complaint_months=26,
            diagnosis_code="M79.7",
            wpn_level=WpnLevel.THREE,
        ),
        history=History(
            treatments=(PHYSICAL, PSYCHOSOCIAL),
            domains=frozenset({Domain.PHYSICAL, Domain.PSYCHIC}),
            complexity="Pijn, angst om te bewegen en uitval op het werk versterken elkaar.",
            integrated_care="Bewegen en gedachten moeten tegelijk worden aangepakt, onder leiding van één arts.",
            coincidence="Somberheid en angst houden de pijn in stand.",
            why_second_line="Fysiotherapie en gesprekken hielpen elk apart niet.",
        ),
        plan=Plan(
            starts_on=date(2026, 12, 14),
            ends_on=date(2027, 3, 26),
            goals="Weer vier dagen werken en huishouden zonder hulp.",
            activities="Oefentherapie, graded activity en gesprekken.",
            joint_plan=True,
            hours=(
                HoursLine(Discipline.REVALIDATIEARTS, 240),
                HoursLine(Discipline.FYSIOTHERAPIE, 1440),
                HoursLine(Discipline.PSYCHOLOGIE, 750),
            ),
            practitioners=(Practitioner("M. Bakker", Discipline.FYSIOTHERAPIE, "", "oefentherapie"),),
            code="14D838",
            second_code="990027195",
        ),
        consent=Consent(
            consented_on=date(2026, 11, 20),
            signatory_name="Dr. R. de Wit",
            signatory_profession="Revalidatiearts",
            signatory_big="89012345601",
            declared_true=True,
        ),
    )
    return changed(whole, **parts)


def follow_up(**parts: Any) -> Application:
    """Return a whole vervolg for chronic pain."""
    whole = application(
        kind=Kind.MSR_FOLLOW_UP,
        follow_up=FollowUp(
            previous_number="M26ABCDEFGH01",
            zorgtrajectnummer="ZT2026000123",
            progress="Loopt weer een uur per dag.",
            why_not_finished="Door een operatie lag de behandeling zes weken stil.",
            minutes_used=1200,
            gap_over_42=False,
            exceptional_reason="De operatie was niet te voorzien.",
        ),
    )
    return changed(whole, **parts)


def stay(**parts: Any) -> Application:
    """Return a whole request for a stay in a GGZ institution, under a zorgmachtiging."""
    first = application()
    whole = replace(
        first,
        kind=Kind.GGZ_STAY,
        care=replace(first.care, indication=Indication.PSYCHIC, setting=Setting.INPATIENT),
        referral=Referral(referrer=Referrer.HUISARTS, referred_on=date(2026, 10, 12), diagnosis_shared=True),
        history=History(),
        plan=Plan(
            starts_on=date(2026, 12, 14),
            ends_on=date(2027, 2, 11),
            days_of_stay=60,
            admission_reason="Thuis lukt de instelling op medicatie niet: dag en nacht is toezicht nodig.",
            dbc_opened_on=date(2026, 12, 14),
            zorgtype="155",
            code="25C001",
        ),
        consent=replace(first.consent, signatory_profession="Psychiater"),
    )
    return changed(whole, **parts)


def changed(whole: Application, **parts: Any) -> Application:
    """Return the request with these parts changed: a whole part, or a dict of the fields of a part."""
    return replace(
        whole,
        **{
            name: replace(getattr(whole, name), **value) if isinstance(value, dict) else value
            for name, value in parts.items()
        },
    )


def all_documents(policy: Policy, application: Application) -> dict[Any, documents.Answer]:
    """Return a file for every document that such a request asks for."""
    care = application.care
    assert care.indication
    assert care.setting
    items = documents.checklist(policy, application.kind, care.indication, care.setting)
    return {item.kind: documents.Answer(item.kind, files=1) for item in items if item.required}
