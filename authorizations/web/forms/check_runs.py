"""A file that somebody lets go through a check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import check_runs as rules
from authorizations.domain.checks import TOETSEN, Toets
from authorizations.domain.policy import Policy
from authorizations.web.forms.checks import page
from kit.forms import Form

NOWHERE = "-"


class Columns(Form):
    """Where each column of a check stands in a file."""

    def __init__(
        self, *args: Any, toets: Toets, header: Sequence[str], guessed: Mapping[str, int], **kwargs: Any
    ) -> None:
        self.toets = toets
        asked = page(toets).asked
        titles = [(str(at), name or f"Kolom {at + 1}") for at, name in enumerate(header)]
        # Django copies these for each form, before the house gives each its messages.
        self.base_fields = {  # type: ignore[misc]
            name: forms.ChoiceField(
                label=name,
                help_text=asked[name].label if name in asked else "",
                choices=[(NOWHERE, "Staat niet in het bestand"), *titles],
                initial=str(guessed.get(name, NOWHERE)),
            )
            for name in toets.takes
        }
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def places(self) -> dict[str, int]:
        """Return the place of each column that is there."""
        chosen = ((name, self.cleaned_data[name]) for name in self.toets.takes)
        return {name: int(at) for name, at in chosen if at != NOWHERE}


class Bring(Form):
    """Which check, the file, and by which policy where that makes a difference."""

    toets = forms.ChoiceField(
        label="Welke controle?",
        widget=forms.RadioSelect,
        choices=[(toets.name, toets.title) for toets in TOETSEN.values()],
    )
    file = forms.FileField(
        label="Bestand (csv)",
        help_text=f"Maximaal {rules.MEGABYTES} MB. De eerste regel noemt de kolommen.",
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
    policy = forms.ChoiceField(
        label="Volgens welk beleid?",
        help_text="Dit maakt verschil bij het sluiten van een subtraject en bij de vraag of een machtiging nodig is.",
        required=False,
    )

    def __init__(self, *args: Any, policies: Mapping[str, Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shipped = [(name, policy.title) for name, policy in sorted(policies.items())]
        self.fields["policy"].choices = [("", "Zonder beleid"), *shipped]  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        """Return the file; what is too big was cut as it came in, so it is refused whole."""
        file = self.cleaned_data["file"]
        if file.size > rules.MOST_BYTES:
            raise ValidationError(rules.TOO_BIG)
        return file
