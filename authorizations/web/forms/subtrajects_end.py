"""How a treatment ended: when it was finished, or that the patient died; and what was told wrongly of that."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from authorizations.web.forms.subtrajects import Reason, Told
from kit.fields import DateField


class Finish(Told):
    """When treatment was finished."""

    finished_on = DateField(label="Op welke dag was de behandeling klaar?")


class FinishCorrection(Reason):
    """That treatment was finished on another day than was told, or wasn't finished at all."""

    finished_on = DateField(
        label="Op welke dag was de behandeling klaar?",
        required=False,
        help_text="Was de behandeling niet klaar? Maak deze velden leeg.",
    )
    not_finished = forms.BooleanField(label="De behandeling was niet klaar", required=False)
    field_order = ("finished_on", "not_finished", "reason")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two: an empty day alone could be a slip."""
        given = super().clean() or {}
        _one_of(self, "finished_on", "not_finished", "Vul een dag in, of kruis aan dat de behandeling niet klaar was.")
        return given


class Died(Reason):
    """On which day the patient died; once told, also that it wasn't so, and why."""

    died_on = DateField(label="Op welke dag is de patiënt overleden?", required=False)
    not_died = forms.BooleanField(label="De patiënt is niet overleden", required=False)
    field_order = ("died_on", "not_died", "reason")

    def __init__(self, data: QueryDict | None, *, died_on: date | None) -> None:
        super().__init__(data, initial={"died_on": died_on})
        if died_on is None:
            self.fields["died_on"].required = True
            del self.fields["not_died"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two: an empty day alone could be a slip."""
        given = super().clean() or {}
        if "not_died" in self.fields:
            _one_of(self, "died_on", "not_died", "Vul een dag in, of kruis aan dat de patiënt niet is overleden.")
        return given


def _one_of(form: Told, day: str, none: str, told: str) -> None:
    """Require a day or a cross, and not both."""
    given = form.cleaned_data
    if day in form.errors:
        return
    if bool(given.get(day)) == bool(given.get(none)):
        form.add_error(day, "Kies een van de twee: een dag, of het kruisje." if given.get(day) else told)
