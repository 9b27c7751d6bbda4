"""The form that grants many requests after each other."""

from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import readability
from authorizations.domain.bulk_grant import MOST, SUMMARY
from kit.fields import LinesField
from kit.forms import Form

LONG = 4000


class GrantMany(Form):
    """Which requests are granted, and the words above each letter. The boxes stand in the table of the page."""

    picked = forms.MultipleChoiceField(
        label="Aanvragen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vink minstens 1 aanvraag aan.",
            "invalid_choice": "Een aanvraag die u aanvinkte, ligt niet meer bij u. Kies opnieuw.",
        },
    )
    summary = LinesField(
        label="Motivering van de besluiten",
        help_text="Staat bovenaan in elke brief. Daaronder staat per criterium wat u schreef.",
        initial=SUMMARY, max_length=LONG, rows=4,
    )  # fmt: skip

    def __init__(self, *args: Any, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = self.fields["picked"]
        assert isinstance(boxes, forms.ChoiceField)  # noqa: S101
        boxes.choices = [(reference, reference) for reference in known]
        self.helper.layout, self.helper.form_tag, self.helper.disable_csrf = Layout("summary"), False, True

    def clean_picked(self) -> list[str]:
        """Refuse more than can be granted at once."""
        picked: list[str] = list(dict.fromkeys(self.cleaned_data["picked"]))
        if len(picked) > MOST:
            raise ValidationError(f"U kunt hoogstens {MOST} aanvragen tegelijk toekennen.", code="too_many")
        return picked

    def clean_summary(self) -> str:
        """Refuse what nobody can read: it goes into every letter."""
        summary: str = self.cleaned_data["summary"]
        if found := readability.too_long(summary):
            raise ValidationError(found.message[0].upper() + found.message[1:], code="too_long")
        return summary
