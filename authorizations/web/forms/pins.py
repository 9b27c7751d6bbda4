"""Mark a place in a document."""

from collections.abc import Iterable
from typing import Any

from django import forms

from authorizations.domain import pins as rules
from authorizations.domain.pins import Part
from authorizations.domain.review import Criterion, numbered
from kit.fields import LinesField
from kit.forms import Form


class Mark(Form):
    """For which criterion, which part of the page, and what stands there."""

    criterion = forms.ChoiceField(label="Bij welk criterium?")
    part = forms.TypedChoiceField(
        label="Welk deel van de pagina?",
        choices=Part.choices(),
        coerce=Part,
        initial=Part.WHOLE.value,
        widget=forms.RadioSelect,
    )
    drawn = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    note = LinesField(label="Wat staat hier?", required=False, max_length=300, rows=2)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criteria = list(criteria)
        numbers = numbered(criteria)
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{numbers[one.code]} {one.title}") for one in criteria
        ]

    def clean(self) -> dict[str, Any]:
        """Return what was chosen with `region`, the part of the page."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if "part" in chosen:
            try:
                chosen["region"] = rules.region(chosen["part"], chosen.get("drawn", ""))
            except ValueError as wrong:
                self.add_error("part", str(wrong))
        return chosen
