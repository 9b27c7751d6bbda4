"""The form of one zorgtrajectnummer that changed."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain.traject_numbers import NumberReason, Told
from authorizations.services.traject_numbers import Wrong
from authorizations.web.forms.intake.layout import Section
from kit import widgets
from kit.fields import DateField, LineField
from kit.forms import Form


class Record(Form):
    """Which number came after which, why and when. The rule judges all of it at once."""

    old_number = LineField(
        label="Oud zorgtrajectnummer", max_length=40, required=False, widget=widgets.short(20),
        help_text="Het nummer dat het zorgtraject had.",
    )  # fmt: skip
    new_number = LineField(
        label="Nieuw zorgtrajectnummer", max_length=40, required=False, widget=widgets.short(20),
        help_text="Het nummer in uw systeem nu: hoogstens 15 letters en cijfers.",
    )  # fmt: skip
    reason = forms.ChoiceField(
        label="Waarom is het nummer veranderd?", widget=forms.RadioSelect, choices=NumberReason.choices()
    )
    from_agb = LineField(
        label="AGB-code van de instelling die het oude nummer gaf", max_length=20, required=False,
        widget=widgets.digits(),
        help_text="Alleen bij een fusie, als het oude nummer van een andere instelling was. 8 cijfers.",
    )  # fmt: skip
    changed_on = DateField(
        label="Op welke dag veranderde het nummer?", required=False, help_text="De dag waarop u overging."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old_number", "new_number", "changed_on"):
            # Asked by the rule: "not required" would say something else.
            self.fields[name].marked = False  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Section("Het nummer", "old_number", "new_number"),
            Section("De omzetting", "reason", "from_agb", "changed_on"),
        )

    @property
    def told(self) -> Told:
        """What was told, as the rule takes it."""
        given = self.cleaned_data
        reason = NumberReason(given["reason"])
        return Told(given["old_number"], given["new_number"], reason, given["changed_on"], given["from_agb"])

    def refuse(self, refusal: Wrong) -> None:
        """Put what is wrong at its field."""
        for name, told in refusal.faults:
            self.add_error(name, told)
