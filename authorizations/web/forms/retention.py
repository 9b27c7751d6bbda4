"""Holding a request: which one, and why."""

from collections.abc import Mapping
from typing import Any

from authorizations.web.forms.following import Find
from kit import fields


class Hold(Find):
    """The number of a request that must be kept, and the reason."""

    reason = fields.LinesField(
        label="Waarom moet deze aanvraag bewaard blijven?",
        max_length=300,
        rows=3,
        help_text="Bijvoorbeeld: klacht bij de SKGZ. Schrijf geen naam en niets medisch op.",
        error_messages={"required": "Leg uit waarom deze aanvraag bewaard moet blijven."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["number"].label = "Nummer van de aanvraag"
        self.fields["number"].help_text = "Bijvoorbeeld MA-7K3QX9PD4."
