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

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        document: Document,
        items: Collection[ChecklistItem],
        today: date,
    ) -> None:
        self.document, self.today = document, today
        self.served = served = service.kinds_of(document)
        labels = {item.kind: item.label for item in items}
        labels |= {kind: kind.label for kind in served if kind not in labels}
        wanted = {feature for item in items if item.kind in served for feature in item.features}
        self.features = [feature for feature in Feature if feature in wanted]
        initial = {
            "kinds": [kind.value for kind in served],
            "shown": " ".join(sorted(kind.value for kind in served)),
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
            Div(*(feature.value for feature in self.features), css_class="mp-rows mp-block"),
            "dated_on",
            "kinds",
            "shown",
        )

    def clean_dated_on(self) -> date | None:
        """Refuse a date that is still to come."""
        dated_on: date | None = self.cleaned_data["dated_on"]
        if dated_on and dated_on > self.today:
            raise ValidationError("Deze datum ligt in de toekomst. Controleer het jaar.", code="future")
        return dated_on

    def values(self) -> dict[str, Any]:
        """
        Return what the service wants: what can't be read, or isn't asked for now, keeps what was said of it.

        A kind goes only when this page showed it as ticked: another item may have got the same file meanwhile.
        """
        said = dict(self.document.feature_answers)
        for feature in self.features:
            answer = self.cleaned_data.get(feature.value)
            if answer == NOT_SAID:
                said.pop(feature, None)
            elif answer:
                said[feature] = FeatureAnswer(answer)
        shown = set(self.cleaned_data["shown"].split())
        unseen = {kind for kind in self.served if kind.value not in shown} if shown else set()
        kinds = {DocumentKind(kind) for kind in self.cleaned_data["kinds"]} if "kinds" in self.cleaned_data else None
        return {
            "kinds": self.served if kinds is None else kinds | unseen,
            "dated_on": self.cleaned_data.get("dated_on", self.document.dated_on),
            "features": said,
        }

    def typing(self) -> dict[str, Any]:
        """Return the same while somebody is at it: between unticking one item and ticking another nothing goes."""
        return self.values() | ({} if self.cleaned_data.get("kinds") else {"kinds": self.served})

    @property
    def now_shown(self) -> dict[str, str]:
        """What the hidden field must say once the ticks on the page are kept."""
        ticked = self.cleaned_data.get("kinds")
        return {self.add_prefix("shown"): " ".join(ticked)} if ticked else {}


class ReasonField(fields.LinesField):
    """A reason that is needed, and that may be taken back by emptying it."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class Absent(Form):
    """Why a document isn't there, or the statement that takes its place (feature 18)."""

    reason = ReasonField(
        label="Waarom heeft u dit document niet?",
        rows=3,
        help_text="De medisch adviseur leest dit. Zonder document of uitleg kunt u niet indienen.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, item: ChecklistItem, reason: str = "") -> None:
        super().__init__(data, prefix=f"reden-{item.kind.value}", initial={"reason": reason})
        self.is_statement = item.statement_may_replace
        if not item.required:
            self.fields["reason"].required = False
        if self.is_statement:
            self.fields["reason"].label = "Uw verklaring"
            self.fields["reason"].help_text = "U ondertekent deze verklaring samen met de aanvraag."
        self.helper.form_tag = False
        self.helper.disable_csrf = True
