"""The form that all forms of this house start from."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

SAID: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"max_length": "Deze tekst is te lang. Er passen %(limit_value)s tekens."},
    forms.EmailField: {"invalid": "Vul een e-mailadres in zoals naam@voorbeeld.nl."},
    forms.ChoiceField: {"invalid_choice": "Kies een antwoord uit de lijst."},
    forms.MultipleChoiceField: {"invalid_choice": "Kies alleen antwoorden uit de lijst."},
    forms.ModelChoiceField: {"invalid_choice": "Kies een antwoord uit de lijst."},
    forms.FileField: {"empty": "Dit bestand is leeg. Kies een ander bestand."},
}
DEMANDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "Kies minstens 1 antwoord bij “{}”."),
    (forms.Select, "Kies een antwoord bij “{}”."),
    (forms.RadioSelect, "Kies een antwoord bij “{}”."),
    (forms.CheckboxInput, "Zet een vinkje bij “{}”."),
    (forms.FileInput, "Kies een bestand bij “{}”."),
    (forms.Widget, "Vul “{}” in."),
]


def demand(field: forms.Field, label: str) -> str:
    """Return what someone must do who left this field empty."""
    if label.endswith("?"):
        return f"Beantwoord de vraag “{label}”"
    return next(text for kind, text in DEMANDS if isinstance(field.widget, kind)).format(label.rstrip(".:"))


def inherited(field: forms.Field, code: str) -> bool:
    """Tell whether a message is still Django's own: not given with the field and not from a field of this house."""
    for kind in type(field).__mro__:
        if code in (messages := vars(kind).get("default_error_messages", {})):
            return kind.__module__.startswith("django.") and field.error_messages.get(code) is messages[code]
    return code not in field.error_messages


class Form(forms.Form):
    """
    A form with Dutch messages that say what to do, and a crispy `helper` to add a layout and buttons to.

    Checking is the server's: a browser's own messages speak another language, one at a time, and vanish.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            said = {"required": demand(field, str(field.label or name.replace("_", " ").capitalize()))}
            for kind, texts in SAID.items():
                if isinstance(field, kind):
                    said |= texts
            field.error_messages |= {code: text for code, text in said.items() if inherited(field, code)}
        self.helper = FormHelper()
