"""A key for a program: what it is called, in whose name it registers, and how long it works."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Submit
from django import forms

from kit.fields import LineField
from kit.forms import Form

DAYS = (("90", "90 dagen"), ("180", "180 dagen"), ("365", "1 jaar"))


class MakeKey(Form):
    """The key to make."""

    name = LineField(
        label="Naam van de sleutel",
        max_length=60,
        help_text="Noem het programma en waar het draait. Bijvoorbeeld: EPD, productie.",
        error_messages={"required": "Geef de sleutel een naam."},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    acts_for = forms.TypedChoiceField(
        label="In wiens naam legt het programma vast?",
        help_text="Deze collega staat als vastlegger bij elke activiteit, en krijgt een mail over deze sleutel.",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een collega.", "invalid_choice": "Kies een collega uit de lijst."},
    )
    days = forms.TypedChoiceField(
        label="Hoe lang werkt de sleutel?",
        help_text="Maak voor het einde een nieuwe sleutel, zet die in het programma, en trek deze daarna in.",
        choices=DAYS,
        coerce=int,
        initial="365",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe lang de sleutel werkt.", "invalid_choice": "Kies een duur uit de lijst."},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts_for"].choices = [(str(number), name) for number, name in people]  # type: ignore[attr-defined]
        self.helper.add_input(Submit("verder", "Maak de sleutel"))
