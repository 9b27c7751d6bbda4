"""The profile of an organisation and its locations."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms

from accounts.domain.roles import OrganizationKind
from accounts.web.forms.fields import PhoneField, PostcodeField, SeenForm
from kit.fields import DigitsField, LineField

CERTIFICATE = [("yes", "Ja"), ("no", "Nee"), ("unknown", "Dat weet ik niet")]
ANSWER = {"yes": True, "no": False, "unknown": None}
TYPED = {answer: typed for typed, answer in ANSWER.items()}


class _Address(SeenForm):
    street = LineField(
        label="Straat en huisnummer",
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    postcode = PostcodeField(label="Postcode", required=False)
    city = LineField(label="Plaats", required=False, max_length=80, widget=forms.TextInput({"autocomplete": "off"}))


class _Organization(_Address):
    kvk_number = DigitsField(label="KvK-nummer", length=8, name="Een KvK-nummer", required=False)
    phone = PhoneField(label="Telefoonnummer", required=False, widget=forms.TextInput({"inputmode": "tel"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Bewaar gegevens"))


class Provider(_Organization):
    """
    What a zorgaanbieder must have to claim: AGB-code and VECOZO certificate.

    Bron: A-41.
    """

    agb_code = DigitsField(
        label="AGB-code",
        length=8,
        name="Een AGB-code",
        help_text="De code van uw instelling bij Vektis.",
        error_messages={"required": "Vul de AGB-code van uw instelling in."},
    )
    vecozo_certificate = forms.ChoiceField(
        label="Heeft uw organisatie een VECOZO-certificaat?",
        choices=CERTIFICATE,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of uw organisatie een VECOZO-certificaat heeft."},
    )
    field_order = ["seen", "agb_code", "kvk_number", "vecozo_certificate", "street", "postcode", "city", "phone"]

    def clean_vecozo_certificate(self) -> bool | None:
        return ANSWER[self.cleaned_data["vecozo_certificate"]]


class Insurer(_Organization):
    """What a zorgverzekeraar is known by."""

    uzovi = DigitsField(label="UZOVI-code", length=4, name="Een UZOVI-code", required=False)
    field_order = ["seen", "uzovi", "kvk_number", "street", "postcode", "city", "phone"]


FORM_OF: dict[OrganizationKind, type[_Organization]] = {
    OrganizationKind.PROVIDER: Provider,
    OrganizationKind.INSURER: Insurer,
}


class Location(_Address):
    """A place where an organisation works."""

    name = LineField(
        label="Naam van de locatie",
        max_length=120,
        error_messages={"required": "Vul de naam van de locatie in."},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    agb_code = DigitsField(
        label="AGB-code van de locatie",
        length=8,
        name="Een AGB-code",
        required=False,
        help_text="Alleen als de locatie een eigen code heeft.",
    )
    field_order = ["seen", "name", "street", "postcode", "city", "agb_code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Bewaar locatie"))
