"""
The privacyverklaring: from the moment that patient and provider signed it, there is no diagnosis in the request.

It holds until it is withdrawn, also while the medisch adviseur hasn't looked or finds something wrong with it: what was
promised to a patient doesn't lapse because a form isn't in order.

Bron: G-06; R-15; R-38; domain.md section 6 (both sign, the medisch adviseur is responsible for the check).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from authorizations.domain.notices import INSURER, PROVIDER, Step
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term

PART, STEP = "referral", "verwijzing"
NAMES: Mapping[str, str] = {
    "diagnosis_group": "Hoofdgroep van de diagnose",
    "diagnosis_code": "Diagnose (ICD-10)",
    "diagnosis_text": "Diagnose in woorden",
}
"""The questions about a diagnosis, in the words of the form."""
SHARED = "diagnosis_shared"
CHECK = "privacyverklaring"
"""The step of an obstacle that is mended where the medisch adviseur checks it."""
LONGEST_AGO = timedelta(days=365)
"""A signature that is older is asked for anew. Niet uit een bron."""
_OWN = re.compile(r"diagnosis_.*", re.DOTALL)


class PrivacyWay(Term):
    """How a privacyverklaring was given. Bron: G-06 (online, a list of our own)."""

    ONLINE = "online", "Online"
    UPLOADED = "uploaded", "Als ondertekend document"


class PatientSigner(Term):
    """Who signed for the patient. Bron: domain.md section 6 (both sign; a list of our own)."""

    PATIENT = "patient", "De patiënt"
    REPRESENTATIVE = "representative", "De wettelijk vertegenwoordiger"


class PrivacyStatus(Term):
    """How a privacyverklaring stands; all but the last hold. Bron: R-15 (a list of our own)."""

    GIVEN = "given", "Gegeven"
    IN_ORDER = "in_order", "In orde"
    NOT_IN_ORDER = "not_in_order", "Niet in orde"
    WITHDRAWN = "withdrawn", "Ingetrokken"


HOLDS = (PrivacyStatus.GIVEN, PrivacyStatus.IN_ORDER, PrivacyStatus.NOT_IN_ORDER)
STEPS: Mapping[str, Step] = {
    "again": Step(PROVIDER, (PrivacyStatus.NOT_IN_ORDER,), PrivacyStatus.GIVEN, "Privacyverklaring opnieuw gegeven"),
    "approve": Step(
        INSURER,
        (PrivacyStatus.GIVEN, PrivacyStatus.NOT_IN_ORDER),
        PrivacyStatus.IN_ORDER,
        "Privacyverklaring gecontroleerd: in orde",
    ),
    "refuse": Step(
        INSURER, (PrivacyStatus.GIVEN,), PrivacyStatus.NOT_IN_ORDER, "Privacyverklaring gecontroleerd: niet in orde"
    ),
    "withdraw": Step(PROVIDER, HOLDS, PrivacyStatus.WITHDRAWN, "Privacyverklaring ingetrokken"),
}


@dataclass(frozen=True)
class Signed:
    """A privacyverklaring as somebody fills it in: how it is given, and both signatures."""

    way: PrivacyWay | None = None
    signer: PatientSigner | None = None
    signer_name: str = ""
    patient_signed_on: date | None = None
    profession: str = ""
    provider_signs: bool = False
    has_scan: bool = False
    """Whether the signed document stands on the checklist."""


def obstacles_to_give(
    signed: Signed, *, today: date, on_paper: bool, removed: Collection[str], confirmed: Collection[str]
) -> list[Obstacle]:
    """
    Return why this privacyverklaring can't be given yet: it holds only with both signatures.

    `removed` are the values that go with it, `confirmed` those that somebody agreed to lose.

    Bron: G-06; R-15; R-38; domain.md section 6 (patient and provider both sign).
    """
    found = []
    if signed.way is None:
        found.append(Obstacle("way_missing", "Kies hoe u de verklaring geeft.", field="way"))
    elif signed.way is PrivacyWay.UPLOADED and not signed.has_scan:
        found.append(Obstacle("scan_missing", "Voeg de ondertekende privacyverklaring toe.", field="scan"))
    elif signed.way is PrivacyWay.ONLINE and on_paper:
        message = "Bij een papieren aanvraag hoort de ondertekende verklaring zelf. Voeg de scan toe."
        found.append(Obstacle("online_on_paper", message, field="way"))
    if signed.signer is None:
        found.append(Obstacle("signer_missing", "Kies wie voor de patiënt tekende.", field="signer"))
    if not signed.signer_name.strip():
        found.append(Obstacle("name_missing", "Vul de naam in van wie tekende.", field="signer_name"))
    if reason := _wrong_day(signed.patient_signed_on, today, "waarop de patiënt tekende"):
        found.append(Obstacle("day_wrong", reason, field="patient_signed_on"))
    if not signed.profession.strip():
        found.append(Obstacle("profession_missing", "Vul uw beroep in.", field="profession"))
    if not signed.provider_signs:
        message = "Onderteken namens de zorgaanbieder. Zonder uw handtekening geldt de verklaring niet."
        found.append(Obstacle("provider_must_sign", message, field="provider_signs"))
    if set(removed) - set(confirmed):
        message = "Bevestig dat wij de gegevens verwijderen die hierboven staan."
        found.append(Obstacle("removal_unconfirmed", message, field="confirmed"))
    return found


def obstacles_to_withdraw(*, withdrawn_on: date | None, reason: str, signed_on: date, today: date) -> list[Obstacle]:
    """Return why it can't be withdrawn yet: the patient did so on a day, and for a reason. Bron: R-15."""
    found = []
    wrong = _wrong_day(withdrawn_on, today, "waarop de patiënt de verklaring introk")
    if not wrong and withdrawn_on and withdrawn_on < signed_on:
        wrong = "De patiënt tekende later dan deze dag. Controleer de datum."
    if wrong:
        found.append(Obstacle("day_wrong", wrong, field="withdrawn_on"))
    if not reason.strip():
        found.append(Obstacle("reason_missing", "Leg uit waarom de verklaring wordt ingetrokken.", field="reason"))
    return found


