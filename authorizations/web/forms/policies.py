"""Writing a policy: as a text, or the parts that change most by a form each; and publishing it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import contact, policy_text
from authorizations.domain.terms import DocumentKind, Indication, Kind, Setting
from kit.fields import ControlNumberField, DateField, LineField, LinesField, WholeNumberField
from kit.forms import Form


class Part(Form):
    """A form for a part of a policy; `values` is what stands there now."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(values))
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as the text of the policy has it; what is empty is left out there."""
        return {name: self.cleaned_data[name] for name in self.fields}


class Text(Form):
    """The whole policy as a text, pasted or from a file."""

    tekst = forms.CharField(
        label="Tekst van het beleid (TOML)",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
    )
    bestand = forms.FileField(
        label="Of kies een bestand",
        required=False,
        help_text="Een bestand op .toml. Het komt in de plaats van de tekst hierboven.",
        widget=forms.FileInput({"accept": ".toml"}),
    )
    versie = ControlNumberField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean(self) -> dict[str, Any]:
        """Return the text, from the file when there is one."""
        found = super().clean() or {}
        file = found.get("bestand")
        if file:
            if file.size > policy_text.LONGEST:
                raise ValidationError({"bestand": "Dit bestand is te groot voor een beleid."})
            try:
                found["tekst"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError({"bestand": "Wij kunnen dit bestand niet lezen. Bewaar het als UTF-8."}) from None
        if not (found.get("tekst") or "").strip():
            raise ValidationError({"tekst": "Plak de tekst van het beleid, of kies een bestand."})
        return found


class Publish(Form):
    """From which day, and as which version."""

    vanaf = DateField(label="Geldig vanaf", help_text="Voor zorg die op of na deze dag begint.")
    naam = LineField(label="Naam van deze versie", max_length=40, help_text="Bijvoorbeeld: 2027-1.")
    versie = ControlNumberField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag, self.helper.disable_csrf = False, True


class Terms(Part):
    """The terms of a policy."""

    decision_workdays = WholeNumberField(label="Beslistermijn in werkdagen", min_value=1, max_value=90)
    urgent_workdays = WholeNumberField(label="Beslistermijn bij spoed in werkdagen", min_value=1, max_value=90)
    question_workdays = WholeNumberField(
        label="Termijn om vragen te beantwoorden in werkdagen", min_value=1, max_value=90
    )
    patient_workdays = WholeNumberField(
        label="Norm voor de hele wachttijd van de patiënt in werkdagen", required=False, min_value=1, max_value=365
    )
    source = LineField(label="Bron", max_length=300)


class Criterion(Part):
    """What the medical advisor judges."""

    code = LineField(
        label="Code", max_length=30, help_text="Kort en zonder spaties. Een code die gebruikt is, blijft zo."
    )
    title = LineField(label="Naam van het criterium", max_length=200)
    text = LinesField(label="Tekst van de bron", max_length=4000)
    article = LineField(label="Artikel van de wet", max_length=200)
    source = LineField(label="Bron", max_length=300)
    parent = LineField(label="Onderdeel van het criterium met deze code", required=False, max_length=30)
    indications = forms.MultipleChoiceField(
        label="Alleen bij", required=False, choices=Indication.choices(), widget=forms.CheckboxSelectMultiple
    )


class ChecklistRow(Part):
    """A document that is asked for, and when."""

    document = forms.ChoiceField(label="Document", choices=[("", "Kies een document"), *DocumentKind.choices()])
    why = LinesField(label="Waarom vragen wij dit?", max_length=1000, rows=3, help_text="De zorgaanbieder leest dit.")
    source = LineField(label="Bron", max_length=300)
    required = forms.BooleanField(label="Dit document is verplicht", required=False)
    may_be_absent = forms.BooleanField(label="Het mag ontbreken met een uitleg", required=False)
    kinds = forms.MultipleChoiceField(
        label="Alleen bij deze soorten aanvraag",
        required=False,
        choices=Kind.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    indications = forms.MultipleChoiceField(
        label="Alleen bij deze indicaties",
        required=False,
        choices=Indication.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    settings = forms.MultipleChoiceField(
        label="Alleen bij deze settings", required=False, choices=Setting.choices(), widget=forms.CheckboxSelectMultiple
    )


class Contact(Part):
    """Where to ask what: by telephone, e-mail or post."""

    topic = LineField(label="Waarvoor", max_length=100, help_text="Bijvoorbeeld: Vraag over uw aanvraag.")
    for_requests = forms.BooleanField(label="Hier stelt u vragen over een aanvraag", required=False)
    about = forms.ChoiceField(
        label="Hier stelt u ook vragen over",
        required=False,
        choices=[
            ("", "Niets anders"),
            *(one for one in contact.ContactSubject.choices() if one[0] != contact.ContactSubject.REQUEST),
        ],
        help_text="Dan staat dit ook bij de contracten of bij de controles.",
    )
    phone = LineField(label="Telefoonnummer", required=False, max_length=30)
    hours = LineField(
        label="Telefoontijden", required=False, max_length=200, help_text=f"Bijvoorbeeld: {contact.EXAMPLE}."
    )
    email = forms.EmailField(label="E-mailadres", required=False)
    address = LinesField(label="Postadres", required=False, max_length=300, rows=3)
    note = LineField(label="Opmerking", required=False, max_length=200)
    source = LineField(label="Bron", max_length=300)

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Mapping[str, Any]) -> None:
        super().__init__(data, values={**values, "address": "\n".join(map(str, values.get("address", ())))})

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in; the lines of the address each by itself."""
        return {**super().values, "address": self.cleaned_data["address"].splitlines()}

    def clean_hours(self) -> str:
        """Return the hours. :raises ValidationError: when we can't read when somebody answers"""
        hours: str = self.cleaned_data["hours"]
        if hours and not contact.openings(hours):
            raise ValidationError(f"Wij kunnen deze tijden niet lezen. Schrijf ze zoals: {contact.EXAMPLE}.")
        return hours

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with at least one way to ask."""
        found = super().clean() or {}
        if not any(found.get(name) for name in ("phone", "email", "address")) and not self.errors:
            raise ValidationError("Vul een telefoonnummer, een e-mailadres of een postadres in.")
        if found.get("hours") and not found.get("phone"):
            raise ValidationError({"phone": "Vul ook het telefoonnummer in dat bij deze tijden hoort."})
        return found
