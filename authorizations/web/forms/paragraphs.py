"""The form of a standard text for decisions."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Submit
from django import forms

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.paragraphs import Place
from kit.fields import ControlNumberField, LineField, LinesField, WholeNumberField
from kit.forms import Form


class Paragraph(Form):
    """A standard text; `replaces` is the version that it takes the place of."""

    policy_slug = forms.ChoiceField(label="Bij welk beleid?")
    place = forms.TypedChoiceField(
        label="Waar in de brief?", choices=[("", "Kies een plaats"), *Place.choices()], coerce=Place
    )
    order = WholeNumberField(
        label="Volgorde", help_text="Bij dezelfde plaats staat het laagste getal bovenaan.", min_value=1, max_value=99
    )
    title = LineField(
        label="Titel", help_text="Zo vindt een medisch adviseur de alinea. Staat niet in de brief.", max_length=80
    )
    text = LinesField(
        label="Tekst", help_text="Staat zo in de brief. Schrijf hier niets over een persoon.", max_length=2000, rows=6
    )
    replaces = ControlNumberField()

    def __init__(self, *args: Any, policies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["policy_slug"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een beleid"), *policies]
        self.helper.add_input(Submit("bewaar", "Bewaar alinea"))

    def refuse(self, obstacles: Sequence[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            self.add_error(obstacle.field, obstacle.message)


class Stop(Form):
    """Stop using a standard text."""

    paragraph = ControlNumberField()
