"""Of which period and which policy the figures are shown, kept in the URL."""

from collections.abc import Mapping
from datetime import date, timedelta

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from kit.forms import Form

LAST_MONTHS = {"12-maanden": 12, "3-maanden": 3}
USUAL = "12-maanden"


class Period(Form):
    """A period and a policy; what is no choice at all counts as the usual period and every policy."""

    periode = forms.ChoiceField(label="Periode", required=False)
    beleid = forms.ChoiceField(label="Beleid", required=False)

    def __init__(self, data: QueryDict, *, until: date, since: date, policies: Mapping[str, str]) -> None:
        self.until = until
        periods = [("12-maanden", "Laatste 12 maanden"), ("3-maanden", "Laatste 3 maanden")]
        periods += [(str(year), str(year)) for year in range(until.year, since.year - 1, -1)]
        offered = {"periode": dict(periods), "beleid": {"": "Elk beleid", **policies}}
        chosen = {name: data.get(name, "") for name in offered}
        super().__init__({name: value if value in offered[name] else "" for name, value in chosen.items()})
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = list(choices.items())
        self.data = {**self.data, "periode": self.data["periode"] or USUAL}
        self.helper.layout = Layout("periode", "beleid")
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def policy(self) -> str:
        """The policy that was chosen, by name; empty for all of them."""
        return str(self.data["beleid"])

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the period, as far as has been counted."""
        chosen = self.data["periode"]
        if chosen not in LAST_MONTHS:
            return date(int(chosen), 1, 1), min(date(int(chosen), 12, 31), self.until)
        month = self.until.replace(day=1)
        for _ in range(LAST_MONTHS[chosen] - 1):
            month = (month - timedelta(days=1)).replace(day=1)
        return month, self.until
