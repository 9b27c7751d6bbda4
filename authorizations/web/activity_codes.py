"""The code of a zorgactiviteit at a form: what there is to choose from, and whether there is doubt about one."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from authorizations.domain import words, zorgactiviteiten
from ggz_codes import queries as codes
from ggz_codes.domain.validity import Standing


def doubt(code: str, day: date) -> str:
    """Say why a code may be a mistake; nothing when there is no doubt. Bron: R-27 (the day that decides)."""
    stands = codes.standing_of_activity(code, day)
    if stands is Standing.VALID or (stands is None and zorgactiviteiten.is_known(code)):
        return ""
    if stands is None:
        return f"Wij kennen {code} niet in onze lijst van revalidatie-activiteiten."
    why = "de code was toen beëindigd" if stands is Standing.ENDED else "de code ging later in"
    return f"{code} was op {words.day(day)} niet geldig: {why}."


def to_choose(form: forms.Form) -> dict[str, Any]:
    """Return the zorgactiviteiten to choose from: those of the day that was filled in, else of today."""
    day = getattr(form, "cleaned_data", {}).get("performed_on") or form.initial.get("performed_on")
    return {"codes": codes.activities_on(day or timezone.localdate())}
