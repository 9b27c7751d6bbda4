"""What the provider wrote that bears on a criterion, in the provider's own words."""

from collections.abc import Callable, Iterator

from authorizations.domain import words
from authorizations.domain.application import Application, Treatment

Quote = tuple[str, str]
"""Where it stands in the form, and the words."""


def about(code: str, application: Application) -> list[Quote]:
    """Return what was written about this criterion; empty when the form asks nothing about it. Bron: R-13."""
    quotes = ABOUT.get(code)
    return [quote for quote in quotes(application) if quote[1].strip()] if quotes else []


def _led_by(application: Application) -> Iterator[Quote]:
    care = application.care
    big = f", BIG-nummer {care.revalidatiearts_big}" if care.revalidatiearts_big else ""
    if care.revalidatiearts_name:
        yield "Revalidatiearts", f"{care.revalidatiearts_name}{big}"


def _value(application: Application) -> Iterator[Quote]:
    yield "Doelen", application.plan.goals
    yield "Activiteiten", application.plan.activities


def _second_line(application: Application) -> Iterator[Quote]:
    yield "Waarom de eerste lijn niet genoeg is", application.history.why_second_line


def _tried(application: Application) -> Iterator[Quote]:
    for treatment in application.history.treatments:
        kind = treatment.kind.label if treatment.kind else "Behandeling"
        yield kind, _treatment(treatment)
    yield from _second_line(application)


def _treatment(treatment: Treatment) -> str:
    if not treatment.tried:
        return f"{treatment.discipline}: niet geprobeerd, want {treatment.untried_because}"
    days = [words.day(day) for day in (treatment.started_on, treatment.ended_on) if day]
    number = f"{treatment.sessions} keer" if treatment.sessions is not None else ""
    facts = [treatment.discipline, " tot ".join(days), number, treatment.intensity]
    return f"{', '.join(fact for fact in facts if fact)}. {treatment.result}".strip()


def _domains(application: Application) -> Iterator[Quote]:
    yield "Domeinen", words.listing(sorted(domain.label for domain in application.history.domains))
    yield "Hoe de problemen samenhangen", application.history.complexity


def _integrated(application: Application) -> Iterator[Quote]:
    yield "Waarom geïntegreerde zorg nodig is", application.history.integrated_care
    yield from _led_by(application)


def _coincidence(application: Application) -> Iterator[Quote]:
    yield "Samenloop van klachten", application.history.coincidence


def _form_of_care(application: Application) -> Iterator[Quote]:
    setting = application.care.setting
    yield "Vorm", setting.label if setting else ""
    yield "Reden van opname", application.plan.admission_reason
    yield "Activiteiten", application.plan.activities


def _disorder(application: Application) -> Iterator[Quote]:
    yield "Reden van het verblijf", application.plan.admission_reason
    yield "Diagnose in woorden", application.referral.diagnosis_text


def _size(application: Application) -> Iterator[Quote]:
    plan = application.plan
    if plan.starts_on and plan.ends_on:
        yield "Periode", f"{words.day(plan.starts_on)} tot en met {words.day(plan.ends_on)} ({plan.days} dagen)"
    yield "Dagen verblijf", words.number(plan.days_of_stay) if plan.days_of_stay else ""
    hours = [
        f"{line.discipline.label} {words.number(line.hours)}" for line in plan.hours if line.discipline and line.hours
    ]
    yield "Uren", f"{words.listing(hours)}. Samen {words.number(plan.total_hours)} uur." if hours else ""
    yield "Weging", plan.estimate.words if hours else ""


def _joint_plan(application: Application) -> Iterator[Quote]:
    joint = application.plan.joint_plan
    answer = {True: "Ja, het team maakte het plan samen.", False: "Nee, het plan is niet samen gemaakt."}
    yield "Gezamenlijk plan", answer[joint] if joint is not None else ""
    yield from _led_by(application)
    yield "Doelen", application.plan.goals


def _treats(application: Application) -> Iterator[Quote]:
    yield from _led_by(application)
    lines = [
        f"{one.name}, {one.discipline.label.lower()}: {one.does}"
        for one in application.plan.practitioners
        if one.discipline
    ]
    yield "Behandelaren", "\n".join(lines)


ABOUT: dict[str, Callable[[Application], Iterator[Quote]]] = {
    "g_stoornis": _disorder,
    "c1": _treats,
    "c2_meerwaarde": _value,
    "c2_eerste_lijn": _second_line,
    "c2a": _tried,
    "c2b": _domains,
    "c2c": _integrated,
    "c2d": _coincidence,
    "c3_vorm": _form_of_care,
    "c3_omvang": _size,
    "s3_behandelplan": _joint_plan,
}
