"""A: for whom it is."""

from collections.abc import Sequence
from typing import Any, ClassVar

from authorizations.web.forms.intake.base import StepForm
from authorizations.web.forms.intake.layout import Line, Question, Section
from kit import widgets
from kit.fields import DateField, LineField, NameField


class PatientForm(StepForm):
    """The patient, as the insurer knows him or her."""

    part: ClassVar[str] = "insured"

    bsn = LineField(
        label="BSN",
        max_length=40,
        widget=widgets.digits(),
        help_text="9 cijfers. Heeft u er 8? Zet er dan een 0 voor.",
    )
    birth_date = DateField(label="Geboortedatum", help_text="Bijvoorbeeld 2 4 1981.")
    initials = NameField(label="Voorletters", max_length=20, widget=widgets.short(11))
    surname = NameField(label="Achternaam", max_length=120, help_text="Met voorvoegsel, bijvoorbeeld van den Berg.")
    insured_number = LineField(
        label="Verzekerdennummer",
        max_length=20,
        required=False,
        widget=widgets.short(20),
        help_text="Dit staat op de zorgpas.",
    )
    street = LineField(label="Straat en huisnummer", max_length=120)
    postcode = LineField(label="Postcode", max_length=20, widget=widgets.short(8), help_text="Bijvoorbeeld 1234 AB.")
    city = LineField(label="Woonplaats", max_length=80)

    def blocks(self) -> Sequence[Any]:
        return [
            Section(
                "Wie is de patiënt?",
                Question(
                    "bsn",
                    "Met het BSN en de geboortedatum weten wij zeker om wie het gaat, "
                    "en of de patiënt op de dag van de behandeling bij deze verzekeraar is verzekerd.",
                    sources=["Wet aanvullende bepalingen verwerking persoonsgegevens in de zorg"],
                ),
                "birth_date",
                "initials",
                "surname",
                "insured_number",
            ),
            Section(
                "Waar woont de patiënt?",
                Question(
                    "street",
                    "De patiënt krijgt het besluit per post, in een eigen brief. Daarvoor is het adres nodig.",
                    sources=["Zorgverzekeringswet: het besluit is voor de verzekerde"],
                ),
                Line("postcode", "city"),
            ),
        ]
