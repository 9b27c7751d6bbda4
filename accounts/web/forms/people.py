"""Colleagues, invitations and one's own profile."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from accounts.domain.roles import EXPLANATION, LOGBEHEERDER_ALONE, Role, go_together
from accounts.web.forms.account import ADVICE, NO_NUL
from accounts.web.forms.fields import EmailField, PhoneField, SeenForm
from kit.fields import DigitsField, LineField, NameField
from kit.forms import Form


class RolesField(forms.MultipleChoiceField):
    """The roles to choose from, each with what it may do."""

    def __init__(self, offered: Iterable[Role]) -> None:
        super().__init__(
            label="Rollen",
            help_text="Kies alles wat van toepassing is.",
            widget=forms.CheckboxSelectMultiple,
            choices=[(role.value, f"{role.label}. {EXPLANATION[role]}") for role in offered],
            error_messages={"required": "Kies minstens 1 rol.", "invalid_choice": "Kies alleen rollen uit de lijst."},
        )

    def clean(self, value: Any) -> list[Role]:
        chosen = [Role(role) for role in super().clean(value)]
        if not go_together(frozenset(chosen)):
            raise ValidationError(LOGBEHEERDER_ALONE, code="not_together")
        return chosen


class Invite(Form):
    """Whom to invite, and for what."""

    full_name = NameField(
        label="Naam",
        max_length=150,
        error_messages={"required": "Vul de naam van uw collega in."},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = EmailField(
        label="E-mailadres",
        help_text="Naar dit adres sturen wij een link, die 14 dagen geldig is.",
        error_messages={"required": "Vul het e-mailadres van uw collega in."},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, offered: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(offered)
        self.helper.add_input(Submit("verder", "Verstuur uitnodiging"))


class Roles(SeenForm):
    """The roles of a colleague; `seen` holds the roles that the page showed."""

    def __init__(self, *args: Any, offered: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(offered)
        self.helper.add_input(Submit("verder", "Bewaar rollen"))

    def clean_seen(self) -> list[Role]:
        known = {role.value for role in Role}
        return [Role(role) for role in self.cleaned_data["seen"].split() if role in known]


class Accept(Form):
    """The own name and a first password."""

    full_name = NameField(
        label="Uw naam",
        max_length=150,
        error_messages={"required": "Vul uw naam in."},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Wachtwoord",
        help_text=ADVICE,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Kies een wachtwoord.", "null_characters_not_allowed": NO_NUL},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Maak mijn account"))


class Profile(SeenForm):
    """What someone tells about himself or herself."""

    full_name = NameField(
        label="Naam",
        max_length=150,
        error_messages={"required": "Vul uw naam in."},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    profession = LineField(
        label="Beroep",
        required=False,
        max_length=80,
        help_text="Bijvoorbeeld: revalidatiearts.",
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    big_number = DigitsField(label="BIG-nummer", length=11, name="Het BIG-nummer", required=False)
    agb_code = DigitsField(label="Persoonlijke AGB-code", length=8, name="Een AGB-code", required=False)
    phone = PhoneField(
        label="Telefoonnummer", required=False, widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"})
    )
    shortcuts_on = forms.BooleanField(
        label="Sneltoetsen gebruiken", required=False, help_text="Alle sneltoetsen beginnen met Alt."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Bewaar profiel"))


class ChooseOrganization(Form):
    """For which organisation someone works now."""

    organization = forms.ChoiceField(
        label="Voor welke organisatie werkt u nu?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies een organisatie uit de lijst."},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        self.helper.add_input(Submit("verder", "Kies organisatie"))
