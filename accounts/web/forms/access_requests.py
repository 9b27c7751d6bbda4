"""Asking for access, and answering it."""

import re
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from accounts.web.forms.fields import EmailField, PhoneField
from kit.fields import DigitsField, LineField, NameField, TextField
from kit.forms import Form


class OrganizationNameField(LineField):
    """The name of an organisation that nobody knows yet: it goes out by mail, so it leads nowhere and is no markup."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (re.search(r"[<>{}|\\^~`\[\]]|://|www\.|\.(?:nl|com|net|org|eu|info)\b", value, re.IGNORECASE)):
            raise ValidationError("Vul alleen de naam in, zonder internetadres en zonder tekens zoals < en >.")


class Ask(Form):
    """Who asks, for which organisation, from which insurer."""

    insurer = forms.ChoiceField(label="Aan welke zorgverzekeraar vraagt u toegang?", widget=forms.RadioSelect)
    organization_name = OrganizationNameField(label="Naam van uw organisatie", max_length=150)
    agb_code = DigitsField(
        label="AGB-code", length=8, name="Een AGB-code", help_text="De code van uw instelling bij Vektis."
    )
    kvk_number = DigitsField(label="KvK-nummer", length=8, name="Een KvK-nummer")
    full_name = NameField(
        label="Uw naam",
        max_length=150,
        help_text="U wordt de beheerder van uw organisatie en nodigt daarna uw collega's uit.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = EmailField(
        label="Uw e-mailadres",
        help_text="Uw zakelijke adres. Hier komt het antwoord.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = PhoneField(
        label="Telefoonnummer",
        help_text="De zorgverzekeraar kan u bellen om te controleren wie u bent.",
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, insurers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insurer"].choices = insurers  # type: ignore[attr-defined]
        self.helper.add_input(Submit("verder", "Vraag toegang"))


class Refuse(Form):
    """Why not."""

    reason = TextField(
        label="Reden van de afwijzing",
        max_length=500,
        help_text="Deze reden gaat per mail naar wie het vroeg.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Schrijf op waarom u de vraag afwijst."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("afwijzen", "Wijs de vraag af", css_class="nl-button--secondary"))
