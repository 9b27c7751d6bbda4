"""Time as people type it: in hours or in minutes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import application as applications
from authorizations.domain.policy import TimeUnit
from kit import text, widgets
from kit.fields import THOUSANDS, dutch

SUFFIX = re.compile(r"^(?P<number>[^a-z]*?)\s*(?P<unit>min(?:uten|uut)?\.?|u(?:ur|ren)?\.?)$", re.IGNORECASE)


class TimeField(forms.CharField):
    """
    Minutes, typed in the unit of the policy; "90 min" and "1,5 uur" work under both.

    Bron: R-17 (hours; minutes accepted and converted).
    """

    def __init__(self, *, unit: TimeUnit = TimeUnit.HOURS, what: str = "deze discipline", **kwargs: Any) -> None:
        self.unit, self.what = unit, what
        kwargs.setdefault("widget", widgets.number())
        super().__init__(validators=[], **kwargs)
        self.validators = []

    def clean(self, value: Any) -> int | None:
        typed = text.storable(text.tidy(str(value or ""))).strip()
        if not typed:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        unit = self.unit
        if found := SUFFIX.match(typed[:60]):
            typed = found["number"]
            unit = TimeUnit.MINUTES if found["unit"].lower().startswith("min") else TimeUnit.HOURS
        if THOUSANDS.fullmatch(typed):
            typed = typed.replace(".", "")
        try:
            return applications.minutes_of(typed[:60], unit, what=self.what)
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """Show kept minutes in the unit of the policy."""
        if not isinstance(value, int):
            return value
        return dutch(value if self.unit is TimeUnit.MINUTES else applications.hours_of(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
