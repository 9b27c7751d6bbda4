"""The forms of the privacyverklaring: giving it, checking it, and withdrawing it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.privacyverklaring import PatientSigner, PrivacyWay, Signed
from authorizations.web.forms.intake.layout import Section
from kit.fields import DateField, LineField, LinesField, NameField
from kit.forms import Form

LONG = 1000


class _Part(Form):
    """A form of which the page writes the tag and the token."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Say what the rules found, each at its field; a field that complained already is left alone."""
        for one in obstacles:
            field = one.field if one.field in self.fields else None
            if field not in self.errors:
                self.add_error(field, one.message)


class Give(_Part):
    """How the privacyverklaring is given, and both signatures. What it lacks is said by the rules."""

    way = forms.ChoiceField(
        label="Hoe geeft u de verklaring?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (PrivacyWay.ONLINE.value, "Online: de patiënt tekende bij u, en u tekent hier"),
            (PrivacyWay.UPLOADED.value, "Ik voeg de verklaring toe die wij allebei ondertekenden"),
        ],
    )
    scan = forms.FileField(
        label="De ondertekende verklaring",
        required=False,
        help_text="Pdf, jpg of png. Alleen als u de verklaring toevoegt. Er mag geen diagnose op staan.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    signer = forms.ChoiceField(
        label="Wie tekende voor de patiënt?",
        required=False,
        widget=forms.RadioSelect,
        choices=PatientSigner.choices(),
    )
    signer_name = NameField(label="Naam van wie tekende", max_length=120, required=False)
    patient_signed_on = DateField(
        label="Wanneer tekende de patiënt of vertegenwoordiger?", required=False, help_text="Bijvoorbeeld 3 11 2026."
    )
    profession = LineField(label="Uw beroep", max_length=80, required=False)
    provider_signs = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(label="Ja, verwijder deze gegevens. Ik weet dat dit voorgoed is.", required=False)

    def __init__(self, *args: Any, name: str, on_paper: bool, removes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider_signs"].label = (
            "De zorgaanbieder heeft de verklaring op papier ondertekend"
            if on_paper
            else f"Ik, {name}, onderteken de privacyverklaring namens de zorgaanbieder"
        )
        if on_paper:
            self.fields["profession"].label = "Beroep van wie voor de zorgaanbieder tekende"
            way = self.fields["way"]
            assert isinstance(way, forms.ChoiceField)  # noqa: S101
            way.choices = [(PrivacyWay.UPLOADED.value, "Ik voeg de ondertekende verklaring toe")]
        for name_ in ("way", "signer", "signer_name", "patient_signed_on", "profession", "provider_signs", "confirmed"):
            # Asked by the rules: "not required" would say something else.
            self.fields[name_].marked = False  # type: ignore[attr-defined]
        if not removes:
            del self.fields["confirmed"]
        self.helper.layout = Layout(
            Section("Hoe", "way", "scan"),
            Section("De handtekening van de patiënt", "signer", "signer_name", "patient_signed_on"),
            Section("Uw handtekening", "profession", "provider_signs"),
            *(["confirmed"] if removes else []),
        )

    def has_scan(self) -> None:
        """Say that the signed document is there: a file that was chosen before needn't be chosen again."""
        self["scan"].help_text = "De verklaring staat al bij de documenten. U hoeft haar niet opnieuw te kiezen."

    @property
    def signed(self) -> Signed:
        """What was filled in, as the rules read it; what couldn't be read is empty."""
        given = self.cleaned_data
        return Signed(
            way=PrivacyWay(given["way"]) if given.get("way") else None,
            signer=PatientSigner(given["signer"]) if given.get("signer") else None,
            signer_name=given.get("signer_name") or "",
            patient_signed_on=given.get("patient_signed_on"),
            profession=given.get("profession") or "",
            provider_signs=bool(given.get("provider_signs")),
        )

    def confirmed_of(self, marks: Sequence[str], *, are_the_same: bool) -> Sequence[str]:
        """Return what this person agreed to lose: nothing, when something else stands there than was shown."""
        return marks if self.cleaned_data.get("confirmed") and are_the_same else ()


class Check(_Part):
    """Whether the privacyverklaring is in order, and else what isn't."""

    in_order = forms.TypedChoiceField(
        label="Is de privacyverklaring in orde?",
        choices=[("ja", "Ja, beide handtekeningen kloppen"), ("nee", "Nee, ik vraag de zorgaanbieder iets")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of de privacyverklaring in orde is."},
    )
    reason = LinesField(
        label="Wat is er niet in orde?",
        required=False,
        max_length=LONG,
        rows=3,
        help_text="Alleen als zij niet in orde is. De zorgaanbieder leest dit. Schrijf geen diagnose op.",
    )


class WithdrawPrivacy(_Part):
    """When and why the patient took it back."""

    withdrawn_on = DateField(label="Wanneer trok de patiënt de verklaring in?")
    reason = LinesField(
        label="Waarom?",
        max_length=LONG,
        rows=3,
        help_text="Schrijf geen diagnose op. De medisch adviseur leest dit.",
        error_messages={"required": "Leg uit waarom de verklaring wordt ingetrokken."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].initial = today
