"""The code of a zorgactiviteit at a form: what there is to choose from, and whether there is doubt about one."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from authorizations.domain import zorgactiviteiten
from ggz_codes import queries as codes
from ggz_codes.domain.choices import on
from ggz_codes.queries import choices


def doubt(code: str, day: date) -> str:
    """Say why a code may be a mistake on this day; nothing when there is no doubt."""
    return zorgactiviteiten.doubt(code, day, codes.standings_of_activities([(code, day)])[code, day])


def to_choose(form: forms.Form) -> dict[str, Any]:
    """Return the zorgactiviteiten to choose from: those of the day that is filled in, else of today."""
    day = getattr(form, "cleaned_data", {}).get("performed_on") or form.initial.get("performed_on")
    return {"codes": on(day or timezone.localdate(), choices.activities()), "codes_day": "performed_on"}
