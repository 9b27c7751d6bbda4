"""A file of activities that somebody brings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import Form
from papers.domain.files import MAX_BYTES

GOOD, WHOLE = "goede", "alles"


class Bring(Form):
    """The file, and what is done when something in it is wrong."""

    file = forms.FileField(
        label="Bestand",
        help_text="CSV met puntkomma’s, in UTF-8. Hoogstens 250.000 regels en 25 MB.",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    choice = forms.ChoiceField(
        label="Wat doen wij als er fouten in staan?",
        widget=forms.RadioSelect,
        initial=GOOD,
        choices=[
            (GOOD, "De goede regels verwerken. De foute regels verbetert u later."),
            (WHOLE, "Niets verwerken, zolang er een foute regel is."),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        """Return the file; what is too big was cut as it came in, so it is refused whole."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError("Dit bestand is groter dan 25 MB. Splits het, of laat andere kolommen weg.")
        return file

    @property
    def whole(self) -> bool:
        """Whether nothing is applied unless all is good."""
        return bool(self.cleaned_data["choice"] == WHOLE)
