"""A file of dbc's or changed numbers that somebody brings."""

from typing import Any

from django import forms

from authorizations.domain import words
from authorizations.domain.traject_files import MOST_LINES
from kit.forms import Form


class Bring(Form):
    """The file."""

    file = forms.FileField(
        label="Bestand",
        help_text=f"CSV met puntkomma’s, in UTF-8. Hoogstens {words.number(MOST_LINES)} regels en 2 MB.",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
