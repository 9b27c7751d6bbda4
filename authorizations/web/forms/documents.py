"""Forms about documents: what a file is, and why one isn't there."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain.documents import ChecklistItem
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer
from authorizations.models import Document
from authorizations.services import documents as service
from kit import fields
from kit.forms import Form

NOT_SAID = "open"


class FeatureField(forms.ChoiceField):
    """Whether a document carries something. There is always an answer, if only that nobody looked yet."""

    def __init__(self, feature: Feature) -> None:
        choices = [(NOT_SAID, "Nog open"), *FeatureAnswer.choices()]
        super().__init__(label=feature.label, choices=choices, initial=NOT_SAID)

    def validate(self, value: str) -> None:
        # A row that another tab changed may miss a field: that says nothing, and is no mistake.
        if value:
            super().validate(value)


class Describe(Form):
    """What a document is: which items it serves, its date, and what it carries. Nothing here is compulsory (R-31)."""

    kinds = forms.MultipleChoiceField(
        label="Bij welke onderdelen hoort dit bestand?", required=False, widget=forms.CheckboxSelectMultiple
    )
    dated_on = fields.DateField(
        label="Datum van het document", required=False, help_text="Staat er geen datum op? Laat dit dan leeg."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        document: Document,
        items: Collection[ChecklistItem],
        today: date,
    ) -> None:
        self.document, self.today = document, today
        served = service.kinds_of(document)
        labels = {item.kind: item.label for item in items}
        labels |= {kind: kind.label for kind in served if kind not in labels}
        wanted = {feature for item in items if item.kind in served for feature in item.features}
        self.features = [feature for feature in Feature if feature in wanted]
        initial = {
            "kinds": [kind.value for kind in served],
            "dated_on": document.dated_on,
            **{feature.value: answer.value for feature, answer in document.feature_answers.items()},
        }
        super().__init__(data, prefix=f"d{document.pk}", initial=initial)
        self.fields["kinds"].choices = [(kind.value, label) for kind, label in labels.items()]  # type: ignore[attr-defined]
        for feature in self.features:
            self.fields[feature.value] = FeatureField(feature)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div(*(feature.value for feature in self.features), css_class="mp-rows mp-block"), "dated_on", "kinds"
        )

    def clean_dated_on(self) -> date | None:
        """Refuse a date that is still to come."""
        dated_on: date | None = self.cleaned_data["dated_on"]
        if dated_on and dated_on > self.today:
            raise ValidationError("Deze datum ligt in de toekomst. Controleer het jaar.", code="future")
        return dated_on

    def values(self) -> dict[str, Any]:
        """Return what the service wants. A feature that isn't asked for now keeps what was said of it."""
        said = dict(self.document.feature_answers)
        for feature in self.features:
            answer = self.cleaned_data[feature.value]
            if answer == NOT_SAID:
                said.pop(feature, None)
            elif answer:
                said[feature] = FeatureAnswer(answer)
        return {
            "kinds": [DocumentKind(kind) for kind in self.cleaned_data["kinds"]],
            "dated_on": self.cleaned_data["dated_on"],
            "features": said,
        }


class Absent(Form):
    """Why a document isn't there, or the statement that takes its place (feature 18)."""

    reason = fields.LinesField(
        label="Waarom heeft u dit document niet?",
        required=False,
        rows=3,
        help_text="De medisch adviseur leest dit. Zonder document of uitleg kunt u niet indienen.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, item: ChecklistItem, reason: str = "") -> None:
        super().__init__(data, prefix=f"reden-{item.kind.value}", initial={"reason": reason})
        self.is_statement = item.statement_may_replace
        if self.is_statement:
            self.fields["reason"].label = "Uw verklaring"
            self.fields["reason"].help_text = "U ondertekent deze verklaring samen met de aanvraag."
        self.helper.form_tag = False
        self.helper.disable_csrf = True
