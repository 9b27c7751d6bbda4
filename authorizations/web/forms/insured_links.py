"""The forms of the link for an insured: how long it works, and the code that somebody types."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms

from authorizations.domain.insured_links import DAYS
from kit.fields import LineField
from kit.forms import Form

WORDS = {90: "90 dagen", 180: "180 dagen", 365: "1 jaar"}


class MakeLink(Form):
    """How long the link works."""

    days = forms.TypedChoiceField(
        label="Hoe lang werkt de link?",
        choices=[(str(days), WORDS[days]) for days in DAYS],
        coerce=int,
        initial="180",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe lang de link werkt.", "invalid_choice": "Kies een duur uit de lijst."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("maken", "Maak een link"))


class TypeCode(Form):
    """The code from the paper that somebody was given."""

    code = LineField(
        label="Uw code",
        max_length=120,
        help_text="26 letters en cijfers, van het papier dat u kreeg. Hoofdletters en streepjes maken niet uit.",
        error_messages={"required": "Vul de code in."},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Bekijk uw aanvraag"))
