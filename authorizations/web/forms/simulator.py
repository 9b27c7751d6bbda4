"""A plan of appointments, to see how its subtrajects go."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import appointments, kinds
from kit import fields
from kit.forms import Form

SHOWN_PROBLEMS = 5


class Plan(Form):
    """When a subtraject opens, and the appointments in it. Nothing of it is kept."""

    policy = forms.ChoiceField(label="Bij welke verzekeraar is de patiënt verzekerd?", widget=forms.RadioSelect)
    pain = forms.ChoiceField(
        label="Waarvoor is de behandeling?",
        widget=forms.RadioSelect,
        choices=kinds.SUBTRAJECT_CHOICES,
    )
    opened = fields.DateField(
        label="Wanneer opent het subtraject?", help_text="De dag van de eerste activiteit, bijvoorbeeld 4 1 2027."
    )
    planned = fields.LinesField(
        label="Welke afspraken zijn er geweest of gepland?",
        max_length=4000,
        rows=6,
        help_text="1 per regel: een datum zoals 4-1-2027, of een reeks zoals elke maandag van 4-1-2027 t/m 26-3-2027.",
    )
    finished = fields.DateField(label="Wanneer is de behandeling klaar?", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        policies: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["policy"].choices = policies  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_planned(self) -> list[Any]:
        """Return the days; every piece that is none is named."""
        days, unclear = appointments.read(self.cleaned_data["planned"])
        if unclear:
            told = [ValidationError(f"“{one.piece}”: {one.message}") for one in unclear[:SHOWN_PROBLEMS]]
            raise ValidationError(told)
        if len(days) > appointments.MOST:
            raise ValidationError(f"Dit zijn {len(days)} afspraken. Er passen er {appointments.MOST}.")
        return days

    def clean(self) -> dict[str, Any]:
        """Refuse appointments before the opening: they belong to another subtraject."""
        given = super().clean() or {}
        opened, planned = given.get("opened"), given.get("planned")
        if opened and planned and planned[0] < opened:
            early = f"{planned[0].day}-{planned[0].month}-{planned[0].year}"
            self.add_error(
                "planned", f"De afspraak van {early} is voor de opening. Haal hem weg, of pas de opening aan."
            )
        if opened and (finished := given.get("finished")) and finished < opened:
            self.add_error("finished", "De behandeling is klaar voor de opening. Pas een van de datums aan.")
        return given


class BesideRequest(Plan):
    """The same beside a request that is being written: what that says already isn't asked again."""

    def __init__(self, *, slug: str, indication: str, starts_on: date | None, ends_on: date | None) -> None:
        known = {"policy": slug, "pain": indication, "opened": starts_on, "finished": ends_on}
        super().__init__(None, policies=[(slug, slug)], initial=known)
        for name in ("policy", "pain"):
            if known[name]:
                self.fields[name].widget = forms.HiddenInput()
        # The request itself has fields as well: no two of one page bear the same id.
        self.auto_id = "reken_%s"
