"""The form that notes when a medisch adviseur is away."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from kit.fields import DateField
from kit.forms import Form


class Away(Form):
    """Who is away on which days; the choice of a person is for a coordinator alone."""

    wie = forms.ChoiceField(label="Wie is er niet?")
    van = DateField(label="Eerste dag", help_text="Bijvoorbeeld 21 12 2026.")
    tot = DateField(label="Laatste dag", help_text="Deze dag hoort er nog bij.")

    def __init__(self, *args: Any, advisors: list[tuple[str, str]], chooses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["wie"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        if not chooses:
            del self.fields["wie"]
        choice.choices = [("", "Kies een medisch adviseur"), *advisors]
        self.helper.layout = Layout(*(name for name in ("wie", "van", "tot") if name in self.fields))
        self.helper.form_tag, self.helper.disable_csrf = False, True
