"""Filing, the stay in a GGZ institution: its period and days, why it is needed, and the codes of its dbc."""

from collections.abc import Iterator
from datetime import date, timedelta

from authorizations.domain import identifiers, intake_treatment, words
from authorizations.domain.application import Application, Plan
from authorizations.domain.intake_situation import Situation, filled, number
from authorizations.domain.obstacles import Obstacle
from ggz_codes.domain import shipped
from ggz_codes.domain.validity import Standing, Validity

STEP = "verblijf"
LONGEST_DBC = timedelta(days=365)


def stay(application: Application, situation: Situation) -> Iterator[Obstacle]:
    """
    Ask for the stay: when, how many days, why, and under which codes.

    Bron: G-01, G-02 (Zilveren Kruis GGZ); R-22 (a start before the decision); R-27 (the opening of the dbc decides).
    """
    plan = application.plan
    yield from filled(
        STEP,
        ("starts_on", plan.starts_on, "Vul in wanneer het verblijf begint."),
        ("ends_on", plan.ends_on, "Vul in wanneer het verblijf eindigt."),
    )
    yield from intake_treatment.period(application, situation, STEP)
    yield from days(plan)
    yield from filled(
        STEP,
        ("admission_reason", plan.admission_reason, "Leg uit waarom verblijf nodig is voor de behandeling."),
        ("dbc_opened_on", plan.dbc_opened_on, "Vul in op welke dag de dbc is geopend, of opengaat."),
    )
    yield from opened(plan)
    yield from number(STEP, "zorgtype", plan.zorgtype, identifiers.zorgtype)
    yield from filled(STEP, ("code", plan.code, "Vul de prestatiecode in."))
    if plan.code:
        yield from number(STEP, "code", plan.code, identifiers.declaratiecode)
    yield from apart(plan.zorgtype, plan.code)


def days(plan: Plan) -> Iterator[Obstacle]:
    """Ask for a number of days that fits in the period. Bron: own: no source gives a number."""
    if plan.days_of_stay is None:
        yield Obstacle("days_of_stay_missing", "Vul in hoeveel dagen verblijf u vraagt.", STEP, "days_of_stay")
        return
    if plan.days is None or plan.days < 0:
        return
    most = plan.days + 1
    if not 0 < plan.days_of_stay <= most:
        message = f"In deze periode passen 1 tot en met {most} dagen. U vraagt er {words.number(plan.days_of_stay)}."
        yield Obstacle("days_of_stay_impossible", message, STEP, "days_of_stay")


def opened(plan: Plan) -> Iterator[Obstacle]:
    """Ask for a dbc that is open when the stay begins. Bron: domain.md section 8 (a dbc lasts 365 days at most)."""
    opened_on, starts_on = plan.dbc_opened_on, plan.starts_on
    if not opened_on or not starts_on:
        return
    if opened_on > starts_on:
        message = "De dbc gaat open na het begin van het verblijf. Pas een van de twee datums aan."
        yield Obstacle("dbc_opens_after_start", message, STEP, "dbc_opened_on")
    elif starts_on - opened_on >= LONGEST_DBC:
        message = (
            f"Een dbc duurt hoogstens 365 dagen. Die van {words.day(opened_on)} is dicht als het verblijf begint. "
            "Vul de dag van de vervolg-dbc in."
        )
        yield Obstacle("dbc_closed_before_start", message, STEP, "dbc_opened_on")


def apart(zorgtype: str, code: str) -> Iterator[Obstacle]:
    """
    Say when a prestatie belongs to another zorgtype: of a crisis and of VMR the source says which go together.

    Bron: G-16 to G-25; ggz_codes/data/ggz_relations.csv.
    """
    zorgtype, code = identifiers.clean(zorgtype), identifiers.clean(code).upper()
    theirs = [one for one in shipped.zorgtypes() if code in {own.code for own in shipped.prestaties_of(one)}]
    if theirs and zorgtype and zorgtype not in theirs:
        message = f"Prestatie {code} hoort bij zorgtype {words.listing(theirs, 'of')}, niet bij {zorgtype}."
        yield Obstacle("zorgtype_does_not_fit", message, STEP, "zorgtype")


def over(found: Validity, what: str, name: str) -> Iterator[Obstacle]:
    """
    Say that a code has ended, or doesn't exist yet, on the day the dbc opens. An unknown code doesn't bar the way.

    The source doesn't give every code of the GGZ. Bron: R-27; codes.md section 0, finding 10.
    """
    if found.standing in (Standing.ENDED, Standing.NOT_YET_VALID):
        message = f"{what} {found.code} geldt niet voor een dbc van {words.day(found.day)}. {found.words}"
        yield Obstacle(f"{name}_not_valid", message, STEP, name)


def opening_day(plan: Plan, otherwise: date) -> date:
    """Return the day by which the codes are judged. Bron: R-27."""
    return plan.dbc_opened_on or plan.starts_on or otherwise
