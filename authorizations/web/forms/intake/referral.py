"""C, E and F: who referred, what troubles the patient, and the diagnosis if there is one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.html import format_html

from authorizations.domain import identifiers
from authorizations.domain.terms import DiagnosisGroup, DocumentKind, Referrer, WpnLevel
from authorizations.web.forms.intake.base import Explanation, StepForm, YesNoField
from authorizations.web.forms.intake.layout import Question, Reveal, Section, Template
from kit import widgets
from kit.fields import DateField, LineField, NameField, WholeNumberField

SEARCH = "icd-zoeken"
MOST = 12
WITHOUT_LETTER = (
    "Is er geen verwijzing, bijvoorbeeld bij een crisis of verplichte zorg? Leg dat uit bij de stap Documenten. "
    "Hier hoeft u dan niets in te vullen."
)


class ReferralForm(StepForm):
    """The referral, the complaints and the diagnosis."""

    part: ClassVar[str] = "referral"
    revealed: ClassVar[frozenset[str]] = frozenset({"diagnosis_code", "diagnosis_text"})

    referrer = forms.ChoiceField(
        label="Wie heeft de patiënt verwezen?", choices=Referrer.choices(), widget=forms.RadioSelect
    )
    referrer_name = NameField(label="Naam van de verwijzer", max_length=120, required=False)
    referrer_agb = LineField(
        label="AGB-code van de verwijzer",
        max_length=40,
        required=False,
        widget=widgets.digits(),
        help_text="8 cijfers.",
    )
    referred_on = DateField(label="Datum van de verwijsbrief", help_text="Bijvoorbeeld 3 11 2026.")
    complaints = Explanation(label="Wat zijn de klachten?", help_text="Beschrijf de aard van de klachten.")
    complaint_months = WholeNumberField(
        label="Hoelang bestaan de klachten, in maanden?",
        min_value=0,
        max_value=1500,
        help_text="Bijvoorbeeld 18 voor anderhalf jaar.",
    )
    diagnosis_group = forms.ChoiceField(
        label="Hoofdgroep van de diagnose",
        required=False,
        choices=[("", "Kies een hoofdgroep"), *DiagnosisGroup.choices()],
    )
    diagnosis_shared = YesNoField(label="Deelt de patiënt de diagnose met de verzekeraar?")
    diagnosis_code = LineField(
        label="ICD-10-code", max_length=20, required=False, widget=widgets.short(11), help_text="Bijvoorbeeld M79.7."
    )
    diagnosis_search = LineField(
        label="Zoek een ICD-10-code",
        max_length=80,
        required=False,
        help_text="Zoek op een deel van de code of op een Engels woord, bijvoorbeeld fibromyalgia.",
    )
    diagnosis_text = LineField(label="Diagnose in woorden", max_length=500, required=False)
    wpn_level = forms.ChoiceField(
        label="WPN-niveau", required=False, choices=WpnLevel.choices(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.found: list[identifiers.Diagnosis] = []
        self.searched = ""
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        accepted = self.context.policy.referrers
        choices = [(one.value, one.label) for one in Referrer if one in accepted]
        self.fields["referrer"].choices = choices  # type: ignore[attr-defined]
        if "wpn_level" in self.fields:
            self.fields[
                "wpn_level"
            ].help_text = "Van de Werkgroep Pijnrevalidatie Nederland. Het niveau is een hulp, nooit de doorslag."
        if self.context.authorization.without_diagnosis:
            # Also what a choice makes appear, and the choice itself: the privacyverklaring has answered it.
            for name in [name for name in self.fields if name.startswith("diagnosis")]:
                del self.fields[name]
        self.search()
        if self.diagnosis:
            self.fields["diagnosis_code"].help_text = format_html(
                'Nu gekozen: <span lang="en">{}</span>.', self.diagnosis
            )

    def as_typed(self, posted: QueryDict) -> QueryDict:
        """Put a code that was chosen from the list in its place, whatever stood there."""
        if posted.get("diagnosis_choice"):
            posted.setlist("diagnosis_code", posted.getlist("diagnosis_choice")[-1:])
        return posted

    def search(self) -> None:
        """Look up what was asked for."""
        self.searched = identifiers.clean(self.posted.get("diagnosis_search", ""))[:80]
        if self.searched and SEARCH in self.posted:
            self.found = identifiers.search_icd10(self.searched, most=MOST)

    @property
    def pressed(self) -> bool:
        """Tell whether somebody looked for a code, and so isn't done yet."""
        return super().pressed or SEARCH in self.posted

    def values(self) -> dict[str, dict[str, Any]]:
        table = super().values()
        table[self.part].pop("diagnosis_search", None)
        return table

    @property
    def diagnosis(self) -> str:
        """The description of the code as it stands now; none where no diagnosis is asked."""
        if "diagnosis_code" not in self.fields:
            return ""
        try:
            return identifiers.icd10(str(self["diagnosis_code"].value() or "")).description
        except ValueError:
            return ""

    def _may_be_without(self) -> bool:
        rows = self.context.policy.checklist
        return any(row.document is DocumentKind.VERWIJSBRIEF and row.may_be_absent for row in rows)

    def blocks(self) -> Sequence[Any]:
        diagnosis: list[Any] = [
            Question(
                "diagnosis_code",
                "Een diagnose is niet verplicht. Heeft u er een? Dan liefst als ICD-10-code.",
                sources=["S0: welke informatie, 1"],
            ),
            Template("authorizations/intake/_diagnosis.html"),
            "diagnosis_text",
        ]
        if "diagnosis_code" not in self.fields:
            diagnosis = []
        if "diagnosis_shared" in self.fields:
            shared = Question(
                "diagnosis_shared",
                "Geeft de patiënt geen toestemming om de diagnose te delen? Dan bewaren wij haar niet. "
                "Laat haar dan ook weg in de documenten.",
                sources=["S2: mag u geen diagnosegegevens delen"],
            )
            diagnosis = [Reveal("diagnosis_shared", "ja", shared, *diagnosis)]
        diagnosis.append(Template("authorizations/privacyverklaring/_at_step.html"))
        return [
            Section(
                "De verwijzing",
                Question(
                    "referrer",
                    "Zonder verwijzing van een arts is er geen recht op vergoeding.",
                    sources=[
                        "S0: welke informatie, 1",
                        "S1: machtiging, 1",
                        "S2: verwijzing naar GGZ",
                        "Zorgverzekeringswet, artikel 14",
                    ],
                ),
                "referred_on",
                "referrer_name",
                "referrer_agb",
                hint=WITHOUT_LETTER if self._may_be_without() else "",
            ),
            Section(
                "De klachten",
                Question(
                    "complaints",
                    "De medisch adviseur leest hier wat de patiënt heeft, en hoelang al.",
                    sources=["S0: welke informatie, 1"],
                    criteria=["c2b"],
                ),
                "complaint_months",
                Question(
                    "wpn_level",
                    "Het niveau zegt hoe groot de invloed van de pijn is. "
                    "Bij WPN 3 en 4 past de beoordeling door een team.",
                    sources=["Richtlijn chronische pijnrevalidatie"],
                ),
            ),
            Section(
                "De diagnose",
                "diagnosis_group",
                *diagnosis,
                hint="" if self.context.authorization.without_diagnosis else "Alleen als u een diagnose heeft.",
            ),
        ]
