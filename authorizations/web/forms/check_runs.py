"""A file that somebody lets go through a check."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import check_runs as rules
from authorizations.domain.checks import TOETSEN
from authorizations.domain.policy import Policy
from kit.forms import Form


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
