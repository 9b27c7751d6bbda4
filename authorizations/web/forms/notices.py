"""The forms of a notice of an omzetplafond: what the provider tells, and what the insurer answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from authorizations.domain.notices import Ceiling
from authorizations.domain.obstacles import Obstacle
from kit import widgets
from kit.fields import DateField, DecimalField, LinesField
from kit.forms import Form

LONG = 4000


def at_fields(form: Form, obstacles: Iterable[Obstacle]) -> None:
    """Put each obstacle at the field that it names, or above the form."""
    for obstacle in obstacles:
        form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.message)


class TellCeiling(Form):
    """What is told of an omzetplafond; the rule says what is wrong with it."""

    insurer = forms.TypedChoiceField(
        label="Van welke verzekeraar is het contract?", coerce=int, widget=forms.RadioSelect
    )
    contract_year = forms.TypedChoiceField(label="Contractjaar", coerce=int)
    ceiling = DecimalField(
        label="Omzetplafond in euro’s", max_digits=14, widget=widgets.number(11),
        error_messages={"required": "Vul het omzetplafond in, in euro’s."},
        help_text="Het bedrag in uw contract, bijvoorbeeld 1.250.000.",
    )  # fmt: skip
    realised = DecimalField(
        label="Tot nu toe gerealiseerd, in euro’s", max_digits=14, widget=widgets.number(11),
        error_messages={"required": "Vul in wat u tot nu toe heeft gerealiseerd, in euro’s."},
        help_text="Is dit net zoveel als het plafond of meer? Dan is het plafond bereikt.",
    )  # fmt: skip
    expected_on = DateField(
        label="Wanneer is het plafond bereikt?",
        error_messages={"required": "Vul in wanneer het plafond is bereikt, of wanneer u dat verwacht."},
        help_text="Is het nog niet bereikt? Vul dan de dag in waarop u dat verwacht.",
    )
    remarks = LinesField(
        label="Opmerkingen",
        required=False,
        max_length=LONG,
        rows=4,
        help_text="Schrijf geen gegevens van patiënten op.",
    )

    def __init__(self, *args: Any, insurers: Sequence[tuple[int, str]], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insurer"].choices = insurers  # type: ignore[attr-defined]
        self.fields["contract_year"].choices = [  # type: ignore[attr-defined]
            ("", "Kies een jaar"), *((one, str(one)) for one in (year - 1, year, year + 1)),
        ]  # fmt: skip
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "insurer", "contract_year", Div("ceiling", "realised", css_class="mp-fieldrow"), "expected_on", "remarks"
        )

    @property
    def told(self) -> Ceiling:
        """What was told."""
        data = self.cleaned_data
        return Ceiling(data["contract_year"], data["ceiling"], data["realised"], data["expected_on"], data["remarks"])

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Say what the rule found, each at its field."""
        at_fields(self, obstacles)


class AnswerProvider(Form):
    """What the provider gets to read."""

    answer = LinesField(
        label="Antwoord aan de zorgaanbieder",
        max_length=LONG,
        rows=6,
        help_text="De zorgaanbieder krijgt een mail dat er een antwoord is, en leest het in het portaal.",
        error_messages={"required": "Schrijf wat u de zorgaanbieder antwoordt."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
