"""What a request says, as sections of question and answer: for the page before filing, the review and the receipt."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import identifiers, intake, intake_asked, kinds, words
from authorizations.domain.application import Application, HoursLine, Practitioner, Treatment
from authorizations.domain.masking import masked_bsn
from authorizations.domain.policy import TimeUnit
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest
from authorizations.services.drafts import application_of
from ggz_codes.domain import shipped
from kit.terms import Term

Rows = list[tuple[str, str]]

# The words for each answer, in the order in which they are read; what isn't here is told elsewhere on the page.
LABELS: dict[str, dict[str, str]] = {
    "insured": {
        "bsn": "BSN",
        "initials": "Voorletters",
        "surname": "Achternaam",
        "birth_date": "Geboortedatum",
        "insured_number": "Verzekerdennummer",
        "street": "Straat en huisnummer",
        "postcode": "Postcode",
        "city": "Woonplaats",
    },
    "care": {
        "contracted": "Contract met de verzekeraar",
        "contract_reason": "Waarom toch een machtiging",
        "indication": "Indicatie",
        "setting": "Setting",
        "urgent": "Spoed",
        "urgent_reason": "Reden van de spoed",
        "location": "Locatie",
        "contact_name": "Contactpersoon",
        "contact_phone": "Telefoon van de contactpersoon",
        "revalidatiearts_name": "Verantwoordelijke revalidatiearts",
        "revalidatiearts_big": "BIG-nummer van de revalidatiearts",
        "revalidatiearts_agb": "AGB-code van de revalidatiearts",
    },
    "referral": {
        "referrer": "Verwezen door",
        "referrer_name": "Naam van de verwijzer",
        "referrer_agb": "AGB-code van de verwijzer",
        "referred_on": "Datum van de verwijsbrief",
        "complaints": "Aard van de klachten",
        "complaint_months": "Duur van de klachten in maanden",
        "diagnosis_group": "Hoofdgroep van de diagnose",
        "diagnosis_shared": "Patiënt deelt de diagnose",
        "diagnosis_code": "Diagnose (ICD-10)",
        "diagnosis_text": "Diagnose in woorden",
        "wpn_level": "WPN-niveau",
    },
    "history": {
        "treatments": "Behandelingen tot nu toe",
        "domains": "Domeinen met problemen",
        "complexity": "Waarom de problemen complex zijn",
        "integrated_care": "Waarom zorg van een team onder een revalidatiearts nodig is",
        "coincidence": "Hoe lichamelijke en psychologische klachten samengaan",
        "why_second_line": "Waarom de eerste lijn niet (meer) genoeg helpt",
    },
    "follow_up": {
        "previous_number": "Eerdere machtiging",
        "zorgtrajectnummer": "Zorgtrajectnummer",
        "progress": "Wat de behandeling opleverde",
        "why_not_finished": "Waarom de behandeling nog niet klaar is",
        "minutes_used": "Gebruikte uren",
        "gap_over_42": "Meer dan 42 dagen geen behandeling",
        "gap_reason": "Reden van die onderbreking",
        "exceptional_reason": "Waarom dit een zeer uitzonderlijk geval is",
    },
    "plan": {
        "starts_on": "Begin van de behandeling",
        "ends_on": "Einde van de behandeling",
        "early_start_reason": "Waarom de behandeling niet op het besluit kan wachten",
        "exceptional_reason": "Waarom dit een zeer uitzonderlijk geval is",
        "goals": "Doelen",
        "activities": "Activiteiten en verrichtingen",
        "joint_plan": "Het team maakte het plan samen, voor deze patiënt",
        "hours": "Tijd per discipline",
        "practitioners": "Behandelaren",
        "code": "Declaratiecode",
        "second_code": "Zorgproductcode",
        "admission_reason": "Waarom opname nodig is",
        "days_of_stay": "Dagen verblijf",
        "dbc_opened_on": "De dbc opent op",
        "zorgtype": "Zorgtype",
    },
    "consent": {
        "consented_on": "Toestemming van de patiënt op",
        "duplicate_reason": "Waarom nog een aanvraag",
        "signatory_name": "Ondertekend door",
        "signatory_profession": "Beroep",
        "signatory_big": "BIG-nummer",
        "declared_true": "Naar waarheid ingevuld",
    },
}
# Not worth a line when there is nothing to say.
SILENT = {
    ("plan", "early_start_reason"),
    ("consent", "duplicate_reason"),
}
# What an administrative role may read too: status, term and codes, nothing medical. Bron: decisions.md, roles.
ADMINISTRATIVE = {
    "insured": {"initials", "birth_date", "insured_number"},
    "care": {"setting", "urgent", "location", "contact_name", "contact_phone", "revalidatiearts_name"},
    "follow_up": {"previous_number"},
    "plan": {"starts_on", "ends_on", "code", "second_code", "days_of_stay", "dbc_opened_on"},
}


def as_rows(authorization: AuthorizationRequest, *, for_medical: bool = True) -> list[tuple[str, str, str]]:
    """Return the answers as (section, label, value), without those that the request doesn't need."""
    return [
        (title, label, value)
        for title, rows in sections(authorization, for_medical=for_medical)
        for label, value in rows
    ]


