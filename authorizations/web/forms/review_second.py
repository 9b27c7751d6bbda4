"""The forms of a second opinion, and of the third medisch adviseur whom a coordinator names."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.forms import BoundField

from authorizations.domain import review as rules
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.second_opinion import Given
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import Opinion
from kit.fields import ControlField, ControlNumberField, LinesField
from kit.forms import Form

LONG = 4000
VERDICT, MOTIVATION = "verdict_", "motivation_"


class GiveOpinion(Form):
    """An own opinion on a request: an outcome, and a verdict with a reason on each criterion that is free."""

    outcome = forms.TypedChoiceField(
        label="Wat zou u besluiten?", required=False, coerce=Outcome, empty_value=None, widget=forms.RadioSelect,
        choices=[(Outcome.GRANTED.value, "Toekennen"),
                 (Outcome.PARTLY_GRANTED.value, "Gedeeltelijk toekennen"),
                 (Outcome.DENIED.value, "Afwijzen")],
    )  # fmt: skip
    proposal = ControlNumberField()
    seen = ControlField()

    def __init__(self, *args: Any, asked: Sequence[rules.Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(one for one in asked if not one.locked)
        for one in self.asked:
            self.fields[VERDICT + one.code] = forms.TypedChoiceField(
                label=one.title, choices=Verdict.choices(), coerce=Verdict, empty_value=None, required=False,
                widget=forms.RadioSelect, error_messages={"invalid_choice": "Kies een antwoord uit de lijst."},
            )  # fmt: skip
            self.fields[MOTIVATION + one.code] = LinesField(
                label="Waarom vindt u dit?", required=False, max_length=LONG, rows=2
            )

    @classmethod
    def initial_of(cls, before: Opinion | None) -> dict[str, Any]:
        """Return what the page begins with: nothing, or what this person found in an earlier round."""
        if before is None:
            return {}
        initial: dict[str, Any] = {"outcome": before.outcome}
        for one in before.verdicts.all():
            initial |= {VERDICT + one.criterion: one.verdict, MOTIVATION + one.criterion: one.motivation}
        return initial

    def fields_of(self, code: str) -> tuple[BoundField, BoundField]:
        """Return the two fields of a criterion."""
        return self[VERDICT + code], self[MOTIVATION + code]

    @property
    def given(self) -> list[Given]:
        """What was filled in per criterion."""
        data = self.cleaned_data
        return [
            Given(one.code, data.get(VERDICT + one.code), data.get(MOTIVATION + one.code) or "") for one in self.asked
        ]

    def refuse(self, obstacles: Sequence[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            if obstacle.field not in self.errors:
                self.add_error(obstacle.field or None, obstacle.message)


class NameThird(Form):
    """Name the third medisch adviseur, with a reason."""

    adviseur = forms.ChoiceField(label="Derde medisch adviseur")
    reden = LinesField(
        label="Waarom wijst u deze collega aan?",
        help_text="Alleen voor collega’s. Schrijf hier niets over de patiënt.",
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, advisors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["adviseur"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een medisch adviseur"), *((str(pk), name) for pk, name in advisors)]
        self.helper.add_input(Submit("aanwijzen", "Wijs aan"))
