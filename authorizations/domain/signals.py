"""What the reviewer should know before judging. A signal never decides anything. Bron: R-11, R-14, R-19, R-22, R-31."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from authorizations.domain import documents, kinds, weighting, words
from authorizations.domain.application import Application
from authorizations.domain.policy import National, Policy
from authorizations.domain.terms import DocumentKind, Feature, Indication, WpnLevel
from kit.terms import Term


class SignalCode(Term):
    """What a signal is about. PIJN_120, ONDOELMATIG and the last two are those of checks.md."""

    EARLY_START = "START_VOOR_BESLUIT", "Start voor het besluit"
    BEFORE_STANDPUNT = "VOOR_STANDPUNT", "Begonnen voor het standpunt"
    PAIN_120 = "PIJN_120", "Chronische pijn, langer dan 120 dagen"
    LONG_PLAN = "LANGER_DAN_120", "Plan langer dan 120 dagen"
    INEFFICIENT = "ONDOELMATIG", "Meer dan 42 dagen geen behandeling"
    UNTRIED = "EERSTE_LIJN_NIET_GEPROBEERD", "Eerste lijn niet geprobeerd"
    DOCUMENT_ABSENT = "DOCUMENT_AFWEZIG", "Document niet beschikbaar"
    DOCUMENT_INCOMPLETE = "DOCUMENT_ONVOLLEDIG", "Document onvolledig"
    FEATURE_LACKING = "KENMERK_ONTBREEKT", "Kenmerk ontbreekt op document"
    PLAN_NOT_JOINT = "PLAN_NIET_GEZAMENLIJK", "Plan niet samen gemaakt"
    WPN = "WPN", "WPN-niveau"
    HOURS_ABOVE_CODE = "UREN_BOVEN_CODE", "Meer gewogen uren dan bij de code past"
    CODE_NOT_VALID = "CODE_NIET_GELDIG", "Code niet geldig op de begindatum"
    DIAGNOSIS_WITHHELD = "DIAGNOSE_NIET_GEDEELD", "Diagnose niet gedeeld"
    DUPLICATE = "DUBBELE_AANVRAAG", "Er loopt nog een aanvraag"
    REQUEST_BESIDE = "AANVRAAG_ERNAAST", "Er loopt ook een andere aanvraag"
    GRANT_BESIDE = "MACHTIGING_ERNAAST", "Er loopt al een machtiging"
    OTHER_PROVIDER = "ANDERE_SOORT_AANBIEDER", "Andere soort zorgaanbieder"
    URGENT = "SPOED", "Spoed"
    CONTRARY_TO_NZA = "STRIJDIG_NZA_42", "Afgerond binnen 42 dagen na de laatste activiteit"
    AFTER_FINISHED = "ACTIVITEIT_NA_AFRONDING", "Activiteit na de afronding"


@dataclass(frozen=True)
class Signal:
    """Something to look at, in words, with where it comes from."""

    code: SignalCode
    message: str
    source: str


@dataclass(frozen=True)
class Paper:
    """A document as the provider or the reviewer describes it."""

    kind: DocumentKind
    lacking: tuple[Feature, ...] = ()
    is_incomplete: bool = False
    """Whether somebody at the insurer called it incomplete."""


def signals(
    application: Application,
    policy: Policy,
    national: National,
    *,
    expected_on: date,
    answers: Mapping[DocumentKind, documents.Answer] | None = None,
    papers: Iterable[Paper] = (),
    agb_code: str = "",
) -> list[Signal]:
    """
    Return what stands out in this request. `expected_on` is the day a decision was expected when it was filed.

    Bron: Z-33, Z-35; A-28, A-30; G-06; I-02, I-05, I-08; R-11, R-13, R-14, R-17, R-22, R-31, R-38.
    """
    return [
        *_about_time(application, policy, national, expected_on),
        *_about_care(application, policy, agb_code),
        *_about_papers(application, policy, answers or {}, papers),
    ]


@dataclass(frozen=True)
class Beside:
    """A request or machtiging for the same insured in an overlapping period; a day is None while it isn't known."""

    reference: str
    provider: str
    starts_on: date | None
    ends_on: date | None


def beside(requests: Iterable[Beside], grants: Iterable[Beside]) -> Iterator[Signal]:
    """
    Yield what runs for the same insured beside this request: two of the same would both be granted unseen.

    Bron: features.md row 8; R-19 (a person weighs it).
    """
    for one in requests:
        message = f"Voor deze verzekerde loopt ook {one.reference} van {one.provider}{_period(one)}."
        yield Signal(SignalCode.REQUEST_BESIDE, message, "features.md, 8")
    for one in grants:
        message = (
            f"Voor deze verzekerde is al een machtiging gegeven aan {one.provider} ({one.reference}){_period(one)}."
        )
        yield Signal(SignalCode.GRANT_BESIDE, message, "features.md, 8")


def _period(one: Beside) -> str:
    if one.starts_on is None or one.ends_on is None:
        return ""
    return f", van {words.day(one.starts_on)} tot en met {words.day(one.ends_on)}"


