"""Walk a request through its life, along the very services that the pages call."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import deadlines, intake
from authorizations.domain import review as rules
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
from authorizations.domain.second_opinion import Given
from authorizations.domain.terms import (
    Discipline,
    DocumentKind,
    Domain,
    Feature,
    FeatureAnswer,
    Indication,
    Kind,
    Outcome,
    Referrer,
    Setting,
    TreatmentKind,
    Verdict,
    WpnLevel,
)
from authorizations.models import AuthorizationRequest, Decision, InformationRequest
from authorizations.services import checklist, decisions, documents, questions, review, second_opinion, sight
from authorizations.services import intake as intake_service
from portal.world import pieces

FINE = "De stukken onderbouwen dit."
# What an advisor could write: why it isn't met, what is missing, what would lead to consent.
NOT_MET = {
    "c2_eerste_lijn": (
        "Een van de onderdelen is niet voldaan: de eerste lijn.",
        "Een verslag van de behandeling in de eerste lijn.",
        "Een verslag waaruit blijkt dat die behandeling niet genoeg hielp.",
    ),
    "c2a": (
        "Uit de stukken blijkt niet dat de eerste lijn voldoende is geprobeerd.",
        "Een verslag van de behandeling in de eerste lijn.",
        "Een verslag waaruit blijkt dat die behandeling niet genoeg hielp.",
    ),
    "c3_omvang": (
        "Voor 6 van de 18 uren fysiotherapie staat in het behandelplan geen doel.",
        "Een doel bij de laatste 6 uren fysiotherapie.",
        "Een behandelplan waarin elk uur bij een doel hoort.",
    ),
}


ZK, ASR = "zilveren-kruis-msr", "asr-revalidatie-2020"
REASONS = {
    Outcome.GRANTED: frozenset[str](),
    Outcome.PARTLY_GRANTED: frozenset({"c3_omvang"}),
    Outcome.DENIED: frozenset({"c2_eerste_lijn", "c2a"}),
}


def insured(number: int = 0) -> Insured:
    """Return one of the invented insured, with an official test number as BSN."""
    bsn, initials, surname, born = (
        ("999996708", "K.", "Bakker", date(1981, 4, 2)),
        ("111222333", "N.", "Smeets", date(1978, 9, 14)),
        ("123456782", "R.", "Aydin", date(1969, 1, 30)),
        ("010464554", "J.", "van der Meer", date(1990, 12, 5)),
        ("999995571", "F.", "Pietersen", date(1985, 6, 21)),
        ("999994839", "D.", "El Amrani", date(1973, 3, 8)),
    )[number % 6]
    return Insured(bsn, initials, surname, born, f"10{number:06d}", "Voorbeeldstraat 8", "1234 AB", "Voorbeeldstad")


def application(
    *,
    today: date,
    indication: Indication = Indication.CHRONIC_PAIN,
    person: int = 0,
    setting: Setting = Setting.OUTPATIENT,
) -> Application:
    """Return a request that says all that it must, with treatment that starts three weeks from now."""
    pain = indication is Indication.CHRONIC_PAIN
    starts_on = today + timedelta(days=21)
    treatments = [
        Treatment(
            TreatmentKind.PHYSICAL,
            "Fysiotherapie",
            today - timedelta(days=900),
            today - timedelta(days=640),
            22,
            "Twee keer per week een half uur",
            "De belastbaarheid nam toe, maar drie maanden later waren de beperkingen terug.",
        ),
        Treatment(
            TreatmentKind.PSYCHOSOCIAL,
            "Psycholoog in de eerste lijn",
            today - timedelta(days=600),
            today - timedelta(days=430),
            9,
            "Eens per twee weken drie kwartier",
            "Meer inzicht, maar angst om te bewegen en somberheid bleven.",
        ),
    ]
    return Application(
        kind=Kind.MSR_FIRST,
        insured=insured(person),
        care=Care(
            indication=indication,
            setting=setting,
            contact_name="S. Verhoeven",
            contact_phone="010 123 45 67",
            revalidatiearts_name="M. Jansen",
            revalidatiearts_big="39000000101",
        ),
        referral=Referral(
            referrer=Referrer.HUISARTS,
            referrer_name="H. van der Linde",
            referrer_agb="01000123",
            referred_on=today - timedelta(days=20),
            complaints="Dagelijks pijn in rug, schouders en benen. Werken, slapen en het huishouden lukken niet meer."
            if pain
            else "Na een beroerte is de rechterarm zwak. Aankleden, koken en schrijven lukken niet zelfstandig.",
            complaint_months=41 if pain else 7,
            diagnosis_code="M79.7" if pain else "I69.4",
            wpn_level=WpnLevel.THREE if pain else None,
        ),
        history=History(
            treatments=tuple(treatments if pain else treatments[:1]),
            domains=frozenset({Domain.PHYSICAL, Domain.PSYCHIC, Domain.PARTICIPATION}),
            complexity="De pijn, de stemming en het vermijden van bewegen houden elkaar in stand.",
            integrated_care="Alleen een team onder een revalidatiearts kan dit in samenhang behandelen.",
            coincidence="Naast de pijn zijn er angst om te bewegen en somberheid." if pain else "",
            why_second_line="De eerste lijn is volledig benut. Losse behandelingen gaven geen blijvend resultaat.",
        ),
        plan=Plan(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=98),
            goals="Vier dagdelen werken, trap lopen zonder rust en zes uur slapen.",
            activities="Individuele therapie, groepstraining en begeleiding bij terugkeer naar werk.",
            joint_plan=True,
            hours=(
                HoursLine(Discipline.REVALIDATIEARTS, 240),
                HoursLine(Discipline.FYSIOTHERAPIE, 1080),
                HoursLine(Discipline.PSYCHOLOGIE, 720),
                HoursLine(Discipline.ERGOTHERAPIE, 360),
            ),
            practitioners=(
                Practitioner("M. Jansen", Discipline.REVALIDATIEARTS, "39000000101", "Leidt het team, controles"),
                Practitioner("T. de Boer", Discipline.FYSIOTHERAPIE, "99000000109", "Oefentherapie en groep"),
            ),
            code="14D838",
            second_code="990027199",
        ),
        consent=Consent(consented_on=today - timedelta(days=3), signatory_profession="revalidatiearts"),
    )


def draft(
    content: Application, *, by: Actor, policy_slug: str, now: datetime, previous: AuthorizationRequest | None = None
) -> AuthorizationRequest:
    """Begin a request and fill in every step."""
    starts_on = content.plan.starts_on or timezone.localdate(now)
    version = queries.policy_version_on(policy_slug, starts_on)
    assert version, f"Op {starts_on} geldt {policy_slug} niet."  # noqa: S101
    authorization = intake_service.start(
        by=by,
        policy_version=version,
        kind=content.kind,
        planned_start_on=starts_on,
        creation_key=uuid.uuid4(),
        now=now,
        previous=previous,
    )
    return fill(authorization, content, by=by, now=now)


def fill(
    authorization: AuthorizationRequest, content: Application, *, by: Actor, now: datetime
) -> AuthorizationRequest:
    """Fill in every step of a draft."""
    tables = applications.write(content)
    for step in intake.steps(content.kind, queries.policy_of(authorization)):
        if step.part:
            authorization = intake_service.save_step(
                authorization_id=authorization.pk,
                step=step.code,
                values={step.part: tables[step.part]},
                draft_version=authorization.draft_version,
                by=by,
                now=now,
            )
    return authorization


def add_documents(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Add a document for every item that the checklist asks."""
    on = timezone.localdate(now) - timedelta(days=10)
    for given in checklist.checklist(authorization):
        if given.item.required:
            add_document(authorization, given.item.kind, by=by, now=now, on=on, features=given.item.features)


