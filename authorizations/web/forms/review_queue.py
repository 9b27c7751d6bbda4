"""The forms around the queue: filter it, and put a request on somebody's desk."""

from typing import Any

from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.http import QueryDict

from authorizations.domain.terms import Indication, Kind
from kit.fields import LineField, LinesField
from kit.forms import Form
from kit.text import storable

LONGEST = 120


class Filter(Form):
    """What narrows the queue, kept in the URL; what is no choice at all counts as everything."""

    zoek = LineField(
        label="Zoek op kenmerk of achternaam",
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *Kind.choices()])
    indicatie = forms.ChoiceField(
        label="Indicatie", required=False, choices=[("", "Alle indicaties"), *Indication.choices()]
    )
    spoed = forms.ChoiceField(label="Spoed", required=False, choices=[("", "Alles"), ("ja", "Alleen spoed")])

    def __init__(self, data: QueryDict, *, medical: bool) -> None:
        # Nothing that someone types in a search box is wrong; what can't be read is passed over.
        data = data.copy()
        data["zoek"] = storable(data.get("zoek", ""))[:LONGEST]
        super().__init__(data)
        if not medical:
            del self.fields["indicatie"]
        grow = Field("zoek", wrapper_class="mp-filterbar__grow")
        self.helper.layout = Layout(grow, *(name for name in self.fields if name != "zoek"))
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that isn't in the list is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class Assign(Form):
    """Put a request on somebody's desk, with a reason."""

    adviseur = forms.ChoiceField(label="Medisch adviseur")
    reden = LinesField(
        label="Waarom wijst u deze aanvraag toe?",
        help_text="Alleen voor collega’s. De zorgaanbieder ziet dit niet.",
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, advisors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["adviseur"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een medisch adviseur"), *advisors]
        self.helper.add_input(Submit("toewijzen", "Wijs toe"))
