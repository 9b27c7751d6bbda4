"""Forms about requests that were filed: find one, take one back, ask whether one is needed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import references
from kit import fields
from kit.forms import Form

YES_NO = [("ja", "Ja"), ("nee", "Nee")]
OTHER_CODE = "anders"


class Find(Form):
    """The number of a request, however it is typed."""

    number = fields.LineField(
        label="Nummer van de aanvraag of de machtiging",
        max_length=60,
        help_text="Het nummer staat boven de aanvraag en in onze brieven, bijvoorbeeld MA-7K3QX9PD4.",
        error_messages={"required": "Vul het nummer van de aanvraag in."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.fields["number"].widget.attrs["autocomplete"] = "off"

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        typed: str = self.cleaned_data["number"]
        if not references.is_valid(typed):
            raise ValidationError(
                "Dit nummer klopt niet. Een aanvraag heeft een nummer zoals MA-7K3QX9PD4. "
                "Een machtigingsnummer begint met M en heeft 13 letters en cijfers.",
                code="invalid",
            )
        return references.normalise(typed)


class Withdraw(Form):
    """Why a request is taken back."""

    reason = fields.LinesField(
        label="Waarom trekt u de aanvraag in?",
        max_length=1000,
        rows=3,
        help_text="De medisch adviseur leest dit.",
        error_messages={"required": "Leg uit waarom u de aanvraag intrekt."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper.form_tag = False


class Needed(Form):
    """What decides whether a machtiging is needed. Bron: R-03."""

    policy = forms.ChoiceField(label="Bij welke verzekeraar is de patiënt verzekerd?", widget=forms.RadioSelect)
    code = forms.ChoiceField(label="Welke declaratiecode wilt u declareren?", widget=forms.RadioSelect)
    contract = forms.ChoiceField(
        label="Heeft u een contract met deze verzekeraar?", widget=forms.RadioSelect, choices=YES_NO
    )
    intake = forms.ChoiceField(
        label="Is de behandeling in het kader van een intake?", widget=forms.RadioSelect, choices=YES_NO
    )
    used = forms.MultipleChoiceField(
        label="Welke codes heeft u voor deze patiënt al zonder machtiging gedeclareerd?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Nog geen van deze codes? Kies dan niets.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        policies: Sequence[tuple[str, str]],
        codes: Mapping[str, str],
        policy: str = "",
    ) -> None:
        super().__init__(data, initial={"policy": policy})
        named = [(code, f"{code}: {words}") for code, words in codes.items()]
        choices = {"policy": policies, "code": [*named, (OTHER_CODE, "Een andere code")], "used": named}
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class Answer(Form):
    """The answer to one question, and a question back about it."""

    answer = fields.LinesField(
        label="Uw antwoord",
        required=False,
        max_length=4000,
        help_text="Zegt het document genoeg? Dan kunt u dit leeg laten.",
    )
    counter = fields.LinesField(label="Uw vraag aan de medisch adviseur", required=False, max_length=2000, rows=3)

    def __init__(self, data: Mapping[str, Any] | None = None, *, number: int, answer: str = "") -> None:
        super().__init__(data, prefix=f"vraag-{number}", initial={"answer": answer})
        self.helper.form_tag = False
        self.helper.disable_csrf = True
