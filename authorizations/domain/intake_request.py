"""Filing, the patient and the request: who it is for, who treats and refers, which papers, who agrees and signs."""

from collections.abc import Iterator
from datetime import date, timedelta

from authorizations.domain import documents as checklist
from authorizations.domain import identifiers, kinds, words
from authorizations.domain.application import Application
from authorizations.domain.intake_situation import Situation, filled, number
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import DocumentKind

OLDEST = date(1900, 1, 1)
OLDEST_CONSENT = timedelta(days=731)


def patient(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask who the patient is, and where the letter goes.

    Bron: domain.md section 3.3 (BSN); ux.md section 6, messages 1 to 3; R-36 (the insured gets a letter by post).
    """
    insured = application.insured
    yield from number("patient", "bsn", insured.bsn, identifiers.bsn)
    yield from filled(
        "patient",
        ("initials", insured.initials, "Vul de voorletters van de patiënt in."),
        ("surname", insured.surname, "Vul de achternaam van de patiënt in."),
        ("birth_date", insured.birth_date, "Vul de geboortedatum van de patiënt in."),
        ("street", insured.street, "Vul de straat en het huisnummer van de patiënt in."),
        ("city", insured.city, "Vul de woonplaats van de patiënt in."),
    )
    if insured.birth_date and insured.birth_date > situation.today:
        yield Obstacle(
            "birth_date_in_future",
            "De geboortedatum ligt in de toekomst. Controleer het jaar.",
            "patient",
            "birth_date",
        )
    if insured.birth_date and insured.birth_date < OLDEST:
        yield Obstacle("birth_date_too_old", "Controleer het jaar van de geboortedatum.", "patient", "birth_date")
    yield from number("patient", "postcode", insured.postcode, identifiers.postcode)


def care(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask who treats, and what kind of request it is.

    Bron: Z-01 (not contracted); I-07 (a revalidatiearts is responsible); R-13; R-18 (spoed needs a reason).
    """
    care, leads = application.care, kinds.of(application.kind).practitioner
    yield from filled(
        "aanvraag",
        ("indication", care.indication, "Kies de indicatie: chronische pijn of een andere."),
        ("setting", care.setting, "Kies waar de behandeling is: poliklinisch, dagbehandeling of klinische opname."),
        ("revalidatiearts_name", care.revalidatiearts_name, f"Vul de naam in van de verantwoordelijke {leads}."),
    )
    yield from number("aanvraag", "revalidatiearts_big", care.revalidatiearts_big, identifiers.big)
    if care.revalidatiearts_agb:
        yield from number("aanvraag", "revalidatiearts_agb", care.revalidatiearts_agb, identifiers.agb)
    if care.contracted and not care.contract_reason:
        yield Obstacle(
            "contract_reason_missing",
            "Leg uit waarom u een machtiging vraagt terwijl u een contract heeft.",
            "aanvraag",
            "contract_reason",
        )
    if care.urgent and not care.urgent_reason:
        yield Obstacle("urgent_reason_missing", "Leg uit waarom er haast is.", "aanvraag", "urgent_reason")


def referral(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask for the referral, the complaints and, when there is one, the diagnosis.

    Bron: Z-11 to Z-13 (Zilveren Kruis, information 1); A-31 (a.s.r., information 1); G-06 (GGZ); R-15; R-16.
    """
    referral = application.referral
    if not _without_letter(application, situation):
        yield from filled(
            "verwijzing",
            ("referrer", referral.referrer, "Kies wie de patiënt verwees."),
            ("referred_on", referral.referred_on, "Vul de datum van de verwijsbrief in."),
        )
    if referral.referrer and referral.referrer not in situation.policy.referrers:
        accepted = words.listing([one.label.lower() for one in situation.policy.referrers], "of")
        yield Obstacle(
            "referrer_not_accepted",
            f"{situation.policy.insurer.name} vraagt een verwijzing van een {accepted}.",
            "verwijzing",
            "referrer",
        )
    if referral.referrer_agb:
        yield from number("verwijzing", "referrer_agb", referral.referrer_agb, identifiers.agb)
    starts_on = application.plan.starts_on
    if referral.referred_on and starts_on and referral.referred_on > starts_on:
        yield Obstacle(
            "referred_after_start",
            "De verwijsbrief is van na het begin van de behandeling. Pas een van de twee datums aan.",
            "verwijzing",
            "referred_on",
        )
    elif referral.referred_on and referral.referred_on > situation.today:
        yield Obstacle(
            "referred_in_future", "De datum van de verwijsbrief ligt in de toekomst.", "verwijzing", "referred_on"
        )
    elif _years_before(referral.referred_on, application.insured.birth_date):
        message = "De verwijsbrief is van voor de geboorte van de patiënt. Controleer het jaar."
        yield Obstacle("referred_before_birth", message, "verwijzing", "referred_on")
    if situation.policy.asks.complaints:
        yield from filled(
            "verwijzing",
            ("complaints", referral.complaints, "Beschrijf de klachten."),
            (
                "complaint_months",
                referral.complaint_months is not None or None,
                "Vul in hoelang de klachten bestaan, in maanden.",
            ),
        )
    if referral.complaint_months is not None and not 0 <= referral.complaint_months <= 1500:
        yield Obstacle(
            "complaint_months_impossible", "Controleer het aantal maanden.", "verwijzing", "complaint_months"
        )
    if referral.diagnosis_shared is None and kinds.of(application.kind).asks("referral", "diagnosis_shared"):
        message = "Geef aan of de patiënt de diagnose met de verzekeraar deelt."
        yield Obstacle("diagnosis_shared_missing", message, "verwijzing", "diagnosis_shared")
    if referral.diagnosis_code:
        yield from number("verwijzing", "diagnosis_code", referral.diagnosis_code, identifiers.icd10)


def _without_letter(application: Application, situation: Situation) -> bool:
    """Tell whether there is no letter of referral, with a reason that the policy accepts: then nobody referred."""
    care = application.care
    if not (care.indication and care.setting):
        return False
    items = checklist.checklist(
        situation.policy,
        application.kind,
        care.indication,
        care.setting,
        without_diagnosis=application.without_diagnosis,
    )
    letters = (item for item in items if item.kind is DocumentKind.VERWIJSBRIEF)
    return any(
        checklist.state(item, situation.answers.get(item.kind)) is checklist.ItemState.ABSENT for item in letters
    )


def documents(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """Ask for the documents of the checklist. Bron: R-38."""
    care = application.care
    if care.indication and care.setting:
        items = checklist.checklist(
            situation.policy,
            application.kind,
            care.indication,
            care.setting,
            without_diagnosis=application.without_diagnosis,
        )
        yield from checklist.obstacles(items, situation.answers)


def consent(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask for the consent of the insured and a signature.

    Bron: R-23 (the insured agrees); domain.md section 2, O; feature 8 (a second open request must be justified).
    """
    consent = application.consent
    yield from filled(
        "toestemming",
        ("consented_on", consent.consented_on, "Vul in op welke datum de patiënt toestemming gaf."),
        ("signatory_name", consent.signatory_name, "Vul de naam in van wie ondertekent."),
        ("signatory_profession", consent.signatory_profession, "Vul het beroep in van wie ondertekent."),
        ("declared_true", consent.declared_true, "Verklaar dat u de aanvraag naar waarheid heeft ingevuld."),
    )
    if consent.consented_on and consent.consented_on > situation.today:
        yield Obstacle(
            "consented_in_future", "De datum van de toestemming ligt in de toekomst.", "toestemming", "consented_on"
        )
    elif _years_before(consent.consented_on, application.insured.birth_date):
        message = "De toestemming is van voor de geboorte van de patiënt. Controleer het jaar."
        yield Obstacle("consented_before_birth", message, "toestemming", "consented_on")
    elif _before(consent.consented_on, situation.today - OLDEST_CONSENT):
        message = "De toestemming is meer dan 2 jaar oud. Controleer het jaar, of vraag de patiënt opnieuw."
        yield Obstacle("consented_long_ago", message, "toestemming", "consented_on")
    if consent.signatory_big:
        yield from number("toestemming", "signatory_big", consent.signatory_big, identifiers.big)
    if situation.duplicates and not consent.duplicate_reason:
        yield Obstacle(
            "duplicate_reason_missing",
            f"Voor deze patiënt loopt al een aanvraag: {', '.join(situation.duplicates)}. "
            "Leg uit waarom u er nog een indient.",
            "toestemming",
            "duplicate_reason",
        )


def _years_before(day: date | None, birth_date: date | None) -> bool:
    # Only a wrong year is told: who was born this year has other obstacles, or none.
    return day is not None and birth_date is not None and day.year < birth_date.year


def _before(day: date | None, limit: date | None) -> bool:
    return day is not None and limit is not None and day < limit
