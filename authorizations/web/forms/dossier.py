"""The form with which somebody takes a whole dossier along."""

from collections.abc import Mapping
from typing import Any

from django import forms

from authorizations.domain.dossier import DossierPurpose
from kit.forms import Form


class Export(Form):
    """What it is for."""

    purpose = forms.ChoiceField(
        label="Waarvoor haalt u het dossier op?",
        choices=DossierPurpose.choices(),
        widget=forms.RadioSelect,
        help_text="Dit komt in het logboek.",
        error_messages={
            "required": "Kies waarvoor u het dossier ophaalt.",
            "invalid_choice": "Kies waarvoor u het dossier ophaalt.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper.form_tag = False
