"""The form of a purchasing season."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms

from contracting.domain.seasons import Deadline
from contracting.web.forms_register import Refusing, YearField
from kit.fields import DateField, LineField, LinesField, NameField

TOLD = ("policy", "contact_name", "contact_email", "contact_phone")


class Plan(Refusing):
    """The calendar of a contract year, with the policy and the contact person. Bron: A-07, A-09."""

    year = YearField(label="Voor welk contractjaar?")
    policy = LinesField(label="Inkoopbeleid, voor de startbrief", max_length=8000, rows=8)
    contact_name = NameField(label="Naam", max_length=120)
    contact_email = forms.EmailField(label="E-mailadres", max_length=254)
    contact_phone = LineField(label="Telefoonnummer", max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for deadline in Deadline:
            self.fields[deadline.value] = DateField(label=deadline.label)
        self.helper.layout = Layout(
            "year",
            Fieldset("Kalender", *(deadline.value for deadline in Deadline)),
            "policy",
            Fieldset("Contactpersoon", "contact_name", "contact_email", "contact_phone"),
        )

    @property
    def days(self) -> dict[Deadline, date]:
        """The calendar as it was filled in."""
        return {deadline: self.cleaned_data[deadline.value] for deadline in Deadline}

    @property
    def told(self) -> dict[str, str]:
        """The policy and the contact person."""
        return {name: self.cleaned_data[name] for name in TOLD}