def _about_time(application: Application, policy: Policy, national: National, expected_on: date) -> Iterable[Signal]:
    plan, follow_up = application.plan, application.follow_up
    if application.care.urgent:
        yield Signal(SignalCode.URGENT, f"Spoed: {application.care.urgent_reason}", "R-18")
    if plan.starts_on and plan.starts_on < expected_on:
        message = f"De behandeling begint op {words.day(plan.starts_on)}, voordat het besluit er kan zijn."
        yield Signal(SignalCode.EARLY_START, f"{message} {plan.early_start_reason}".strip(), "S1: machtiging; R-22")
    indication = application.care.indication
    for standpunt in national.standpunten:
        if indication in standpunt.indications and plan.starts_on and plan.starts_on < standpunt.valid_from:
            message = f"De behandeling begon voor {words.day(standpunt.valid_from)}: {standpunt.title} geldt hier niet."
            yield Signal(SignalCode.BEFORE_STANDPUNT, message, standpunt.source)
    if plan.days is not None and plan.days > policy.limits.plan_days:
        if application.chronic_pain:
            reason = plan.exceptional_reason or follow_up.exceptional_reason
            message = f"Het plan duurt {plan.days} dagen. Bij chronische pijn is 120 dagen het maximum. {reason}"
            yield Signal(SignalCode.PAIN_120, message.strip(), "S0: subtraject, 3; R-11")
        else:
            message = f"Het plan duurt {plan.days} dagen. Een subtraject sluit na 120 dagen."
            yield Signal(SignalCode.LONG_PLAN, message, "S0: subtraject, 3")
    elif application.chronic_pain and kinds.of(application.kind).goes_on:
        message = f"Een vervolg bij chronische pijn is zeer uitzonderlijk. {follow_up.exceptional_reason}"
        yield Signal(SignalCode.PAIN_120, message.strip(), "S0: subtraject, 3; R-11")
    if follow_up.gap_over_42:
        message = f"Er was meer dan 42 dagen geen behandeling. {follow_up.gap_reason}"
        yield Signal(SignalCode.INEFFICIENT, message.strip(), "S0: subtraject, 2; R-06")


def _about_care(application: Application, policy: Policy, agb_code: str) -> Iterable[Signal]:
    pain = application.care.indication is Indication.CHRONIC_PAIN
    for treatment in application.history.treatments:
        if not treatment.tried:
            what = treatment.discipline or "Een behandeling"
            counts = (
                "Bij chronische pijn is een aanzienlijke kans dat het niet helpt een eigen grond."
                if pain
                else "Dit telt niet als geprobeerd."
            )
            message = f"{what}: niet geprobeerd. {_said(treatment.untried_because)}{counts}"
            yield Signal(SignalCode.UNTRIED, message, "S0: aanspraak, 2; S3; R-14")
    level = application.referral.wpn_level
    if pain and level:
        fits = level in (WpnLevel.THREE, WpnLevel.FOUR)
        message = f"{level.label}. " + (
            "WPN 3 en 4 passen bij interdisciplinaire revalidatie."
            if fits
            else "Interdisciplinaire revalidatie past meestal bij WPN 3 en 4."
        )
        yield Signal(SignalCode.WPN, message, "domain.md paragraaf 5")
    if application.plan.joint_plan is False:
        message = "Het behandelplan is niet door het team samen en voor deze patiënt gemaakt."
        yield Signal(SignalCode.PLAN_NOT_JOINT, message, "S3; R-13")
    total = application.plan.estimate.total
    caps = {code: cap for cap, code in weighting.CAPS}
    cap = caps.get(application.plan.code.upper())
    if total and cap is not None and total.minutes > cap:
        message = (
            f"{application.plan.estimate.words} Bij {application.plan.code.upper()} passen er hoogstens {cap // 60}."
        )
        yield Signal(SignalCode.HOURS_ABOVE_CODE, message, "S0: welke informatie; R-17")
    if policy.agb_kinds and agb_code and agb_code[:2] not in policy.agb_kinds:
        message = (
            f"Dit beleid van {policy.insurer.name} is voor revalidatie-ZBC's. Deze aanbieder is van een andere soort."
        )
        yield Signal(SignalCode.OTHER_PROVIDER, message, "S1: machtiging")
    if application.referral.diagnosis_shared is False:
        message = "De patiënt deelt de diagnose niet. Vraag er niet naar en oordeel zonder."
        yield Signal(SignalCode.DIAGNOSIS_WITHHELD, message, "S2: mag u geen diagnosegegevens delen")
    if application.consent.duplicate_reason:
        message = f"Voor deze patiënt liep al een aanvraag. {application.consent.duplicate_reason}"
        yield Signal(SignalCode.DUPLICATE, message, "features.md, 8")


def _said(reason: str) -> str:
    """Return the words of the provider as such, so that they can't be taken for ours."""
    return f"De aanbieder schrijft: “{reason.strip()}” " if reason.strip() else ""


def _about_papers(
    application: Application,
    policy: Policy,
    answers: Mapping[DocumentKind, documents.Answer],
    papers: Iterable[Paper],
) -> Iterable[Signal]:
    care = application.care
    if care.indication and care.setting:
        items = documents.checklist(
            policy, application.kind, care.indication, care.setting, without_diagnosis=application.without_diagnosis
        )
        for item in documents.absent(items, answers):
            message = f"{item.label} is niet beschikbaar: {answers[item.kind].absent_because}"
            yield Signal(SignalCode.DOCUMENT_ABSENT, message, "R-38")
    for paper in papers:
        if paper.is_incomplete:
            message = f"{paper.kind.label}: bij dit document staat het oordeel “onvolledig”."
            yield Signal(SignalCode.DOCUMENT_INCOMPLETE, message, "features.md, 23")
        if paper.lacking:
            what = words.listing([feature.label.lower() for feature in paper.lacking])
            yield Signal(
                SignalCode.FEATURE_LACKING, f"{paper.kind.label}: {what} ontbreekt.", "S0: welke informatie, 6; R-31"
            )
