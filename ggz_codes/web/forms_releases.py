"""What somebody says of a release that he or she brings, and what he or she looks for in one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from ggz_codes.domain.release_terms import RowKind, Source
from ggz_codes.services.releases import MOST_BYTES, Manifest
from kit import fields, text
from kit.forms import Form


class Bring(Form):
    """A file with what isn't certain from its name: who publishes it, which release, and its three days."""

    file = forms.FileField(
        label="Bestand",
        help_text="Zip, XML, CSV of XLSX, hoogstens 25 MB. Wat het is, zien wij aan de inhoud.",
        widget=forms.FileInput({"accept": ".zip,.xml,.csv,.xlsx"}),
    )
    source = forms.ChoiceField(
        label="Wie geeft het uit?", choices=Source.choices(), widget=forms.RadioSelect, initial=Source.NZA.value
    )
    package = fields.LineField(
        label="Pakket", max_length=40, help_text="Bijvoorbeeld grouper, of COD954 van Vektis. Steeds hetzelfde."
    )
    name = fields.LineField(label="Uitgave", max_length=40, help_text="Bijvoorbeeld RZ17a.")
    effective_on = fields.DateField(label="Ingangsdatum", help_text="Vanaf wanneer de uitgave geldt.")
    delivered_on = fields.DateField(label="Leverdatum", help_text="Wanneer de uitgave is gepubliceerd.")
    version_on = fields.DateField(
        label="Datum van de inhoud",
        required=False,
        help_text="Alleen als die niet in het bestand staat. Leeg is de leverdatum.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        """Return the file; what is too big was cut as it came in, so it is refused whole."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("Dit bestand is groter dan 25 MB. Lever het als zip.")
        return file

    @property
    def manifest(self) -> Manifest:
        """What was said of the file."""
        said = {
            one: self.cleaned_data[one] for one in ("package", "name", "effective_on", "delivered_on", "version_on")
        }
        return Manifest(source=Source(self.cleaned_data["source"]), **said)


class Narrow(Form):
    """Of which codes the changes are shown, kept in the address; what is no choice counts as everything."""

    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *RowKind.choices()])
    code = fields.LineField(label="Begin van de code", required=False, max_length=20)

    def __init__(self, data: QueryDict) -> None:
        data = data.copy()
        if data.get("soort") not in {one.value for one in RowKind}:
            data["soort"] = ""
        data["code"] = text.storable(data.get("code", "")).strip()[:20]
        super().__init__(data)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.kind, self.begin = str(data["soort"]), str(data["code"]).upper()

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.kind or self.begin)