def sections(authorization: AuthorizationRequest, *, for_medical: bool = True) -> list[tuple[str, Rows]]:
    """Return the answers as (title, [(label, value)]) in the order of the steps; what is open has an empty value."""
    application = application_of(authorization)
    found = [
        (step.title, list(_rows(authorization, application, step.part, for_medical=for_medical)))
        for step in steps_with_answers(authorization)
    ]
    return [(title, rows) for title, rows in found if rows]


def steps_with_answers(authorization: AuthorizationRequest) -> list[intake.Step]:
    """Return the steps that fill a part of the request."""
    policy = queries.policy_of(authorization)
    return [step for step in intake.steps(Kind(authorization.kind), policy) if step.part]


def rows_of(authorization: AuthorizationRequest, part: str) -> Rows:
    """Return the questions and answers of one part."""
    return list(_rows(authorization, application_of(authorization), part, for_medical=True))


def _rows(
    authorization: AuthorizationRequest, application: Application, part: str, *, for_medical: bool
) -> Iterator[tuple[str, str]]:
    policy = queries.policy_of(authorization)
    record, own = getattr(application, part), kinds.of(application.kind).labels
    for name, usual in LABELS[part].items():
        label, value = own.get((part, name), usual), getattr(record, name)
        if not for_medical and name not in ADMINISTRATIVE.get(part, ()):
            continue
        # Only what was needed was kept on filing. A draft is judged by now, whatever the day turns out to be.
        if not value and (part, name) in SILENT:
            continue
        if not value and not intake_asked.is_asked(part, name, application, policy, expected_on=date.min):
            continue
        if name == "bsn":
            yield label, masked_bsn(value)
        elif name == "diagnosis_code" and value:
            yield label, _diagnosis(value)
        elif name == "zorgtype" and value in shipped.zorgtypes():
            yield label, f"{value} {shipped.zorgtypes()[value].description}"
        elif authorization.is_draft and name.startswith(("signatory", "declared")):
            continue
        else:
            yield label, said(value, policy.asks.time_unit, name)


def said(value: Any, unit: TimeUnit = TimeUnit.HOURS, name: str = "") -> str:
    """Return an answer as people read it."""
    if value is None or value == "":
        return ""
    for kind, say in SAY.items():
        if isinstance(value, kind):
            return say(value)
    if isinstance(value, int):
        return _time(value, unit) if name == "minutes_used" else words.number(value)
    if isinstance(value, frozenset):
        return ", ".join(term.label for term in type(next(iter(value))) if term in value) if value else ""
    if isinstance(value, tuple):
        return _lines(value, unit)
    return str(value)


SAY: dict[type, Callable[[Any], str]] = {
    Term: lambda term: term.label,
    bool: lambda yes: "Ja" if yes else "Nee",
    date: words.day,
}


def _diagnosis(code: str) -> str:
    try:
        diagnosis = identifiers.icd10(code)
    except ValueError:
        return code
    return f"{diagnosis.code} {diagnosis.description}"


def _lines(lines: tuple[Any, ...], unit: TimeUnit) -> str:
    """Return one line of text per row; hours get their total."""
    if lines and isinstance(lines[0], HoursLine):
        rows = [f"{_discipline(line)}: {_time(line.minutes, unit)}" for line in lines]
        return "\n".join([*rows, f"Samen: {_time(sum(line.minutes or 0 for line in lines), unit)}"])
    return "\n".join(_treatment(line) if isinstance(line, Treatment) else _practitioner(line) for line in lines)


def _discipline(line: HoursLine) -> str:
    return line.label or (line.discipline.label if line.discipline else "Discipline niet gekozen")


def _time(minutes: int | None, unit: TimeUnit) -> str:
    if minutes is None:
        return ""
    if unit is TimeUnit.MINUTES:
        return f"{words.number(minutes)} minuten"
    return f"{words.number(applications.hours_of(minutes))} uur"


def _treatment(line: Treatment) -> str:
    head = ": ".join(filter(None, [line.kind.label if line.kind else "", line.discipline]))
    if not line.tried:
        return f"{head}. Niet geprobeerd, want {line.untried_because}"
    period = " tot ".join(words.day(day) for day in (line.started_on, line.ended_on) if day)
    sessions = f"{line.sessions} behandelingen" if line.sessions else ""
    return ". ".join(filter(None, [head, ", ".join(filter(None, [period, sessions, line.intensity])), line.result]))


def _practitioner(line: Practitioner) -> str:
    discipline = line.discipline.label if line.discipline else ""
    big = f"BIG {line.big_number}" if line.big_number else ""
    return ", ".join(filter(None, [line.name, discipline, big, line.does]))