def obstacles_to_check(*, in_order: bool | None, reason: str, stands: PrivacyStatus) -> list[Obstacle]:
    """Return what the check of the medisch adviseur still lacks. Bron: domain.md section 6 (who checks)."""
    if in_order is None:
        return [Obstacle("check_missing", "Kies of de privacyverklaring in orde is.", field="in_order")]
    step = STEPS["approve" if in_order else "refuse"]
    if stands not in step.sources:
        return [Obstacle("checked", f"U controleerde de verklaring al: {stands.label.lower()}.")]
    if not in_order and not reason.strip():
        return [Obstacle("reason_missing", "Schrijf wat er niet in orde is.", field="reason")]
    return []


def obstacles_to_decide(stands: PrivacyStatus | None) -> list[Obstacle]:
    """
    Return why there can be no decision: with a privacyverklaring the medisch adviseur has checked it first.

    Bron: domain.md section 6 (the medisch adviseur is responsible for the check).
    """
    if stands is PrivacyStatus.GIVEN:
        return [Obstacle("privacyverklaring_unchecked", "Controleer eerst de privacyverklaring.", CHECK)]
    if stands is PrivacyStatus.NOT_IN_ORDER:
        message = "De privacyverklaring is niet in orde. Controleer haar opnieuw zodra de zorgaanbieder antwoordt."
        return [Obstacle("privacyverklaring_not_in_order", message, CHECK)]
    return []


# -- what goes --------------------------------------------------------------------------------------------------------


def named(*contents: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return which values of a diagnosis stand in these tables of a request, in the order of the form. Bron: R-15."""
    found = {
        name for content in contents for name, value in ((content or {}).get(PART) or {}).items() if _says(value)
    } | {name for content in contents for name, value in ((content or {}).get(STEP) or {}).items() if _says(value)}
    return tuple(name for name in NAMES if name in found)


def without(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of a request without its diagnosis, and without what was said of sharing it. Bron: R-15."""
    return {
        part: {name: value for name, value in table.items() if not _OWN.fullmatch(name)}
        if part in (PART, STEP) and isinstance(table, Mapping)
        else table
        for part, table in content.items()
    }


def without_notes(notes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the notes of the steps without what couldn't be read of a diagnosis: the words quote it. Bron: R-15."""
    note = notes.get(STEP)
    if not note:
        return dict(notes)
    kept = [row for row in note.get("unread", ()) if not _OWN.fullmatch(row.get("field") or "")]
    return {**notes, STEP: {**note, "unread": kept}}


def _says(value: Any) -> bool:
    if isinstance(value, list):
        return any(_says(one) for one in value)
    return bool(value.strip() if isinstance(value, str) else value)


def _wrong_day(day: date | None, today: date, what: str) -> str:
    if day is None:
        return f"Vul de dag in {what}."
    if day > today:
        return "Deze dag moet nog komen. Controleer de datum."
    if day < today - LONGEST_AGO:
        return "Deze dag is langer dan een jaar geleden. Controleer de datum."
    return ""