def add_document(
    authorization: AuthorizationRequest,
    kind: DocumentKind,
    *,
    by: Actor,
    now: datetime,
    on: date,
    features: tuple[Feature, ...] = (),
    question_id: int | None = None,
) -> None:
    """Add one document, and say what it carries."""
    content = pieces.piece(kind, on, of_stay=authorization.kind == Kind.GGZ_STAY)
    document = documents.add(
        authorization_id=authorization.pk,
        stream=BytesIO(content),
        name=pieces.name(kind),
        size=len(content),
        kinds=[kind],
        by=by,
        now=now,
        question_id=question_id,
    )
    if question_id is None and features:
        documents.describe(
            document_id=document.pk,
            kinds=[kind],
            features=dict.fromkeys(features, FeatureAnswer.YES),
            dated_on=on,
            by=by,
            now=now,
        )


def file(
    content: Application, *, by: Actor, policy_slug: str, now: datetime, previous: AuthorizationRequest | None = None
) -> AuthorizationRequest:
    """File a whole request with its documents."""
    authorization = draft(content, by=by, policy_slug=policy_slug, now=now, previous=previous)
    add_documents(authorization, by=by, now=now)
    authorization.refresh_from_db()
    return intake_service.submit(
        authorization_id=authorization.pk, draft_version=authorization.draft_version, by=by, now=now
    )


