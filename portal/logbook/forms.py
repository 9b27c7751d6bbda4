"""The forms around the log."""

from datetime import datetime, time
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from stdnum.nl import bsn

from audit.domain.events import Kind
from audit.domain.unusual import AMSTERDAM, STANDOUTS
from kit.fields import ControlNumberField, DateField, DigitsField, LineField, LinesField
from kit.forms import Form
from kit.text import storable

TIMES = ["%H:%M", "%H.%M", "%H"]


class Filter(Form):
    """What narrows the log, kept in the URL; what is no choice at all counts as everything."""

    bijzonder = forms.ChoiceField(
        label="Bijzonderheid",
        required=False,
        choices=[("", "Alles"), *STANDOUTS],
    )
    wie = forms.ChoiceField(label="Collega", required=False)
    wat = forms.ChoiceField(
        label="Wat", required=False, choices=[("", "Alles"), *((value, label) for value, label in Kind.choices())]
    )
    maand = forms.ChoiceField(label="Maand", required=False)
    kenmerk = LineField(label="Kenmerk van de aanvraag", required=False, max_length=24)

    def __init__(self, data: QueryDict, *, people: list[tuple[str, str]], months: list[tuple[str, str]]) -> None:
        data = data.copy()
        data["kenmerk"] = storable(data.get("kenmerk", ""))[:24].strip().upper()
        super().__init__(data)
        for name, choices in (("wie", [("", "Iedereen"), *people]), ("maand", [("", "Alle maanden"), *months])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that isn't in the list is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SignOff(Form):
    """What the logbeheerder made of a month."""

    seen = ControlNumberField()
    remarks = LinesField(
        label="Wat vond u?",
        required=False,
        max_length=2000,
        rows=4,
        help_text="Verplicht als er bijzonderheden zijn. Schrijf op wat u uitzocht en wat u deed. "
        "Noem geen namen van verzekerden.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("aftekenen", "Teken deze maand af"))


class OfInsured(Form):
    """Whose data the overview is about; sent by post, so that the number stands in no address."""

    bsn = DigitsField(
        label="Burgerservicenummer van de verzekerde",
        length=9,
        name="Een burgerservicenummer",
        help_text="9 cijfers. Stel eerst vast dat u de verzekerde zelf voor u heeft.",
        error_messages={"required": "Vul het burgerservicenummer in."},
    )

    def clean_bsn(self) -> str:
        """Refuse a number that nobody has: an empty overview would say that nobody looked."""
        number: str = self.cleaned_data["bsn"]
        if not bsn.is_valid(number):
            raise ValidationError("Dit burgerservicenummer klopt niet. Controleer de cijfers.")
        return number

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bsn"].widget.attrs["autocomplete"] = "off"
        self.helper.add_input(Submit("maak", "Maak het overzicht"))


def _time(label: str, help_text: str) -> forms.TimeField:
    """Return a time of day as people write it; it may stay empty."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=TIMES,
        widget=forms.TextInput({"class": "mp-w-5"}),
        help_text=help_text,
        error_messages={"invalid": "Vul een tijd in zoals 14.30."},
    )


class OfAccount(Form):
    """Which account, and between which moments."""

    wie = forms.ChoiceField(label="Account")
    vanaf = DateField(label="Vanaf welke dag?")
    vanaf_tijd = _time("Vanaf hoe laat?", "Bijvoorbeeld 14.30. Leeg is het begin van de dag.")
    tot = DateField(label="Tot en met welke dag?")
    tot_tijd = _time("Tot hoe laat?", "Leeg is het einde van de dag.")

    def __init__(self, data: QueryDict | None, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["wie"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Kies een account"), *people]
        self.helper.form_method, self.helper.disable_csrf = "get", True
        self.helper.add_input(Submit("toon", "Toon wat dit account kon zien"))

    def clean(self) -> dict[str, Any]:
        """Make two moments of the days and times."""
        given = self.cleaned_data
        if given.get("vanaf") and given.get("tot"):
            given["since"] = datetime.combine(given["vanaf"], given.get("vanaf_tijd") or time(), tzinfo=AMSTERDAM)
            given["until"] = datetime.combine(given["tot"], given.get("tot_tijd") or time.max, tzinfo=AMSTERDAM)
            if given["until"] <= given["since"]:
                self.add_error("tot", ValidationError("Het einde ligt voor het begin. Controleer de dagen."))
        return given
