"""The form that moves requests to a colleague."""

from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.services.division import MOST
from kit.fields import LinesField
from kit.forms import Form


class Divide(Form):
    """Which requests go to whom, and why. The boxes stand in the table of the page."""

    picked = forms.MultipleChoiceField(
        label="Aanvragen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vink minstens 1 aanvraag aan.",
            "invalid_choice": "Een aanvraag die u aanvinkte, is er niet meer. Kies opnieuw.",
        },
    )
    adviseur = forms.ChoiceField(label="Naar welke medisch adviseur?")
    reden = LinesField(
        label="Waarom verplaatst u deze aanvragen?",
        help_text="Alleen voor collega’s. De zorgaanbieder ziet dit niet. Schrijf niets medisch op.",
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, advisors: list[tuple[str, str]], known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes, choice = self.fields["picked"], self.fields["adviseur"]
        assert isinstance(boxes, forms.ChoiceField)  # noqa: S101
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        boxes.choices = [(reference, reference) for reference in known]
        choice.choices = [("", "Kies een medisch adviseur"), *advisors]
        self.helper.layout, self.helper.form_tag, self.helper.disable_csrf = Layout("adviseur", "reden"), False, True

    def clean_picked(self) -> list[str]:
        """Refuse more than can be moved at once."""
        picked: list[str] = list(dict.fromkeys(self.cleaned_data["picked"]))
        if len(picked) > MOST:
            raise ValidationError(f"U kunt hoogstens {MOST} aanvragen tegelijk verplaatsen.", code="too_many")
        return picked
