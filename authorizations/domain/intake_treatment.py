"""Filing, the treatment: what was tried before, what changed since, and what is planned now."""

from collections.abc import Iterator, Sequence

from authorizations.domain import identifiers, kinds, words
from authorizations.domain.application import Application, HoursLine, Practitioner, Treatment
from authorizations.domain.intake_situation import Situation, filled, number
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Discipline, TreatmentKind


def history(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask for the earlier treatment where the policy does. A reason for not having tried it never bars the way.

    Bron: Z-04 to Z-07, Z-14 to Z-19 (Zilveren Kruis, information 2 to 4); I-05; R-14.
    """
    history, asks = application.history, situation.policy.asks
    for row, treatment in enumerate(history.treatments):
        yield from _treatment(row, treatment, situation)
    first = not kinds.of(application.kind).goes_on
    named = {treatment.kind for treatment in history.treatments}
    if asks.prior_treatment and first:
        if TreatmentKind.PHYSICAL not in named:
            yield Obstacle(
                "physical_treatment_missing",
                "Noem minstens 1 behandeling in de eerste lijn, of leg uit waarom die er niet was.",
                "voortraject",
                "treatments",
            )
        if application.chronic_pain and TreatmentKind.PSYCHOSOCIAL not in named:
            yield Obstacle(
                "psychosocial_treatment_missing",
                "Bij chronische pijn is ook de behandeling van psychische klachten nodig. "
                "Vul die in, of leg uit waarom die er niet was.",
                "voortraject",
                "treatments",
            )
    if len(history.domains) < asks.minimum_domains:
        yield Obstacle(
            "domains_missing",
            f"Kies minstens {asks.minimum_domains} domeinen waarop de patiënt problemen heeft.",
            "voortraject",
            "domains",
        )
    if asks.why_second_line:
        yield from filled(
            "voortraject",
            ("complexity", history.complexity, "Leg uit waarom de problemen complex zijn."),
            (
                "integrated_care",
                history.integrated_care,
                "Leg uit waarom zorg van een team onder een revalidatiearts nodig is.",
            ),
            (
                "why_second_line",
                history.why_second_line,
                "Leg uit waarom zorg in de eerste lijn niet (meer) genoeg helpt.",
            ),
        )
        if application.chronic_pain and not history.coincidence:
            yield Obstacle(
                "coincidence_missing",
                "Leg uit hoe de lichamelijke en de psychologische klachten samengaan.",
                "voortraject",
                "coincidence",
            )


def _treatment(row: int, treatment: Treatment, situation: Situation) -> Iterator[Obstacle]:
    asked: list[tuple[str, object, str]] = [
        ("kind", treatment.kind, "kies waarvoor de behandeling was"),
        ("discipline", treatment.discipline, "vul in welke behandeling het was"),
    ]
    if treatment.tried:
        asked += [
            ("started_on", treatment.started_on, "vul in wanneer de behandeling begon"),
            ("sessions", treatment.sessions, "vul het aantal behandelingen in"),
            ("intensity", treatment.intensity, "vul in hoe vaak en hoelang de behandeling was"),
            ("result", treatment.result, "vul in wat de behandeling opleverde"),
        ]
    for name, value, ask in asked:
        if not value:
            yield Obstacle(
                f"treatment_{name}_missing", f"Behandeling {row + 1}: {ask}.", "voortraject", "treatments", row
            )
    began, ended = treatment.started_on, treatment.ended_on
    if began and ended and ended < began:
        message = f"Behandeling {row + 1}: het einde ligt voor het begin."
        yield Obstacle("treatment_ends_before_start", message, "voortraject", "treatments", row)
    if began and began > situation.today:
        message = f"Behandeling {row + 1}: de begindatum ligt in de toekomst."
        yield Obstacle("treatment_in_future", message, "voortraject", "treatments", row)
    if treatment.sessions is not None and not 0 < treatment.sessions < 1000:
        message = f"Behandeling {row + 1}: controleer het aantal behandelingen."
        yield Obstacle("treatment_sessions_impossible", message, "voortraject", "treatments", row)


def follow_up(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask what changed since the earlier machtiging.

    Bron: Z-29; Z-33 (a gap over 42 days); Z-35 (chronic pain, 120 days); R-11; ux.md section 6, message 20.
    """
    follow_up = application.follow_up
    yield from filled(
        "vervolg",
        ("previous_number", follow_up.previous_number, "Vul het nummer van de eerdere machtiging in."),
        ("progress", follow_up.progress, "Beschrijf wat de behandeling tot nu toe opleverde."),
        ("why_not_finished", follow_up.why_not_finished, "Leg uit waarom de behandeling nog niet klaar is."),
        (
            "gap_over_42",
            follow_up.gap_over_42 is not None or None,
            "Geef aan of er meer dan 42 dagen geen behandeling was.",
        ),
    )
    yield from number("vervolg", "zorgtrajectnummer", follow_up.zorgtrajectnummer, identifiers.zorgtrajectnummer)
    if follow_up.gap_over_42 and not follow_up.gap_reason:
        yield Obstacle(
            "gap_reason_missing",
            "Leg uit waarom er meer dan 42 dagen geen behandeling was.",
            "vervolg",
            "gap_reason",
        )
    if application.chronic_pain and not follow_up.exceptional_reason:
        yield Obstacle(
            "exceptional_reason_missing",
            "Bij chronische pijn duurt de behandeling maximaal 120 dagen. "
            "Leg uit waarom dit een zeer uitzonderlijk geval is.",
            "vervolg",
            "exceptional_reason",
        )


def plan(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask for the plan: its period, goals, hours, people and codes.

    Bron: Z-20, Z-35 (Zilveren Kruis); A-30, A-32 to A-35 (a.s.r.); I-08; R-11; R-17; R-22.
    """
    plan, policy = application.plan, situation.policy
    yield from filled(
        "behandelplan",
        ("starts_on", plan.starts_on, "Vul in wanneer de behandeling begint."),
        ("ends_on", plan.ends_on, "Vul in wanneer de behandeling eindigt."),
        ("goals", plan.goals, "Beschrijf de doelen van de behandeling."),
        (
            "joint_plan",
            plan.joint_plan is not None or None,
            "Geef aan of het team het behandelplan samen en voor deze patiënt heeft gemaakt.",
        ),
    )
    yield from period(application, situation, "behandelplan")
    if policy.asks.activities and not plan.activities:
        yield Obstacle(
            "activities_missing", "Beschrijf de activiteiten en verrichtingen.", "behandelplan", "activities"
        )
    yield from _hours(plan.hours, policy)
    if policy.asks.practitioners and not plan.practitioners:
        yield Obstacle(
            "practitioners_missing", "Noem wie er behandelt en wat iedereen doet.", "behandelplan", "practitioners"
        )
    for row, practitioner in enumerate(plan.practitioners):
        yield from _practitioner(row, practitioner)
    yield from number("behandelplan", "code", plan.code, identifiers.declaratiecode)
    if policy.asks.second_code or plan.second_code:
        yield from number("behandelplan", "second_code", plan.second_code, identifiers.zorgproduct)


def period(application: Application, situation: Situation, step: str) -> Iterator[Obstacle]:
    """Ask why treatment can't wait for the decision, and why it takes longer than it may. Bron: A-30; R-11; R-22."""
    plan, longest = application.plan, situation.policy.limits.plan_days
    if plan.starts_on and plan.starts_on < situation.expected_on and not plan.early_start_reason:
        if plan.starts_on < situation.today:
            message = (
                f"De behandeling is op {words.day(plan.starts_on)} begonnen. "
                "Een machtiging moet er zijn voordat u begint. Leg uit waarom de behandeling al begonnen is."
            )
        else:
            message = (
                f"De behandeling begint op {words.day(plan.starts_on)}. Wij verwachten het besluit op "
                f"{words.day(situation.expected_on)}. Kies een latere datum, of leg uit waarom u niet kunt wachten."
            )
        yield Obstacle("early_start_reason_missing", message, step, "early_start_reason")
    if plan.days is None:
        return
    if plan.days < 0:
        yield Obstacle("ends_before_start", "Het einde van de behandeling ligt voor het begin.", step, "ends_on")
    reasons = plan.exceptional_reason or application.follow_up.exceptional_reason
    if application.chronic_pain and plan.days > longest and not reasons:
        yield Obstacle(
            "exceptional_reason_missing",
            f"De behandeling duurt {plan.days} dagen. Bij chronische pijn is dat maximaal {longest} dagen. "
            "Pas de einddatum aan, of leg uit waarom dit een zeer uitzonderlijk geval is.",
            step,
            "exceptional_reason",
        )


def _hours(lines: Sequence[HoursLine], policy: Policy) -> Iterator[Obstacle]:
    unit = policy.asks.time_unit.label
    if not any(line.discipline and line.minutes for line in lines):
        message = f"Vul de {unit} in van minstens 1 discipline."
        yield Obstacle("hours_missing", message, "behandelplan", "hours")
    seen: set[tuple[Discipline, str]] = set()
    for row, line in enumerate(lines):
        name = line.discipline.label.lower() if line.discipline else "deze regel"
        if line.minutes and not line.discipline:
            yield Obstacle("discipline_missing", "Kies bij deze tijd de discipline.", "behandelplan", "hours", row)
        if line.discipline and (line.minutes is None or line.minutes <= 0):
            message = f"Vul de {unit} van {name} in als getal, bijvoorbeeld 12 of 12,5."
            yield Obstacle("minutes_missing", message, "behandelplan", "hours", row)
        if line.discipline is Discipline.OVERIG and not line.label:
            yield Obstacle("label_missing", "Vul in welke andere discipline dit is.", "behandelplan", "hours", row)
        if line.discipline and (line.discipline, line.label.casefold()) in seen:
            message = f"{name.capitalize()} staat er twee keer. Tel de {unit} bij elkaar op."
            yield Obstacle("discipline_twice", message, "behandelplan", "hours", row)
        if line.discipline:
            seen.add((line.discipline, line.label.casefold()))


def _practitioner(row: int, practitioner: Practitioner) -> Iterator[Obstacle]:
    for name, value, ask in (
        ("name", practitioner.name, "vul de naam in"),
        ("discipline", practitioner.discipline, "kies de discipline"),
        ("does", practitioner.does, "vul in wat deze behandelaar doet"),
    ):
        if not value:
            code, message = f"practitioner_{name}_missing", f"Behandelaar {row + 1}: {ask}."
            yield Obstacle(code, message, "behandelplan", "practitioners", row)
    if practitioner.big_number:
        yield from number("behandelplan", "practitioners", practitioner.big_number, identifiers.big, row=row)
