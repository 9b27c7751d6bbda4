"""G and H: what was tried in the first line, and why that isn't enough."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from authorizations.domain.terms import Domain, TreatmentKind
from authorizations.web.forms.intake.base import Explanation, RowForm, StepForm
from authorizations.web.forms.intake.layout import Question, Rows, Section
from kit.fields import DateField, LineField, LinesField, WholeNumberField
from kit.rows import Rows as RowSet
from kit.rows import rows


class TreatmentRow(RowForm):
    """An earlier treatment, or why it wasn't tried. Bron: R-14."""

    kind = forms.ChoiceField(
        label="Voor welke klachten?", choices=[("", "Kies de soort klachten"), *TreatmentKind.choices()]
    )
    discipline = LineField(label="Welke behandeling?", max_length=120, help_text="Bijvoorbeeld fysiotherapie.")
    started_on = DateField(label="Begonnen op")
    ended_on = DateField(label="Gestopt op", required=False)
    sessions = WholeNumberField(label="Aantal behandelingen", max_digits=5)
    intensity = LineField(
        label="Hoe vaak en hoelang?",
        max_length=200,
        help_text="Bijvoorbeeld 2 keer per week 30 minuten.",
    )
    result = LinesField(label="Wat leverde het op?", max_length=1000, rows=3)
    untried_because = LinesField(
        label="Niet geprobeerd, want",
        max_length=1000,
        rows=2,
        required=False,
        help_text="Alleen als deze behandeling er niet was. Vul hierboven dan alleen de klachten en de behandeling in.",
    )


class HistoryForm(StepForm):
    """The earlier treatment, and why the second line."""

    part: ClassVar[str] = "history"
    rows_first: ClassVar[bool] = True
    row_types: ClassVar[dict[str, type[RowSet]]] = {
        "treatments": rows(TreatmentRow, noun="behandeling", longest=20, empty=1)
    }

    domains = forms.MultipleChoiceField(
        label="Op welke domeinen heeft de patiënt problemen?",
        choices=Domain.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    complexity = Explanation(label="Waarom zijn de problemen complex?")
    integrated_care = Explanation(label="Waarom is zorg van een team onder een revalidatiearts nodig?")
    coincidence = Explanation(label="Hoe gaan de lichamelijke en de psychologische klachten samen?")
    why_second_line = Explanation(
        label="Waarom is zorg in de eerste lijn niet (meer) genoeg?",
        help_text="Leg uit waarom de patiënt zonder MSR niet op een doelmatige manier herstelt.",
    )

    def arrange(self) -> None:
        if "domains" in self.fields:
            least = self.context.policy.asks.minimum_domains
            self.fields["domains"].help_text = f"Kies er minstens {least}."

    def blocks(self) -> Sequence[Any]:
        hint = (
            "Noem per regel 1 behandeling. Bij chronische pijn ook de behandeling van psychosociale factoren of gedrag."
            if self.context.application.chronic_pain
            else "Noem per regel 1 behandeling, bijvoorbeeld fysiotherapie of ergotherapie."
        )
        return [
            Rows(
                "treatments",
                legend="Wat is er al geprobeerd?",
                add="Behandeling toevoegen",
                hint=hint,
                why="Wij lezen hier de aard, de duur en de intensiteit van de behandelingen in de eerste lijn. "
                "Is een behandeling niet geprobeerd? Leg dan uit waarom: ook dat telt mee.",
                sources=["S0: welke informatie, 2 en 3", "Standpunt IMSR van het Zorginstituut (S3)"],
                criteria=["c2a"],
            ),
            Section(
                "Waarom medisch-specialistische revalidatie?",
                Question(
                    "domains",
                    "MSR is voor patiënten met complexe problemen op meerdere domeinen.",
                    sources=["S0: aanspraak, 2"],
                    criteria=["c2b"],
                ),
                Question("complexity", "Zie de vorige vraag.", sources=["S0: aanspraak, 2"], criteria=["c2b"]),
                Question(
                    "integrated_care",
                    "Het moet duidelijk zijn dat losse behandelingen niet genoeg zijn.",
                    sources=["S0: aanspraak, 2"],
                    criteria=["c2c"],
                ),
                Question(
                    "coincidence",
                    "Bij chronische pijn is MSR er voor wie lichamelijke én psychologische klachten heeft.",
                    sources=["S0: aanspraak, 2"],
                    criteria=["c2d"],
                ),
                Question(
                    "why_second_line",
                    "Wij beoordelen of MSR nu het meest doelmatig is, "
                    "ook vergeleken met een combinatie van zorg in de eerste lijn.",
                    sources=["S0: welke informatie, 4"],
                    criteria=["c2_eerste_lijn", "c2a"],
                ),
            ),
        ]
