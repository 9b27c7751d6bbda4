"""I, J and K: what will be done, in how much time, under which codes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from authorizations.domain import records, weighting
from authorizations.domain.application import HoursLine
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Discipline
from authorizations.web.forms.intake.base import Explanation, RowForm, StepForm, YesNoField
from authorizations.web.forms.intake.hours import TimeField
from authorizations.web.forms.intake.layout import Question, Rows, Section, Template
from kit import widgets
from kit.fields import DateField, LineField, NameField
from kit.rows import Rows as RowSet
from kit.rows import rows

HOURS = {discipline: f"hours_{discipline.value}" for discipline in Discipline}
OTHER = "hours_label"


class PractitionerRow(RowForm):
    """Who does what. Bron: A-34."""

    name = NameField(label="Naam", max_length=120)
    discipline = forms.ChoiceField(label="Discipline", choices=[("", "Kies een discipline"), *Discipline.choices()])
    big_number = LineField(label="BIG-nummer", max_length=40, required=False, widget=widgets.digits())
    does = LineField(label="Wat doet deze behandelaar?", max_length=300)


class PlanForm(StepForm):
    """The plan, the hours per discipline and the codes. `own["codes"]` are the codes with whether they hold."""

    part: ClassVar[str] = "plan"
    row_types: ClassVar[dict[str, type[RowSet]]] = {
        "practitioners": rows(PractitionerRow, noun="behandelaar", longest=30, empty=1)
    }

    starts_on = DateField(label="Wanneer begint de behandeling?", help_text="Bijvoorbeeld 1 12 2026.")
    ends_on = DateField(label="Wanneer eindigt de behandeling?")
    early_start_reason = Explanation(label="Waarom kan de behandeling niet op het besluit wachten?", rows=3)
    exceptional_reason = Explanation(label="Waarom is dit een zeer uitzonderlijk geval?", rows=4)
    goals = Explanation(label="Wat zijn de doelen van de behandeling?")
    activities = Explanation(label="Welke activiteiten en verrichtingen zijn er?")
    joint_plan = YesNoField(label="Heeft het team het behandelplan samen gemaakt, voor deze patiënt?")
    admission_reason = Explanation(label="Waarom is opname nodig?", rows=4, required=False)
    hours_label = LineField(
        label="Welke andere discipline is dat?",
        max_length=80,
        required=False,
        help_text="Alleen als u tijd invulde bij Overige discipline.",
    )
    code = LineField(label="Declaratiecode", max_length=20, widget=widgets.short(11), help_text="Bijvoorbeeld 14D837.")
    second_code = LineField(
        label="Zorgproductcode", max_length=20, widget=widgets.digits(), help_text="9 cijfers, bijvoorbeeld 990027194."
    )

    def arrange(self) -> None:
        policy, plan = self.context.policy, self.context.application.plan
        unit, kept = policy.asks.time_unit, plan.minutes_by_discipline
        self.fields["code"].widget.attrs["list"] = "codes"
        self.fields["ends_on"].help_text = (
            f"Bij chronische pijn is de behandeling binnen {policy.limits.plan_days} dagen klaar."
            if self.context.application.chronic_pain
            else ""
        )
        self.fields["starts_on"].help_text = (
            f"De machtiging moet er zijn voordat u begint. Dient u nu in? "
            f"Dan verwachten wij ons besluit op {self.context.own.get('expected', '')}."
        )
        self.initial[OTHER] = next((line.label for line in plan.hours if line.discipline is Discipline.OVERIG), "")
        for discipline, name in HOURS.items():
            field = TimeField(label=discipline.label, unit=unit, what=discipline.label.lower(), required=False)
            # Empty is a good answer here, so it needs no remark at each of the eleven.
            field.marked = False  # type: ignore[attr-defined]
            self.fields[name] = field
            self.initial[name] = kept.get(discipline)
        last = ["code", "second_code"]
        first = [name for name in self.base_fields if name not in last and name != OTHER]
        self.order_fields([*first, *HOURS.values(), OTHER, *last])

    def asks(self, name: str) -> bool:
        return name in HOURS.values() or super().asks(name)

    def read(self) -> dict[str, Any]:
        """Return the fields as read, with the times as lines."""
        found = super().read()
        other = found.pop(OTHER) or ""
        lines = [
            HoursLine(discipline, found.pop(name), other if discipline is Discipline.OVERIG else "")
            for discipline, name in HOURS.items()
        ]
        return {**found, "hours": [line for line in lines if line.minutes is not None]}

    def values(self) -> dict[str, dict[str, Any]]:
        hours = self.read()["hours"]
        table = super().values()
        table[self.part]["hours"] = records.write(hours)
        return table

    def field_of(self, obstacle: Obstacle) -> str | None:
        """Return the field where this is said; what is wrong with the times stands at the first or at its own."""
        if obstacle.field != "hours":
            return super().field_of(obstacle)
        if obstacle.code == "label_missing":
            return OTHER
        lines = self.read()["hours"]
        if obstacle.row is not None and obstacle.row < len(lines):
            return HOURS[lines[obstacle.row].discipline]
        return HOURS[Discipline.REVALIDATIEARTS]

    @property
    def times(self) -> list[BoundField]:
        """The fields for the time of each discipline."""
        return [self[name] for name in HOURS.values()]

    @property
    def total(self) -> str:
        """The total of the times, in the unit of the policy."""
        minutes = sum(self.context.application.plan.minutes_by_discipline.values())
        return str(TimeField(unit=self.context.policy.asks.time_unit).prepare_value(minutes))

    @property
    def estimate(self) -> weighting.Estimate:
        """What the times would weigh. Bron: R-17."""
        return self.context.application.plan.estimate

    def blocks(self) -> Sequence[Any]:
        unit = self.context.policy.asks.time_unit
        return [
            Section(
                "De periode",
                Question(
                    "starts_on",
                    "Een machtiging moet zijn afgegeven voordat de behandeling begint.",
                    sources=["S1: machtiging", "S0: welke informatie"],
                ),
                "early_start_reason",
                "ends_on",
                Question(
                    "exceptional_reason",
                    "Een MSR-behandeling voor chronische pijn moet binnen 120 dagen klaar zijn, "
                    "behalve in zeer uitzonderlijke gevallen.",
                    sources=["S0: openen en sluiten subtraject, 3"],
                ),
            ),
            Section(
                "Het behandelplan",
                Question(
                    "goals",
                    "Het plan hoort bij deze patiënt. De doelen laten zien wat de behandeling moet opleveren.",
                    sources=["S1: machtiging, 3", "Standpunt IMSR van het Zorginstituut (S3)"],
                    criteria=["c2_meerwaarde"],
                ),
                Question("activities", "Zo zien wij wat u gaat doen.", sources=["S1: machtiging, 3"]),
                Question(
                    "joint_plan",
                    "Bij MSR maakt het team samen één plan, onder een revalidatiearts.",
                    sources=["Standpunt IMSR van het Zorginstituut (S3)"],
                    criteria=["c2c"],
                ),
                Question(
                    "admission_reason",
                    "Opname kan alleen als de patiënt dag en nacht verpleging nodig heeft. "
                    "Het document met de opname-indicatie voegt u toe bij de stap Documenten.",
                    sources=["S1: machtiging, 2", "Richtlijn VRA"],
                    criteria=["c3_vorm"],
                ),
            ),
            Section(
                f"{unit.label.capitalize()} per discipline",
                Template("authorizations/intake/_hours.html", unit=unit),
                OTHER,
                hint=f"Vul de {unit.label} in die u verwacht, zonder weging. U mag ook “90 min” of “1,5 uur” typen.",
            ),
            Rows(
                "practitioners",
                legend="Wie behandelt er?",
                add="Behandelaar toevoegen",
                why="Wij willen weten wie welke zorg uitvoert.",
                sources=["S1: machtiging, 4"],
            ),
            Section(
                "De codes",
                Template("components/_codes.html", codes=self.context.own.get("codes", ()), codes_day="starts_on"),
                Question(
                    "code",
                    "Met deze code declareert u later. De machtiging geldt voor deze code.",
                    sources=["S0: welke informatie, laatste alinea", "S1: machtiging, 5"],
                ),
                Question("second_code", "Deze verzekeraar vraagt ook het zorgproduct.", sources=["S1: machtiging, 5"]),
            ),
        ]
