"""B and D: what is asked, and who treats."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from authorizations.domain import kinds
from authorizations.domain.terms import Indication, Setting
from authorizations.web.contracted import UNLESS_WRONG
from authorizations.web.forms.intake.base import Explanation, StepForm, YesNoField
from authorizations.web.forms.intake.layout import Question, Reveal, Section
from kit import widgets
from kit.fields import LineField, NameField


class CareForm(StepForm):
    """The kind of request, its haste, and who answers for the treatment; a choice of one isn't asked."""

    part: ClassVar[str] = "care"
    revealed: ClassVar[frozenset[str]] = frozenset({"urgent_reason", "contract_reason"})

    indication = forms.ChoiceField(
        label="Voor welke indicatie vraagt u aan?", choices=Indication.choices(), widget=forms.RadioSelect
    )
    setting = forms.ChoiceField(label="Waar is de behandeling?", choices=Setting.choices(), widget=forms.RadioSelect)
    urgent = YesNoField(label="Is er haast?")
    urgent_reason = Explanation(label="Waarom is er haast?", rows=3)
    contracted = YesNoField(label="Heeft u een contract met deze verzekeraar voor deze zorg?")
    contract_reason = Explanation(label="Waarom vraagt u toch een machtiging?", rows=3)
    revalidatiearts_name = NameField(label="Naam", max_length=120)
    revalidatiearts_big = LineField(
        label="BIG-nummer", max_length=40, widget=widgets.digits(), help_text="11 cijfers. Spaties mogen."
    )
    revalidatiearts_agb = LineField(
        label="AGB-code", max_length=40, required=False, widget=widgets.digits(), help_text="8 cijfers."
    )
    location = forms.CharField(label="Locatie", required=False)
    contact_name = NameField(label="Wie kunnen wij bellen?", max_length=120, required=False)
    contact_phone = LineField(label="Telefoonnummer", max_length=30, required=False, widget=widgets.short(20))

    @property
    def row(self) -> kinds.Row:
        """What this kind of request is."""
        return kinds.of(self.context.application.kind)

    def asks(self, name: str) -> bool:
        only = {"indication": self.row.indications, "setting": self.row.settings}
        return len(only.get(name, (None, None))) > 1 and super().asks(name)

    def arrange(self) -> None:
        for name, terms in (("indication", self.row.indications), ("setting", self.row.settings)):
            if name in self.fields:
                self.fields[name].choices = [(one.value, one.label) for one in terms]  # type: ignore[attr-defined]
        name = self.context.policy.insurer.name
        self.fields["contracted"].label = f"Heeft u een contract met {name} voor deze zorg?"
        if said := self.context.own.get("contract"):
            self.fields["contracted"].help_text = f"{said} {UNLESS_WRONG}"
        days = self.context.policy.terms
        self.fields[
            "urgent"
        ].help_text = (
            f"Bij spoed besluiten wij binnen {days.urgent_workdays} werkdagen, anders binnen {days.decision_workdays}."
        )
        places = [place.name for place in self.context.own.get("locations", ())]
        kept = self.initial.get("location", "")
        if kept and kept not in places:
            places.append(kept)
        self.fields["location"] = forms.ChoiceField(
            label="Op welke locatie is de behandeling?",
            required=False,
            choices=[("", "Kies een locatie"), *((place, place) for place in places)],
            help_text="" if places else "Uw organisatie heeft nog geen locaties. Een beheerder kan ze toevoegen.",
        )
        self.fields["location"].error_messages["invalid_choice"] = "Kies een locatie uit de lijst."

    def blocks(self) -> Sequence[Any]:
        return [
            Section(
                "Wat vraagt u aan?",
                Question(
                    "indication",
                    "Bij chronische pijn vragen wij andere dingen dan bij een andere indicatie: "
                    "ook de behandeling van psychosociale klachten, en de samenloop van klachten.",
                    sources=["S0: welke informatie, 2 en 3", "Standpunt IMSR van het Zorginstituut (S3)"],
                    criteria=["c2d"],
                ),
                Question(
                    "setting",
                    "Opname kan alleen als de patiënt dag en nacht verpleging nodig heeft. "
                    "Dan is ook een opname-indicatie volgens de VRA nodig.",
                    sources=["S1: machtiging, 2", "Richtlijn VRA"],
                    criteria=["c3_vorm"],
                ),
                Reveal("urgent", "ja", "urgent", "urgent_reason"),
                Reveal(
                    "contracted",
                    "ja",
                    Question(
                        "contracted",
                        "Deze machtiging is voor zorgaanbieders zonder contract. Heeft u een contract? "
                        "Dan bepalen de afspraken daarin of u een machtiging nodig heeft.",
                        sources=["S0: titel van de pagina", "S1: machtiging"],
                    ),
                    "contract_reason",
                ),
            ),
            Section(
                f"Wie is de verantwoordelijke {self.row.practitioner}?",
                Question(
                    "revalidatiearts_name",
                    f"Een {self.row.practitioner} is eindverantwoordelijk voor de behandeling.",
                    sources=["S0: aanspraak, 2", "Standpunt IMSR van het Zorginstituut (S3)"]
                    if self.row.in_subtrajects
                    else [],
                    criteria=["c2c", "s3_behandelplan"],
                ),
                "revalidatiearts_big",
                "revalidatiearts_agb",
            ),
            Section("Uw organisatie", "location", "contact_name", "contact_phone"),
        ]