def claim(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Take it into review."""
    review.claim(authorization_id=authorization.pk, by=by, now=now)
    authorization.refresh_from_db()


def judge(
    authorization: AuthorizationRequest, *, by: Actor, now: datetime, not_met: frozenset[str] = frozenset()
) -> None:
    """Give a verdict on every criterion that is free."""
    for criterion in review.criteria(authorization):
        if criterion.locked:
            continue
        bad = NOT_MET[criterion.code] if criterion.code in not_met else None
        review.assess(
            authorization_id=authorization.pk,
            criterion=criterion.code,
            verdict=Verdict.NOT_MET if bad else Verdict.MET,
            motivation=bad[0] if bad else FINE,
            missing_fact=bad[1] if bad else "",
            leads_to_consent=bad[2] if bad else "",
            internal_note="",
            version=0,
            by=by,
            now=now,
        )


def ask(authorization: AuthorizationRequest, *, by: Actor, now: datetime, criterion: str) -> InformationRequest:
    """Ask the provider for one document."""
    question = questions.Question(
        criterion=criterion,
        what="Het verslag van de psychologische behandeling mist de laatste pagina.",
        why="Daar staat het resultaat. Zonder dat resultaat kan ik dit criterium niet beoordelen.",
        leads_to_consent="Een volledig verslag waaruit blijkt dat de behandeling geen blijvend resultaat gaf.",
        due_on=deadlines.workdays_after(timezone.localdate(now), 10),
        document_kind=DocumentKind.BEHANDELVERSLAG_PSYCHOSOCIAAL,
    )
    asked = questions.ask(authorization_id=authorization.pk, items=[question], by=by, now=now)
    authorization.refresh_from_db()
    return asked


def answer(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Answer every open question, and send the answers."""
    for item in queries.unanswered_items(authorization):
        questions.answer(item_id=item.pk, text="Het volledige verslag gaat hierbij.", by=by, now=now)
    questions.send_answers(authorization_id=authorization.pk, by=by, now=now)
    authorization.refresh_from_db()


def decide(
    authorization: AuthorizationRequest, outcome: Outcome, *, by: Actor, now: datetime, second: Actor | None = None
) -> Decision:
    """Decide; of a denial `second` thinks the same, and confirms it."""
    content = intake_service.application_of(authorization)
    grant = rules.default_grant(content, queries.policy_of(authorization), decided_on=timezone.localdate(now))
    texts: dict[str, Any] = {"summary": "Deze patiënt is aangewezen op medisch-specialistische revalidatie."}
    if outcome is Outcome.PARTLY_GRANTED:
        hours = {discipline: min(number, Decimal(12)) for discipline, number in grant.hours.items()}
        grant = replace(grant, hours=hours)
        texts = {
            "summary": "Wij geven toestemming voor een deel van de gevraagde uren.",
            "not_granted": "Van de fysiotherapie kennen wij 12 van de 18 uren toe. Voor de andere 6 uren staat in het "
            "behandelplan geen doel.",
            "indication_weighed": "Wij volgen de indicatie van de revalidatiearts. Alleen het aantal uren is te hoog.",
            "next_step": "U kunt beginnen. Blijkt meer fysiotherapie nodig? Doe dan een vervolgaanvraag.",
        }
    elif outcome is Outcome.DENIED:
        texts = {
            "summary": "Wij geven geen toestemming, omdat de behandeling in de eerste lijn nog niet is geprobeerd.",
            "not_granted": "De gevraagde revalidatie, omdat aan een van de voorwaarden niet is voldaan.",
            "indication_weighed": "Wij volgen de revalidatiearts in de diagnose en in de ernst van de klachten. "
            "Alleen de stap daarvoor, behandeling in de eerste lijn, ontbreekt.",
            "next_step": "Heeft u alsnog een verslag? Dien dan een nieuwe aanvraag in.",
        }
    choice = decisions.Choice(outcome=outcome, grant=None if outcome is Outcome.DENIED else grant, **texts)
    authorization.refresh_from_db()
    decision = decisions.decide(
        authorization_id=authorization.pk, choice=choice, seen=sight.of(authorization), by=by, now=now
    )
    if second:
        authorization.refresh_from_db()
        agree(authorization, decision, by=second, now=now)
        decision = decisions.confirm(
            authorization_id=authorization.pk, proposal_id=decision.pk, seen=sight.of(authorization), by=second, now=now
        )
    authorization.refresh_from_db()
    return decision


def agree(authorization: AuthorizationRequest, decision: Decision, *, by: Actor, now: datetime) -> None:
    """Give a second opinion that is the same as the first, in words of one's own."""
    saved = review.assessments(authorization)
    given = [Given(code, Verdict(one.verdict), "Dat lees ik ook in de stukken.") for code, one in saved.items()]
    second_opinion.give(
        authorization_id=authorization.pk, proposal_id=decision.pk, outcome=Outcome(decision.outcome), given=given,
        seen=sight.of(authorization), by=by, now=now,
    )  # fmt: skip


def follow_up(content: Application, *, number: str, today: date) -> Application:
    """Return the vervolg on a request that was granted under this number."""
    starts_on = today + timedelta(days=21)
    return replace(
        content,
        kind=Kind.MSR_FOLLOW_UP,
        follow_up=FollowUp(
            previous_number=number,
            zorgtrajectnummer="ZT2026000123",
            progress="Werken lukt nu drie dagdelen. Slapen is beter. Trap lopen nog niet.",
            why_not_finished="Door een griep van drie weken is de groepstraining niet afgemaakt.",
            minutes_used=1900,
            gap_over_42=False,
            exceptional_reason="De patiënt was drie weken ziek, vlak voor het einde van het programma.",
        ),
        plan=replace(content.plan, starts_on=starts_on, ends_on=starts_on + timedelta(days=56)),
        consent=replace(content.consent, consented_on=today - timedelta(days=1)),
    )


def treated_by(content: Application, arts: Actor) -> Application:
    """Return the same request under the responsibility of this revalidatiearts."""
    return replace(
        content, care=replace(content.care, revalidatiearts_name=arts.name, revalidatiearts_big=arts.big_number)
    )
