"""The forms of the contract register."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms

from contracting.domain.register import FIRST_YEAR, LAST_YEAR, ContractMove
from kit import widgets
from kit.fields import DateField, DigitsField, LineField, LinesField, WholeNumberField
from kit.forms import Form
from kit.obstacles import Obstacle

UNLIKELY_YEAR = f"Vul een jaar in van {FIRST_YEAR} tot en met {LAST_YEAR}."


class Refusing(Form):
    """A form that says what a service has against it, each thing at its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            self.add_error(obstacle.field if obstacle.field in self.fields else None, obstacle.message)


class YearField(WholeNumberField):
    """A year: shown as it is written, without a point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"min_value": FIRST_YEAR, "max_value": LAST_YEAR, "widget": widgets.number(5)}
        super().__init__(error_messages=dict.fromkeys(("min_value", "max_value"), UNLIKELY_YEAR), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value


class Propose(Refusing):
    """A contract that goes into the register."""

    agb_code = DigitsField(label="AGB-code van de zorgaanbieder", length=8, name="Een AGB-code", help_text="8 cijfers.")
    name = LineField(
        label="Naam van de zorgaanbieder",
        max_length=150,
        required=False,
        help_text="Alleen nodig als het portaal deze AGB-code nog niet kent.",
    )
    year = YearField(label="Voor welk jaar is het contract?")
    starts_on = DateField(label="Begint op", required=False, help_text="Leeg: 1 januari van dat jaar.")
    ends_on = DateField(label="Eindigt op", required=False, help_text="Leeg: 31 december van dat jaar.")
    on = DateField(label="Wanneer deed u het voorstel?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("agb_code", "name", "year", Fieldset("Periode", "starts_on", "ends_on"), "on")


class Step(Refusing):
    """The next step of a contract."""

    move = forms.TypedChoiceField(label="Welke stap is gezet?", coerce=ContractMove, widget=forms.RadioSelect)
    on = DateField(
        label="Op welke dag?", help_text="De dag waarop het gebeurde. Stopt het contract eerder? Dan de laatste dag."
    )
    note = LinesField(
        label="Toelichting",
        required=False,
        max_length=500,
        rows=3,
        help_text="De zorgaanbieder leest dit. Nodig als het contract niet doorgaat of eerder stopt.",
    )

    def __init__(self, *args: Any, moves: Sequence[ContractMove], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["move"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [(move.value, move.label) for move in moves]
        choice.error_messages["invalid_choice"] = "Deze stap kan niet (meer). Kies een andere stap."


class Publish(Refusing):
    """Of which year the list goes out."""

    year = YearField(label="Van welk jaar?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        # From the autumn on it is next year's list that is awaited.
        super().__init__(*args, initial={"year": today.year + (today.month > 6)}, **kwargs)
