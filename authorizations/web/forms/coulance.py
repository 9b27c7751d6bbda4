"""The forms of a coulanceverzoek: to begin it, to fill it in, and to decide on it."""

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from authorizations.domain import coulance_files
from authorizations.domain.coulance import NUMBER_LENGTH, CareKind, Claim, CoulanceGround, CoulanceOutcome, Verdict
from authorizations.services.coulance import LIMITS, Paper
from authorizations.web.forms.heroverweging import FilesField
from kit import widgets
from kit.fields import DateField, DecimalField, LineField, LinesField
from kit.forms import Form
from kit.rows import rows

LONG = 6000
MOST_ROWS = 25
STALE_PAGE = "Deze pagina klopt niet meer. Open de pagina opnieuw en vul hem nog een keer in."
CODES = [
    ("01", "01, eerste keer ingediend"),
    ("02", "02, opnieuw ingediend"),
    ("03", "03, opnieuw ingediend"),
    ("04", "04"),
    ("05", "05, na een controle achteraf"),
]


class _Part(Form):
    """A form of which the page writes the tag and the token."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class Begin(_Part):
    """At which insurer."""

    insurer = forms.TypedChoiceField(label="Bij welke verzekeraar?", coerce=int, widget=forms.RadioSelect)
    creation_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), STALE_PAGE)
    )

    def __init__(self, *args: Any, insurers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insurer"].choices = insurers  # type: ignore[attr-defined]


class ClaimRow(Form):
    """One claim. What its own rule says of it, stands at its fields."""

    number = LineField(label="Declaratienummer of factuurnummer", max_length=NUMBER_LENGTH, widget=widgets.short(20))
    care = forms.TypedChoiceField(
        label="Soort zorg", coerce=CareKind, choices=[("", "Kies een soort"), *CareKind.choices()]
    )
    amount = DecimalField(label="Bedrag in euro’s", max_digits=10, widget=widgets.number(11))
    code = forms.ChoiceField(label="Code her-declaratie", choices=[("", "Kies een code"), *CODES])
    opened_on = DateField(label="Geopend op")
    closed_on = DateField(label="Gesloten op")
    handed_in_on = DateField(
        label="Ingediend op", required=False, help_text="Laat dit leeg als de declaratie nog niet is ingediend."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Div("number", "care", css_class="mp-fieldrow"),
            Div("amount", "code", css_class="mp-fieldrow"),
            Div("opened_on", "closed_on", "handed_in_on", css_class="mp-fieldrow"),
        )

    def clean_number(self) -> str:
        """Return the number as it is known."""
        try:
            return coulance_files.number_of(self.cleaned_data["number"])
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    @staticmethod
    def read(values: dict[str, Any]) -> Claim:
        """Return the claim that a row names."""
        return Claim(**values)


Claims = rows(ClaimRow, noun="declaratie", longest=MOST_ROWS)


class Fill(_Part):
    """What happened, the claims as a file, and the papers. A draft may lack all of it."""

    ground = forms.ChoiceField(
        label="Waardoor was u te laat?", required=False, choices=CoulanceGround.choices(), widget=forms.RadioSelect,
        help_text="Coulance is er alleen bij overmacht of een calamiteit.",
    )  # fmt: skip
    explanation = LinesField(
        label="Wat is er gebeurd?", required=False, max_length=LONG, rows=8,
        help_text="Schrijf wat er gebeurde, wanneer, en waarom u daardoor niet op tijd kon indienen. "
        "Schrijf geen gegevens van patiënten op.",
    )  # fmt: skip
    papers = FilesField(label="Stukken toevoegen", required=False)
    file = forms.FileField(
        label="Bestand met declaraties (csv)",
        required=False,
        widget=forms.FileInput({"accept": ".csv"}),
        help_text=f"Hoogstens 1 MB en {coulance_files.MOST_CLAIMS} declaraties.",
    )

    def __init__(self, *args: Any, not_handed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_handed_in = not_handed_in
        self.faults: list[coulance_files.Fault] = []
        self.read: list[Claim] = []
        self.fields["papers"].help_text = (
            f"Bijvoorbeeld een proces-verbaal of een bericht van uw softwareleverancier. Pdf, jpg of png, maximaal "
            f"{LIMITS.file_megabytes} MB per bestand. Haal namen van patiënten weg."
        )

    def clean_file(self) -> Any:
        """Read the claims; with a fault in one of them none is taken in."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > coulance_files.MOST_BYTES:
            raise ValidationError("Dit bestand is groter dan 1 MB. Maak er meer bestanden van.", code="too_big")
        try:
            self.read, self.faults = coulance_files.read(
                file.read(), today=timezone.localdate(), not_handed_in=self.not_handed_in
            )
        except coulance_files.Unreadable as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable
        if self.faults:
            message = "In het bestand staan fouten. Er is niets van overgenomen. Verbeter ze en kies het opnieuw."
            raise ValidationError(message, code="faults")
        return file

    @property
    def chosen(self) -> list[Paper]:
        """The files that were chosen."""
        return [Paper(cast(BinaryIO, one), one.name or "", one.size) for one in self.cleaned_data["papers"]]


class Decide(_Part):
    """The decision; nothing is required here, for the rule names all that is missing."""

    outcome = forms.TypedChoiceField(
        label="Wat besluit u?", required=False, coerce=CoulanceOutcome, empty_value=None, widget=forms.RadioSelect,
        choices=CoulanceOutcome.choices(),
    )  # fmt: skip
    granted = forms.TypedMultipleChoiceField(
        label="Voor welke declaraties geeft u coulance?", required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    motivation = LinesField(
        label="Waarom besluit u dit?", required=False, max_length=LONG, rows=6,
        help_text="Dit komt in de brief aan de zorgaanbieder.",
    )  # fmt: skip
    next_step = LinesField(
        label="Wat kan de zorgaanbieder nu doen?", required=False, max_length=LONG, rows=4,
        help_text="Bijvoorbeeld: een nieuw verzoek doen met een stuk dat de storing laat zien. Dit komt in de brief.",
    )  # fmt: skip

    def __init__(self, *args: Any, claims: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["granted"].choices = claims  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "outcome",
            Div("granted", css_class="mp-in-part"),
            "motivation",
            Div("next_step", css_class="mp-refusing"),
        )

    @property
    def verdict(self) -> Verdict:
        """The decision as it was filled in."""
        data = self.cleaned_data
        return Verdict(data["outcome"], data["motivation"], data["next_step"], frozenset(data["granted"]))
