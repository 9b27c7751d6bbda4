"""The form that makes or changes a group of colleagues."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain.terms import Indication, Kind
from authorizations.models.teams import LONGEST_TAKE
from authorizations.queries.desk import Choices
from kit.fields import LineField, WholeNumberField
from kit.forms import Form


class TeamForm(Form):
    """What a group is called, what lies with it, and who works in it; indication only for who sees content."""

    naam = LineField(
        label="Naam",
        max_length=40,
        help_text="Bijvoorbeeld: Spoed. Iedereen leest deze naam: noem er geen ziekte of klacht in.",
    )
    soort = forms.ChoiceField(label="Soort aanvraag", required=False, choices=[("", "Elke soort"), *Kind.choices()])
    indicatie = forms.ChoiceField(
        label="Indicatie", required=False, choices=[("", "Elke indicatie"), *Indication.choices()]
    )
    aanbieder = forms.ChoiceField(label="Zorgaanbieder", required=False)
    spoed = forms.BooleanField(label="Alleen spoed", required=False)
    binnen = WholeNumberField(
        label="Oppakken binnen hoeveel werkdagen?",
        required=False,
        min_value=1,
        max_value=LONGEST_TAKE,
        help_text="De beslistermijn verandert hier niet door.",
    )
    leden = forms.MultipleChoiceField(label="Wie werken erin?", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, providers: Choices, colleagues: Choices, medical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not medical:
            del self.fields["indicatie"]
        for name, choices in (("aanbieder", [("", "Elke zorgaanbieder"), *providers]), ("leden", colleagues)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
        order = ("naam", "spoed", "soort", "indicatie", "aanbieder", "binnen", "leden")
        self.helper.layout = Layout(*(name for name in order if name in self.fields))
        self.helper.form_tag, self.helper.disable_csrf = False, True
